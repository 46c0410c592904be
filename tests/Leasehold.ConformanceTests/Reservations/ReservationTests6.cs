using Leasehold.Leases;
using Leasehold.Protocol.V6;
using static Leasehold.ConformanceTests.Client6;

namespace Leasehold.ConformanceTests.Reservations;

/// <summary>Addresses and prefixes that the administrator keeps for a client, and what happens where somebody has them already.</summary>
public class ReservationTests6
{
    // Clients 1 and 2 are known by DUID, client 3 by its link-layer address, which its DUID tells.
    private const string Reserved = """
        { "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0", "pools": [ { "pool": "2001:db8:1::10-2001:db8:1::1f" } ],
            "pd-pools": [ { "prefix": "2001:db8:8000::", "prefix-len": 40, "delegated-len": 56 } ],
            "reservations": [
              { "duid": "00:03:00:01:02:00:5e:10:00:01", "ip-addresses": [ "2001:db8:1::10" ], "prefixes": [ "2001:db8:8000::/56" ], "hostname": "Alpha" },
              { "duid": "00:03:00:01:02:00:5e:10:00:02", "ip-addresses": [ "2001:db8:1::aaaa", "2001:db8:1::bbbb" ], "prefixes": [ "2001:db8:7000::/48" ] },
              { "hw-address": "02:00:5e:10:00:03", "ip-addresses": [ "2001:db8:1::cccc" ] } ] } ] }
        """;

    private const string Unreserved = """
        { "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0", "pools": [ { "pool": "2001:db8:1::10-2001:db8:1::1f" } ] } ] }
        """;

    private const string Reserving = """
        { "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0", "pools": [ { "pool": "2001:db8:1::10-2001:db8:1::1f" } ],
            "reservations": [ { "duid": "00:03:00:01:02:00:5e:10:00:02", "ip-addresses": [ "2001:db8:1::10" ] } ] } ] }
        """;

    [Fact]
    public void Client_gets_what_is_reserved_for_it_and_others_do_not()
    {
        Network6 net = Network6.With(Reserved);
        Answer6 other = net.NewClient(9).Request(IaNa(1, "2001:db8:1::10"), IaPd(1, "2001:db8:8000::/56"));
        Assert.Equal(["2001:db8:1::11"], other.Addresses());
        Assert.Equal(["2001:db8:8000:100::/56"], other.Prefixes());

        Answer6 own = net.NewClient(1).Request(IaNa(1, "2001:db8:1::15"), IaPd(1));
        Assert.Equal(["2001:db8:1::10"], own.Addresses());
        Assert.Equal(["2001:db8:8000::/56"], own.Prefixes());
        Assert.All(own.Changes, static change => Assert.Equal("alpha", change.Hostname));
    }

    [Fact]
    public void Client_is_known_by_its_link_layer_address() =>
        Assert.Equal(["2001:db8:1::cccc"], Network6.With(Reserved).NewClient(3).Sarr().Addresses());

    [Fact]
    public void Reservation_outside_the_pools_holds_and_a_prefix_may_be_of_any_length()
    {
        Answer6 answer = Network6.With(Reserved).NewClient(2).Request(IaNa(1), IaPd(1));
        Assert.Equal(["2001:db8:1::aaaa"], answer.Addresses());
        Assert.Equal(["2001:db8:7000::/48"], answer.Prefixes());
    }

    [Fact]
    public void Several_reserved_addresses_go_to_as_many_associations_and_the_next_one_gets_another()
    {
        Network6 net = Network6.With(Reserved);
        Client6 client = net.NewClient(2);
        Answer6 answer = client.Request(IaNa(1), IaNa(2, "2001:db8:1::aaaa"), IaNa(3));
        Assert.Equal(["2001:db8:1::aaaa", "2001:db8:1::bbbb", "2001:db8:1::11"], [.. answer.Addresses(1), .. answer.Addresses(2), .. answer.Addresses(3)]);

        Answer6 renewed = client.Renew(IaNa(3, "2001:db8:1::11"), IaNa(2, "2001:db8:1::bbbb"), IaNa(1, "2001:db8:1::aaaa"));
        Assert.Equal(["2001:db8:1::aaaa", "2001:db8:1::bbbb", "2001:db8:1::11"], [.. renewed.Addresses(1), .. renewed.Addresses(2), .. renewed.Addresses(3)]);
        Assert.Empty(renewed.Lost(3, 1));
    }

    [Fact]
    public void Association_may_choose_among_the_reserved_ones() =>
        Assert.Equal(["2001:db8:1::bbbb"], Network6.With(Reserved).NewClient(2).Request(IaNa(1, "2001:db8:1::bbbb")).Addresses());

