using Leasehold.Protocol.V4;

namespace Leasehold.Decode;

/// <summary>Words for numbers of DHCPv4 (IANA registries).</summary>
internal static class Names4
{
    /// <summary>The name that RFC 2131 §3.1 and its successors give a message type; "unknown" for none.</summary>
    public static string OfMessageType(byte type) => (MessageType4)type switch
    {
        MessageType4.Discover => "DHCPDISCOVER",
        MessageType4.Offer => "DHCPOFFER",
        MessageType4.Request => "DHCPREQUEST",
        MessageType4.Decline => "DHCPDECLINE",
        MessageType4.Ack => "DHCPACK",
        MessageType4.Nak => "DHCPNAK",
        MessageType4.Release => "DHCPRELEASE",
        MessageType4.Inform => "DHCPINFORM",
        MessageType4.ForceRenew => "DHCPFORCERENEW",
        MessageType4.LeaseQuery => "DHCPLEASEQUERY",
        MessageType4.LeaseUnassigned => "DHCPLEASEUNASSIGNED",
        MessageType4.LeaseUnknown => "DHCPLEASEUNKNOWN",
        MessageType4.LeaseActive => "DHCPLEASEACTIVE",
        MessageType4.BulkLeaseQuery => "DHCPBULKLEASEQUERY",
        MessageType4.LeaseQueryDone => "DHCPLEASEQUERYDONE",
        MessageType4.ActiveLeaseQuery => "DHCPACTIVELEASEQUERY",
        MessageType4.LeaseQueryStatus => "DHCPLEASEQUERYSTATUS",
        MessageType4.Tls => "DHCPTLS",
        _ => "unknown",
    };

    /// <summary>IANA "Hardware Types"; "unknown" for those that DHCP clients do not use.</summary>
    public static string OfHardware(byte type) => type switch
    {
        0 => "none",
        1 => "Ethernet",
        6 => "IEEE 802",
        7 => "ARCNET",
        15 => "Frame Relay",
        18 => "Fibre Channel",
        20 => "serial line",
        24 => "IEEE 1394",
        27 => "EUI-64",
        31 => "IPsec tunnel",
        32 => "InfiniBand",
        _ => "unknown",
    };

    /// <summary>Option 52, RFC 2132 §9.3.</summary>
    public static string OfOverload(byte value) => value switch
    {
        1 => "file",
        2 => "sname",
        3 => "file and sname",
        _ => "unknown",
    };

    /// <summary>Option 46, RFC 2132 §8.7.</summary>
    public static string OfNodeType(byte value) => value switch
    {
        1 => "B-node",
        2 => "P-node",
        4 => "M-node",
        8 => "H-node",
        _ => "unknown",
    };

    /// <summary>Option 93, RFC 4578 §2.1 and IANA "Processor Architecture Types".</summary>
    public static string OfArchitecture(ushort value) => value switch
    {
        0 => "x86 BIOS",
        1 => "NEC PC-98",
        2 => "Itanium",
        3 => "DEC Alpha",
        4 => "Arc x86",
        5 => "Intel Lean Client",
        6 => "x86 UEFI",
        7 => "x64 UEFI",
        8 => "Xscale UEFI",
        9 => "EFI byte code",
        10 => "ARM 32-bit UEFI",
        11 => "ARM 64-bit UEFI",
        14 => "PowerPC ePAPR",
        15 => "x86 UEFI from HTTP",
        16 => "x64 UEFI from HTTP",
        18 => "ARM 32-bit UEFI from HTTP",
        19 => "ARM 64-bit UEFI from HTTP",
        25 => "RISC-V 32-bit UEFI",
        27 => "RISC-V 64-bit UEFI",
        _ => "unknown",
    };

    /// <summary>Option 90, RFC 3118 §4, §5 and RFC 6704 §3.1.</summary>
    public static string OfAuthentication(byte protocol) => protocol switch
    {
        0 => "configuration token",
        1 => "delayed authentication",
        3 => "reconfigure key",
        _ => "unknown",
    };

    /// <summary>The option's name; "unknown" for a code without one.</summary>
    public static string OfOption(byte code) => OptionTable4.Find(code)?.Name ?? "unknown";
}
