using Leasehold.Engine;
using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Rfc2131;

/// <summary>RFC 2131 §4.3.5: DHCPINFORM.</summary>
public class Rfc2131_Section_4_3_5
{
    /// <summary>"The server responds to a DHCPINFORM message by sending a DHCPACK message directly to the address given in the 'ciaddr' field".
    /// "The server MUST NOT send a lease expiration time to the client and SHOULD NOT fill in 'yiaddr'."</summary>
    [Fact]
    public void Inform_is_acknowledged_with_options_and_without_a_lease()
    {
        Network net = Network.With(Network.Lan with
        {
            Options = [Network.Option(6, "c0 00 02 35")],
            Parameters = new() { CalculateTeeTimes = true },
        });
        Client client = net.NewClient();
        client.Broadcast = true;
        Answer ack = client.Inform("192.0.2.200");

        Assert.Equal(MessageType4.Ack, ack.Sent);
        Assert.Equal((Ipv4.Parse("192.0.2.200"), Ipv4.Any), (ack.Ciaddr, ack.Yiaddr));
        Assert.Equal([53, 54, 1, 6], ack.Codes);
        Assert.Equal((ReplyPath.Routed, Ipv4.Parse("192.0.2.200"), (ushort)68), (ack.Destination.Path, ack.Destination.Address, ack.Destination.Port));
        Assert.Equal(LeaseChangeKind.None, ack.Change);
        Assert.Equal(0, net.Leases.Count);
    }

    /// <summary>The established server's guide: an INFORM that came to the server alone is located by ciaddr.</summary>
    [Fact]
    public void Inform_from_behind_a_router_is_located_by_ciaddr()
    {
        Network net = Network.With(Network.Lan, Network.Subnet("198.51.100.0/24", id: 7));
        Answer ack = net.NewClient().Unicasts(MessageType4.Inform, Ipv4.Parse("198.51.100.5"), []);
        Assert.Equal((MessageType4.Ack, 7u), (ack.Sent, ack.SubnetId));
    }

    [Fact]
    public void Inform_without_ciaddr_is_answered_to_where_it_came_from()
    {
        Network net = Network.WithLan();
        Client client = net.NewClient();
        byte[] packet = client.Packet(MessageType4.Inform, default, []);
        Answer ack = net.Deliver(packet, Ipv4.Parse("192.0.2.200"), Network.ServerAddress);
        Assert.Equal((ReplyPath.Routed, Ipv4.Parse("192.0.2.200")), (ack.Destination.Path, ack.Destination.Address));

        // Neither ciaddr nor a source address: only a broadcast can reach the client.
        ack = net.Deliver(packet, Ipv4.Any, Ipv4.Broadcast);
        Assert.Equal(ReplyPath.Broadcast, ack.Destination.Path);
    }

    [Fact]
    public void Inform_through_a_relay_is_answered_to_the_relay()
    {
        Client client = Network.WithLan().NewClient();
        client.Giaddr = Ipv4.Parse("192.0.2.254");
        Answer ack = client.Inform("192.0.2.200");
        Assert.Equal((ReplyPath.Routed, client.Giaddr, (ushort)67), (ack.Destination.Path, ack.Destination.Address, ack.Destination.Port));
    }
}
