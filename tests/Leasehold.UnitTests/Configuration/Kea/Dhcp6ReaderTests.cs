using Leasehold.Configuration;
using Leasehold.Configuration.Kea;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Leasehold.Protocol;
using Xunit;

namespace Leasehold.UnitTests.Configuration.Kea;

public class Dhcp6ReaderTests
{
    [Fact]
    public void Defaults_are_those_of_the_established_server()
    {
        Dhcp6Config config = Reads.Good6("\"user-context\": { }");
        Parameters6 holds = config.Parameters.Over(Parameters6.Default);
        Assert.Equal((7200u, null, true, 0.5, 0.8, false), (holds.ValidLifetime!.Value.Seconds, holds.PreferredLifetime, holds.CalculateTeeTimes, holds.T1Percent, holds.T2Percent, holds.RapidCommit));
        Assert.Equal((false, true, false), (holds.ReservationsGlobal, holds.ReservationsInSubnet, holds.ReservationsOutOfPool));
        Assert.Equal((AllocatorType.Iterative, AllocatorType.Iterative, false), (holds.Allocator, holds.PdAllocator, holds.RoutesForDelegatedPrefixes));
        Assert.Equal((DuidType.LinkLayerTime, true), (config.ServerId.Type, config.ServerId.Persist));
        Assert.Equal(MacSourceOrder.Any.AsEnumerable(), config.MacSources);
        Assert.Equal([65], config.RelaySuppliedOptions.Select(code => (int)code));
        Assert.True(config.AllowAddressRegistration);
    }

    [Fact]
    public void Subnets_without_id_get_the_numbers_that_are_free_networks_first()
    {
        Dhcp6Config config = Reads.Good6("""
            "subnet6": [ { "subnet": "2001:db8:1::/64" }, { "subnet": "2001:db8:2::/64", "id": 2 }, { "subnet": "2001:db8:3::/64", "id": 0 } ],
            "shared-networks": [ { "name": "n", "subnet6": [ { "subnet": "2001:db8:4::/64" } ] } ]
            """);
        Assert.Equal([1u, 3u, 2u, 4u], config.AllSubnets.Select(s => s.Id));
    }

    [Theory]
    [InlineData("2001:db8:1::10-2001:db8:1::20", "2001:db8:1::10-2001:db8:1::20")]
    [InlineData(" 2001:db8:1::10 \t-  2001:db8:1::20 ", "2001:db8:1::10-2001:db8:1::20")]
    [InlineData("2001:db8:1::/80", "2001:db8:1::-2001:db8:1::ffff:ffff:ffff")]
    [InlineData("2001:db8:1:0:05:: / 80", "2001:db8:1:0:5::-2001:db8:1:0:5:ffff:ffff:ffff")]
    [InlineData("2001:db8:1::/64", "2001:db8:1::-2001:db8:1:0:ffff:ffff:ffff:ffff")]
    public void Pool_is_read_in_both_notations(string text, string range)
    {
        Dhcp6Config config = Reads.Good6($$"""  "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "pools": [ { "pool": "{{text.Replace("\t", "\\t")}}" } ] } ]""");
        Assert.Equal(range, config.Subnets[0].Pools[0].Range.ToString());
    }

    [Theory]
    [InlineData("""  "relay": { "ip-address": "3000::1" }""", "3000::1")]
    [InlineData("""  "relay": { "ip-addresses": [ "3000::1", "3000::2" ] }""", "3000::1 3000::2")]
    [InlineData("""  "relay": { "ip-address": "::" }""", "")]
    [InlineData("""  "relay": { }""", "")]
    public void Relay_addresses_are_read_in_both_forms(string relay, string addresses) =>
        Assert.Equal(addresses, string.Join(' ', Reads.Good6($$"""  "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", {{relay}} } ]""").Subnets[0].RelayAddresses));

