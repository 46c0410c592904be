using Leasehold.Leases;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Allocation;

/// <summary>cache-threshold and cache-max-age: a renewal early in the lease changes nothing.</summary>
public class LeaseCacheTests
{
    private static (Network Network, Client Client) Leased(string subnet, string global = """ "valid-lifetime": 1000, "renew-timer": 500, "rebind-timer": 800 """)
    {
        Network network = Serving.Lan(subnet, global);
        Client client = Serving.Nth(network, 1);
        client.Dora();
        return (network, client);
    }

    [Theory]
    [InlineData("\"cache-threshold\": 0.25", 250, true)]
    [InlineData("\"cache-threshold\": 0.25", 251, false)]
    [InlineData("\"cache-threshold\": 0.25, \"cache-max-age\": 100", 100, true)]
    [InlineData("\"cache-threshold\": 0.25, \"cache-max-age\": 100", 101, false)]
    [InlineData("\"cache-max-age\": 400", 400, true)]
    [InlineData("\"cache-max-age\": 400", 401, false)]
    [InlineData("\"cache-max-age\": 0, \"cache-threshold\": 0.5", 1, false)]
    [InlineData("\"cache-threshold\": 0", 1, false)]
    [InlineData("\"cache-threshold\": 1.5, \"cache-max-age\": 400", 1, false)]
    [InlineData("\"match-client-id\": true", 1, false)]
    public void New_lease_keeps_its_end_and_is_not_written(string subnet, long age, bool reused)
    {
        (Network network, Client client) = Leased(subnet);
        long end = network.Now.Seconds + 1000;
        network.Pass(age);
        Answer ack = client.Renew();
        Assert.Equal(MessageType4.Ack, ack.Sent);
        Assert.Equal(reused ? LeaseChangeKind.None : LeaseChangeKind.Commit, ack.Change);
        Assert.True(network.Leases.TryGet(client.Address, out Lease4 lease));
        Assert.Equal(reused ? end : end + age, lease.Expire.Seconds);
        Assert.Equal((uint)(reused ? 1000 - age : 1000), ack.Seconds(51));
    }

    [Fact]
    public void Timers_behind_the_rest_of_the_lease_are_left_to_the_client()
    {
        (Network network, Client client) = Leased(""" "cache-threshold": 0.6 """);
        network.Pass(450);
        Answer ack = client.Renew();
        Assert.Equal((550u, 500u, null), (ack.Seconds(51), ack.Seconds(58), ack.Seconds(59)));
    }

    [Fact]
    public void Offer_of_a_new_lease_tells_the_rest_too()
    {
        (Network network, Client client) = Leased(""" "cache-threshold": 0.5 """);
        network.Pass(100);
        Assert.Equal(900u, client.Discover().Seconds(51));
        Answer ack = client.Select(client.Address);
        Assert.Equal((LeaseChangeKind.None, 900u), (ack.Change, ack.Seconds(51)));
    }

    [Fact]
    public void Lease_with_another_name_is_written()
    {
        (Network network, Client client) = Leased(""" "cache-threshold": 0.5 """);
        network.Pass(100);
        client.Extra = "0c 01 61";
        Answer ack = client.Renew();
        Assert.Equal((LeaseChangeKind.Commit, "a", 1000u), (ack.Change, ack.Hostname, ack.Seconds(51)));
    }

    [Fact]
    public void Shorter_time_is_written_at_once()
    {
        (Network network, Client client) = Leased(""" "cache-threshold": 0.5, "min-valid-lifetime": 100, "valid-lifetime": 1000, "max-valid-lifetime": 1000 """);
        network.Pass(10);
        client.Extra = "33 04 00 00 00 c8";
        Answer ack = client.Renew();
        Assert.Equal((LeaseChangeKind.Commit, 200u), (ack.Change, ack.Seconds(51)));
    }

    [Fact]
    public void Lease_for_ever_needs_no_renewal()
    {
        (Network network, Client client) = Leased("", """ "valid-lifetime": 4294967295 """);
        network.Pass(100_000);
        Answer ack = client.Renew();
        Assert.Equal((LeaseChangeKind.None, uint.MaxValue), (ack.Change, ack.Seconds(51)));
    }
}
