using System.Text;
using Leasehold.Engine.V4;
using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Allocation;

/// <summary>store-extended-info: the relay's option 82 is kept in the lease's user context.</summary>
public class ExtendedInfoTests
{
    private static (Network Network, Client Client) Relayed(string store = "true")
    {
        Network network = Serving.Lan($$""" "relay": { "ip-addresses": [ "198.51.100.1" ] }, "store-extended-info": {{store}} """);
        Client client = Serving.Nth(network, 1);
        client.Giaddr = Ipv4.Parse("198.51.100.1");
        client.Extra = "52 0c 01 02 00 01 02 02 aa bc 0c 02 07 08";
        return (network, client);
    }

    private static string ContextOf(Network network) =>
        network.Leases.TryGet(Ipv4.Parse("192.0.2.10"), out Lease4 lease) ? Encoding.UTF8.GetString(lease.UserContext) : "no lease";

    private static void Note(Network network, string context)
    {
        Assert.True(network.Leases.TryGet(Ipv4.Parse("192.0.2.10"), out Lease4 lease));
        network.Leases.Load(lease with { UserContext = Encoding.UTF8.GetBytes(context) });
    }

    [Fact]
    public void Lease_notes_the_relays_option()
    {
        (Network network, Client client) = Relayed();
        client.Dora();
        Assert.Equal(
            """{ "ISC": { "relay-agent-info": { "relay-id": "0708", "remote-id": "AABC", "sub-options": "0x010200010202AABC0C020708" } } }""",
            ContextOf(network));
    }

    [Fact]
    public void Lease_notes_nothing_where_it_is_not_asked_for()
    {
        (Network network, Client client) = Relayed("false");
        client.Dora();
        Assert.Equal("", ContextOf(network));
    }

    [Fact]
    public void Renewal_without_a_relay_keeps_what_was_noted()
    {
        (Network network, Client client) = Relayed();
        client.Dora();
        string before = ContextOf(network);
        client.Giaddr = default;
        client.Extra = "";
        Assert.Equal(MessageType4.Ack, client.Renew().Sent);
        Assert.Equal(before, ContextOf(network));
    }

    [Fact]
    public void What_others_noted_stays()
    {
        (Network network, Client client) = Relayed();
        client.Dora();
        Note(network, """{"comment": "a, b", "ISC": {"relay-agent-info": "old", "more": [1, 2]}, "n": {"x": 1}}""");
        client.Extra = "52 04 01 02 00 01";
        client.Dora();
        Assert.Equal(
            """{ "comment": "a, b", "n": {"x": 1}, "ISC": { "more": [1, 2], "relay-agent-info": { "sub-options": "0x01020001" } } }""",
            ContextOf(network));
    }

    [Fact]
    public void What_is_no_json_stays()
    {
        (Network network, Client client) = Relayed();
        client.Dora();
        Note(network, "{ not json }");
        client.Dora();
        Assert.Equal("{ not json }", ContextOf(network));
    }

