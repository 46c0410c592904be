using Leasehold.Configuration.Model;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;
using Xunit;

namespace Leasehold.UnitTests.Configuration.Kea;

/// <summary>DHCPv6 options as they are typed, and the octets that clients must get.</summary>
public class OptionDataTests6
{
    // 2001:db8::1 and 2001:db8::2
    private const string One = "20010db8000000000000000000000001";
    private const string Two = "20010db8000000000000000000000002";

    // a.example and b.example, each with its root (RFC 8415 §10)
    private const string A = "01 61 07 6578616d706c65 00";
    private const string B = "01 62 07 6578616d706c65 00";

    /// <summary>Every option of the table: space, name, text, octets.</summary>
    private static readonly (string Space, string Name, string Text, string Octets)[] Known =
    [
        ("dhcp6", "clientid", "00 03 00 01 02", "0003000102"),
        ("dhcp6", "serverid", "0003000102", "0003000102"),
        ("dhcp6", "ia-na", "1, 1000, 2000", "00000001 000003e8 000007d0"),
        ("dhcp6", "ia-ta", "7", "00000007"),
        ("dhcp6", "iaaddr", "2001:db8::1, 3000, 4000", One + "00000bb8 00000fa0"),
        ("dhcp6", "oro", "23, 24", "0017 0018"),
        ("dhcp6", "preference", "0xf0", "f0"),
        ("dhcp6", "elapsed-time", "100", "0064"),
        ("dhcp6", "relay-msg", "0102", "0102"),
        ("dhcp6", "auth", "030102", "030102"),
        ("dhcp6", "unicast", "2001:db8::1", One),
        ("dhcp6", "status-code", "2, no addresses", "0002 6e6f20616464726573736573"),
        ("dhcp6", "rapid-commit", "", ""),
        ("dhcp6", "user-class", "0003616263", "0003616263"),
        ("dhcp6", "vendor-class", "4491, 0003646f63", "0000118b 0003646f63"),
        ("dhcp6", "vendor-opts", "4491", "0000118b"),
        ("dhcp6", "interface-id", "'vlan1'", "766c616e31"),
        ("dhcp6", "reconf-msg", "5", "05"),
        ("dhcp6", "reconf-accept", "", ""),
        ("dhcp6", "sip-server-dns", "a.example, b.example.", A + B),
        ("dhcp6", "sip-server-addr", "2001:db8::1, 2001:db8::2", One + Two),
        ("dhcp6", "dns-servers", "2001:db8::1, 2001:db8::2", One + Two),
        ("dhcp6", "domain-search", "a.example, b.example", A + B),
        ("dhcp6", "ia-pd", "1, 1000, 2000", "00000001 000003e8 000007d0"),
        ("dhcp6", "iaprefix", "3000, 4000, 56, 2001:db8::", "00000bb8 00000fa0 38 20010db8000000000000000000000000"),
        ("dhcp6", "nis-servers", "2001:db8::1", One),
        ("dhcp6", "nisp-servers", "2001:db8::1", One),
        ("dhcp6", "nis-domain-name", "a.example", A),
        ("dhcp6", "nisp-domain-name", "a.example, b.example", A + B),
        ("dhcp6", "sntp-servers", "2001:db8::1", One),
        ("dhcp6", "information-refresh-time", "86400", "00015180"),
        ("dhcp6", "bcmcs-server-dns", "a.example", A),
        ("dhcp6", "bcmcs-server-addr", "2001:db8::1", One),
        ("dhcp6", "geoconf-civic", "1, 25933, 010203", "01 654d 010203"),
        ("dhcp6", "remote-id", "9, 0a0b", "00000009 0a0b"),
        ("dhcp6", "subscriber-id", "'me'", "6d65"),
        ("dhcp6", "client-fqdn", "1, a.example", "01" + A),
        ("dhcp6", "pana-agent", "2001:db8::1", One),
        ("dhcp6", "new-posix-timezone", @"EST5EDT4\\,M3.2.0/02:00\\,M11.1.0/02:00", "455354354544 54342c4d332e322e302f30323a30302c4d31312e312e302f30323a3030"),
        ("dhcp6", "new-tzdb-timezone", "Europe/Zurich", "4575726f70652f5a7572696368"),
        ("dhcp6", "ero", "37, 38", "0025 0026"),
        ("dhcp6", "lq-query", "1, 2001:db8::1", "01" + One),
        ("dhcp6", "client-data", "", ""),
        ("dhcp6", "clt-time", "60", "0000003c"),
        ("dhcp6", "lq-relay-data", "2001:db8::1, 0c0d", One + "0c0d"),
        ("dhcp6", "lq-client-link", "2001:db8::1, 2001:db8::2", One + Two),
        ("dhcp6", "v6-lost", "a.example", A),
        ("dhcp6", "capwap-ac-v6", "2001:db8::1", One),
        ("dhcp6", "relay-id", "0003000102", "0003000102"),
        ("dhcp6", "ntp-server", "", ""),
        ("dhcp6", "v6-access-domain", "a.example", A),
        ("dhcp6", "sip-ua-cs-list", "a.example, b.example", A + B),
        ("dhcp6", "bootfile-url", "tftp://a.example/boot", "746674703a2f2f612e6578616d706c652f626f6f74"),
        ("dhcp6", "bootfile-param", "root=/dev/sda2, quiet", "000e 726f6f743d2f6465762f73646132 0005 7175696574"),
        ("dhcp6", "client-arch-type", "7, 9", "0007 0009"),
        ("dhcp6", "nii", "1, 3, 0", "010300"),
        ("dhcp6", "aftr-name", "a.example", A),
        ("dhcp6", "rsoo", "", ""),
        ("dhcp6", "pd-exclude", "2001:db8:0:5::/64", "40 20010db800000005"),
        ("dhcp6", "rdnss-selection", "2001:db8::1, 1, a.example, b.example", One + "01" + A + B),
        ("dhcp6", "client-linklayer-addr", "0001 02005e100001", "0001 02005e100001"),
        ("dhcp6", "link-address", "2001:db8::1", One),
        ("dhcp6", "solmax-rt", "3600", "00000e10"),
        ("dhcp6", "inf-max-rt", "3600", "00000e10"),
        ("dhcp6", "dhcpv4-message", "0102", "0102"),
        ("dhcp6", "dhcp4o6-server-addr", "2001:db8::1", One),
        ("dhcp6", "s46-cont-mape", "", ""),
        ("dhcp6", "s46-cont-mapt", "", ""),
        ("dhcp6", "s46-cont-lw", "", ""),
        ("dhcp6", "v6-captive-portal", "https://a.example/", "68747470733a2f2f612e6578616d706c652f"),
        ("dhcp6", "relay-source-port", "1547", "060b"),
        ("dhcp6", "v6-sztp-redirect", "https://a.example", "0011 68747470733a2f2f612e6578616d706c65"),
        ("dhcp6", "ipv6-address-andsf", "2001:db8::1", One),
        ("dhcp6", "v6-dnr", "10, a.example, 2001:db8::1 2001:db8::2, alpn=dot port=8530", "000a 000b" + A + "0020" + One + Two + "0001 0004 03646f74 0003 0002 2152"),
        ("dhcp6", "addr-reg-enable", "", ""),
        ("4o6", "4o6-interface", "eth0", "65746830"),
        ("4o6", "4o6-source-address", "2001:db8::1", One),
        ("4o6", "4o6-source-port", "547", "0223"),

        // RFC 7598 §4.1: flags, EA-bit length, length and address of the IPv4 prefix, length and prefix of IPv6 without octets of zero bits.
        ("s46-cont-mape-options", "s46-rule", "1, 8, 24, 192.0.2.0, 2001:db8:1::/44", "01 08 18 c0000200 2c 20010db80000"),
        ("s46-cont-mapt-options", "s46-rule", "0, 8, 24, 192.0.2.0, 2001:db8::/32", "00 08 18 c0000200 20 20010db8"),
        ("s46-cont-mape-options", "s46-br", "2001:db8::1", One),
        ("s46-cont-lw-options", "s46-br", "2001:db8::1", One),
        ("s46-cont-mapt-options", "s46-dmr", "2001:db8:cafe::/64", "40 20010db8cafe0000"),
        ("s46-cont-lw-options", "s46-v4v6bind", "192.0.2.3, 2001:db8:1:cafe::/64", "c0000203 40 20010db80001cafe"),

        // RFC 7598 §4.5: offset, length of the port set id, and the id in the leading bits of 16.
        ("s46-rule-options", "s46-portparams", "2, 3/4", "02 04 3000"),
        ("s46-v4v6bind-options", "s46-portparams", "0, 13 / 8", "00 08 0d00"),
        ("v6-ntp-server-suboptions", "ntp-server-address", "2001:db8::1", One),
        ("v6-ntp-server-suboptions", "ntp-server-multicast", "ff05::101", "ff050000000000000000000000000101"),
        ("v6-ntp-server-suboptions", "ntp-server-fqdn", "a.example", A),
        ("vendor-4491", "oro", "32, 33", "0020 0021"),
        ("vendor-4491", "device-type", "ECM", "45434d"),
        ("vendor-4491", "vendor-type", "acme", "61636d65"),
        ("vendor-4491", "tftp-servers", "2001:db8::1", One),
        ("vendor-4491", "config-file", "modem.cm", "6d6f64656d2e636d"),
        ("vendor-4491", "syslog-servers", "2001:db8::1", One),
        ("vendor-4491", "device-id", "02005e100001", "02005e100001"),
        ("vendor-4491", "time-servers", "2001:db8::1, 2001:db8::2", One + Two),
        ("vendor-4491", "time-offset", "-3600", "fffff1f0"),
        ("vendor-4491", "cmts-cm-mac", "02005e100001", "02005e100001"),
    ];

