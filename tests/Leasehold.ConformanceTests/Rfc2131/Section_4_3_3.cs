using Leasehold.Engine;
using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Rfc2131;

/// <summary>RFC 2131 §4.3.3: DHCPDECLINE.</summary>
public class Rfc2131_Section_4_3_3
{
    /// <summary>"The server MUST mark the network address as not available".</summary>
    [Fact]
    public void Declined_address_is_nobodys_for_the_probation_period()
    {
        Network net = new(new()
        {
            Subnets = [Network.Subnet("192.0.2.0/24", id: 1, "192.0.2.10-192.0.2.10")],
            DeclineProbationPeriod = new(600),
        });
        Client client = net.NewClient();
        client.Dora();
        Answer declined = client.Decline("192.0.2.10");

        Assert.Equal((LeaseChangeKind.Decline, net.Now.Seconds + 600), (declined.Change, declined.Expire.Seconds));
        Assert.Empty(declined.Octets);
        Assert.Equal(DropReason.None, declined.Drop);
        Assert.True(net.Leases.TryGet(Ipv4.Parse("192.0.2.10"), out Lease4 lease));
        Assert.Equal(LeaseState.Declined, lease.State);
        Assert.True(lease.HardwareAddress.IsEmpty && lease.ClientId.IsEmpty);

        Assert.Equal(DropReason.NoFreeAddress, client.Discover(requested: "192.0.2.10").Drop);
        Assert.Equal(NakReason.AddressTaken, client.Select("192.0.2.10").Nak);
        net.Pass(600);
        Assert.Equal(DropReason.NoFreeAddress, client.Discover().Drop);
        net.Pass(1);
        Assert.Equal("192.0.2.10", client.Discover().Yiaddr.ToString());
    }

    [Fact]
    public void Decline_of_an_address_that_the_client_does_not_hold_changes_nothing()
    {
        Network net = Network.WithLan();
        net.NewClient("02:00:5e:10:00:02").Dora();
        Client client = net.NewClient();
        client.Discover();

        foreach (string address in (string[])["192.0.2.10", "192.0.2.11", "192.0.2.15", "198.51.100.1"])
        {
            Answer answer = client.Decline(address);
            Assert.Equal((DropReason.NotTheHolder, LeaseChangeKind.None), (answer.Drop, answer.Change));
        }
    }

    [Fact]
    public void Decline_for_another_server_changes_nothing()
    {
        Client client = Network.WithLan().NewClient();
        client.Dora();
        Answer answer = client.Decline("192.0.2.10", server: Ipv4.Parse("192.0.2.2"));
        Assert.Equal((DropReason.OtherServerAddressed, LeaseChangeKind.None), (answer.Drop, answer.Change));
    }

    [Fact]
    public void Decline_without_an_address_is_dropped()
    {
        Client client = Network.WithLan().NewClient();
        client.Dora();
        Assert.Equal(DropReason.InconsistentRequest, client.Broadcasts(MessageType4.Decline, default, Hex.Of("36 04 c0 00 02 01")).Drop);
    }
}
