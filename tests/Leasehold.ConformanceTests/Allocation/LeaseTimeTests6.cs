using static Leasehold.ConformanceTests.Client6;

namespace Leasehold.ConformanceTests.Allocation;

/// <summary>adaptive-lease-time-threshold of DHCPv6: leases are shorter than usual in a subnet that is nearly full.</summary>
public class LeaseTimeTests6
{
    private const string Times = """ "min-valid-lifetime": 100, "valid-lifetime": 200, "max-valid-lifetime": 300, "min-preferred-lifetime": 60, "preferred-lifetime": 120, "max-preferred-lifetime": 150 """;

    private static Network6 Adaptive(string threshold = "0.5") => Network6.With($$"""
        { {{Times}}, "adaptive-lease-time-threshold": {{threshold}}, "subnet6": [
          { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0", "pools": [ { "pool": "2001:db8:1::10-2001:db8:1::13" } ],
            "pd-pools": [ { "prefix": "2001:db8:8000::", "prefix-len": 54, "delegated-len": 56 } ] } ] }
        """);

    private static (uint, uint) Of(Answer6 answer, ushort code = 3)
    {
        (_, uint preferred, uint valid, _) = Assert.Single(answer.Leases(code, 1));
        return (preferred, valid);
    }

    [Fact]
    public void Leases_are_short_when_the_pool_is_nearly_full()
    {
        Network6 net = Adaptive();
        Assert.Equal([(120u, 200u), (120u, 200u), (60u, 100u), (60u, 100u)], Enumerable.Range(1, 4).Select(n => Of(net.NewClient(n).Sarr())));
    }

    [Fact]
    public void Prefixes_count_by_themselves()
    {
        Network6 net = Adaptive();
        for (int n = 1; n <= 4; n++) net.NewClient(n).Sarr();
        Assert.Equal([(120u, 200u), (120u, 200u), (60u, 100u), (60u, 100u)], Enumerable.Range(1, 4).Select(n => Of(net.NewClient(n).Delegate(), 25)));
    }

    [Fact]
    public void Advertise_tells_the_same_times_as_the_reply()
    {
        Network6 net = Adaptive();
        for (int n = 1; n <= 4; n++)
        {
            Client6 client = net.NewClient(n);
            Answer6 advertise = client.Solicit(IaNa(1));
            Assert.Equal(Of(advertise), Of(client.Request(IaNa(1, advertise.Addresses()))));
        }
    }

    [Fact]
    public void Renewal_takes_no_time_from_the_client()
    {
        Network6 net = Adaptive();
        for (int n = 1; n <= 4; n++) net.NewClient(n).Sarr();
        net.Pass(50);
        Assert.Equal((70u, 150u), Of(net.NewClient(1).Renew(IaNa(1, "2001:db8:1::10"))));
        net.Pass(49);
        Assert.Equal((60u, 101u), Of(net.NewClient(1).Renew(IaNa(1, "2001:db8:1::10"))));
    }

    [Fact]
    public void Threshold_of_one_is_never_reached()
    {
        Network6 net = Adaptive("1");
        Assert.All(Enumerable.Range(1, 4), n => Assert.Equal((120u, 200u), Of(net.NewClient(n).Sarr())));
    }

    /// <summary>A pool of 2^64 addresses, and one of 2^44 prefixes.</summary>
    [Fact]
    public void Huge_pool_is_not_full()
    {
        Network6 net = Network6.With($$"""
            { {{Times}}, "adaptive-lease-time-threshold": 0.01, "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0",
              "pools": [ { "pool": "2001:db8:1::/64" } ], "pd-pools": [ { "prefix": "3fff::", "prefix-len": 20, "delegated-len": 64 } ] } ] }
            """);
        Assert.Equal((120u, 200u), Of(net.NewClient().Sarr()));
        Assert.Equal((120u, 200u), Of(net.NewClient().Delegate(), 25));
    }
}
