using System.Numerics;
using System.Runtime.InteropServices;

namespace Leasehold.Leases.Storage;

/// <summary>The places of a pool of up to 2^64, of which few may be held: memory is for what is held, however large the pool.</summary>
/// <remarks>
/// A bit a place that is set while it is not free, and above it a bit for each 64 of the level below that tells whether they are
/// all set. A word that is zero is not there (<see cref="SparseBlocks"/>), and above the first level few are not zero. A search
/// climbs over what is full and goes down where something is free: at most eleven levels each way, whatever is held.
/// </remarks>
internal sealed class SparsePlaces : IPlaceSet
{
    private const int Shift = 6;
    private const int Mask = 63;

    /// <summary>Up to so many places, given as a power of two, are held one by one rather than through a level above.</summary>
    public const int MaxSingleBits = Shift - 1;

    private readonly SparseBlocks blocks;
    private readonly int pool;

    /// <summary>The level at which one bit stands for all places.</summary>
    private readonly int top;

    /// <summary>For the few places that are held more than once, how often beyond the first time.</summary>
    private readonly Dictionary<ulong, int> again = [];

    /// <summary>The bits of level 1 and above that are held as they are, whatever is below them, and how often.</summary>
    private readonly Dictionary<(int Level, ulong Bit), int> covered = [];

    /// <summary>How many of them each level has.</summary>
    private readonly int[] coveredOfLevel;

    private int highestCovered;

    /// <param name="last">The number of the last place.</param>
    public SparsePlaces(SparseBlocks blocks, ulong last)
    {
        this.blocks = blocks;
        pool = blocks.AddPool();
        Last = last;
        while (LastOf(top) != 0) top++;
        coveredOfLevel = new int[top + 1];
    }

    public ulong Last { get; }

    public bool IsFree(ulong place)
    {
        // A bit above tells more than those below it only where something is covered.
        for (int level = 0; level <= highestCovered; level++)
        {
            if (IsSet(level, Up(place, level))) return false;
        }

        return true;
    }

    public bool TryNext(ulong from, out ulong place)
    {
        place = 0;
        if (from > Last) return false;
        int level = 0;
        ulong bit = from;
        for (int above = highestCovered; above > 0 && level == 0; above--)
        {
            if (!IsSet(above, Up(from, above))) continue;
            level = above;
            bit = Behind(Up(from, above), ref level);
        }

        while (true)
        {
            if (bit > LastOf(level)) return false;
            ulong rest = ~Word(level, bit >> Shift) & (ulong.MaxValue << (int)(bit & Mask));
            if (rest != 0)
            {
                bit = (bit & ~(ulong)Mask) + (ulong)BitOperations.TrailingZeroCount(rest);
                break;
            }

            level++;
            bit = Behind(bit >> Shift, ref level);
        }

        while (level-- > 0) bit = (bit << Shift) + (ulong)BitOperations.TrailingZeroCount(~Word(level, bit));
        place = bit;
        return true;
    }

    public bool Hold(ulong place)
    {
        if (IsSet(0, place))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(again, place, out _)++;
            return false;
        }

