using System.Runtime.CompilerServices;

namespace Leasehold.Engine.V4;

/// <summary>A set of option codes, 256 bits in place.</summary>
internal struct OptionCodes
{
    private Bits bits;

    public static OptionCodes Of(params ReadOnlySpan<byte> codes)
    {
        OptionCodes set = default;
        foreach (byte code in codes) set.Add(code);
        return set;
    }

    public void Add(byte code) => bits[code >> 6] |= 1UL << (code & 63);

    public readonly bool Contains(byte code) => (bits[code >> 6] & (1UL << (code & 63))) != 0;

    /// <summary>False when the code was in the set already.</summary>
    public bool TryAdd(byte code)
    {
        ulong bit = 1UL << (code & 63);
        if ((bits[code >> 6] & bit) != 0) return false;
        bits[code >> 6] |= bit;
        return true;
    }

    [InlineArray(4)]
    private struct Bits
    {
        private ulong first;
    }
}