    public static TheoryData<string, string, string, string> Options => [.. Known.Select(o => (o.Space, o.Name, o.Text, o.Octets))];

    [Theory]
    [MemberData(nameof(Options))]
    public void Standard_option_is_encoded_by_its_type(string space, string name, string text, string octets)
    {
        OptionData data = Only($$"""{ "name": "{{name}}", "space": "{{space}}", "data": "{{text}}" }""");
        Assert.Equal(OptionTable6.Find(space, name)!.Code, data.Code);
        Assert.Equal(octets.Replace(" ", ""), Hex(data));
    }

    [Fact]
    public void Every_standard_option_of_the_table_is_tested() =>
        Assert.Empty(OptionTable6.Rows.Where(row => row.IsStandard && !Known.Any(o => o.Space == row.Space && o.Name == row.Name)).Select(row => $"{row.Space} {row.Name}"));

    [Theory]
    [InlineData("s46-cont-mape", "s46-cont-mape-options")]
    [InlineData("s46-cont-mapt", "s46-cont-mapt-options")]
    [InlineData("s46-cont-lw", "s46-cont-lw-options")]
    [InlineData("ntp-server", "v6-ntp-server-suboptions")]
    [InlineData("rsoo", "rsoo-opts")]
    public void Container_carries_its_space(string name, string space) => Assert.Equal(space, Only($$"""{ "name": "{{name}}" }""").Encapsulates);

