using Leasehold.Leases;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Allocation;

/// <summary>offer-lifetime: an offered address is a lease of its own, stored like any.</summary>
public class OfferLifetimeTests
{
    [Fact]
    public void Offer_is_stored_for_its_lifetime_and_tells_the_full_one()
    {
        Network network = Serving.Lan(""" "offer-lifetime": 60 """);
        Answer offer = Serving.Nth(network, 1).Discover();
        Assert.Equal((MessageType4.Offer, LeaseChangeKind.Commit), (offer.Sent, offer.Change));
        Assert.Equal(network.Now.Seconds + 60, offer.Expire.Seconds);
        Assert.Equal(7200u, offer.Seconds(51));
        Assert.Null(offer.Vacates);
        Assert.Equal(LeaseState.Assigned, network.StateOf("192.0.2.10"));
    }

    [Fact]
    public void Offer_of_zero_is_held_in_memory()
    {
        Answer offer = Serving.Nth(Serving.Lan(""" "offer-lifetime": 0 """), 1).Discover();
        Assert.Equal(LeaseChangeKind.Offer, offer.Change);
    }

    [Fact]
    public void Request_makes_a_full_lease_of_it_and_silence_frees_it()
    {
        Network network = Serving.Lan(""" "offer-lifetime": 60 """, pool: "192.0.2.10 - 192.0.2.11");
        Answer ack = Serving.Nth(network, 1).Dora();
        Assert.Equal(network.Now.Seconds + 7200, ack.Expire.Seconds);
        Serving.Nth(network, 2).Discover();
        Assert.Null(Serving.Nth(network, 3).Discover().Option(53));
        network.Pass(61);
        Assert.Equal("192.0.2.11", Serving.Nth(network, 3).Discover().Yiaddr.ToString());
    }

    [Fact]
    public void Client_that_asks_again_is_offered_the_same_and_nothing_is_written()
    {
        Network network = Serving.Lan(""" "offer-lifetime": 60 """);
        Client client = Serving.Nth(network, 1);
        client.Discover();
        network.Pass(4);
        Answer again = client.Discover();
        Assert.Equal(("192.0.2.10", LeaseChangeKind.None), (again.Yiaddr.ToString(), again.Change));
    }

    [Fact]
    public void Lease_is_not_replaced_by_the_offer_of_itself()
    {
        Network network = Serving.Lan(""" "offer-lifetime": 60 """);
        Client client = Serving.Nth(network, 1);
        client.Dora();
        Assert.Equal(LeaseChangeKind.None, client.Discover().Change);
    }

    [Theory]
    [InlineData("3c 05 70 68 6f 6e 65", 90)]
    [InlineData("", 45)]
    public void Class_comes_before_the_subnet(string extra, long hold)
    {
        Network network = Serving.Lan(
            """ "offer-lifetime": 45 """,
            """ "offer-lifetime": 30, "client-classes": [ { "name": "phones", "test": "option[60].hex == 'phone'", "offer-lifetime": 90 } ] """);
        Client client = Serving.Nth(network, 1);
        client.Extra = extra;
        Assert.Equal(network.Now.Seconds + hold, client.Discover().Expire.Seconds);
    }
}
