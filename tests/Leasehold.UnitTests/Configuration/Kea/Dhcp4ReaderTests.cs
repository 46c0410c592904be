using Leasehold.Configuration;
using Leasehold.Configuration.Kea;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Leasehold.Protocol;
using Xunit;

namespace Leasehold.UnitTests.Configuration.Kea;

public class Dhcp4ReaderTests
{
    [Fact]
    public void Subnets_without_id_get_the_numbers_that_are_free()
    {
        Dhcp4Config config = Reads.Good("""
            "subnet4": [ { "subnet": "192.0.2.0/24" }, { "subnet": "192.0.3.0/24", "id": 2 }, { "subnet": "192.0.4.0/24" }, { "subnet": "192.0.5.0/24", "id": 0 } ]
            """);
        Assert.Equal([1u, 2u, 3u, 4u], config.Subnets.Select(s => s.Id));
    }

    [Theory]
    [InlineData("disabled", false, false, false)]
    [InlineData("off", false, false, false)]
    [InlineData("out-of-pool", false, true, true)]
    [InlineData("global", true, false, false)]
    [InlineData("all", false, true, false)]
    public void Reservation_mode_sets_the_three_flags(string mode, bool global, bool inSubnet, bool outOfPool)
    {
        Parameters4 parameters = Reads.Good($"\"reservation-mode\": \"{mode}\"").Parameters;
        Assert.Equal((global, inSubnet, outOfPool), (parameters.ReservationsGlobal, parameters.ReservationsInSubnet, parameters.ReservationsOutOfPool));
    }

    [Fact]
    public void Lifetime_of_a_subnet_is_not_cut_by_the_bounds_of_the_global_level()
    {
        Dhcp4Config config = Reads.Good("""
            "valid-lifetime": 4000, "min-valid-lifetime": 2000, "max-valid-lifetime": 8000,
            "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "valid-lifetime": 600 } ]
            """);
        Parameters4 holds = config.Subnets[0].Parameters.Over(config.Parameters);
        Assert.Equal((600u, 600u, 600u), (holds.MinValidLifetime!.Value.Seconds, holds.ValidLifetime!.Value.Seconds, holds.MaxValidLifetime!.Value.Seconds));
    }

    [Fact]
    public void One_bound_alone_is_the_lifetime_and_both_bounds()
    {
        Parameters4 parameters = Reads.Good("\"max-valid-lifetime\": 500").Parameters;
        Assert.Equal((500u, 500u, 500u), (parameters.MinValidLifetime!.Value.Seconds, parameters.ValidLifetime!.Value.Seconds, parameters.MaxValidLifetime!.Value.Seconds));
    }

    [Theory]
    [InlineData("192.0.2.10-192.0.2.20", "192.0.2.10-192.0.2.20")]
    [InlineData(" 192.0.2.10 \t-  192.0.2.20 ", "192.0.2.10-192.0.2.20")]
    [InlineData("192.0.2.64/26", "192.0.2.64-192.0.2.127")]
    [InlineData("192.0.2.64 / 26", "192.0.2.64-192.0.2.127")]
    public void Pool_is_read_in_both_notations(string text, string range)
    {
        Dhcp4Config config = Reads.Good($$"""  "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "{{text.Replace("\t", "\\t")}}" } ] } ]""");
        Assert.Equal(range, config.Subnets[0].Pools[0].Range.ToString());
    }

    [Theory]
    [InlineData("""  "relay": { "ip-address": "10.0.0.1" }""", "10.0.0.1")]
    [InlineData("""  "relay": { "ip-addresses": [ "10.0.0.1", "10.0.0.2" ] }""", "10.0.0.1 10.0.0.2")]
    [InlineData("""  "relay": { "ip-address": "0.0.0.0" }""", "")]
    [InlineData("""  "relay": { }""", "")]
    public void Relay_addresses_are_read_in_both_forms(string relay, string addresses) =>
        Assert.Equal(addresses, string.Join(' ', Reads.Good($$"""  "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", {{relay}} } ]""").Subnets[0].RelayAddresses));

    [Fact]
    public void Empty_next_server_is_not_given_and_zero_hides_the_outer_level()
    {
        Dhcp4Config config = Reads.Good("""
            "next-server": "192.0.2.123",
            "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "next-server": "" }, { "id": 2, "subnet": "192.0.3.0/24", "next-server": "0.0.0.0" } ]
            """);
        Assert.Equal(Ipv4.Parse("192.0.2.123"), config.Subnets[0].Parameters.Over(config.Parameters).NextServer);
        Assert.Equal(Ipv4.Any, config.Subnets[1].Parameters.Over(config.Parameters).NextServer);
    }

