using Leasehold.Engine;
using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Rfc2131;

/// <summary>RFC 2131 §3.4: options for a client that has its address from elsewhere.</summary>
public class Rfc2131_Section_3_4
{
    /// <summary>"The server SHOULD check the network address in a DHCPINFORM message for consistency, but MUST NOT check for an existing lease."</summary>
    [Fact]
    public void Inform_is_answered_whoever_holds_the_address()
    {
        Network net = Network.WithLan();
        net.NewClient("02:00:5e:10:00:02").Dora();
        Answer ack = net.NewClient("02:00:5e:10:00:01").Inform("192.0.2.10");

        Assert.Equal((MessageType4.Ack, LeaseChangeKind.None), (ack.Sent, ack.Change));
        Assert.Equal((Ipv4.Any, ReplyPath.Routed, "192.0.2.10"), (ack.Yiaddr, ack.Destination.Path, ack.Destination.Address.ToString()));
        Assert.Equal(LeaseState.Assigned, net.StateOf("192.0.2.10"));
    }

    [Fact]
    public void Inform_from_a_network_that_is_not_served_is_not_answered()
    {
        Assert.Equal(DropReason.NoSubnet, Network.WithLan().NewClient().Unicasts(MessageType4.Inform, Ipv4.Parse("203.0.113.5"), []).Drop);
    }

    /// <summary>An administrator's own address plan need not be the server's; what the link has to tell is true for the client all the same.</summary>
    [Fact]
    public void Inform_on_the_link_with_an_address_from_elsewhere_gets_what_the_link_has_to_tell()
    {
        Network net = Network.With(Network.Lan with { Options = [Network.Option(6, "c0 00 02 35")] });
        Answer ack = net.NewClient().Inform("203.0.113.5");

        Assert.Equal((MessageType4.Ack, 1u, "203.0.113.5"), (ack.Sent, ack.SubnetId, ack.Destination.Address.ToString()));
        Assert.Equal("C0 00 02 35", ack.Hex(6));
    }
}
