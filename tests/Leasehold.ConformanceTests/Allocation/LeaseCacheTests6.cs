using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;
using static Leasehold.ConformanceTests.Client6;

namespace Leasehold.ConformanceTests.Allocation;

/// <summary>cache-threshold and cache-max-age of DHCPv6: a renewal early in the lease changes nothing.</summary>
public class LeaseCacheTests6
{
    private const string Address = "2001:db8:1::10";
    private const string Times = """ "valid-lifetime": 1000, "preferred-lifetime": 600 """;

    private static (Network6 Network, Client6 Client) Leased(string keys, string times = Times)
    {
        Network6 network = Network6.With($$"""{ {{times}}, {{keys}}, "subnet6": [ {{Network6.Lan}} ] }""");
        Client6 client = network.NewClient();
        client.Sarr();
        return (network, client);
    }

    private static (string, uint, uint) Only(Answer6 answer, ushort code = 3)
    {
        (string lease, uint preferred, uint valid, _) = Assert.Single(answer.Leases(code, 1));
        return (lease, preferred, valid);
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
    [InlineData("\"renew-timer\": 100", 1, false)]
    public void New_lease_keeps_its_end_and_is_not_written(string keys, uint age, bool reused)
    {
        foreach (bool rebinds in (bool[])[false, true])
        {
            (Network6 network, Client6 client) = Leased(keys);
            long end = network.Now.Seconds + 1000;
            network.Pass(age);
            Answer6 answer = rebinds ? client.Rebind(IaNa(1, Address)) : client.Renew(IaNa(1, Address));
            Assert.Equal(reused ? (Address, 600 - age, 1000 - age) : (Address, 600u, 1000u), Only(answer));
            Assert.Equal(reused ? 0 : 1, answer.Changes.Count);
            Assert.True(network.Leases.TryGet(LeaseType6.NonTemporary, Ipv6.Parse(Address), out Lease6 lease));
            Assert.Equal(reused ? end : end + age, lease.Expire.Seconds);
        }
    }

    /// <summary>RFC 9915 §14.2: T1 and T2 come before the preferred lifetime ends.</summary>
    [Fact]
    public void Timers_follow_what_is_left()
    {
        (Network6 network, Client6 client) = Leased(""" "cache-threshold": 0.5 """);
        network.Pass(200);
        Assert.Equal((200u, 320u), client.Renew(IaNa(1, Address)).Timers(3, 1));
    }

    [Fact]
    public void Prefix_is_kept_beside_a_new_address_that_is_written()
    {
        Network6 network = Network6.With($$"""{ {{Times}}, "cache-threshold": 0.5, "subnet6": [ {{Network6.Lan}} ] }""");
        Client6 client = network.NewClient();
        client.Delegate();
        network.Pass(100);
        Answer6 answer = client.Renew(IaPd(1, "2001:db8:8000::/56"), IaNa(1));
        Assert.Equal(("2001:db8:8000::/56", 500u, 900u), Only(answer, 25));
        Assert.Equal((Address, 600u, 1000u), Only(answer));
        Assert.Equal(["Commit 2001:db8:1::10/128"], answer.Changes.Select(static c => c.ToString()));
    }

    [Fact]
    public void Advertise_tells_the_rest_too()
    {
        (Network6 network, Client6 client) = Leased(""" "cache-threshold": 0.5 """);
        network.Pass(100);
        Answer6 advertise = client.Solicit(IaNa(1));
        Assert.Equal((MessageType6.Advertise, (Address, 500u, 900u)), (advertise.Sent, Only(advertise)));
    }

    [Fact]
    public void Lease_with_another_name_is_written()
    {
        (Network6 network, Client6 client) = Leased(""" "cache-threshold": 0.5 """);
        network.Pass(100);
        client.Extra = "00 27 00 03 00 01 61";
        Answer6 answer = client.Renew(IaNa(1, Address));
        Assert.Equal((Address, 600u, 1000u), Only(answer));
        Assert.Equal("a", Assert.Single(answer.Changes).Hostname);
    }

    [Fact]
    public void Shorter_time_is_written_at_once()
    {
        (Network6 network, Client6 client) = Leased(
            """ "cache-threshold": 0.5 """,
            """ "min-valid-lifetime": 100, "valid-lifetime": 1000, "max-valid-lifetime": 1000, "min-preferred-lifetime": 50, "preferred-lifetime": 600, "max-preferred-lifetime": 600 """);
        network.Pass(10);
        Answer6 answer = client.Renew(Association(3, 1, Address6(100, 200)));
        Assert.Equal((Address, 100u, 200u), Only(answer));
        Assert.Single(answer.Changes);
    }

    [Fact]
    public void Address_that_is_preferred_no_more_is_prolonged()
    {
        (Network6 network, Client6 client) = Leased(""" "cache-threshold": 0.9 """);
        network.Pass(600);
        Assert.Equal((Address, 600u, 1000u), Only(client.Renew(IaNa(1, Address))));
    }

    [Fact]
    public void Lease_for_ever_needs_no_renewal()
    {
        (Network6 network, Client6 client) = Leased(""" "cache-threshold": 0.5 """, """ "valid-lifetime": 4294967295, "preferred-lifetime": 4294967295 """);
        network.Pass(100_000);
        Answer6 answer = client.Renew(IaNa(1, Address));
        Assert.Equal((Address, uint.MaxValue, uint.MaxValue), Only(answer));
        Assert.Empty(answer.Changes);
    }

    private static byte[] Address6(uint preferred, uint valid) => Client6.Address(Address, preferred, valid);
}