    [Theory]
    [InlineData("fix", """{"ISC":{"relay-agent-info":"0x01020001020Z"}}""", "", true)]
    [InlineData("fix", """{"ISC":{"relay-agent-info":"0x010200010202aabc"}}""", """{"ISC":{"relay-agent-info":{"remote-id":"AABC","sub-options":"0x010200010202aabc"}}}""", false)]
    [InlineData("none", """{"ISC":{"relay-agent-info":"0x0102"}}""", """{"ISC":{"relay-agent-info":"0x0102"}}""", false)]
    [InlineData("fix", """{"ISC":{"relay-agent-info":{"sub-options":7}}}""", """{"ISC":{"relay-agent-info":{"sub-options":7}}}""", false)]
    [InlineData("strict", """{"ISC":{"relay-agent-info":{"sub-options":7},"more":1},"a":2}""", """{"ISC":{"more":1},"a":2}""", true)]
    [InlineData("strict", """{"ISC":{"relay-agent-info":{"remote-id":""}}}""", "", true)]
    [InlineData("strict", """{"ISC":{"relay-agent-info":{"what":1}}}""", """{"ISC":{"relay-agent-info":{"what":1}}}""", false)]
    [InlineData("pedantic", """{"ISC":{"relay-agent-info":{"what":1}}}""", "", true)]
    [InlineData("pedantic", """{"ISC":{"relay-agent-info":{"comment":"x","sub-options":"0x0102"}}}""", """{"ISC":{"relay-agent-info":{"comment":"x","sub-options":"0x0102"}}}""", false)]
    [InlineData("fix", """{"ISC":[]}""", "", true)]
    [InlineData("fix", "{ not json }", "", true)]
    public void Contexts_of_a_file_are_checked_at_start(string checks, string before, string after, bool told)
    {
        Network network = Serving.Lan(global: $$""" "sanity-checks": { "extended-info-checks": "{{checks}}" } """);
        Serving.Nth(network, 1).Dora();
        Note(network, before);
        List<LeaseFinding4> findings = network.CheckLeases();
        Assert.Equal(after, ContextOf(network));
        Assert.Equal(told, findings.Any(found => found.Kind == LeaseFindingKind.ContextDropped));
        Assert.Equal(before != after && !told, findings.Any(found => found.Kind == LeaseFindingKind.ContextUpgraded));
    }

    [Theory]
    [InlineData("none", 7u, 7u, null)]
    [InlineData("warn", 7u, 7u, LeaseFindingKind.Misplaced)]
    [InlineData("warn", 2u, 2u, LeaseFindingKind.Misplaced)]
    [InlineData("warn", 1u, 1u, null)]
    [InlineData("fix", 7u, 1u, LeaseFindingKind.Moved)]
    [InlineData("fix-del", 2u, 1u, LeaseFindingKind.Moved)]
    [InlineData("del", 2u, null, LeaseFindingKind.Dropped)]
    public void Leases_of_a_file_whose_subnet_has_another_address(string checks, uint id, uint? then, LeaseFindingKind? kind)
    {
        Network network = Two(checks);
        Put(network, "192.0.2.10", id);
        LeaseFinding4[] findings = [.. network.CheckLeases()];
        Assert.Equal(then, network.Leases.TryGet(Ipv4.Parse("192.0.2.10"), out Lease4 lease) ? lease.SubnetId : null);
        Assert.Equal(kind, findings is [var only] ? only.Kind : null);
    }

    [Theory]
    [InlineData("fix", true, LeaseFindingKind.Misplaced)]
    [InlineData("fix-del", false, LeaseFindingKind.Dropped)]
    public void Leases_of_a_file_that_no_subnet_has(string checks, bool stays, LeaseFindingKind kind)
    {
        Network network = Two(checks);
        Put(network, "203.0.113.5", 9);
        LeaseFinding4 finding = Assert.Single(network.CheckLeases());
        Assert.Equal((kind, "its subnet id 9 is not configured, and no subnet has the address"), (finding.Kind, finding.Text));
        Assert.Equal(stays, network.Leases.TryGet(Ipv4.Parse("203.0.113.5"), out _));
    }

    private static Network Two(string checks) => Network.With(
        $$"""
        {
            "interfaces-config": { "interfaces": [ "eth0" ] }, "sanity-checks": { "lease-checks": "{{checks}}" },
            "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24" }, { "id": 2, "subnet": "198.51.100.0/24" } ]
        }
        """);

    private static void Put(Network network, string address, uint subnetId) => network.Leases.Load(new()
    {
        Address = Ipv4.Parse(address),
        SubnetId = subnetId,
        HardwareAddress = HardwareAddress.Parse("02:00:5e:10:00:01"),
        ValidLifetime = new(100),
        Expire = new(network.Now.Seconds + 100),
    });
}