    [Fact]
    public void Part_of_each_delegated_prefix_is_excluded()
    {
        PdPool6 pool = Reads.Good6("""
            "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "pd-pools": [
              { "prefix": "2001:db8:8000::", "prefix-len": 48, "delegated-len": 60, "excluded-prefix": "2001:db8:8000:f::", "excluded-prefix-len": 64 } ] } ]
            """).Subnets[0].PdPools[0];
        Assert.Equal("2001:db8:8000:f::/64", pool.ExcludedFrom(new(Ipv6.Parse("2001:db8:8000::"), 60)).ToString());
        Assert.Equal("2001:db8:8000:ff3f::/64", pool.ExcludedFrom(new(Ipv6.Parse("2001:db8:8000:ff30::"), 60)).ToString());
        Assert.Null((pool with { Excluded = null }).ExcludedFrom(new(Ipv6.Parse("2001:db8:8000::"), 60)));
    }

    [Fact]
    public void Whole_prefix_can_be_the_only_delegated_one()
    {
        PdPool6 pool = Reads.Good6("""
            "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "pd-pools": [ { "prefix": "2001:db8:8000::", "prefix-len": 56, "delegated-len": 56 } ] } ]
            """).Subnets[0].PdPools[0];
        Assert.Equal(("2001:db8:8000::/56", 56), (pool.Prefix.ToString(), pool.DelegatedLength));
    }

    [Fact]
    public void Lifetimes_of_a_subnet_are_not_cut_by_the_bounds_of_the_global_level()
    {
        Dhcp6Config config = Reads.Good6("""
            "valid-lifetime": 4000, "min-valid-lifetime": 2000, "max-valid-lifetime": 8000, "preferred-lifetime": 3000, "min-preferred-lifetime": 2000,
            "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "valid-lifetime": 600, "preferred-lifetime": 500 } ]
            """);
        Parameters6 holds = config.Subnets[0].Parameters.Over(config.Parameters);
        Assert.Equal((600u, 600u, 600u), (holds.MinValidLifetime!.Value.Seconds, holds.ValidLifetime!.Value.Seconds, holds.MaxValidLifetime!.Value.Seconds));
        Assert.Equal((500u, 500u, 500u), (holds.MinPreferredLifetime!.Value.Seconds, holds.PreferredLifetime!.Value.Seconds, holds.MaxPreferredLifetime!.Value.Seconds));
    }

    [Fact]
    public void Inner_level_hides_the_outer_one_value_by_value()
    {
        Dhcp6Config config = Reads.Good6("""
            "allocator": "random", "renew-timer": 1000, "ddns-send-updates": true,
            "shared-networks": [ { "name": "n", "rapid-commit": true, "pd-allocator": "flq", "subnet6": [
              { "id": 1, "subnet": "2001:db8:1::/64", "renew-timer": 500, "ddns-send-updates": false } ] } ]
            """);
        Parameters6 holds = config.SharedNetworks[0].Subnets[0].Parameters.Over(config.SharedNetworks[0].Parameters).Over(config.Parameters).Over(Parameters6.Default);
        Assert.Equal((AllocatorType.Random, AllocatorType.FreeLeaseQueue, 500u, true), (holds.Allocator, holds.PdAllocator, holds.RenewTimer!.Value.Seconds, holds.RapidCommit));
        Assert.Equal((false, "myhost", false), (holds.Names.SendUpdates, holds.Names.GeneratedPrefix, holds.RoutesForDelegatedPrefixes));
    }

    [Theory]
    [InlineData("duid", "01:02:03:04:05:0A:0B:0C:0D:0E", "0102030405 0a0b0c0d0e")]
    [InlineData("duid", "0001000102030405", "0001000102030405")]
    [InlineData("duid", "0x000300010a", "000300010a")]
    [InlineData("hw-address", "1A-1B-1C-1D-1E-1F", "1a1b1c1d1e1f")]
    [InlineData("flex-id", "'s0me'", "73306d65")]
    [InlineData("hw-address", "'ab'", null)]
    [InlineData("duid", "0102", null)]
    public void Identifier_of_a_reservation_is_read(string kind, string text, string? octets)
    {
        ConfigResult<Dhcp6Config> result = Reads.Of6($$"""
              "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "reservations": [ { "{{kind}}": "{{text}}" } ] } ]
            """);
        string? read = result.Config is { } config ? HexText.Format(config.Subnets[0].Reservations[0].Identifier.AsSpan(), ':').Replace(":", "") : null;
        Assert.Equal(octets?.Replace(" ", ""), read);
    }

