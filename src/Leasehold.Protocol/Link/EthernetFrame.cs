using System.Buffers.Binary;

namespace Leasehold.Protocol.Link;

/* IEEE 802.3 §3.1, tags of IEEE 802.1Q §9
   +-------------------+-------------------+ - - - - - - - - - - - - - - - - -+------------+---------
   |  destination (6)  |     source (6)    |  0x8100 or 0x88A8 (2) | tag (2) | |  type (2)  | payload
   +-------------------+-------------------+ - - - - - - - - - - - - - - - - -+------------+---------   */

/// <summary>An Ethernet frame without its check sequence: a view.</summary>
public readonly ref struct EthernetFrame
{
    /// <summary>Octets of the header without tags.</summary>
    public const int HeaderLength = 14;

    /// <summary>EtherTypes (IANA "IEEE 802 Numbers").</summary>
    public const ushort Ipv4Type = 0x0800;
    public const ushort ArpType = 0x0806;
    public const ushort Ipv6Type = 0x86DD;

    /// <summary>Tags looked at. Provider networks stack two; more is no ordinary frame.</summary>
    public const int MaxTags = 4;

    private const ushort CustomerTag = 0x8100;
    private const ushort ProviderTag = 0x88A8;

    private readonly ReadOnlySpan<byte> octets;
    private readonly int typeAt;

    private EthernetFrame(ReadOnlySpan<byte> octets, int typeAt)
    {
        this.octets = octets;
        this.typeAt = typeAt;
    }

    public HardwareAddress Destination => new(HardwareAddress.Ethernet, octets[..6]);
    public HardwareAddress Source => new(HardwareAddress.Ethernet, octets[6..12]);

    /// <summary>The type after all tags; below 1536 it is a length (IEEE 802.3 §3.2.6).</summary>
    public ushort EtherType => BinaryPrimitives.ReadUInt16BigEndian(octets[typeAt..]);

    /// <summary>What follows the type, with the padding of a short frame.</summary>
    public ReadOnlySpan<byte> Payload => octets[(typeAt + 2)..];

    /// <summary>How many VLAN tags the frame has.</summary>
    public int TagCount => (typeAt - 12) / 4;

    /// <summary>A tag's VLAN, 0 to 4095 (IEEE 802.1Q §9.6); index 0 is the outermost.</summary>
    public int Vlan(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, TagCount);
        return BinaryPrimitives.ReadUInt16BigEndian(octets[(14 + (index * 4))..]) & 0x0FFF;
    }

    /// <summary>Takes a frame. False when it ends in its header or has too many tags; never throws.</summary>
    public static bool TryParse(ReadOnlySpan<byte> octets, out EthernetFrame frame, out WireError error)
    {
        frame = default;
        int at = 12;
        for (int tags = 0; ; tags++)
        {
            if (octets.Length < at + 2 || tags > MaxTags)
            {
                error = new(WireErrorKind.Header, Math.Min(at, octets.Length));
                return false;
            }

            if (BinaryPrimitives.ReadUInt16BigEndian(octets[at..]) is not (CustomerTag or ProviderTag)) break;
            at += 4;
        }

        error = WireError.None;
        frame = new(octets, at);
        return true;
    }

    /// <summary>Writes a header without tags.</summary>
    /// <param name="frame">At least 14 octets.</param>
    /// <param name="destination">6 octets.</param>
    /// <param name="source">6 octets.</param>
    public static void WriteHeader(Span<byte> frame, ReadOnlySpan<byte> destination, ReadOnlySpan<byte> source, ushort etherType)
    {
        destination[..6].CopyTo(frame);
        source[..6].CopyTo(frame[6..]);
        BinaryPrimitives.WriteUInt16BigEndian(frame[12..], etherType);
    }
}
