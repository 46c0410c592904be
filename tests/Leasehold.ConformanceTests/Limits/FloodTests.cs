using Leasehold.ConformanceTests.Allocation;
using Leasehold.Engine;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Limits;

/// <summary>flood-protection: made-up clients at one port do not take every address.</summary>
public class FloodTests
{
    private const string RelayedSubnet = """ "relay": { "ip-addresses": [ "198.51.100.1" ] } """;

    private static Network With(string protection) =>
        Serving.Lan(RelayedSubnet, $$""" "flood-protection": { {{protection}} } """, "192.0.2.10 - 192.0.2.200");

    /// <summary>A client behind a relay: option 82 with a circuit and a remote identifier.</summary>
    private static Client At(Network network, byte port, int number)
    {
        Client client = Serving.Nth(network, number);
        client.Giaddr = Ipv4.Parse("198.51.100.1");
        client.Extra = $"52 08 01 02 00 {port:x2} 02 02 aa bb";
        return client;
    }

    [Fact]
    public void Port_has_so_many_new_clients_in_a_time_and_other_ports_have_theirs()
    {
        Network network = With(""" "new-clients-per-port": "2 clients per minute" """);
        Client first = At(network, 1, 1);
        first.Dora();
        At(network, 1, 2).Dora();
        Assert.Equal(DropReason.PortRateLimit, At(network, 1, 3).Discover().Drop);
        Assert.Equal(MessageType4.Ack, At(network, 2, 3).Dora().Sent);
        Assert.Equal(MessageType4.Ack, first.Renew().Sent);
        Assert.Equal(MessageType4.Offer, first.Discover().Sent);
        network.Pass(60);
        Assert.Equal(MessageType4.Ack, At(network, 1, 4).Dora().Sent);
    }

    [Fact]
    public void Client_that_asks_again_counts_once()
    {
        Network network = With(""" "new-clients-per-port": "1 client per minute" """);
        Client client = At(network, 1, 1);
        Assert.Equal([MessageType4.Offer, MessageType4.Offer], [client.Discover().Sent, client.Discover().Sent]);
    }

    [Fact]
    public void Interface_is_the_port_of_clients_on_the_link()
    {
        Network network = With(""" "new-clients-per-port": "1 client per minute" """);
        Serving.Nth(network, 1).Dora();
        Assert.Equal(DropReason.PortRateLimit, Serving.Nth(network, 2).Discover().Drop);
    }

    [Fact]
    public void Port_has_so_many_leases_at_one_time()
    {
        Network network = With(""" "leases-per-port": 2 """);
        Client first = At(network, 1, 1);
        first.Dora();
        At(network, 1, 2).Dora();
        Assert.Equal(DropReason.PortLeaseLimit, At(network, 1, 3).Discover().Drop);
        Assert.Equal(NakReason.LimitReached, At(network, 1, 3).Select("192.0.2.50").Nak);
        Assert.Equal(MessageType4.Ack, At(network, 2, 3).Dora().Sent);
        Assert.Equal(MessageType4.Ack, first.Renew().Sent);
        network.Reload(network.Config);
        Assert.Equal(DropReason.PortLeaseLimit, At(network, 1, 4).Discover().Drop);
        network.Pass(7201);
        Assert.Equal(MessageType4.Ack, At(network, 1, 4).Dora().Sent);
    }

    [Fact]
    public void Clients_on_the_link_have_no_port_and_no_limit_of_leases()
    {
        Network network = With(""" "leases-per-port": 1 """);
        Serving.Nth(network, 1).Dora();
        Assert.Equal(MessageType4.Ack, Serving.Nth(network, 2).Dora().Sent);
    }
}
