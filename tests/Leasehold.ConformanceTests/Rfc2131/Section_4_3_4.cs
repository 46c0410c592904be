using Leasehold.Engine;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.ConformanceTests.Rfc2131;

/// <summary>RFC 2131 §4.3.4: DHCPRELEASE.</summary>
public class Rfc2131_Section_4_3_4
{
    /// <summary>"Upon receipt of a DHCPRELEASE message, the server marks the network address as not allocated."</summary>
    [Fact]
    public void Released_address_is_free_at_once()
    {
        Network net = Network.With(Network.Subnet("192.0.2.0/24", id: 1, "192.0.2.10-192.0.2.10"));
        Client client = net.NewClient("02:00:5e:10:00:01");
        client.Dora();
        Answer released = client.Release();

        Assert.Equal((LeaseChangeKind.Release, Ipv4.Parse("192.0.2.10"), net.Now), (released.Change, released.ChangedAddress, released.Expire));
        Assert.Empty(released.Octets);
        Assert.Equal("192.0.2.10", net.NewClient("02:00:5e:10:00:02").Dora().Yiaddr.ToString());
    }

    /// <summary>"The server SHOULD retain a record of the client's initialization parameters for possible reuse in response to subsequent requests from the client."</summary>
    [Fact]
    public void Client_gets_the_released_address_back()
    {
        Network net = Network.WithLan();
        Client client = net.NewClient("02:00:5e:10:00:01");
        client.Dora(requested: "192.0.2.17");
        client.Release();
        net.NewClient("02:00:5e:10:00:02").Dora();

        Assert.Equal("192.0.2.17", client.Dora().Yiaddr.ToString());
    }

    [Fact]
    public void Release_by_another_client_changes_nothing()
    {
        Network net = Network.WithLan();
        net.NewClient("02:00:5e:10:00:01").Dora();
        Answer answer = net.NewClient("02:00:5e:10:00:02").Release("192.0.2.10");

        Assert.Equal((DropReason.NotTheHolder, LeaseChangeKind.None), (answer.Drop, answer.Change));
        Assert.Equal(LeaseState.Assigned, net.StateOf("192.0.2.10"));
    }

    [Fact]
    public void Release_for_another_server_changes_nothing()
    {
        Client client = Network.WithLan().NewClient();
        client.Dora();
        Assert.Equal(DropReason.OtherServerAddressed, client.Release(server: Ipv4.Parse("192.0.2.2")).Drop);
    }

    [Fact]
    public void Second_release_changes_nothing()
    {
        Client client = Network.WithLan().NewClient();
        client.Dora();
        client.Release();
        Assert.Equal(DropReason.NotTheHolder, client.Release().Drop);
    }
}
