using System.Collections.Immutable;
using static Leasehold.Protocol.OptionFormat;

namespace Leasehold.Protocol.V6;

/// <summary>Every DHCPv6 option that has a name in the JSON dialect, and a few more that packets carry.</summary>
public static class OptionTable6
{
    // dhcpd's name: the same as the dialect's.
    private const string Same = "=";

    private static OptionFormat IaParameters => Record(OptionType.UInt32, OptionType.UInt32, OptionType.UInt32);
    private static OptionFormat IaAddress => Record(OptionType.Ipv6Address, OptionType.UInt32, OptionType.UInt32);
    private static OptionFormat NumberAndText => Record(OptionType.UInt16, OptionType.String);
    private static OptionFormat NumberAndBinary => Record(OptionType.UInt32, OptionType.Binary);
    private static OptionFormat IaPrefix => Record(OptionType.UInt32, OptionType.UInt32, OptionType.UInt8, OptionType.Ipv6Address);
    private static OptionFormat Civic => Record(OptionType.UInt8, OptionType.UInt16, OptionType.Binary);
    private static OptionFormat ClientFqdn => Record(OptionType.UInt8, OptionType.PartialFqdn);
    private static OptionFormat LeaseQuery => Record(OptionType.UInt8, OptionType.Ipv6Address);
    private static OptionFormat RelayData => Record(OptionType.Ipv6Address, OptionType.Binary);
    private static OptionFormat ThreeOctets => Record(OptionType.UInt8, OptionType.UInt8, OptionType.UInt8);
    private static OptionFormat RdnssSelection => RecordList(OptionType.Ipv6Address, OptionType.UInt8, OptionType.Fqdn);
    private static OptionFormat S46Rule => Record(OptionType.UInt8, OptionType.UInt8, OptionType.UInt8, OptionType.Ipv4Address, OptionType.Ipv6Prefix);
    private static OptionFormat S46Bind => Record(OptionType.Ipv4Address, OptionType.Ipv6Prefix);
    private static OptionFormat PortParameters => Record(OptionType.UInt8, OptionType.Psid);

    private static readonly OptionIndex Index = new([.. Messages(), .. SubOptions()]);

    /// <summary>All rows of all DHCPv6 spaces.</summary>
    public static ImmutableArray<OptionRow> Rows => Index.Rows;

    /// <summary>An option by its code in a space. Null when there is none; look at <see cref="OptionRow.IsStandard"/>.</summary>
    public static OptionRow? Find(string space, uint code) => Index.Find(space, code);

    /// <summary>An option by the dialect's name of today or of an older version. Null when there is none.</summary>
    /// <param name="name">Exactly as configured; names are case-sensitive.</param>
    public static OptionRow? Find(string space, string name) => Index.Find(space, name);

    /// <summary>An option by dhcpd's name, without dhcpd's space. Null when there is none.</summary>
    /// <param name="space">"dhcp6" for dhcpd's "dhcp6".</param>
    public static OptionRow? FindDhcpd(string space, string name) => Index.FindDhcpd(space, name);

