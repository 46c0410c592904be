using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Allocation;

/// <summary>Leases that are shorter than usual: in a subnet that is nearly full, and for addresses that clients made up.</summary>
public class LeaseTimeTests
{
    private const string Times = """ "min-valid-lifetime": 100, "valid-lifetime": 200, "max-valid-lifetime": 300 """;

    private static Network Adaptive() =>
        Serving.Lan(""" "adaptive-lease-time-threshold": 0.5 """, Times, "192.0.2.10 - 192.0.2.13");

    [Fact]
    public void Leases_are_short_when_the_pool_is_nearly_full()
    {
        Network network = Adaptive();
        uint?[] times = [.. Enumerable.Range(1, 4).Select(n => Serving.Nth(network, n).Dora().Seconds(51))];
        Assert.Equal([200u, 200u, 100u, 100u], times);
    }

    [Fact]
    public void Offer_tells_the_same_time_as_the_acknowledgement()
    {
        Network network = Adaptive();
        for (int n = 1; n <= 4; n++)
        {
            Client client = Serving.Nth(network, n);
            Answer offer = client.Discover();
            Assert.Equal(offer.Seconds(51), client.Select(offer.Yiaddr).Seconds(51));
        }
    }

    [Fact]
    public void Renewal_takes_no_time_from_the_client()
    {
        Network network = Adaptive();
        Client first = Serving.Nth(network, 1);
        first.Dora();
        for (int n = 2; n <= 4; n++) Serving.Nth(network, n).Dora();
        network.Pass(50);
        Assert.Equal(150u, first.Renew().Seconds(51));
        network.Pass(149);
        Assert.Equal(100u, first.Renew().Seconds(51));
    }

    [Fact]
    public void Threshold_of_one_is_never_reached()
    {
        Network network = Serving.Lan(""" "adaptive-lease-time-threshold": 1 """, Times + """, "adaptive-lease-time-threshold": 0.1 """, "192.0.2.10 - 192.0.2.11");
        Serving.Nth(network, 1).Dora();
        Assert.Equal(200u, Serving.Nth(network, 2).Dora().Seconds(51));
    }

    [Fact]
    public void First_lease_of_a_made_up_address_is_short_and_the_next_is_not()
    {
        Network network = Serving.Lan(""" "random-mac-lifetime": 60 """);
        Client client = Serving.Nth(network, 1);
        Assert.Equal(60u, client.Discover().Seconds(51));
        Assert.Equal(60u, client.Dora().Seconds(51));
        network.Pass(30);
        Answer renewed = client.Renew();
        Assert.Equal((7200u, network.Now.Seconds + 7200), (renewed.Seconds(51), renewed.Expire.Seconds));

        // It begins anew, and keeps what it has.
        network.Pass(100);
        Assert.Equal(7100u, client.Dora().Seconds(51));
    }

    [Fact]
    public void Lease_that_ran_out_begins_with_a_short_one_again()
    {
        Network network = Serving.Lan(""" "random-mac-lifetime": 60 """);
        Client client = Serving.Nth(network, 1);
        client.Dora();
        network.Pass(61);
        Assert.Equal(60u, client.InitReboot(client.Address.ToString()).Seconds(51));
    }

    [Fact]
    public void Manufacturers_and_reserved_addresses_get_the_full_time()
    {
        Network network = Serving.Lan(""" "random-mac-lifetime": 60, "reservations": [ { "hw-address": "02:00:5e:10:00:07", "hostname": "known" } ] """);
        Assert.Equal(7200u, Serving.Burned(network).Dora().Seconds(51));
        Assert.Equal(7200u, Serving.Nth(network, 7).Dora().Seconds(51));
        Assert.Equal(MessageType4.Ack, Serving.Nth(network, 8).Dora().Sent);
    }
}
