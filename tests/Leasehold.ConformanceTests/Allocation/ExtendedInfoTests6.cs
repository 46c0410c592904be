using System.Text;
using Leasehold.Leases;
using Leasehold.Protocol;
using static Leasehold.ConformanceTests.Client6;

namespace Leasehold.ConformanceTests.Allocation;

/// <summary>store-extended-info of DHCPv6: what relays say is kept in the lease's user context.</summary>
public class ExtendedInfoTests6
{
    private const string Noted = """{ "ISC": { "relay-info": [ { "hop": 0, "link": "2001:db8:1::2", "options": "0x001200027031002500060000000961620035000A00030001020000000009", "peer": "fe80::5eff:fe10:1", "relay-id": "00030001020000000009", "remote-id": "000000096162" } ] } }""";

    private static (Network6 Network, Client6 Client) Relayed(string store = "true")
    {
        Network6 network = Network6.With($$"""
            { "store-extended-info": {{store}}, "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "pools": [ { "pool": "2001:db8:1::10-2001:db8:1::1f" } ],
              "pd-pools": [ { "prefix": "2001:db8:8000::", "prefix-len": 40, "delegated-len": 56 } ] } ] }
            """);
        Client6 client = network.NewClient();
        client.Relays.Add(new("2001:db8:1::2") { Options = "00 12 00 02 70 31  00 25 00 06 00 00 00 09 61 62  00 35 00 0a 00 03 00 01 02 00 00 00 00 09" });
        return (network, client);
    }

    private static string ContextOf(Network6 network, LeaseType6 type = LeaseType6.NonTemporary, string address = "2001:db8:1::10") =>
        network.Leases.TryGet(type, Ipv6.Parse(address), out Lease6 lease) ? Encoding.UTF8.GetString(lease.UserContext) : "no lease";

    private static void Note(Network6 network, string context)
    {
        Assert.True(network.Leases.TryGet(LeaseType6.NonTemporary, Ipv6.Parse("2001:db8:1::10"), out Lease6 lease));
        network.Leases.Load(lease with { UserContext = Encoding.UTF8.GetBytes(context) });
    }

    [Fact]
    public void Leases_note_the_relay_and_its_options()
    {
        (Network6 network, Client6 client) = Relayed();
        Assert.NotEmpty(client.Request(IaNa(1), IaPd(1)).Addresses());
        Assert.Equal(Noted, ContextOf(network));
        Assert.Equal(Noted, ContextOf(network, LeaseType6.Prefix, "2001:db8:8000::"));
    }

    [Fact]
    public void Lease_notes_nothing_where_it_is_not_asked_for()
    {
        (Network6 network, Client6 client) = Relayed("false");
        client.Sarr();
        Assert.Equal("", ContextOf(network));
    }

    [Fact]
    public void Relay_nearest_to_the_server_comes_first()
    {
        (Network6 network, Client6 client) = Relayed();
        client.Relays.Add(new("::") { Address = Ipv6.Parse("2001:db8:ffff::3") });
        client.Sarr();
        Assert.StartsWith(
            """{ "ISC": { "relay-info": [ { "hop": 1, "link": "::", "options": "0x", "peer": "2001:db8:ffff::2" }, { "hop": 0, "link": "2001:db8:1::2",""",
            ContextOf(network),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_others_noted_stays()
    {
        (Network6 network, Client6 client) = Relayed();
        client.Sarr();
        Note(network, """{ "owner": "lab", "ISC": { "relay-info": [ { "hop": 7 } ], "client-classes": [ "a" ] } }""");
        client.Renew(IaNa(1, "2001:db8:1::10"));
        Assert.Equal("""{ "owner": "lab", "ISC": { "client-classes": [ "a" ], "relay-info": """ + Noted["{ 'ISC': { 'relay-info': ".Length..], ContextOf(network));
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("""{ "ISC": """)]
    public void What_is_no_JSON_stays_as_it_is(string context)
    {
        (Network6 network, Client6 client) = Relayed();
        client.Sarr();
        Note(network, context);
        client.Renew(IaNa(1, "2001:db8:1::10"));
        Assert.Equal(context, ContextOf(network));
    }

    [Fact]
    public void Renewal_without_a_relay_keeps_what_was_noted()
    {
        (Network6 network, Client6 client) = Relayed();
        client.Sarr();
        client.Relays.Clear();
        network.Reload("""{ "store-extended-info": true, "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0", "pools": [ { "pool": "2001:db8:1::10-2001:db8:1::1f" } ] } ] }""");
        Assert.Equal(["2001:db8:1::10"], client.Renew(IaNa(1, "2001:db8:1::10")).Addresses());
        Assert.Equal(Noted, ContextOf(network));
    }
}
