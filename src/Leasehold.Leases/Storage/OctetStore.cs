using System.Buffers.Binary;
using System.Numerics;

namespace Leasehold.Leases.Storage;

/// <summary>Strings of octets behind 32-bit handles: no object a string, and what is freed is used again for one of its size.</summary>
/// <remarks>The length is not kept: who holds the handle knows it. Sizes are rounded up to a class: multiples of 8 up to 128,
/// then four classes to each doubling.</remarks>
internal sealed class OctetStore
{
    /// <summary>The longest string: beyond what a lease can carry (identifier, name and context).</summary>
    public const int MaxLength = 0x1_0000 + 512;

    private const int Unit = 8;
    private const int SegmentShift = 18;
    private const int SegmentLength = 1 << SegmentShift;
    private const int SmallClasses = 16;

    private readonly int[] free = new int[64];
    private byte[][] segments = [];
    private int segmentCount;
    private int tail = SegmentLength;

    /// <summary>Memory in octets.</summary>
    public long Size => (long)segmentCount * SegmentLength;

    /// <summary>The octets of a string.</summary>
    /// <param name="handle">What <see cref="Allocate"/> gave; 0 is the empty string.</param>
    /// <param name="length">Not more than was allocated.</param>
    public Span<byte> Get(int handle, int length)
    {
        if (handle == 0) return default;
        long position = (long)(uint)(handle - 1) * Unit;
        return segments[(int)(position >> SegmentShift)].AsSpan((int)position & (SegmentLength - 1), length);
    }

    /// <summary>Room for a string; its octets are undefined.</summary>
    /// <returns>A handle; 0 for length 0.</returns>
    public int Allocate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxLength);
        if (length == 0) return 0;
        int sizeClass = ClassOf(length, out int size);
        int handle = free[sizeClass];
        if (handle != 0)
        {
            free[sizeClass] = BinaryPrimitives.ReadInt32LittleEndian(Get(handle, 4));
            return handle;
        }

        if (tail + size > SegmentLength)
        {
            if (segmentCount == segments.Length) Array.Resize(ref segments, Math.Max(4, segmentCount * 2));
            segments[segmentCount++] = GC.AllocateArray<byte>(SegmentLength, pinned: true);
            tail = 0;
        }

        long position = ((long)(segmentCount - 1) << SegmentShift) + tail;
        tail += size;
        return (int)(uint)((position / Unit) + 1);
    }

    /// <summary>Gives a string's room back.</summary>
    /// <param name="length">The length it was allocated with.</param>
    public void Free(int handle, int length)
    {
        if (handle == 0) return;
        int sizeClass = ClassOf(length, out _);
        BinaryPrimitives.WriteInt32LittleEndian(Get(handle, 4), free[sizeClass]);
        free[sizeClass] = handle;
    }

    private static int ClassOf(int length, out int size)
    {
        int units = (length + Unit - 1) / Unit;
        if (units <= SmallClasses)
        {
            size = units * Unit;
            return units - 1;
        }

        // Four classes a doubling: 160, 192, 224, 256, 320, ...
        int shift = BitOperations.Log2((uint)(units - 1)) - 2;
        int quarters = ((units - 1) >> shift) + 1;
        size = (quarters << shift) * Unit;
        return SmallClasses + ((shift - 2) * 4) + quarters - 5;
    }
}
