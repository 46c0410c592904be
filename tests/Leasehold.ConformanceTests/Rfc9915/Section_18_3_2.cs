using Leasehold.Leases;
using Leasehold.Protocol.V6;
using static Leasehold.ConformanceTests.Client6;

namespace Leasehold.ConformanceTests.Rfc9915;

/// <summary>RFC 9915 §18.3.2: REQUEST.</summary>
public class Rfc9915_Section_18_3_2
{
    [Fact]
    public void Request_is_answered_by_these_octets()
    {
        Network6 net = Network6.With($$"""
            { "preferred-lifetime": 3000, "valid-lifetime": 4000, "option-data": [ { "name": "dns-servers", "data": "2001:db8::53" } ], "subnet6": [ {{Network6.Lan}} ] }
            """);
        Client6 client = net.NewClient();
        client.Solicit(IaNa(1), IaPd(2));
        Answer6 answer = client.Request(IaNa(1, "2001:db8:1::10"), IaPd(2, "2001:db8:8000::/56"), OptionRequest(24, 23));

        Assert.Equal(
            Hex.Of("""
                07 10 20 31                                                     # REPLY
                00 01 00 0a 00 03 00 01 02 00 5e 10 00 01                       # client identifier
                00 02 00 0a 00 03 00 01 02 00 00 00 00 01                       # server identifier
                00 03 00 28 00 00 00 01 00 00 05 dc 00 00 09 60                 # IA_NA, T1 1500, T2 2400: half and four fifths of 3000
                00 05 00 18 20 01 0d b8 00 01 00*9 10 00 00 0b b8 00 00 0f a0   # 2001:db8:1::10
                00 19 00 29 00 00 00 02 00 00 05 dc 00 00 09 60                 # IA_PD, the same T1 and T2
                00 1a 00 19 00 00 0b b8 00 00 0f a0 38 20 01 0d b8 80 00 00*10  # 2001:db8:8000::/56
                00 17 00 10 20 01 0d b8 00*11 53                                # DNS servers; there is no search list
                """),
            answer.Octets);
        Assert.Equal(["Commit 2001:db8:1::10/128", "Commit 2001:db8:8000::/56"], answer.Changes.Select(static c => c.ToString()));
        Assert.All(answer.Changes, static change => Assert.True(change.IsDurable));
    }

    /// <summary>"… the server MUST return the IA to the client with a Status Code option with the value NotOnLink."</summary>
    [Fact]
    public void Address_of_another_link_is_told_in_its_association_alone()
    {
        Network6 net = Network6.WithLan();
        Answer6 answer = net.NewClient().Request(IaNa(1, "2001:db8:2::10"), IaNa(2, "2001:db8:1::12"));

        Assert.Equal((StatusCode6.NotOnLink, (StatusCode6?)null), (answer.StatusOfNa(1), answer.StatusOfNa(2)));
        Assert.Empty(answer.Leases(3, 1));
        Assert.Equal(["2001:db8:1::12"], answer.Addresses(2));
        Assert.Single(answer.Changes);
    }

    [Fact]
    public void Address_that_another_client_has_is_replaced_by_a_free_one()
    {
        Network6 net = Network6.WithLan();
        net.NewClient(1).Sarr();
        Assert.Equal(["2001:db8:1::11"], net.NewClient(2).Request(IaNa(1, "2001:db8:1::10")).Addresses());
    }

    [Fact]
    public void Request_that_is_repeated_gets_the_same_again()
    {
        Network6 net = Network6.WithLan();
        Client6 client = net.NewClient();
        client.Sarr();
        Answer6 again = client.Request(IaNa(1, "2001:db8:1::10"));
        Assert.Equal(["2001:db8:1::10"], again.Addresses());
        Assert.Equal(1, net.Leases.Count);
    }

    [Fact]
    public void Nothing_free_is_a_status_in_the_association()
    {
        Network6 net = Network6.With("""
            { "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0", "pools": [ { "pool": "2001:db8:1::10-2001:db8:1::10" } ],
                             "pd-pools": [ { "prefix": "2001:db8:8000::", "prefix-len": 56, "delegated-len": 56 } ] } ] }
            """);
        net.NewClient(1).Sarr();
        net.NewClient(1).Delegate();
        Answer6 answer = net.NewClient(2).Request(IaNa(1), IaPd(1));

        Assert.Equal((StatusCode6.NoAddrsAvail, StatusCode6.NoPrefixAvail), (answer.StatusOfNa(1), answer.StatusOfPd(1)));
        Assert.Null(answer.Status);
        Assert.Empty(answer.Changes);
    }

