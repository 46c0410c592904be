using System.Buffers.Binary;
using Leasehold.Protocol;
using Leasehold.Protocol.Link;

namespace Leasehold.Decode;

/// <summary>The way from a captured packet to the DHCP message in it.</summary>
internal static class PacketPath
{
    private const int Ipv6HeaderLength = 40;
    private const int UdpHeaderLength = 8;
    private const byte UdpProtocol = 17;

    /// <summary>Unwraps a packet.</summary>
    /// <param name="packet">Of any link type.</param>
    /// <param name="found">The message, and what was around it in words.</param>
    /// <returns>False when no DHCP message is in it.</returns>
    public static bool TryUnwrap(CapturedPacket packet, out DhcpPayload found)
    {
        found = default;
        ReadOnlySpan<byte> octets = packet.Octets.Span;
        switch (packet.Link)
        {
            case LinkType.Ethernet:
                return TryUnwrapEthernet(octets, out found);
            case LinkType.RawIp or LinkType.Ipv4 or LinkType.Ipv6:
                return TryUnwrapIp(octets, "", out found);
            case LinkType.LinuxCooked:
                return octets.Length >= 16
                    && TryUnwrapCooked(octets[16..], BinaryPrimitives.ReadUInt16BigEndian(octets[14..]), octets.Slice(6, Math.Min((byte)8, octets[5])), out found);
            case LinkType.LinuxCooked2:
                return octets.Length >= 20
                    && TryUnwrapCooked(octets[20..], BinaryPrimitives.ReadUInt16BigEndian(octets), octets.Slice(12, Math.Min((byte)8, octets[11])), out found);
            case LinkType.Unknown:
                // A frame or an IP packet must hold DHCP to be taken as one; what is left is the message itself.
                if (TryUnwrapEthernet(octets, out found) || TryUnwrapIp(octets, "", out found)) return true;
                found = new("", isV6: false, octets);
                return octets.Length > 0;
            default:
                return false;
        }
    }

    private static bool TryUnwrapEthernet(ReadOnlySpan<byte> octets, out DhcpPayload found)
    {
        found = default;
        if (!EthernetFrame.TryParse(octets, out EthernetFrame frame, out _)) return false;
        string around = $"{frame.Source} > {frame.Destination}, ";
        for (int i = 0; i < frame.TagCount; i++) around += $"VLAN {frame.Vlan(i)}, ";
        return frame.EtherType is EthernetFrame.Ipv4Type or EthernetFrame.Ipv6Type && TryUnwrapIp(frame.Payload, around, out found);
    }

    private static bool TryUnwrapCooked(ReadOnlySpan<byte> payload, ushort etherType, ReadOnlySpan<byte> source, out DhcpPayload found)
    {
        found = default;
        return etherType is EthernetFrame.Ipv4Type or EthernetFrame.Ipv6Type
            && TryUnwrapIp(payload, source.IsEmpty ? "" : $"from {HexText.Format(source, ':')}, ", out found);
    }

    private static bool TryUnwrapIp(ReadOnlySpan<byte> octets, string around, out DhcpPayload found)
    {
        found = default;
        if (octets.IsEmpty) return false;
        if (octets[0] >> 4 == 6) return TryUnwrapIpv6(octets, around, out found);
        if (!Ipv4Udp.TryParse(octets, out Ipv4Udp datagram, out _)) return false;
        if (!IsDhcp(datagram.SourcePort, datagram.DestinationPort, 67, 68)) return false;
        string sums = !datagram.IsHeaderSumRight ? ", wrong IPv4 checksum" : !datagram.IsUdpSumRight ? ", UDP checksum not right (or not yet computed)" : "";
        found = new($"{around}{datagram.Source}:{datagram.SourcePort} > {datagram.Destination}:{datagram.DestinationPort}{sums}", isV6: false, datagram.Payload);
        return true;
    }

    // Extension headers before UDP are not followed: DHCPv6 has none (RFC 8415 §7).
    private static bool TryUnwrapIpv6(ReadOnlySpan<byte> octets, string around, out DhcpPayload found)
    {
        found = default;
        if (octets.Length < Ipv6HeaderLength + UdpHeaderLength || octets[6] != UdpProtocol) return false;
        ReadOnlySpan<byte> udp = octets[Ipv6HeaderLength..];
        ushort from = BinaryPrimitives.ReadUInt16BigEndian(udp);
        ushort to = BinaryPrimitives.ReadUInt16BigEndian(udp[2..]);
        int length = BinaryPrimitives.ReadUInt16BigEndian(udp[4..]);
        if (!IsDhcp(from, to, 546, 547) || length < UdpHeaderLength || length > udp.Length) return false;
        found = new($"{around}[{Ipv6.Read(octets[8..])}]:{from} > [{Ipv6.Read(octets[24..])}]:{to}", isV6: true, udp[UdpHeaderLength..length]);
        return true;
    }

    private static bool IsDhcp(ushort from, ushort to, ushort one, ushort other) => from == one || from == other || to == one || to == other;
}

/// <summary>A DHCP message and the headers that were around it.</summary>
/// <param name="around">Addresses, ports, VLANs; empty when the message stood alone.</param>
internal readonly ref struct DhcpPayload(string around, bool isV6, ReadOnlySpan<byte> octets)
{
    public string Around { get; } = around;
    public bool IsV6 { get; } = isV6;
    public ReadOnlySpan<byte> Octets { get; } = octets;
}