    private static OptionRow[] Messages() =>
    [
        Row(  1, "clientid",                 "client-id",             Binary, "RFC 8415 §21.2"),
        Row(  2, "serverid",                 "server-id",             Binary, "RFC 8415 §21.3"),
        Row(  3, "ia-na",                    Same,                    IaParameters, "RFC 8415 §21.4"),
        Row(  4, "ia-ta",                    Same,                    Number32, "RFC 8415 §21.5"),
        Row(  5, "iaaddr",                   "ia-addr",               IaAddress, "RFC 8415 §21.6"),
        Row(  6, "oro",                      Same,                    Number16List, "RFC 8415 §21.7"),
        Row(  7, "preference",               Same,                    Number8, "RFC 8415 §21.8"),
        Row(  8, "elapsed-time",             Same,                    Number16, "RFC 8415 §21.9"),
        Row(  9, "relay-msg",                Same,                    Binary, "RFC 8415 §21.10"),
        Row( 11, "auth",                     Same,                    Binary, "RFC 8415 §21.11"),
        Row( 12, "unicast",                  Same,                    Ipv6Address, "RFC 8415 §21.12"),
        Row( 13, "status-code",              Same,                    NumberAndText, "RFC 8415 §21.13"),
        Row( 14, "rapid-commit",             Same,                    NoValue, "RFC 8415 §21.14"),
        Row( 15, "user-class",               Same,                    Binary, "RFC 8415 §21.15"),
        Row( 16, "vendor-class",             Same,                    NumberAndBinary, "RFC 8415 §21.16"),
        Row( 17, "vendor-opts",              Same,                    Number32, "RFC 8415 §21.17") with { Aliases = ["vendor-encapsulated-options"] },
        Row( 18, "interface-id",             Same,                    Binary, "RFC 8415 §21.18"),
        Row( 19, "reconf-msg",               Same,                    Number8, "RFC 8415 §21.19"),
        Row( 20, "reconf-accept",            Same,                    NoValue, "RFC 8415 §21.20"),
        Row( 21, "sip-server-dns",           "sip-servers-names",     FqdnList, "RFC 3319 §3.1"),
        Row( 22, "sip-server-addr",          "sip-servers-addresses", Ipv6List, "RFC 3319 §3.2"),
        Row( 23, "dns-servers",              "name-servers",          Ipv6List, "RFC 3646 §3"),
        Row( 24, "domain-search",            Same,                    FqdnList, "RFC 3646 §4"),
        Row( 25, "ia-pd",                    Same,                    IaParameters, "RFC 8415 §21.21"),
        Row( 26, "iaprefix",                 "ia-prefix",             IaPrefix, "RFC 8415 §21.22"),
        Row( 27, "nis-servers",              Same,                    Ipv6List, "RFC 3898 §3"),
        Row( 28, "nisp-servers",             Same,                    Ipv6List, "RFC 3898 §4"),
        Row( 29, "nis-domain-name",          Same,                    FqdnList, "RFC 3898 §5"),
        Row( 30, "nisp-domain-name",         Same,                    FqdnList, "RFC 3898 §6"),
        Row( 31, "sntp-servers",             Same,                    Ipv6List, "RFC 4075 §4"),
        Row( 32, "information-refresh-time", "info-refresh-time",     Number32, "RFC 8415 §21.23"),
        Row( 33, "bcmcs-server-dns",         "bcms-server-d",         FqdnList, "RFC 4280 §4.2"),
        Row( 34, "bcmcs-server-addr",        "bcms-server-a",         Ipv6List, "RFC 4280 §4.4"),
        Row( 36, "geoconf-civic",            Same,                    Civic, "RFC 4776 §3.2"),
        Row( 37, "remote-id",                Same,                    NumberAndBinary, "RFC 4649 §3"),
        Row( 38, "subscriber-id",            Same,                    Binary, "RFC 4580 §2"),
        Row( 39, "client-fqdn",              "fqdn",                  ClientFqdn, "RFC 4704 §4"),
        Row( 40, "pana-agent",               Same,                    Ipv6List, "RFC 5192 §3"),
        Row( 41, "new-posix-timezone",       Same,                    Text, "RFC 4833 §3"),
        Row( 42, "new-tzdb-timezone",        Same,                    Text, "RFC 4833 §3"),
        Row( 43, "ero",                      Same,                    Number16List, "RFC 4994 §4"),
        Row( 44, "lq-query",                 Same,                    LeaseQuery.Encapsulating(OptionSpace.Dhcp6), "RFC 5007 §4.1.2.1"),
        Row( 45, "client-data",              Same,                    Container(OptionSpace.Dhcp6), "RFC 5007 §4.1.2.2"),
        Row( 46, "clt-time",                 Same,                    Number32, "RFC 5007 §4.1.2.3"),
        Row( 47, "lq-relay-data",            Same,                    RelayData, "RFC 5007 §4.1.2.4"),
        Row( 48, "lq-client-link",           Same,                    Ipv6List, "RFC 5007 §4.1.2.5"),
        Row( 51, "v6-lost",                  Same,                    Fqdn, "RFC 5223 §4"),
        Row( 52, "capwap-ac-v6",             Same,                    Ipv6List, "RFC 5417 §3"),
        Row( 53, "relay-id",                 Same,                    Binary, "RFC 5460 §5.4.1"),
        Row( 56, "ntp-server",               null,                    Container("v6-ntp-server-suboptions"), "RFC 5908 §4"),
        Row( 57, "v6-access-domain",         Same,                    Fqdn, "RFC 5986 §3.3"),
        Row( 58, "sip-ua-cs-list",           Same,                    FqdnList, "RFC 6011 §4.2"),
        Row( 59, "bootfile-url",             Same,                    Text, "RFC 5970 §3.1"),
        Row( 60, "bootfile-param",           Same,                    TupleList(lengthOctets: 2), "RFC 5970 §3.2"),
        Row( 61, "client-arch-type",         Same,                    Number16List, "RFC 5970 §3.3"),
        Row( 62, "nii",                      Same,                    ThreeOctets, "RFC 5970 §3.4"),
        Row( 64, "aftr-name",                Same,                    Fqdn, "RFC 6334 §3"),
        Row( 66, "rsoo",                     null,                    Container("rsoo-opts"), "RFC 6422 §4"),
        Row( 67, "pd-exclude",               null,                    OptionFormat.Ipv6Prefix, "RFC 6603 §4.2"),
        Row( 74, "rdnss-selection",          Same,                    RdnssSelection, "RFC 6731 §4.2"),
        Row( 79, "client-linklayer-addr",    Same,                    Binary, "RFC 6939 §4"),
        Row( 80, "link-address",             Same,                    Ipv6Address, "RFC 6977 §6.1"),
        Row( 82, "solmax-rt",                Same,                    Number32, "RFC 8415 §21.24"),
        Row( 83, "inf-max-rt",               Same,                    Number32, "RFC 8415 §21.25"),
        Row( 87, "dhcpv4-message",           "dhcpv4-msg",            Binary, "RFC 7341 §7.1"),
        Row( 88, "dhcp4o6-server-addr",      "dhcp4-o-dhcp6-server",  Ipv6List, "RFC 7341 §7.2"),
        Row( 94, "s46-cont-mape",            null,                    Container("s46-cont-mape-options"), "RFC 7598 §5.1"),
        Row( 95, "s46-cont-mapt",            null,                    Container("s46-cont-mapt-options"), "RFC 7598 §5.2"),
        Row( 96, "s46-cont-lw",              null,                    Container("s46-cont-lw-options"), "RFC 7598 §5.3"),
        Row(103, "v6-captive-portal",        Same,                    Text, "RFC 8910 §2.2"),
        Row(135, "relay-source-port",        Same,                    Number16, "RFC 8357 §5"),
        Row(136, "v6-sztp-redirect",         null,                    TupleList(lengthOctets: 2), "RFC 8572 §8.2"),
        Row(143, "ipv6-address-andsf",       Same,                    Ipv6List, "RFC 6153 §3"),
        Row(144, "v6-dnr",                   null,                    Of(OptionType.EncryptedDns6), "RFC 9463 §4.1"),
        Row(148, "addr-reg-enable",          null,                    NoValue, "RFC 9686 §4.1"),
        Row( 65, "erp-local-domain-name", Same, Fqdn, "RFC 6440 §3") with { IsStandard = false },
    ];