    /// <summary>§18.3.2: "… the server MAY use the 'prefix-length' value as a hint".</summary>
    [Theory]
    [InlineData("::/56", "2001:db8:8000::/56")]
    [InlineData("::/60", "2001:db8:9000::/60")]
    [InlineData("::/58", "2001:db8:8000::/56")] // no such pool: a shorter prefix holds what the client needs
    [InlineData("::/48", "2001:db8:8000::/56")] // nothing so large: the first longer one
    [InlineData("2001:db8:9000:50::/60", "2001:db8:9000:50::/60")]
    [InlineData("2001:db8:9000:50::/59", "2001:db8:8000::/56")] // no prefix that the pool gives
    public void Wished_prefix_length_chooses_the_pool(string wish, string granted)
    {
        Network6 net = Network6.With("""
            { "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0", "pd-pools": [
                { "prefix": "2001:db8:8000::", "prefix-len": 48, "delegated-len": 56 }, { "prefix": "2001:db8:9000::", "prefix-len": 48, "delegated-len": 60 } ] } ] }
            """);
        Assert.Equal([granted], net.NewClient().Request(IaPd(1, wish)).Prefixes());
    }

    [Theory]
    [InlineData(0, 0, 1000, 2000)]
    [InlineData(1200, 2500, 1200, 2500)]
    [InlineData(10, 20, 500, 1500)]
    [InlineData(9000, 9000, 1500, 3000)]
    [InlineData(uint.MaxValue, uint.MaxValue, 1500, 3000)]
    public void Wished_lifetimes_are_kept_within_bounds(uint preferred, uint valid, uint grantedPreferred, uint grantedValid)
    {
        Network6 net = Network6.With($$"""
            { "min-preferred-lifetime": 500, "preferred-lifetime": 1000, "max-preferred-lifetime": 1500,
              "min-valid-lifetime": 1500, "valid-lifetime": 2000, "max-valid-lifetime": 3000, "subnet6": [ {{Network6.Lan}} ] }
            """);
        byte[] wish = Association(3, 1, Address("2001:db8:1::10", preferred, valid));
        (string _, uint hasPreferred, uint hasValid, byte[] _) = Assert.Single(net.NewClient().Request(wish).Leases(3, 1));
        Assert.Equal((grantedPreferred, grantedValid), (hasPreferred, hasValid));
    }

    /// <summary>§14.2: T1 and T2 come from the shortest preferred lifetime of all associations.</summary>
    [Fact]
    public void Timers_are_the_same_in_all_associations_and_fit_the_shortest()
    {
        Network6 net = Network6.With($$"""{ "min-preferred-lifetime": 100, "preferred-lifetime": 1000, "valid-lifetime": 4000, "subnet6": [ {{Network6.Lan}} ] }""");
        Answer6 answer = net.NewClient().Request(Association(3, 1, Address("2001:db8:1::10")), Association(3, 2, Address("2001:db8:1::11", 200, 4000)), IaPd(3));

        Assert.Equal([(100u, 160u), (100u, 160u), (100u, 160u)], [answer.Timers(3, 1), answer.Timers(3, 2), answer.Timers(25, 3)]);
    }

    [Theory]
    [InlineData("""  "calculate-tee-times": false """, 0, 0)]
    [InlineData("""  "renew-timer": 900, "calculate-tee-times": false """, 900, 0)]
    [InlineData("""  "renew-timer": 100, "rebind-timer": 200 """, 100, 200)]
    [InlineData("""  "t1-percent": 0.1, "t2-percent": 0.2 """, 300, 600)]
    public void Timers_follow_the_configuration(string parameters, uint t1, uint t2)
    {
        Network6 net = Network6.With($$"""{ {{parameters}}, "preferred-lifetime": 3000, "valid-lifetime": 4000, "subnet6": [ {{Network6.Lan}} ] }""");
        Assert.Equal((t1, t2), net.NewClient().Request(IaNa(1)).Timers(3, 1));
    }

    [Fact]
    public void Lease_is_stored_with_what_is_known_of_its_client()
    {
        Network6 net = Network6.WithLan();
        Client6 client = net.NewClient();
        client.Extra = "00 27 00 0b 00 05 4d 79 50 43 21 03 6c 61 6e"; // MyPC!.lan, not qualified
        Answer6 answer = client.Request(IaNa(5));

        Change6 change = Assert.Single(answer.Changes);
        Assert.Equal((5u, 1u, "mypc.lan", "02005e100001 Duid"), (change.Iaid, change.SubnetId, change.Hostname, change.Hardware));
        Assert.True(net.Leases.TryGet(LeaseType6.NonTemporary, Leasehold.Protocol.Ipv6.Parse("2001:db8:1::10"), out Lease6 lease));
        Assert.Equal((LeaseState.Assigned, net.Now.Seconds + 7200), (lease.State, lease.Expire.Seconds));
        Assert.Equal(client.Duid, lease.Duid.ToArray());
    }
}
