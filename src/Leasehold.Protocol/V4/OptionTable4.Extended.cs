using static Leasehold.Protocol.OptionFormat;

namespace Leasehold.Protocol.V4;

/// <content>Options 77 to 254 that the JSON dialect knows.</content>
public static partial class OptionTable4
{
    // Properties, not fields: rows are made while fields are initialised, in an order that files do not fix.
    private static OptionFormat SlpAgents => RecordList(OptionType.Boolean, OptionType.Ipv4Address);
    private static OptionFormat SlpScopes => Record(OptionType.Boolean, OptionType.String);
    private static OptionFormat ClientFqdn => Record(OptionType.UInt8, OptionType.UInt8, OptionType.UInt8, OptionType.PartialFqdn);
    private static OptionFormat ThreeOctets => Record(OptionType.UInt8, OptionType.UInt8, OptionType.UInt8);
    private static OptionFormat OctetAndBinary => Record(OptionType.UInt8, OptionType.Binary);
    private static OptionFormat OctetAndText => Record(OptionType.UInt8, OptionType.String);
    private static OptionFormat NumberAndBinary => Record(OptionType.UInt32, OptionType.Binary);
    private static OptionFormat PortParameters => Record(OptionType.UInt8, OptionType.Psid);

    private static OptionFormat RdnssSelection =>
        RecordList(OptionType.UInt8, OptionType.Ipv4Address, OptionType.Ipv4Address, OptionType.Fqdn);

    private static OptionFormat SixRd =>
        RecordList(OptionType.UInt8, OptionType.UInt8, OptionType.Ipv6Address, OptionType.Ipv4Address);

    private static OptionRow[] Extended() =>
    [
        // code  name                      dhcpd's name               format              source
        Row( 77, "user-class",                   Same,                      Binary,             "RFC 3004 §4"),
        Row( 78, "slp-directory-agent",          Same,                      SlpAgents,          "RFC 2610 §3"),
        Row( 79, "slp-service-scope",            Same,                      SlpScopes,          "RFC 2610 §4"),
        Row( 81, "fqdn",                         Same,                      ClientFqdn,         "RFC 4702 §2"),
        Row( 82, "dhcp-agent-options",           "relay-agent-information", Container(OptionSpace.RelayAgent), "RFC 3046 §2.0"),
        Row( 85, "nds-servers",                  Same,                      Ipv4List,           "RFC 2241 §2"),
        Row( 86, "nds-tree-name",                Same,                      Text,               "RFC 2241 §3"),
        Row( 87, "nds-context",                  Same,                      Text,               "RFC 2241 §4"),
        Row( 88, "bcms-controller-names",        Same,                      FqdnList,           "RFC 4280 §4.1"),
        Row( 89, "bcms-controller-address",      Same,                      Ipv4List,           "RFC 4280 §4.3"),
        Row( 90, "authenticate",                 null,                      Binary,             "RFC 3118 §2"),
        Row( 91, "client-last-transaction-time", Same,                      Number32,             "RFC 4388 §6.1"),
        Row( 92, "associated-ip",                Same,                      Ipv4List,           "RFC 4388 §6.1"),
        Row( 93, "client-system",                "pxe-system-type",         Number16List,         "RFC 4578 §2.1"),
        Row( 94, "client-ndi",                   "pxe-interface-id",        ThreeOctets,        "RFC 4578 §2.2"),
        Row( 97, "uuid-guid",                    "pxe-client-id",           OctetAndBinary,     "RFC 4578 §2.3"),
        Row( 98, "uap-servers",                  Same,                      Text,               "RFC 2485"),
        Row( 99, "geoconf-civic",                Same,                      Binary,             "RFC 4776 §3.1"),
        Row(100, "pcode",                        Same,                      Text,               "RFC 4833 §2"),
        Row(101, "tcode",                        Same,                      Text,               "RFC 4833 §2"),
        Row(108, "v6-only-preferred",            Same,                      Number32,             "RFC 8925 §3.1"),
        Row(112, "netinfo-server-address",       Same,                      Ipv4List,           "RFC 3679 §2"),
        Row(113, "netinfo-server-tag",           Same,                      Text,               "RFC 3679 §2"),
        Row(114, "v4-captive-portal",            "default-url",             Text,               "RFC 8910 §2.1"),
        Row(116, "auto-config",                  Same,                      Number8,              "RFC 2563 §2"),
        Row(117, "name-service-search",          Same,                      Number16List,         "RFC 2937"),
        Row(118, "subnet-selection",             Same,                      Ipv4Address,        "RFC 3011 §2"),
        Row(119, "domain-search",                Same,                      CompressedFqdnList, "RFC 3397 §2"),
        Row(121, "classless-static-route",       null,                      ClasslessRoutes,    "RFC 3442"),
        Row(122, "cablelabs-client-conf",        null,                      Container(OptionSpace.CableLabs), "RFC 3495 §4"),
        Row(124, "vivco-suboptions",             "vivco",                   NumberAndBinary,    "RFC 3925 §3"),
        Row(125, "vivso-suboptions",             "vivso",                   Number32,             "RFC 3925 §4"),
        Row(136, "pana-agent",                   Same,                      Ipv4List,           "RFC 5192 §3"),
        Row(137, "v4-lost",                      Same,                      Fqdn,               "RFC 5223 §3"),
        Row(138, "capwap-ac-v4",                 Same,                      Ipv4List,           "RFC 5417 §2"),
        Row(141, "sip-ua-cs-domains",            Same,                      CompressedFqdnList, "RFC 6011 §4.1"),
        Row(143, "v4-sztp-redirect",             null,                      TupleList(lengthOctets: 2), "RFC 8572 §8.1"),
        Row(146, "rdnss-selection",              Same,                      RdnssSelection,     "RFC 6731 §4.3"),
        Row(151, "status-code",                  null,                      OctetAndText,       "RFC 6926 §6.2.2"),
        Row(152, "base-time",                    null,                      Number32,             "RFC 6926 §6.2.3"),
        Row(153, "start-time-of-state",          null,                      Number32,             "RFC 6926 §6.2.4"),
        Row(154, "query-start-time",             null,                      Number32,             "RFC 6926 §6.2.5"),
        Row(155, "query-end-time",               null,                      Number32,             "RFC 6926 §6.2.6"),
        Row(156, "dhcp-state",                   null,                      Number8,              "RFC 6926 §6.2.7"),
        Row(157, "data-source",                  null,                      Number8,              "RFC 6926 §6.2.8"),
        Row(159, "v4-portparams",                Same,                      PortParameters,     "RFC 7618 §9"),
        Row(162, "v4-dnr",                       null,                      Of(OptionType.EncryptedDns4), "RFC 9463 §5.1"),
        Row(212, "option-6rd",                   Same,                      SixRd,              "RFC 5969 §7.1.1"),
        Row(213, "v4-access-domain",             Same,                      Fqdn,               "RFC 5986 §3.2"),
    ];

