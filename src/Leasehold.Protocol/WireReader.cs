using System.Buffers.Binary;

namespace Leasehold.Protocol;

/// <summary>A cursor over octets, big-endian. Every Try method takes all it needs or nothing.</summary>
public ref struct WireReader(ReadOnlySpan<byte> octets)
{
    private readonly int total = octets.Length;
    private ReadOnlySpan<byte> rest = octets;

    /// <summary>Octets not yet taken.</summary>
    public readonly ReadOnlySpan<byte> Rest => rest;

    /// <summary>How many octets were taken.</summary>
    public readonly int Offset => total - rest.Length;

    public readonly bool IsAtEnd => rest.IsEmpty;

    public bool TryReadByte(out byte value)
    {
        value = 0;
        if (rest.IsEmpty) return false;
        value = rest[0];
        rest = rest[1..];
        return true;
    }

    public bool TryReadUInt16(out ushort value)
    {
        if (!BinaryPrimitives.TryReadUInt16BigEndian(rest, out value)) return false;
        rest = rest[2..];
        return true;
    }

    public bool TryReadUInt32(out uint value)
    {
        if (!BinaryPrimitives.TryReadUInt32BigEndian(rest, out value)) return false;
        rest = rest[4..];
        return true;
    }

    public bool TryReadIpv4(out Ipv4 value)
    {
        bool read = TryReadUInt32(out uint number);
        value = new(number);
        return read;
    }

    /// <summary>Takes the next octets. False, and nothing taken, when fewer remain or count is negative.</summary>
    public bool TryReadOctets(int count, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (count < 0 || count > rest.Length) return false;
        value = rest[..count];
        rest = rest[count..];
        return true;
    }
}
