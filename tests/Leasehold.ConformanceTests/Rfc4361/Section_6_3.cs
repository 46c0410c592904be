namespace Leasehold.ConformanceTests.Rfc4361;

/// <summary>RFC 4361 §6.3: identifiers of a node, made of type 255, an IAID and a DUID (RFC 4361 §6.1).</summary>
public class Rfc4361_Section_6_3
{
    private const string Node = "ff 00 00 00 01 00 03 00 01 02 00 5e 10 00 0b";

    /// <summary>A server uses the client identifier to identify a client that sends it, whatever hardware the packet came from.</summary>
    [Fact]
    public void Node_keeps_its_lease_on_another_interface()
    {
        Network net = Network.WithLan();
        Answer first = net.NewClient("02:00:5e:10:00:01", Node).Dora();
        Client moved = net.NewClient("02:00:5e:10:00:02", Node);

        Assert.Equal(first.Yiaddr, moved.Dora().Yiaddr);
        Assert.True(moved.Renew().IsRenewal);
        Assert.Equal(1, net.Leases.Count);
    }

    /// <summary>The IAID is a part of the identifier: two associations of one node have two leases.</summary>
    [Fact]
    public void Another_iaid_of_the_node_has_another_lease()
    {
        Network net = Network.WithLan();
        Answer first = net.NewClient("02:00:5e:10:00:01", Node).Dora();
        Answer second = net.NewClient("02:00:5e:10:00:01", "ff 00 00 00 02 00 03 00 01 02 00 5e 10 00 0b").Dora();

        Assert.NotEqual(first.Yiaddr, second.Yiaddr);
    }

    /// <summary>An administrator may name a client by htype and chaddr for a fixed address, although it sends an identifier.</summary>
    [Fact]
    public void Reservation_by_hardware_address_counts_for_a_client_that_sends_an_identifier()
    {
        Network net = Network.With(Network.Lan with { Reservations = [Network.Reserve("02:00:5e:10:00:01", "192.0.2.200")] });

        Assert.Equal("192.0.2.200", net.NewClient("02:00:5e:10:00:01", Node).Dora().Yiaddr.ToString());
        Assert.Equal("192.0.2.10", net.NewClient("02:00:5e:10:00:02", "ff 00 00 00 07 00 03 00 01 02 00 5e 10 00 0b").Dora().Yiaddr.ToString());
    }
}
