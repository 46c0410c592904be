using Leasehold.ConformanceTests.Allocation;
using Leasehold.Leases;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Rfc8925;

/// <summary>IPv6-only preferred: who can do without IPv4 gets no address where the network can, too.</summary>
public class Rfc8925_Section_3_3
{
    private const string Option108 = """ "option-data": [ { "name": "v6-only-preferred", "data": "1800" } ] """;

    private static Client Able(Network network, int number = 1)
    {
        Client client = Serving.Nth(network, number);
        client.RequestList = [1, 3, 108];
        return client;
    }

    [Fact]
    public void Client_that_asks_is_offered_no_address_and_none_is_held()
    {
        Network network = Serving.Lan(Option108);
        Answer offer = Able(network).Discover();
        Assert.Equal((MessageType4.Offer, LeaseChangeKind.None), (offer.Sent, offer.Change));
        Assert.True(offer.Yiaddr.IsAny);
        Assert.Equal(Hex.Of("35 01 02  36 04 c0 00 02 01  01 04 ff ff ff 00  6c 04 00 00 07 08  ff"), offer.Octets[240..262]);
        Assert.Equal(0, network.Leases.Count);
    }

    [Fact]
    public void Client_that_does_not_ask_gets_an_address_and_not_the_option()
    {
        Answer ack = Serving.Nth(Serving.Lan(Option108), 1).Dora();
        Assert.Equal("192.0.2.10", ack.Yiaddr.ToString());
        Assert.Null(ack.Option(108));
    }

    [Fact]
    public void Network_that_needs_Ipv4_gives_addresses_to_all()
    {
        Answer ack = Able(Serving.Lan()).Dora();
        Assert.Equal("192.0.2.10", ack.Yiaddr.ToString());
        Assert.Null(ack.Option(108));
    }

    [Fact]
    public void Full_pool_is_no_trouble_for_who_needs_no_address()
    {
        Network network = Serving.Lan(Option108, pool: "192.0.2.10/32");
        Serving.Nth(network, 1).Dora();
        Answer offer = Able(network, 2).Discover();
        Assert.Equal(MessageType4.Offer, offer.Sent);
        Assert.Equal(1800u, offer.Seconds(108));
    }

    [Fact]
    public void Option_of_a_pool_holds_for_its_clients()
    {
        Network network = Network.With(
            $$"""
            { "interfaces-config": { "interfaces": [ "eth0" ] },
              "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10/32", {{Option108}} } ] } ] }
            """);
        Answer offer = Able(network).Discover();
        Assert.True(offer.Yiaddr.IsAny);
        Assert.Equal(1800u, offer.Seconds(108));
    }

    [Fact]
    public void Request_of_an_address_is_acknowledged_with_the_option()
    {
        Network network = Serving.Lan(Option108);
        Answer ack = Able(network).Select("192.0.2.12");
        Assert.Equal((MessageType4.Ack, "192.0.2.12", 1800u), (ack.Sent, ack.Yiaddr.ToString(), ack.Seconds(108)));
    }
}
