using System.Runtime.CompilerServices;

namespace Leasehold.Leases.Storage;

/// <summary>An array that grows by segments: what is in it never moves, and growing never copies.</summary>
/// <remarks>Segments lie on the pinned heap and hold no references, so the garbage collector neither scans nor moves them.</remarks>
internal sealed class Segmented<T>
    where T : unmanaged
{
    private const int Shift = 12;
    private const int SegmentLength = 1 << Shift;
    private const int Mask = SegmentLength - 1;

    private T[][] segments = [];

    /// <summary>How many elements there is room for.</summary>
    public int Capacity { get; private set; }

    /// <summary>Memory in octets.</summary>
    public long Size => ((long)Capacity * Unsafe.SizeOf<T>()) + (segments.Length * 8L);

    public ref T this[int index] => ref segments[index >> Shift][index & Mask];

    /// <summary>Makes room for indexes below count; new elements are zero.</summary>
    public void Reserve(int count)
    {
        while (Capacity < count)
        {
            int used = Capacity >> Shift;
            if (used == segments.Length) Array.Resize(ref segments, Math.Max(4, segments.Length * 2));
            segments[used] = GC.AllocateArray<T>(SegmentLength, pinned: true);
            Capacity += SegmentLength;
        }
    }
}