    [Theory]
    [InlineData("s46-cont-mape-options", "s46-rule", "1, 0, 24, 192.0.2.0, 2001:db8:1::/64", "s46-rule-options")]
    [InlineData("s46-cont-lw-options", "s46-v4v6bind", "192.0.2.3, 2001:db8:1:cafe::/64", "s46-v4v6bind-options")]
    public void Sub_option_with_a_value_carries_a_space_as_well(string space, string name, string text, string inner) =>
        Assert.Equal(inner, Only($$"""{ "name": "{{name}}", "space": "{{space}}", "data": "{{text}}" }""").Encapsulates);

    [Fact]
    public void Option_17_carries_the_space_of_its_enterprise_and_stands_once_for_each()
    {
        Dhcp6Config config = Reads.Good6("""
            "option-data": [ { "code": 17, "data": "4491" }, { "name": "vendor-opts", "data": "32473" }, { "space": "vendor-32473", "code": 300, "data": "0102" } ]
            """);
        Assert.Empty(config.Warnings);
        Assert.Equal(["vendor-4491", "vendor-32473", null], config.Options.Select(o => o.Encapsulates));
        Assert.Equal(("vendor-32473", 300u, "0102"), (config.Options[2].Space, config.Options[2].Code, Hex(config.Options[2])));
    }