    [Theory]
    [InlineData("""{ "type": "LLT", "htype": 8, "identifier": "A65DC7410F05", "time": 2518920166 }""", DuidType.LinkLayerTime, "a65dc7410f05", 8, 2518920166u, null)]
    [InlineData("""{ "type": "LL", "htype": 0, "identifier": "", "time": 0, "enterprise-id": 0 }""", DuidType.LinkLayer, "", null, null, null)]
    [InlineData("""{ "type": "EN", "enterprise-id": 2495, "identifier": "0123456789" }""", DuidType.Enterprise, "0123456789", null, null, 2495)]
    [InlineData("""{ "type": "EN" }""", DuidType.Enterprise, "", null, null, 2495)]
    [InlineData("""{ "type": "UUID", "identifier": "00112233-4455-6677-8899-AABBCCDDEEFF" }""", DuidType.Uuid, "00112233445566778899aabbccddeeff", null, null, null)]
    [InlineData("""{ "type": "UUID", "identifier": "00112233" }""", null, "", null, null, null)]
    [InlineData("""{ "type": "UUID", "identifier": "00112233445566778899aabbccddeeff" }""", DuidType.Uuid, "00112233445566778899aabbccddeeff", null, null, null)]
    public void Server_id_is_read_for_every_type(string text, DuidType? type, string identifier, int? hardwareType, uint? time, int? enterprise)
    {
        ServerIdConfig? read = Reads.Of6($"\"server-id\": {text}").Config?.ServerId;
        Assert.Equal(type, read?.Type);
        if (read is null) return;
        Assert.Equal(identifier, HexText.Format(read.Identifier.AsSpan(), ':').Replace(":", ""));
        Assert.Equal(((ushort?)hardwareType, time, (uint?)enterprise), (read.HardwareType, read.Time, read.EnterpriseId));
    }

    [Theory]
    [InlineData("any", "Raw, ClientLinkLayerAddress, Duid, LinkLocal, RemoteId, SubscriberId, DocsisCmts, DocsisModem")]
    [InlineData("duid\", \"rfc6939", "Duid, ClientLinkLayerAddress")]
    [InlineData("docsis-modem\", \"rfc4580\", \"rfc4649\", \"docsis-cmts\", \"raw\", \"ipv6-link-local", "DocsisModem, SubscriberId, RemoteId, DocsisCmts, Raw, LinkLocal")]
    [InlineData("remote-id\", \"any", "RemoteId, Raw, ClientLinkLayerAddress, Duid, LinkLocal, SubscriberId, DocsisCmts, DocsisModem")]
    public void Sources_of_hardware_addresses_keep_their_order(string names, string sources) =>
        Assert.Equal(sources, string.Join(", ", Reads.Good6($"\"mac-sources\": [ \"{names}\" ]").MacSources));

    [Fact]
    public void Interface_id_is_kept_as_its_characters() =>
        Assert.Equal(
            "ISAM144|299|ipv6|nt:vp:1:110"u8.ToArray(),
            Reads.Good6("""  "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface-id": "ISAM144|299|ipv6|nt:vp:1:110" } ]""").Subnets[0].InterfaceId);

    [Theory]
    [InlineData("\"client-classes\": [], \"shared-networks\": [ ], \"hooks-libraries\": [], \"hosts-databases\": []")]
    [InlineData("\"config-control\": { \"config-databases\": [] }, \"dhcp4o6-port\": 0, \"server-tag\": \"\"")]
    [InlineData("\"dhcp-ddns\": { \"enable-updates\": false, \"server-port\": 53001 }")]
    [InlineData("\"ddns-send-updates\": false, \"ddns-replace-client-name\": \"never\", \"ddns-qualifying-suffix\": \"\"")]
    [InlineData("\"compatibility\": { \"lenient-option-parsing\": false }, \"early-global-reservations-lookup\": false, \"ip-reservations-unique\": true")]
    [InlineData("\"store-extended-info\": false, \"cache-threshold\": 0.0, \"adaptive-lease-time-threshold\": 1.0")]
    public void Values_that_ask_for_nothing_are_taken_without_a_word(string inside) => Assert.Empty(Reads.Good6(inside).Warnings);

