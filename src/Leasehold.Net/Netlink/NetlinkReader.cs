using System.Runtime.InteropServices;

namespace Leasehold.Net.Netlink;

/* netlink(7), rtnetlink(7); numbers in the machine's order, everything padded to 4 octets

    0               4       6       8               12              16
   +---------------+-------+-------+---------------+---------------+--...
   |    length     | type  | flags |   sequence    |    port id    | body
   +---------------+-------+-------+---------------+---------------+--...
   body: a structure fixed for the type, then attributes:
   +-------+-------+--...
   |length | type  | value
   +-------+-------+--...                                                  */

/// <summary>Walks the messages of a datagram from the kernel.</summary>
internal ref struct NetlinkReader(ReadOnlySpan<byte> octets)
{
    public const int HeaderLength = 16;

    private ReadOnlySpan<byte> rest = octets;

    public ushort Type { get; private set; }
    public ushort Flags { get; private set; }
    public uint Sequence { get; private set; }
    public ReadOnlySpan<byte> Body { get; private set; }

    /// <summary>Goes to the next message; false at the end, or where a length is wrong.</summary>
    public bool TryNext()
    {
        if (rest.Length < HeaderLength) return false;
        int length = MemoryMarshal.Read<int>(rest);
        if (length < HeaderLength || length > rest.Length) return false;
        Type = MemoryMarshal.Read<ushort>(rest[4..]);
        Flags = MemoryMarshal.Read<ushort>(rest[6..]);
        Sequence = MemoryMarshal.Read<uint>(rest[8..]);
        Body = rest[HeaderLength..length];
        rest = rest[Math.Min((length + 3) & ~3, rest.Length)..];
        return true;
    }
}

/// <summary>Walks the attributes of a message.</summary>
internal ref struct AttributeReader(ReadOnlySpan<byte> octets)
{
    private const int HeaderLength = 4;

    /// <summary>NLA_TYPE_MASK: without the bits for nesting and byte order.</summary>
    private const ushort TypeMask = 0x3fff;

    private ReadOnlySpan<byte> rest = octets;

    public ushort Type { get; private set; }
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Goes to the next attribute; false at the end, or where a length is wrong.</summary>
    public bool TryNext()
    {
        if (rest.Length < HeaderLength) return false;
        int length = MemoryMarshal.Read<ushort>(rest);
        if (length < HeaderLength || length > rest.Length) return false;
        Type = (ushort)(MemoryMarshal.Read<ushort>(rest[2..]) & TypeMask);
        Value = rest[HeaderLength..length];
        rest = rest[Math.Min((length + 3) & ~3, rest.Length)..];
        return true;
    }
}
