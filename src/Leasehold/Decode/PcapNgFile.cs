using System.Buffers.Binary;

namespace Leasehold.Decode;

/* pcapng: blocks, each in the byte order of its section
   | type (4) | total length (4) | body, padded to 4 | total length (4) |
   section header 0x0A0D0D0A, interface description 1, simple packet 3, enhanced packet 6   */

/// <summary>Reads a capture of the newer format: sections, interfaces with their own link type and time unit.</summary>
internal static class PcapNgFile
{
    private const uint SectionHeader = 0x0A0D0D0A;
    private const uint ByteOrderMagic = 0x1A2B3C4D;
    private const uint InterfaceDescription = 1;
    private const uint SimplePacket = 3;
    private const uint EnhancedPacket = 6;
    private const ushort TimeResolution = 9;

    /// <summary>True when the octets begin as such a file.</summary>
    public static bool IsPcapNg(ReadOnlySpan<byte> file) => file.Length >= 12 && BinaryPrimitives.ReadUInt32BigEndian(file) == SectionHeader;

    /// <summary>All packets of the file.</summary>
    /// <param name="problem">What is wrong when a block does not fit; the packets before it are still returned. Null otherwise.</param>
    public static List<CapturedPacket> Read(ReadOnlyMemory<byte> file, out string? problem)
    {
        List<CapturedPacket> packets = [];
        List<Interface> interfaces = [];
        ByteOrder order = new(IsLittle: true);
        int at = 0;
        problem = null;
        while (at < file.Length)
        {
            ReadOnlySpan<byte> rest = file.Span[at..];
            if (rest.Length < 12)
            {
                problem = $"the capture ends inside a block, at octet {at}";
                break;
            }

            uint type = order.UInt32(rest);
            if (BinaryPrimitives.ReadUInt32BigEndian(rest) == SectionHeader)
            {
                type = SectionHeader;
                order = new(BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]) == ByteOrderMagic);
                interfaces.Clear();
            }

            uint length = order.UInt32(rest[4..]);
            if (length < 12 || length > rest.Length || length % 4 != 0)
            {
                problem = $"the block at octet {at} has a length of {length}, and {rest.Length} octets are left";
                break;
            }

            ReadOnlyMemory<byte> body = file.Slice(at + 8, (int)length - 12);
            if (!TryReadBlock(type, body, order, interfaces, packets))
            {
                problem = $"the block at octet {at} is malformed";
                break;
            }

            at += (int)length;
        }

        return packets;
    }

    private static bool TryReadBlock(uint type, ReadOnlyMemory<byte> body, ByteOrder order, List<Interface> interfaces, List<CapturedPacket> packets)
    {
        ReadOnlySpan<byte> octets = body.Span;
        switch (type)
        {
            case InterfaceDescription:
                if (octets.Length < 8) return false;
                interfaces.Add(new(LinkTypes.Of(order.UInt16(octets)), (int)order.UInt32(octets[4..]), UnitOf(octets[8..], order)));
                return true;

            case EnhancedPacket:
                if (octets.Length < 20) return false;
                uint index = order.UInt32(octets);
                uint captured = order.UInt32(octets[12..]);
                if (index >= interfaces.Count || captured > octets.Length - 20) return false;
                ulong time = ((ulong)order.UInt32(octets[4..]) << 32) | order.UInt32(octets[8..]);
                Add(packets, interfaces[(int)index], interfaces[(int)index].TimeOf(time), body.Slice(20, (int)captured), order.UInt32(octets[16..]));
                return true;

            case SimplePacket:
                if (octets.Length < 4 || interfaces.Count == 0) return false;
                uint original = order.UInt32(octets);
                int snap = interfaces[0].SnapLength <= 0 ? int.MaxValue : interfaces[0].SnapLength;
                int present = (int)Math.Min(Math.Min(original, (uint)snap), (uint)(octets.Length - 4));
                Add(packets, interfaces[0], time: null, body.Slice(4, present), original);
                return true;

            default:
                return true;
        }
    }

    private static void Add(List<CapturedPacket> packets, Interface from, DateTime? time, ReadOnlyMemory<byte> octets, uint length) =>
        packets.Add(new(packets.Count + 1, from.Link, time, octets, (int)Math.Clamp(length, (uint)octets.Length, int.MaxValue)));

    // Option 9 of an interface: units in a second, a power of ten, or of two when the first bit is set. Microseconds without it.
    private static double UnitOf(ReadOnlySpan<byte> options, ByteOrder order)
    {
        while (options.Length >= 4)
        {
            ushort code = order.UInt16(options);
            int length = order.UInt16(options[2..]);
            if (length > options.Length - 4) break;
            if (code == TimeResolution && length == 1)
            {
                byte unit = options[4];
                return (unit & 0x80) == 0 ? Math.Pow(10, unit) : Math.Pow(2, unit & 0x7F);
            }

            options = options[Math.Min(options.Length, 4 + ((length + 3) & ~3))..];
        }

        return 1_000_000;
    }

    private readonly record struct Interface(LinkType Link, int SnapLength, double UnitsPerSecond)
    {
        // Null for a time that no calendar has.
        public DateTime? TimeOf(ulong units)
        {
            double seconds = Math.Floor(units / UnitsPerSecond);
            double ticks = Math.Round((units - (seconds * UnitsPerSecond)) / UnitsPerSecond * TimeSpan.TicksPerSecond);
            return seconds < 250_000_000_000 ? DateTime.UnixEpoch.AddSeconds(seconds).AddTicks((long)ticks) : null;
        }
    }
}
