using System.Buffers.Binary;

namespace Leasehold.Protocol.Link;

/* RFC 791 §3.1                                                      RFC 768
   +-------+-------+---------------+-------------------------------+  +---------------+---------------+
   |Version|  IHL  |Type of Service|          Total Length         |  |  Source Port  |  Destination  |
   +-------+-------+---------------+-----+-------------------------+  +---------------+---------------+
   |         Identification        |Flags|     Fragment Offset     |  |     Length    |   Checksum    |
   +---------------+---------------+-----+-------------------------+  +---------------+---------------+
   |  Time to Live |    Protocol   |         Header Checksum       |  |  data octets                  |
   +---------------+---------------+-------------------------------+
   |                       Source Address                          |
   +---------------------------------------------------------------+
   |                    Destination Address                        |
   +---------------------------------------------------------------+   */

/// <summary>An IPv4 packet that carries UDP: a view over octets that were checked once, and the headers to send one.</summary>
public readonly ref struct Ipv4Udp
{
    /// <summary>An IPv4 header without options and a UDP header.</summary>
    public const int HeadersLength = Ipv4Length + UdpLength;

    private const int Ipv4Length = 20;
    private const int UdpLength = 8;
    private const byte UdpProtocol = 17;

    // What most systems send with (RFC 1700).
    private const byte TimeToLive = 64;

    private readonly ReadOnlySpan<byte> packet;
    private readonly int udp;

    private Ipv4Udp(ReadOnlySpan<byte> packet, int udp)
    {
        this.packet = packet;
        this.udp = udp;
    }

    public Ipv4 Source => Ipv4.Read(packet[12..]);
    public Ipv4 Destination => Ipv4.Read(packet[16..]);
    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(packet[udp..]);
    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(packet[(udp + 2)..]);
    public byte Ttl => packet[8];

    /// <summary>The UDP data, without what follows it on a link with a least frame size.</summary>
    public ReadOnlySpan<byte> Payload => packet[(udp + UdpLength)..];

    /// <summary>True when the IPv4 header's sum is right.</summary>
    public bool IsHeaderSumRight => InternetChecksum.Of(packet[..udp]) == 0;

    /// <summary>True when the UDP sum is right or none was sent (RFC 768).</summary>
    /// <remarks>Packets seen on the machine that sent them often have a wrong one: the hardware, or nobody, completes it. The kernel tells which.</remarks>
    public bool IsUdpSumRight =>
        BinaryPrimitives.ReadUInt16BigEndian(packet[(udp + 6)..]) == 0
        || InternetChecksum.Finish(AddPseudoHeader(packet[12..20], packet.Length - udp, InternetChecksum.Add(packet[udp..]))) == 0;

    /// <summary>Checks the lengths and kinds of both headers. Sums are left to the caller.</summary>
    /// <param name="octets">From the IPv4 header on; what follows the packet is not looked at.</param>
    /// <param name="datagram">The view; use it only when the result is true.</param>
    /// <param name="error">A <see cref="WireErrorKind.Header"/> and the octet; None when the result is true.</param>
    /// <returns>False for another version or protocol, a fragment, and lengths that contradict each other. Never throws.</returns>
    public static bool TryParse(ReadOnlySpan<byte> octets, out Ipv4Udp datagram, out WireError error)
    {
        datagram = default;
        if (octets.Length < Ipv4Length) return Fail(octets.Length, out error);
        int header = (octets[0] & 15) * 4;
        if (octets[0] >> 4 != 4 || header < Ipv4Length) return Fail(0, out error);
        int total = BinaryPrimitives.ReadUInt16BigEndian(octets[2..]);
        if (total > octets.Length || total < header + UdpLength) return Fail(2, out error);

        // More fragments, or an offset: a part cannot be read alone. Sockets get whole packets from the kernel.
        if ((BinaryPrimitives.ReadUInt16BigEndian(octets[6..]) & 0x3FFF) != 0) return Fail(6, out error);
        if (octets[9] != UdpProtocol) return Fail(9, out error);
        int length = BinaryPrimitives.ReadUInt16BigEndian(octets[(header + 4)..]);
        if (length < UdpLength || length > total - header) return Fail(header + 4, out error);
        error = WireError.None;
        datagram = new(octets[..(header + length)], header);
        return true;
    }

    /// <summary>Writes both headers, sums included, for a payload that stands right behind them.</summary>
    /// <param name="packet">28 octets for the headers, then the payload to its end; at most 65,535 octets.</param>
    /// <param name="source">The address and port to send from.</param>
    /// <param name="destination">The address and port to send to.</param>
    public static void WriteHeaders(Span<byte> packet, (Ipv4 Address, ushort Port) source, (Ipv4 Address, ushort Port) destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(packet.Length, HeadersLength, nameof(packet));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(packet.Length, ushort.MaxValue, nameof(packet));
        packet[..HeadersLength].Clear();
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);

        // Not to be fragmented, so the identification may be 0 (RFC 6864 §4.1).
        packet[6] = 0x40;
        packet[8] = TimeToLive;
        packet[9] = UdpProtocol;
        source.Address.Write(packet[12..]);
        destination.Address.Write(packet[16..]);
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], InternetChecksum.Of(packet[..Ipv4Length]));

        Span<byte> datagram = packet[Ipv4Length..];
        BinaryPrimitives.WriteUInt16BigEndian(datagram, source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[2..], destination.Port);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[4..], (ushort)datagram.Length);
        ushort sum = InternetChecksum.Finish(AddPseudoHeader(packet[12..20], datagram.Length, InternetChecksum.Add(datagram)));

        // RFC 768: 0 stands for "no checksum", so a sum of 0 is sent as all ones.
        BinaryPrimitives.WriteUInt16BigEndian(datagram[6..], sum == 0 ? ushort.MaxValue : sum);
    }

    // RFC 768: both addresses, protocol and UDP length.
    private static ulong AddPseudoHeader(ReadOnlySpan<byte> addresses, int length, ulong sum)
    {
        Span<byte> end = stackalloc byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(end, UdpProtocol);
        BinaryPrimitives.WriteUInt16BigEndian(end[2..], (ushort)length);
        return InternetChecksum.Add(end, InternetChecksum.Add(addresses, sum));
    }

    private static bool Fail(int offset, out WireError error)
    {
        error = new(WireErrorKind.Header, offset);
        return false;
    }
}