        Set(0, place);
        return true;
    }

    public bool Release(ulong place)
    {
        if (again.Count != 0 && TakeOne(again, place, out _)) return false;
        Clear(0, place);
        return true;
    }

    /// <summary>Holds a power of two of places at once, at a place that is a multiple of it; no matter what else holds any of them.</summary>
    /// <param name="bits">More than <see cref="MaxSingleBits"/>.</param>
    public void Cover(ulong place, int bits)
    {
        int level = bits / Shift;
        ulong first = Up(place, level);
        for (ulong bit = first; bit - first < 1UL << (bits % Shift); bit++)
        {
            ref int times = ref CollectionsMarshal.GetValueRefOrAddDefault(covered, (level, bit), out _);
            if (times++ != 0) continue;
            if (coveredOfLevel[level]++ == 0) highestCovered = Math.Max(highestCovered, level);
            if (!IsSet(level, bit)) Set(level, bit);
        }
    }

    /// <summary>Takes back one <see cref="Cover"/>.</summary>
    public void Uncover(ulong place, int bits)
    {
        int level = bits / Shift;
        ulong first = Up(place, level);
        for (ulong bit = first; bit - first < 1UL << (bits % Shift); bit++)
        {
            if (!TakeOne(covered, (level, bit), out bool isLast) || !isLast) continue;
            if (--coveredOfLevel[level] == 0) LowerHighest();
            // What is below may be full by itself.
            if (Word(level - 1, bit) != ulong.MaxValue) Clear(level, bit);
        }
    }

    public IPlaceSet Copy()
    {
        SparsePlaces copy = new(blocks, Last);
        foreach ((ulong number, ulong word) in blocks.Lowest(pool).ToList())
        {
            for (ulong rest = word; rest != 0; rest &= rest - 1) copy.Hold((number << Shift) + (ulong)BitOperations.TrailingZeroCount(rest));
        }

        return copy;
    }

    public void Forget() => blocks.RemovePool(pool);

    /// <returns>False when the key was not there.</returns>
    private static bool TakeOne<TKey>(Dictionary<TKey, int> times, TKey key, out bool isLast)
        where TKey : notnull
    {
        ref int count = ref CollectionsMarshal.GetValueRefOrNullRef(times, key);
        isLast = false;
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref count)) return false;
        isLast = --count == 0;
        if (isLast) times.Remove(key);
        return true;
    }

    /// <summary>The bit behind another one; on a higher level where a word begins, since its own bit there may be covered.</summary>
    private ulong Behind(ulong bit, ref int level)
    {
        bit++;
        for (; level < highestCovered && (bit & Mask) == 0; level++) bit >>= Shift;
        return bit;
    }

    private void LowerHighest()
    {
        while (highestCovered > 0 && coveredOfLevel[highestCovered] == 0) highestCovered--;
    }

    private void Set(int level, ulong bit)
    {
        for (; level <= top; level++)
        {
            int block = blocks.Find(pool, level, bit >> Shift);
            if (block < 0) block = blocks.Add(pool, level, bit >> Shift);
            ref ulong word = ref blocks.Word(block);
            // Where it is covered, it is set already, and those above know.
            if ((word >> (int)(bit & Mask) & 1) != 0) return;
            word |= 1UL << (int)(bit & Mask);
            if ((word | Beyond(level, bit >> Shift)) != ulong.MaxValue) return;
            bit >>= Shift;
        }
    }

    private void Clear(int level, ulong bit)
    {
        for (; level <= top; level++)
        {
            if (level > 0 && covered.ContainsKey((level, bit))) return;
            int block = blocks.Find(pool, level, bit >> Shift);
            ref ulong word = ref blocks.Word(block);
            bool wasFull = (word | Beyond(level, bit >> Shift)) == ulong.MaxValue;
            word &= ~(1UL << (int)(bit & Mask));
            if (word == 0) blocks.Remove(block);
            if (!wasFull) return;
            bit >>= Shift;
        }
    }

    private bool IsSet(int level, ulong bit)
    {
        int block = blocks.Find(pool, level, bit >> Shift);
        return block >= 0 && (blocks.Word(block) >> (int)(bit & Mask) & 1) != 0;
    }

    /// <summary>A word in which what lies behind the last place is set as well.</summary>
    private ulong Word(int level, ulong number)
    {
        int block = blocks.Find(pool, level, number);
        return (block < 0 ? 0 : blocks.Word(block)) | Beyond(level, number);
    }

    private ulong Beyond(int level, ulong number)
    {
        ulong last = LastOf(level);
        if (number < last >> Shift) return 0;
        int count = (int)(last & Mask) + 1;
        return count == 64 ? 0 : ulong.MaxValue << count;
    }

    private ulong LastOf(int level) => Up(Last, level);

    // A shift by 64 and more leaves the number as it is, in this language.
    private static ulong Up(ulong place, int level) => level * Shift < 64 ? place >> (level * Shift) : 0;
}
