using Leasehold.Engine.V6;
using Leasehold.Protocol.V6;
using static Leasehold.ConformanceTests.Client6;

namespace Leasehold.ConformanceTests.Classes;

/// <summary>Client classes of the DHCPv6 server: who is in them, what they open and what they give.</summary>
public class ClassTests6
{
    // Option 16: enterprise 4491, one text.
    private const string Modem = "00 10 00 0f 00 00 11 8b 00 09 64 6f 63 73 69 73 33 2e 30";

    /// <summary>The 0.9.1 guide's section 8.7: modems and what is behind them share a relay.</summary>
    [Fact]
    public void Cable_modems_and_the_rest_get_addresses_of_their_own_subnets()
    {
        Network6 net = Network6.With("""
            { "subnet6": [
                { "id": 1, "subnet": "3000::/64", "pools": [ { "pool": "3000::2 - 3000::ffff" } ], "client-class": "VENDOR_CLASS_docsis3.0", "relay": { "ip-address": "3000::1" } },
                { "id": 2, "subnet": "2001:db8:1::/64", "pools": [ { "pool": "2001:db8:1::1-2001:db8:1::ffff" } ], "relay": { "ip-address": "3000::1" } } ] }
            """);
        Client6 modem = net.NewClient(1);
        modem.Extra = Modem;
        modem.Relays.Add(new("3000::1"));
        Client6 behind = net.NewClient(2);
        behind.Relays.Add(new("3000::1"));

        Assert.Equal(["3000::2"], modem.Sarr().Addresses());
        Assert.Equal(["2001:db8:1::1"], behind.Sarr().Addresses());
    }

    [Fact]
    public void Subnet_for_other_clients_is_not_served()
    {
        Network6 net = Network6.With("""
            { "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0", "client-class": "VENDOR_CLASS_docsis3.0", "pools": [ { "pool": "2001:db8:1::/80" } ] } ] }
            """);
        Assert.Equal(DropReason6.SubnetNotForClient, net.NewClient().Solicit(IaNa(1)).Drop);
    }

    [Fact]
    public void Pools_serve_their_classes()
    {
        Network6 net = Network6.With("""
            { "client-classes": [ { "name": "odd", "test": "substring(option[1].hex, 9, 1) == 0x01" } ],
              "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0",
                "pools": [ { "pool": "2001:db8:1::10-2001:db8:1::1f", "client-classes": [ "odd" ] }, { "pool": "2001:db8:1::20-2001:db8:1::2f" } ],
                "pd-pools": [ { "prefix": "2001:db8:8000::", "prefix-len": 48, "delegated-len": 56, "client-classes": [ "odd" ] },
                              { "prefix": "2001:db8:9000::", "prefix-len": 48, "delegated-len": 56 } ] } ] }
            """);
        Answer6 odd = net.NewClient(1).Request(IaNa(1), IaPd(1));
        Answer6 even = net.NewClient(2).Request(IaNa(1, "2001:db8:1::15"), IaPd(1, "2001:db8:8000:500::/56"));

        Assert.Equal(["2001:db8:1::10", "2001:db8:8000::/56"], [.. odd.Addresses(), .. odd.Prefixes()]);
        Assert.Equal(["2001:db8:1::20", "2001:db8:9000::/56"], [.. even.Addresses(), .. even.Prefixes()]);
    }

    [Fact]
    public void Class_gives_options_and_lifetimes()
    {
        Network6 net = Network6.With($$"""
            { "client-classes": [ { "name": "phones", "test": "option[15].exists", "valid-lifetime": 600, "preferred-lifetime": 300,
                                    "option-data": [ { "name": "sip-server-addr", "data": "2001:db8::5060" } ] } ],
              "subnet6": [ {{Network6.Lan}} ] }
            """);
        Client6 phone = net.NewClient(1);
        phone.Extra = "00 0f 00 04 00 02 61 62";
        Answer6 answer = phone.Request(IaNa(1), OptionRequest(22));
        Assert.Equal((300u, 600u), answer.Leases(3, 1).Select(static l => (l.Preferred, l.Valid)).Single());
        Assert.NotNull(answer.Option(22));
        Answer6 other = net.NewClient(2).Request(IaNa(1), OptionRequest(22));
        Assert.Equal(7200u, other.Leases(3, 1).Single().Valid);
        Assert.Null(other.Option(22));
    }

