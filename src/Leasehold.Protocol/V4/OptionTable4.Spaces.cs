using static Leasehold.Protocol.OptionFormat;

namespace Leasehold.Protocol.V4;

/// <content>Sub-options: spaces that options of a message carry.</content>
public static partial class OptionTable4
{
    private static OptionFormat ThreeNumbers => Record(OptionType.UInt32, OptionType.UInt32, OptionType.UInt32);

    // IANA "DHCP Relay Agent Sub-Option Codes".
    private static OptionRow[] RelayAgent() =>
    [
        .. new[]
        {
            // code  name                    dhcpd's name          format              source
            Row(  1, "circuit-id",                 Same,                 Binary,             "RFC 3046 §3.1"),
            Row(  2, "remote-id",                  Same,                 Binary,             "RFC 3046 §3.2"),
            Row(  3, "agent-id",                   Same,                 Ipv4Address,        "dhcpd") with { IsStandard = false },
            Row(  4, "docsis-device-class",        "DOCSIS-device-class", Number32,            "RFC 3256 §2"),
            Row(  5, "link-selection",             Same,                 Ipv4Address,        "RFC 3527 §3"),
            Row(  6, "subscriber-id",              null,                 Text,               "RFC 3993 §3"),
            Row(  7, "radius",                     null,                 Binary,             "RFC 4014 §3"),
            Row(  8, "auth",                       null,                 Binary,             "RFC 4030 §4"),
            Row(  9, "vendor-specific-info",       null,                 Binary,             "RFC 4243 §3"),
            Row( 10, "relay-flags",                null,                 Number8,              "RFC 5010 §3"),
            Row( 11, "server-id-override",         null,                 Ipv4Address,        "RFC 5107 §4"),
            Row( 12, "relay-id",                   null,                 Binary,             "RFC 6925 §5"),
            Row( 13, "access-techno-type",         null,                 Number16,             "RFC 7839 §3"),
            Row( 14, "access-network-name",        null,                 Text,               "RFC 7839 §4"),
            Row( 15, "access-point-name",          null,                 Text,               "RFC 7839 §4"),
            Row( 16, "access-point-bssid",         null,                 Binary,             "RFC 7839 §4"),
            Row( 17, "operator-id",                null,                 Number32,             "RFC 7839 §5"),
            Row( 18, "operator-realm",             null,                 Text,               "RFC 7839 §5"),
            Row( 19, "relay-port",                 Same,                 Number16,             "RFC 8357 §4"),
            Row(151, "virtual-subnet-select",      null,                 Binary,             "RFC 6607 §3.2"),
            Row(152, "virtual-subnet-select-ctrl", null,                 NoValue, "RFC 6607 §3.3"),
        }.Select(row => row with { Space = OptionSpace.RelayAgent }),
    ];

    private static OptionRow[] CableLabs() =>
    [
        .. new[]
        {
            Row(  1, "tsp-primary-server",     null, Ipv4Address,  "RFC 3495 §5.1"),
            Row(  2, "tsp-secondary-server",   null, Ipv4Address,  "RFC 3495 §5.1"),
            Row(  3, "tsp-provisioning-server", null, Binary,      "RFC 3495 §5.2") with { IsStandard = false },
            Row(  4, "tsp-as-parameters",      null, ThreeNumbers, "RFC 3495 §5.3"),
            Row(  5, "tsp-ap-parameters",      null, ThreeNumbers, "RFC 3495 §5.4"),
            Row(  6, "tsp-realm",              null, Fqdn,         "RFC 3495 §5.5"),
            Row(  7, "tsp-use-tgt",            null, Flag,      "RFC 3495 §5.6"),
            Row(  8, "tsp-provisioning-timer", null, Number8,        "RFC 3495 §5.7"),
            Row(  9, "tsp-sct",                null, Number16,       "RFC 3594 §3"),
            Row( 10, "kdc-server",             null, Ipv4List,     "RFC 3634 §3"),
        }.Select(row => row with { Space = OptionSpace.CableLabs }),
    ];

    // Enterprises whose sub-options of option 125 are known: 4491 is CableLabs.
    private static OptionRow[] Vendors() =>
    [
        .. new[]
        {
            Row(1, "oro",          null, Number8List, "CL-SP-CANN-DHCP-Reg"),
            Row(2, "tftp-servers", null, Ipv4List,  "CL-SP-CANN-DHCP-Reg"),
        }.Select(row => row with { Space = "vendor-4491" }),
    ];
}