    [Fact]
    public void Hexadecimal_value_of_option_17_goes_out_as_typed()
    {
        OptionData data = Only("""{ "code": 17, "csv-format": false, "data": "0000118b 0020 0002 0102" }""");
        Assert.Equal("0000118b002000020102", Hex(data));
        Assert.Null(data.Encapsulates);
    }

    [Theory]
    [InlineData("10, a.example.", "000a 000b" + A)]
    [InlineData(@"10, a.example, 2001:db8::1, alpn=dot\\,doq", "000a 000b" + A + "0010" + One + "0001 0008 03646f74 03646f71")]
    [InlineData(@"10, a.example, 2001:db8::1, dohpath=/q{?dns} alpn=h2\\,h3", "000a 000b" + A + "0010" + One + "0001 0006 026832 026833 0007 0008 2f717b3f646e737d")]
    [InlineData("10, 11, a.example., 00 10 20010db8 00000000 00000000 00000001", "000a 000b" + A + "0010" + One)]
    public void Encrypted_resolver_is_read_in_all_its_forms(string text, string octets) =>
        Assert.Equal(octets.Replace(" ", ""), Hex(Only($$"""{ "name": "v6-dnr", "data": "{{text}}" }""")));

    [Fact]
    public void Code_of_two_octets_and_a_value_longer_than_255_are_possible()
    {
        OptionData data = Only($$"""{ "code": 65535, "data": "{{string.Concat(Enumerable.Repeat("0a", 300))}}" }""");
        Assert.Equal((65535u, 300), (data.Code, data.Data.Length));
    }

    [Fact]
    public void Option_of_ones_own_has_tuples_with_lengths_of_two_octets()
    {
        Dhcp6Config config = Reads.Good6("""
            "option-def": [ { "name": "ours", "code": 65001, "type": "tuple", "array": true } ],
            "option-data": [ { "name": "ours", "data": "a, bc" } ]
            """);
        Assert.Equal("00016100026263", Hex(Assert.Single(config.Options)));
    }

    [Theory]
    [InlineData("vendor-opts-space")]
    [InlineData("vendor-encapsulated-options-space")]
    public void Older_space_of_option_17_becomes_that_of_the_enterprise_with_a_warning(string space)
    {
        Dhcp6Config config = Reads.Good6($$"""
            "option-def": [ { "name": "foo", "code": 1, "space": "{{space}}", "type": "uint16" } ],
            "option-data": [ { "name": "foo", "space": "{{space}}", "data": "7" }, { "name": "vendor-opts", "data": "12345" } ]
            """);
        Assert.Equal("vendor-12345", config.Options[0].Space);
        Assert.Contains($"space {space} is called vendor-12345 today", Assert.Single(config.Warnings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "name": "s46-br", "space": "s46-cont-lw", "data": "2001:db8::1" }""", "is an option and no space; did you mean \"s46-cont-lw-options\"?")]
    [InlineData("""{ "code": 23, "space": "dhcp4", "data": "2001:db8::1" }""", "no option is defined in space \"dhcp4\"")]
    [InlineData("""{ "code": 0, "data": "" }""", "the protocol's own")]
    [InlineData("""{ "code": 3, "data": "1, 2, 3" }""", "the server fills it in by itself")]
    public void Mistake_is_told(string option, string complaint) =>
        Assert.Contains(complaint, Reads.Complaint6($"\"option-data\": [ {option} ]"), StringComparison.Ordinal);

    private static OptionData Only(string option) => Assert.Single(Reads.Good6($"\"option-data\": [ {option} ]").Options);

    private static string Hex(OptionData data) => HexText.Format(data.Data.AsSpan(), ':').Replace(":", "");
}