    // Options that packets carry and that the JSON dialect leaves to the administrator's own option-def.
    private static OptionRow[] Undefined() =>
    [
        .. new[]
        {
            Row( 80, "rapid-commit",           null,  NoValue, "RFC 4039 §4"),
            Row( 83, "isns",                   null,  Binary,             "RFC 4174 §2"),
            Row( 95, "ldap",                   null,  Text,               "RFC 3679 §2"),
            Row(109, "dhcp4o6-s46-saddr",      null,  Ipv6Address,        "RFC 8539 §6.4"),
            Row(120, "sip-servers",            null,  Binary,             "RFC 3361 §3"),
            Row(123, "geoconf",                null,  Binary,             "RFC 6225 §2.2"),
            Row(128, "pxe-undefined-1",        Same,  Binary,             "RFC 4578 §2.4"),
            Row(129, "pxe-undefined-2",        Same,  Binary,             "RFC 4578 §2.4"),
            Row(130, "pxe-undefined-3",        Same,  Binary,             "RFC 4578 §2.4"),
            Row(131, "pxe-undefined-4",        Same,  Binary,             "RFC 4578 §2.4"),
            Row(132, "pxe-undefined-5",        Same,  Binary,             "RFC 4578 §2.4"),
            Row(133, "pxe-undefined-6",        Same,  Binary,             "RFC 4578 §2.4"),
            Row(134, "pxe-undefined-7",        Same,  Binary,             "RFC 4578 §2.4"),
            Row(135, "pxe-undefined-8",        Same,  Binary,             "RFC 4578 §2.4"),
            Row(139, "mos-address",            null,  Binary,             "RFC 5678 §2"),
            Row(140, "mos-fqdn",               null,  Binary,             "RFC 5678 §3"),
            Row(142, "ipv4-address-andsf",     Same,  Ipv4List,           "RFC 6153 §2"),
            Row(144, "geoloc",                 null,  Binary,             "RFC 6225 §2.2"),
            Row(145, "forcerenew-nonce-capable", null, Number8List,         "RFC 6704 §3.1"),
            Row(147, "dots-ri",                null,  Fqdn,               "RFC 8973 §5.1"),
            Row(148, "dots-address",           null,  Ipv4List,           "RFC 8973 §5.2"),
            Row(150, "tftp-server-address",    Same,  Ipv4List,           "RFC 5859 §2"),
            Row(158, "pcp-server",             null,  Binary,             "RFC 7291 §4"),

            // dhcpd kept the name for the first code of the captive portal (RFC 7710 §2.1); RFC 8910 §2 moved it to 114.
            Row(160, "old-captive-portal",     "v4-captive-portal", Text, "RFC 7710 §2.1"),
            Row(161, "mud-url",                null,  Text,               "RFC 8520 §10"),
            Row(175, "etherboot",              null,  Binary,             "iPXE"),
            Row(208, "pxelinux-magic",         Same,  Binary,             "RFC 5071 §3"),
            Row(209, "loader-configfile",      Same,  Text,               "RFC 5071 §4"),
            Row(210, "loader-pathprefix",      Same,  Text,               "RFC 5071 §5"),
            Row(211, "loader-reboottime",      Same,  Number32,             "RFC 5071 §6"),
            Row(220, "subnet-allocation",      null,  Binary,             "RFC 6656 §2"),
            Row(221, "virtual-subnet-selection", null, Binary,            "RFC 6607 §3.1"),
            Row(249, "ms-classless-static-route", null, ClasslessRoutes,  "Microsoft, as RFC 3442"),
            Row(252, "wpad",                   null,  Text,               "Web Proxy Auto-Discovery"),
        }.Select(row => row with { IsStandard = false }),
    ];
}
