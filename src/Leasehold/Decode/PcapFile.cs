using System.Buffers.Binary;

namespace Leasehold.Decode;

/* pcap: 24 octets of file header, then packets, all in the byte order of the machine that wrote it
   | magic (4) | version (4) | zone (4) | accuracy (4) | snap length (4) | link type (4) |
   | seconds (4) | micro- or nanoseconds (4) | captured length (4) | length (4) | octets |   */

/// <summary>Reads a capture of the classic format, of either byte order and time unit.</summary>
/// <remarks>Here and not in Protocol: the file format is a matter of this tool, not of DHCP.</remarks>
internal static class PcapFile
{
    private const int HeaderLength = 24;
    private const int RecordLength = 16;
    private const uint Microseconds = 0xA1B2C3D4;
    private const uint Nanoseconds = 0xA1B23C4D;

    /// <summary>True when the octets begin as such a file.</summary>
    public static bool IsPcap(ReadOnlySpan<byte> file) =>
        file.Length >= HeaderLength
        && (BinaryPrimitives.ReadUInt32LittleEndian(file) is Microseconds or Nanoseconds
            || BinaryPrimitives.ReadUInt32BigEndian(file) is Microseconds or Nanoseconds);

    /// <summary>All packets of the file.</summary>
    /// <param name="problem">What is wrong when the file ends inside a packet; the packets before it are still returned. Null otherwise.</param>
    public static List<CapturedPacket> Read(ReadOnlyMemory<byte> file, out string? problem)
    {
        List<CapturedPacket> packets = [];
        ByteOrder order = new(BinaryPrimitives.ReadUInt32LittleEndian(file.Span) is Microseconds or Nanoseconds);
        int ticksDivisor = order.UInt32(file.Span) == Nanoseconds ? 1_000_000_000 : 1_000_000;

        // The upper bits tell of a check sequence at the end of frames.
        LinkType link = LinkTypes.Of(order.UInt32(file.Span[20..]) & 0x0FFF_FFFF);
        int at = HeaderLength;
        while (at < file.Length)
        {
            ReadOnlySpan<byte> rest = file.Span[at..];
            uint captured = rest.Length < RecordLength ? 0 : order.UInt32(rest[8..]);
            if (rest.Length < RecordLength || captured > rest.Length - RecordLength)
            {
                problem = $"the capture ends inside packet {packets.Count + 1}, at octet {at}";
                return packets;
            }

            DateTime time = DateTime.UnixEpoch
                .AddSeconds(order.UInt32(rest))
                .AddTicks(order.UInt32(rest[4..]) * TimeSpan.TicksPerSecond / ticksDivisor);
            int length = (int)Math.Clamp(order.UInt32(rest[12..]), captured, int.MaxValue);
            packets.Add(new(packets.Count + 1, link, time, file.Slice(at + RecordLength, (int)captured), length));
            at += RecordLength + (int)captured;
        }

        problem = null;
        return packets;
    }
}

/// <summary>Numbers in the byte order that a capture file has.</summary>
internal readonly record struct ByteOrder(bool IsLittle)
{
    public ushort UInt16(ReadOnlySpan<byte> octets) =>
        IsLittle ? BinaryPrimitives.ReadUInt16LittleEndian(octets) : BinaryPrimitives.ReadUInt16BigEndian(octets);

    public uint UInt32(ReadOnlySpan<byte> octets) =>
        IsLittle ? BinaryPrimitives.ReadUInt32LittleEndian(octets) : BinaryPrimitives.ReadUInt32BigEndian(octets);
}

internal static class LinkTypes
{
    // Files of some systems carry the number that their own kernel has for raw IP.
    private const uint RawIpOfLinux = 12;
    private const uint RawIpOfOpenBsd = 14;

    public static LinkType Of(uint number) => number is RawIpOfLinux or RawIpOfOpenBsd ? LinkType.RawIp : (LinkType)number;
}
