using System.Buffers.Binary;

namespace Leasehold.Protocol;

/// <summary>A cursor that writes octets, big-endian, with a sticky overflow: what does not fit is not written, nor anything after it.</summary>
public ref struct WireWriter(Span<byte> destination)
{
    private readonly Span<byte> octets = destination;

    /// <summary>How many octets were written.</summary>
    public int Length { get; private set; }

    /// <summary>True from the first write that did not fit.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>What was written.</summary>
    public readonly ReadOnlySpan<byte> Written => octets[..Length];

    public void WriteByte(byte value)
    {
        if (Reserve(1, out Span<byte> place)) place[0] = value;
    }

    public void WriteUInt16(ushort value)
    {
        if (Reserve(2, out Span<byte> place)) BinaryPrimitives.WriteUInt16BigEndian(place, value);
    }

    public void WriteUInt32(uint value)
    {
        if (Reserve(4, out Span<byte> place)) BinaryPrimitives.WriteUInt32BigEndian(place, value);
    }

    public void WriteIpv4(Ipv4 value) => WriteUInt32(value.Value);

    public void WriteOctets(scoped ReadOnlySpan<byte> value)
    {
        if (Reserve(value.Length, out Span<byte> place)) value.CopyTo(place);
    }

    private bool Reserve(int count, out Span<byte> place)
    {
        place = default;
        if (Overflowed || count > octets.Length - Length)
        {
            Overflowed = true;
            return false;
        }

        place = octets.Slice(Length, count);
        Length += count;
        return true;
    }
}
