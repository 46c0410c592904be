using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Leasehold.Net.Interop;

/// <summary>An array that the collector never moves, so that the kernel can be given its address once.</summary>
/// <remarks>
/// Memory of the collector rather than of malloc: a span into it keeps it alive, so no view can outlive its buffer, and
/// nothing has to be freed. The address is good while the array is reachable: keep the whole value in a field.
/// </remarks>
internal readonly unsafe struct Pinned<T>
    where T : unmanaged
{
    private readonly T[] array;

    /// <summary>Zeroed elements.</summary>
    public Pinned(int length)
    {
        array = GC.AllocateArray<T>(length, pinned: true);
        Start = (T*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
    }

    public T* Start { get; }

    public Span<T> Slice(int start, int length) => array.AsSpan(start, length);
}
