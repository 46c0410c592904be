using System.Buffers.Binary;

namespace Leasehold.Protocol.Link;

/* RFC 826, "Packet format", for Ethernet and IPv4
   +---------------+---------------+-------+-------+---------------+
   | hardware (2)  | protocol (2)  | 6 (1) | 4 (1) | operation (2) |
   +---------------+---------------+-------+-------+---------------+
   | sender hardware (6) | sender IPv4 (4) | target hardware (6) | target IPv4 (4) |   */

/// <summary>An ARP packet for IPv4 on Ethernet: a view, and the packet to send.</summary>
public readonly ref struct Arp
{
    public const int Length = 28;
    public const ushort Request = 1;
    public const ushort Reply = 2;

    private readonly ReadOnlySpan<byte> octets;

    private Arp(ReadOnlySpan<byte> octets) => this.octets = octets;

    /// <summary>1 request, 2 reply; others exist.</summary>
    public ushort Operation => BinaryPrimitives.ReadUInt16BigEndian(octets[6..]);
    public HardwareAddress SenderHardware => new(HardwareAddress.Ethernet, octets[8..14]);

    /// <summary>0.0.0.0 in a probe (RFC 5227 §1.1).</summary>
    public Ipv4 Sender => Ipv4.Read(octets[14..]);
    public HardwareAddress TargetHardware => new(HardwareAddress.Ethernet, octets[18..24]);
    public Ipv4 Target => Ipv4.Read(octets[24..]);

    /// <summary>Takes a packet. False for fewer than 28 octets and for other hardware or another protocol; never throws.</summary>
    public static bool TryParse(ReadOnlySpan<byte> octets, out Arp packet, out WireError error)
    {
        packet = default;
        if (octets.Length < Length)
        {
            error = new(WireErrorKind.Header, octets.Length);
            return false;
        }

        // Hardware 1 and 6 (IEEE 802) with addresses of 6 octets, protocol IPv4 with 4.
        bool isEthernet = BinaryPrimitives.ReadUInt16BigEndian(octets) is 1 or 6;
        if (!isEthernet || BinaryPrimitives.ReadUInt32BigEndian(octets[2..]) >> 16 != EthernetFrame.Ipv4Type || octets[4] != 6 || octets[5] != 4)
        {
            error = new(WireErrorKind.Header, isEthernet ? 2 : 0);
            return false;
        }

        error = WireError.None;
        packet = new(octets[..Length]);
        return true;
    }

    /// <summary>Writes a packet of 28 octets.</summary>
    /// <param name="destination">At least 28 octets.</param>
    /// <param name="operation">1 request, 2 reply.</param>
    /// <param name="sender">0.0.0.0 to probe (RFC 5227 §2.1.1).</param>
    /// <param name="targetHardware">6 octets; zero in a request.</param>
    public static void Write(
        Span<byte> destination, ushort operation, ReadOnlySpan<byte> senderHardware, Ipv4 sender, ReadOnlySpan<byte> targetHardware, Ipv4 target)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, HardwareAddress.Ethernet);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], EthernetFrame.Ipv4Type);
        destination[4] = 6;
        destination[5] = 4;
        BinaryPrimitives.WriteUInt16BigEndian(destination[6..], operation);
        senderHardware[..6].CopyTo(destination[8..]);
        sender.Write(destination[14..]);
        targetHardware[..6].CopyTo(destination[18..]);
        target.Write(destination[24..]);
    }
}