    [Theory]
    [InlineData("hw-address", "1a:1b:1c:1d:1e:1f", "1a1b1c1d1e1f")]
    [InlineData("hw-address", "1A-1B-1C-1D-1E-1F", "1a1b1c1d1e1f")]
    [InlineData("duid", "0001:02", null)]
    [InlineData("duid", "00030001aabbccddeeff", "00030001aabbccddeeff")]
    [InlineData("client-id", "01:0a", "010a")]
    [InlineData("client-id", "'ab'", "6162")]
    [InlineData("circuit-id", "0xABC", "0abc")]
    [InlineData("flex-id", "'s0me'", "73306d65")]
    [InlineData("hw-address", "'ab'", null)]
    public void Identifier_of_a_reservation_is_read(string kind, string text, string? octets)
    {
        ConfigResult<Dhcp4Config> result = Reads.Of($$"""
              "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "reservations": [ { "{{kind}}": "{{text}}" } ] } ]
            """);
        string? read = result.Config is { } config ? HexText.Format(config.Subnets[0].Reservations[0].Identifier.AsSpan(), ':').Replace(":", "") : null;
        Assert.Equal(octets, read);
    }

    [Theory]
    [InlineData("\"client-classes\": []")]
    [InlineData("\"shared-networks\": [ ]")]
    [InlineData("\"hooks-libraries\": []")]
    [InlineData("\"hosts-databases\": []")]
    [InlineData("\"config-control\": { \"config-databases\": [] }")]
    [InlineData("\"dhcp-ddns\": { \"enable-updates\": false, \"server-port\": 53001 }")]
    [InlineData("\"ddns-send-updates\": false, \"ddns-replace-client-name\": \"never\", \"ddns-qualifying-suffix\": \"\"")]
    [InlineData("\"compatibility\": { \"lenient-option-parsing\": false }")]
    [InlineData("\"store-extended-info\": false, \"allocator\": \"iterative\", \"cache-threshold\": 0.0")]
    public void Values_that_ask_for_nothing_are_taken_without_a_word(string inside) => Assert.Empty(Reads.Good(inside).Warnings);

    [Fact]
    public void Newer_loggers_win_over_those_that_services_share()
    {
        Dhcp4Config config = Dhcp4ConfigReader.ReadText("""
            { "Logging": { "loggers": [ { "name": "*", "severity": "ERROR" } ] },
              "Dhcp4": { "loggers": [ { "name": "kea-dhcp4", "severity": "debug", "debuglevel": 40 } ] } }
            """).Config!;
        LoggerConfig logger = Assert.Single(config.Loggers);
        Assert.Equal(("kea-dhcp4", LogSeverity.Debug, 40), (logger.Name, logger.Severity, logger.DebugLevel));
    }

    [Fact]
    public void Parts_of_the_model_know_where_they_stand()
    {
        Dhcp4Config config = Dhcp4ConfigReader.ReadText("{ \"Dhcp4\": {\n \"subnet4\": [\n  { \"id\": 1, \"subnet\": \"192.0.2.0/24\" } ] } }", "f").Config!;
        Assert.Equal(new TextPosition("f", 3, 3), config.Subnets[0].Origin.Position);
        Assert.Equal(new TextPosition("f", 3, 24), config.Subnets[0].Origin.Of("subnet"));
    }

    [Theory]
    [InlineData("\n", 100_001)]
    [InlineData(" ", 2)]
    public void Hundred_thousand_reservations_are_read_with_their_duplicate_found(string between, int line)
    {
        string hosts = string.Join("," + between, Enumerable.Range(0, 100_000).Select(i =>
            $$"""{ "hw-address": "02:00:00:{{i >> 16:x2}}:{{(i >> 8) & 255:x2}}:{{i & 255:x2}}", "ip-address": "{{new Ipv4(0x0a000001 + (uint)(i == 99_999 ? 0 : i))}}" }"""));
        ConfigResult<Dhcp4Config> result = Dhcp4ConfigReader.ReadText($$"""
            { "Dhcp4": { "interfaces-config": { "interfaces": [ "*" ] }, "subnet4": [ { "id": 1, "subnet": "10.0.0.0/8", "reservations": [
            {{hosts}} ] } ] } }
            """);
        Assert.Equal(line, Assert.Single(result.Diagnostics).Position.Line);
    }

    /// <summary>Runs where Debian's server is installed, as it is for the comparisons.</summary>
    [Fact]
    public void Configuration_that_Debian_installs_is_usable()
    {
        const string path = "/etc/kea/kea-dhcp4.conf";
        Assert.SkipUnless(File.Exists(path), $"{path} is not installed");
        ConfigResult<Dhcp4Config> result = Dhcp4ConfigReader.ReadFile(path, DiskFiles.Read);
        Assert.All(result.Diagnostics, d => Assert.True(d.IsWarning, d.ToString()));
        Assert.Single(result.Config!.Subnets);
    }
}