    private static OptionRow[] SubOptions() =>
    [
        Row(60000, "4o6-interface", null, Text, "RFC 7341 §9") with { Space = OptionSpace.Dhcp4o6 },
        Row(60001, "4o6-source-address", null, Ipv6Address, "RFC 7341 §9") with { Space = OptionSpace.Dhcp4o6 },
        Row(60002, "4o6-source-port", null, Number16, "RFC 7341 §9") with { Space = OptionSpace.Dhcp4o6 },
        Row(90, "s46-br", null, Ipv6Address, "RFC 7598 §4.2") with { Space = "s46-cont-mape-options" },
        Row(89, "s46-rule", null, S46Rule.Encapsulating("s46-rule-options"), "RFC 7598 §4.1") with { Space = "s46-cont-mape-options" },
        Row(89, "s46-rule", null, S46Rule.Encapsulating("s46-rule-options"), "RFC 7598 §4.1") with { Space = "s46-cont-mapt-options" },
        Row(91, "s46-dmr", null, OptionFormat.Ipv6Prefix, "RFC 7598 §4.3") with { Space = "s46-cont-mapt-options" },
        Row(90, "s46-br", null, Ipv6Address, "RFC 7598 §4.2") with { Space = "s46-cont-lw-options" },
        Row(92, "s46-v4v6bind", null, S46Bind.Encapsulating("s46-v4v6bind-options"), "RFC 7598 §4.4") with { Space = "s46-cont-lw-options" },
        Row(93, "s46-portparams", null, PortParameters, "RFC 7598 §4.5") with { Space = "s46-rule-options" },
        Row(93, "s46-portparams", null, PortParameters, "RFC 7598 §4.5") with { Space = "s46-v4v6bind-options" },
        Row(1, "ntp-server-address", null, Ipv6Address, "RFC 5908 §4.1") with { Space = "v6-ntp-server-suboptions" },
        Row(2, "ntp-server-multicast", null, Ipv6Address, "RFC 5908 §4.2") with { Space = "v6-ntp-server-suboptions" },
        Row(3, "ntp-server-fqdn", null, Fqdn, "RFC 5908 §4.3") with { Space = "v6-ntp-server-suboptions" },
        .. Vendors(),
    ];

    // Enterprises whose sub-options of option 17 are known: 4491 is CableLabs.
    private static OptionRow[] Vendors() =>
    [
        .. new[]
        {
            Row(1, "oro", null, Number16List, "CL-SP-CANN-DHCP-Reg"),
            Row(2, "device-type", null, Text, "CL-SP-CANN-DHCP-Reg"),
            Row(10, "vendor-type", null, Text, "CL-SP-CANN-DHCP-Reg"),
            Row(32, "tftp-servers", null, Ipv6List, "CL-SP-CANN-DHCP-Reg"),
            Row(33, "config-file", null, Text, "CL-SP-CANN-DHCP-Reg"),
            Row(34, "syslog-servers", null, Ipv6List, "CL-SP-CANN-DHCP-Reg"),
            Row(36, "device-id", null, Binary, "CL-SP-CANN-DHCP-Reg"),
            Row(37, "time-servers", null, Ipv6List, "CL-SP-CANN-DHCP-Reg"),
            Row(38, "time-offset", null, Signed32, "CL-SP-CANN-DHCP-Reg"),
            Row(1026, "cmts-cm-mac", null, Binary, "CL-SP-CANN-DHCP-Reg"),
        }.Select(row => row with { Space = "vendor-4491" }),
    ];

    private static OptionRow Row(ushort code, string name, string? dhcpd, OptionFormat format, string source) => new()
    {
        Space = OptionSpace.Dhcp6,
        Code = code,
        Name = name,
        DhcpdName = dhcpd == Same ? name : dhcpd,
        Format = format,
        Source = source,
    };
}
