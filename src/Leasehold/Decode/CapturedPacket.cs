namespace Leasehold.Decode;

/// <summary>One packet of a capture or of a hexadecimal text.</summary>
/// <param name="Number">Its place in the input, from 1.</param>
/// <param name="Link">What its first octet belongs to.</param>
/// <param name="Time">When it was captured, UTC; null where the input does not say.</param>
/// <param name="Octets">What was captured; see <paramref name="Length"/>.</param>
/// <param name="Length">Octets that the packet had on the link; more than were captured when it was cut.</param>
internal readonly record struct CapturedPacket(int Number, LinkType Link, DateTime? Time, ReadOnlyMemory<byte> Octets, int Length);

/// <summary>Link types of captures (the registry of pcap link types).</summary>
internal enum LinkType
{
    Ethernet = 1,

    /// <summary>IPv4 or IPv6 without a link header.</summary>
    RawIp = 101,

    /// <summary>Linux "cooked", 16 octets: the pseudo-interface "any".</summary>
    LinuxCooked = 113,
    Ipv4 = 228,
    Ipv6 = 229,

    /// <summary>Linux "cooked", version 2, 20 octets.</summary>
    LinuxCooked2 = 276,

    /// <summary>Not of the registry: hexadecimal text, which does not say. A frame, a packet or a DHCP message.</summary>
    Unknown = -1,
}