    [Fact]
    public void Value_without_effect_is_told() => Assert.Single(Reads.Good6("\"parked-packet-limit\": 64").Warnings);

    [Fact]
    public void Expression_is_one_of_DHCPv6()
    {
        Dhcp6Config config = Reads.Good6("""
            "client-classes": [ { "name": "relayed", "test": "relay6[0].option[interface-id].exists and vendor[4491].exists" } ],
            "option-def": [ { "name": "ours", "code": 65001, "type": "uint8" } ],
            "hooks-libraries": [ { "library": "libdhcp_flex_id.so", "parameters": { "identifier-expression": "option[ours].hex" } } ]
            """);
        Assert.NotNull(config.Classes[0].Test);
        Assert.Equal("option[ours].hex", config.FlexIdentifierExpression!.Text);
    }

    [Fact]
    public void Shared_loggers_are_those_of_this_server_and_of_all()
    {
        Dhcp6Config config = Dhcp6ConfigReader.ReadText("""
            { "Logging": { "loggers": [ { "name": "*", "severity": "ERROR" }, { "name": "kea-dhcp4" }, { "name": "kea-dhcp6.leases" } ] }, "Dhcp6": { } }
            """).Config!;
        Assert.Equal(["*", "kea-dhcp6.leases"], config.Loggers.Select(l => l.Name));
    }

    [Theory]
    [InlineData("""  "subnet6": [ "subnet": "2001:db8:1::/64", "id": 1024 ]""", "has no keys: the '{' before the key is missing; write each element of the list as { \"key\": value }")]
    [InlineData("""  "option-data": [ { "name": "dns-servers" "data": "2001:db8::1" } ]""", "a ',' is missing after this value; put one here")]
    [InlineData("""  "option-def": [ { "name": "foo", "code": 102, "type": "empty". "encapsulate": "isc" } ]""", "this '.' stands where a ',' should; write ','")]
    public void Slip_of_the_first_guide_is_told_with_what_to_write(string inside, string complaint) =>
        Assert.Contains(Reads.Of6(inside).Diagnostics, d => d.ToString().Contains(complaint, StringComparison.Ordinal));

    [Fact]
    public void Hundred_thousand_reservations_are_read_with_their_duplicate_found()
    {
        string hosts = string.Join(",\n", Enumerable.Range(0, 100_000).Select(i =>
            $$"""{ "duid": "00:03:00:01:02:00:00:{{i >> 16:x2}}:{{(i >> 8) & 255:x2}}:{{i & 255:x2}}", "ip-addresses": [ "2001:db8::{{(i == 99_999 ? 0 : i) >> 16:x}}:{{(i == 99_999 ? 0 : i) & 0xffff:x}}" ], "prefixes": [ "2001:db9:{{i >> 16:x}}:{{i & 0xffff:x}}::/64" ] }"""));
        ConfigResult<Dhcp6Config> result = Dhcp6ConfigReader.ReadText($$"""
            { "Dhcp6": { "interfaces-config": { "interfaces": [ "*" ] }, "subnet6": [ { "id": 1, "subnet": "2001:db8::/64", "reservations": [
            {{hosts}} ] } ] } }
            """);
        Assert.Equal(100_001, Assert.Single(result.Diagnostics).Position.Line);
    }

    /// <summary>Runs where Debian's server is installed, as it is for the comparisons.</summary>
    [Fact]
    public void Configuration_that_Debian_installs_is_usable()
    {
        const string path = "/etc/kea/kea-dhcp6.conf";
        Assert.SkipUnless(File.Exists(path), $"{path} is not installed");
        ConfigResult<Dhcp6Config> result = Dhcp6ConfigReader.ReadFile(path, DiskFiles.Read);
        Assert.All(result.Diagnostics, d => Assert.True(d.IsWarning, d.ToString()));
        Assert.Single(result.Config!.Subnets);
        Assert.Equal(4, result.Config.Subnets[0].Reservations.Length);
    }
}