    [Fact]
    public void Client_in_class_drop_gets_no_answer() =>
        Assert.Equal(DropReason6.DropClass, Network6.With($$"""{ "client-classes": [ { "name": "DROP", "test": "pkt6.msgtype == 1" } ], "subnet6": [ {{Network6.Lan}} ] }""").NewClient().Solicit(IaNa(1)).Drop);

    [Fact]
    public void Expressions_see_relays()
    {
        Network6 net = Network6.With("""
            { "client-classes": [ { "name": "far", "test": "relay6[0].linkaddr == 2001:db8:1::2 and relay6[0].option[18].hex == 'port'" } ],
              "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "client-class": "far", "pools": [ { "pool": "2001:db8:1::10-2001:db8:1::1f" } ] } ] }
            """);
        Client6 client = net.NewClient();
        client.Relays.Add(new("2001:db8:1::2") { Options = "00 12 00 04 70 6f 72 74" });
        Assert.Equal(["2001:db8:1::10"], client.Sarr().Addresses());
        client.Relays[0] = new("2001:db8:1::2") { Options = "00 12 00 04 70 6f 72 75" };
        Assert.Equal(DropReason6.SubnetNotForClient, client.Solicit(IaNa(1)).Drop);
    }

    [Fact]
    public void Known_clients_are_those_with_a_reservation()
    {
        Network6 net = Network6.With("""
            { "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0",
                "pools": [ { "pool": "2001:db8:1::10-2001:db8:1::1f", "client-class": "KNOWN" }, { "pool": "2001:db8:1::20-2001:db8:1::2f", "client-class": "UNKNOWN" } ],
                "reservations": [ { "duid": "00:03:00:01:02:00:5e:10:00:02", "hostname": "b" } ] } ] }
            """);
        Assert.Equal(["2001:db8:1::20"], net.NewClient(1).Sarr().Addresses());
        Assert.Equal(["2001:db8:1::10"], net.NewClient(2).Sarr().Addresses());
    }

    [Fact]
    public void Shared_network_gives_what_its_subnets_have_in_their_order()
    {
        Network6 net = Network6.With("""
            { "shared-networks": [ { "name": "floor", "interface": "eth0", "option-data": [ { "name": "dns-servers", "data": "2001:db8::9" } ], "subnet6": [
                { "id": 1, "subnet": "2001:db8:1::/64", "pools": [ { "pool": "2001:db8:1::10-2001:db8:1::10" } ] },
                { "id": 2, "subnet": "2001:db8:2::/64", "pools": [ { "pool": "2001:db8:2::10-2001:db8:2::1f" } ],
                  "pd-pools": [ { "prefix": "2001:db8:9000::", "prefix-len": 48, "delegated-len": 56 } ] } ] } ] }
            """);
        Answer6 answer = net.NewClient(1).Request(IaNa(1), IaNa(2), IaPd(3), OptionRequest(23));
        Assert.Equal(["2001:db8:1::10", "2001:db8:2::10", "2001:db8:9000::/56"], [.. answer.Addresses(1), .. answer.Addresses(2), .. answer.Prefixes(3)]);
        Assert.Equal([1u, 2u, 2u], answer.Changes.Select(static c => c.SubnetId));
        Assert.NotNull(answer.Option(23));
        Assert.Equal(StatusCode6.Success, net.NewClient(1).Confirm(IaNa(1, "2001:db8:2::77", "2001:db8:1::1")).Status);
        Assert.Equal(["2001:db8:2::10"], net.NewClient(1).Renew(IaNa(2, "2001:db8:2::10")).Addresses(2));
    }
}