    /// <summary>The whole story of the 0.9.1 guide, section 8.3.2.</summary>
    [Fact]
    public void Conflict_with_a_lease_is_resolved_as_clients_renew()
    {
        Network6 net = Network6.With(Unreserved);
        Client6 a = net.NewClient(1);
        Assert.Equal(["2001:db8:1::10"], a.Sarr().Addresses());

        // The administrator reserves A's address for B. B cannot have it yet, and gets another one for the time being.
        net.Reload(Reserving);
        Client6 b = net.NewClient(2);
        Assert.Equal(["2001:db8:1::11"], b.Sarr().Addresses());

        // Had C requested the address, it would be offered a different one.
        Assert.Equal(["2001:db8:1::12"], net.NewClient(3).Solicit(IaNa(1, "2001:db8:1::10")).Addresses());

        // A renews: its address is B's now. It gets another one, and the old one with lifetimes of zero.
        Answer6 renewedA = a.Renew(IaNa(1, "2001:db8:1::10"));
        Assert.Equal(["2001:db8:1::13"], renewedA.Addresses());
        Assert.Equal(["2001:db8:1::10"], renewedA.Lost());
        Assert.Equal(["Commit 2001:db8:1::13/128", "Release 2001:db8:1::10/128"], renewedA.Changes.Select(static c => c.ToString()));

        // B renews its temporary address: it gets the reserved one, and the temporary one with lifetimes of zero.
        Answer6 renewedB = b.Renew(IaNa(1, "2001:db8:1::11"));
        Assert.Equal(["2001:db8:1::10"], renewedB.Addresses());
        Assert.Equal(["2001:db8:1::11"], renewedB.Lost());
        Assert.Equal((LeaseState.Assigned, LeaseState.Released), (net.StateOf("2001:db8:1::10"), net.StateOf("2001:db8:1::11")));

        Assert.Equal(["2001:db8:1::10"], b.Renew(IaNa(1, "2001:db8:1::10")).Addresses());
    }

    [Fact]
    public void Reserved_prefix_covers_all_that_lies_in_it()
    {
        Network6 net = Network6.With("""
            { "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0", "pd-pools": [ { "prefix": "2001:db8:8000::", "prefix-len": 54, "delegated-len": 56 } ],
                "reservations": [ { "duid": "00:03:00:01:02:00:5e:10:00:02", "prefixes": [ "2001:db8:8000::/55" ] } ] } ] }
            """);
        Assert.Equal(["2001:db8:8000:200::/56"], net.NewClient(1).Request(IaPd(1, "2001:db8:8000:100::/56")).Prefixes());
        Assert.Equal(["2001:db8:8000:300::/56"], net.NewClient(1).Request(IaPd(2)).Prefixes(2));
        Assert.Equal(StatusCode6.NoPrefixAvail, net.NewClient(1).Request(IaPd(3)).StatusOfPd(3));
        Assert.Equal(["2001:db8:8000::/55"], net.NewClient(2).Request(IaPd(1)).Prefixes());
    }

    [Theory]
    [InlineData("disabled", "2001:db8:1::10")]
    [InlineData("out-of-pool", "2001:db8:1::10")]
    [InlineData("all", "2001:db8:1::11")]
    public void Reservation_mode_of_older_versions_decides_what_is_kept_from_others(string mode, string granted)
    {
        Network6 net = Network6.With($$"""{ "reservation-mode": "{{mode}}", {{Reserving.TrimStart()[1..]}}""", warns: mode != "all");
        Assert.Equal([granted], net.NewClient(1).Sarr().Addresses());
    }

    [Fact]
    public void Options_of_a_reservation_hide_those_of_its_subnet()
    {
        Network6 net = Network6.With("""
            { "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0", "pools": [ { "pool": "2001:db8:1::10-2001:db8:1::1f" } ],
                "option-data": [ { "name": "dns-servers", "data": "2001:db8::1" } ],
                "reservations": [ { "duid": "00:03:00:01:02:00:5e:10:00:02", "option-data": [ { "name": "dns-servers", "data": "2001:db8::2" } ] } ] } ] }
            """);
        Assert.Equal(1, net.NewClient(1).Request(IaNa(1), OptionRequest(23)).Option(23)![15]);
        Assert.Equal(2, net.NewClient(2).Request(IaNa(1), OptionRequest(23)).Option(23)![15]);
    }

    [Fact]
    public void Flex_id_of_a_relays_option_knows_its_client()
    {
        Network6 net = Network6.With("""
            { "host-reservation-identifiers": [ "flex-id" ],
              "hooks-libraries": [ { "library": "libdhcp_flex_id.so", "parameters": { "identifier-expression": "relay6[0].option[37].hex" } } ],
              "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "pools": [ { "pool": "2001:db8:1::10-2001:db8:1::1f" } ],
                "reservations": [ { "flex-id": "00:00:00:09:61:62", "ip-addresses": [ "2001:db8:1::ffff" ] } ] } ] }
            """);
        Client6 client = net.NewClient();
        client.Relays.Add(new("2001:db8:1::2") { Options = "00 25 00 06 00 00 00 09 61 62" });
        Assert.Equal(["2001:db8:1::ffff"], client.Sarr().Addresses());
    }
}
