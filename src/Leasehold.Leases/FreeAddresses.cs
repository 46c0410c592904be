using System.Numerics;
using Leasehold.Protocol;

namespace Leasehold.Leases;

/// <summary>Which addresses of one pool are free.</summary>
/// <remarks>
/// A bit an address, and above it a bit for each 64 of the level below that tells whether any of them is set: a search climbs at
/// most six levels, whatever is free. A pool of 2^24 addresses takes 2 MiB.
/// </remarks>
public sealed class FreeAddresses
{
    private const int Shift = 6;
    private const int Mask = 63;

    /// <summary>Level 0 has a bit an address; the last level is a single word.</summary>
    private readonly ulong[][] levels;

    private long cursor;

    internal FreeAddresses(Ipv4Range range)
    {
        Range = range;
        Count = range.Count;
        List<ulong[]> built = [];
        long bits = range.Count;
        do
        {
            ulong[] words = new ulong[(bits + Mask) >> Shift];
            Array.Fill(words, ulong.MaxValue);
            if ((bits & Mask) != 0) words[^1] = (1UL << (int)(bits & Mask)) - 1;
            built.Add(words);
            bits = words.Length;
        }
        while (bits > 1);

        levels = [.. built];
    }

    public Ipv4Range Range { get; }

    /// <summary>Addresses that are neither held by a lease or an offer nor kept for a reservation.</summary>
    public long Count { get; private set; }

    /// <summary>Where the next search begins: the address after the last one that a search found and a change took.</summary>
    public Ipv4 Cursor => At(cursor);

    /// <summary>False outside the range, too.</summary>
    public bool IsFree(Ipv4 address) => Range.Contains(address) && IsSet(Offset(address));

    /// <summary>The first free address from the given one on, going round at the end of the range. Constant time at any fill.</summary>
    /// <param name="from">An address of the range; from any other the search begins at the range's first.</param>
    /// <returns>False when no address is free.</returns>
    public bool TryNext(Ipv4 from, out Ipv4 address)
    {
        long found = Count == 0 ? -1 : NextSet(Range.Contains(from) ? Offset(from) : 0);
        if (found < 0 && Count != 0) found = NextSet(0);
        address = found < 0 ? default : At(found);
        return found >= 0;
    }

    /// <summary>Marks an address of the range as not free. When a search from the cursor would have found it, the cursor moves on.</summary>
    /// <param name="cursorBefore">Where the cursor was, for <see cref="RestoreCursor"/>.</param>
    /// <returns>True when the cursor moved.</returns>
    internal bool Take(Ipv4 address, out Ipv4 cursorBefore)
    {
        cursorBefore = Cursor;
        bool moves = TryNext(Cursor, out Ipv4 next) && next == address;
        TakeQuietly(address);
        if (moves) cursor = address == Range.Last ? 0 : Offset(address) + 1;
        return moves;
    }

    /// <summary>Marks an address of the range as not free, leaving the cursor alone.</summary>
    internal void TakeQuietly(Ipv4 address)
    {
        long bit = Offset(address);
        if (!IsSet(bit)) return;
        Count--;
        foreach (ulong[] words in levels)
        {
            ref ulong word = ref words[bit >> Shift];
            word &= ~(1UL << (int)(bit & Mask));
            if (word != 0) return;
            bit >>= Shift;
        }
    }

    /// <summary>Marks an address of the range as free.</summary>
    internal void Free(Ipv4 address)
    {
        long bit = Offset(address);
        if (IsSet(bit)) return;
        Count++;
        foreach (ulong[] words in levels)
        {
            ref ulong word = ref words[bit >> Shift];
            bool hadFree = word != 0;
            word |= 1UL << (int)(bit & Mask);
            if (hadFree) return;
            bit >>= Shift;
        }
    }

    internal void RestoreCursor(Ipv4 address) => cursor = Offset(address);

    private Ipv4 At(long offset) => new((uint)(Range.First.Value + offset));

    private long Offset(Ipv4 address) => address.Value - (long)Range.First.Value;

    private bool IsSet(long bit) => (levels[0][bit >> Shift] >> (int)(bit & Mask) & 1) != 0;

    /// <summary>The first set bit of level 0 at or after the given one; -1 for none.</summary>
    private long NextSet(long bit)
    {
        // Up, until a word has a bit at or after the place looked at; then down along the first set bits.
        int level = 0;
        while (true)
        {
            if (bit >> Shift >= levels[level].Length) return -1;
            ulong rest = levels[level][bit >> Shift] & (ulong.MaxValue << (int)(bit & Mask));
            if (rest != 0)
            {
                bit = (bit & ~Mask) + BitOperations.TrailingZeroCount(rest);
                break;
            }

            if (++level == levels.Length) return -1;
            bit = (bit >> Shift) + 1;
        }

        while (level-- > 0) bit = (bit << Shift) + BitOperations.TrailingZeroCount(levels[level][bit]);
        return bit;
    }
}
