using System.Buffers.Binary;
using Leasehold.Protocol;

namespace Leasehold.Net;

/// <summary>The IPv4 and UDP headers of a packet (RFC 791 §3.1, RFC 768).</summary>
internal readonly struct Ipv4Udp
{
    /// <summary>Octets of both headers, without IP options.</summary>
    public const int HeaderLength = IpLength + UdpLength;

    private const int IpLength = 20;
    private const int UdpLength = 8;
    private const byte Udp = 17;

    public Ipv4 Source { get; private init; }
    public Ipv4 Destination { get; private init; }
    public ushort SourcePort { get; private init; }
    public ushort DestinationPort { get; private init; }
    public int PayloadStart { get; private init; }
    public int PayloadLength { get; private init; }

    /// <summary>Fills in the headers before a payload.</summary>
    /// <param name="packet">28 octets to fill, then the payload.</param>
    public static void Write(Span<byte> packet, Ipv4 source, ushort sourcePort, Ipv4 destination, ushort destinationPort)
    {
        Span<byte> udp = packet[IpLength..];
        packet[0] = 0x45;
        packet[1] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
        // Never fragmented, so it needs no identification (RFC 6864 §4.1).
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], 0x0000_4000);
        packet[8] = 64;
        packet[9] = Udp;
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], 0);
        source.Write(packet[12..]);
        destination.Write(packet[16..]);
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], Fold(Sum(packet[..IpLength])));

        BinaryPrimitives.WriteUInt16BigEndian(udp, sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], destinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], (ushort)udp.Length);
        BinaryPrimitives.WriteUInt16BigEndian(udp[6..], 0);
        ushort sum = Fold(PseudoHeader(packet, udp.Length) + Sum(udp));
        // RFC 768: a computed sum of zero is sent as all ones; zero means "no sum".
        BinaryPrimitives.WriteUInt16BigEndian(udp[6..], sum == 0 ? ushort.MaxValue : sum);
    }

    /// <summary>Reads both headers of a packet that is not a fragment.</summary>
    /// <param name="packet">From the IP header on; padding of the link may follow.</param>
    /// <param name="cut">The packet's end is missing; what is there counts as the payload.</param>
    /// <param name="checkSum">Whether the UDP sum must be right; the IP header's must always.</param>
    public static bool TryRead(ReadOnlySpan<byte> packet, bool cut, bool checkSum, out Ipv4Udp headers)
    {
        headers = default;
        if (packet.Length < HeaderLength || packet[0] >> 4 != 4 || packet[9] != Udp) return false;
        int ipLength = (packet[0] & 15) * 4;
        int total = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        if (ipLength < IpLength || total < ipLength + UdpLength || (total > packet.Length && !cut)) return false;
        if (packet.Length < ipLength + UdpLength || Fold(Sum(packet[..ipLength])) != 0) return false;
        ReadOnlySpan<byte> udp = packet[ipLength..Math.Min(total, packet.Length)];
        int udpLength = BinaryPrimitives.ReadUInt16BigEndian(udp[4..]);
        if (udpLength < UdpLength || udpLength > total - ipLength) return false;
        udp = udp[..Math.Min(udpLength, udp.Length)];
        bool hasSum = BinaryPrimitives.ReadUInt16BigEndian(udp[6..]) != 0;
        if (checkSum && hasSum && Fold(PseudoHeader(packet, udpLength) + Sum(udp)) != 0) return false;
        headers = new()
        {
            Source = Ipv4.Read(packet[12..]),
            Destination = Ipv4.Read(packet[16..]),
            SourcePort = BinaryPrimitives.ReadUInt16BigEndian(udp),
            DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(udp[2..]),
            PayloadStart = ipLength + UdpLength,
            PayloadLength = udp.Length - UdpLength,
        };
        return true;
    }

    // RFC 768: addresses, zero, protocol, UDP length.
    private static ulong PseudoHeader(ReadOnlySpan<byte> packet, int udpLength) => Sum(packet.Slice(12, 8)) + Udp + (uint)udpLength;

    /// <summary>Adds up 16-bit words, an odd octet at the end padded with zero (RFC 1071 §1). Up to 2^32 octets do not overflow.</summary>
    private static ulong Sum(ReadOnlySpan<byte> octets)
    {
        ulong sum = 0;
        while (octets.Length >= sizeof(uint))
        {
            sum += BinaryPrimitives.ReadUInt32BigEndian(octets);
            octets = octets[sizeof(uint)..];
        }

        if (octets.Length >= sizeof(ushort))
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(octets);
            octets = octets[sizeof(ushort)..];
        }

        return octets.IsEmpty ? sum : sum + ((ulong)octets[0] << 8);
    }

    /// <summary>The one's complement of the one's complement sum.</summary>
    private static ushort Fold(ulong sum)
    {
        while (sum > ushort.MaxValue) sum = (sum & ushort.MaxValue) + (sum >> 16);
        return (ushort)~sum;
    }
}
