using System.Numerics;

namespace Leasehold.Leases.Storage;

/// <summary>The places of a pool of which many may be held, such as one of IPv4 addresses.</summary>
/// <remarks>
/// A bit a place that is set while it is free, and above it a bit for each 64 of the level below that tells whether any of them
/// is set: a search climbs at most six levels, whatever is free. A pool of 2^24 addresses takes 2 MiB.
/// </remarks>
internal sealed class DensePlaces : IPlaceSet
{
    private const int Shift = 6;
    private const int Mask = 63;

    /// <summary>Level 0 has a bit a place; the last level is a single word.</summary>
    private readonly ulong[][] levels;

    /// <summary>For the few places that are held more than once, how often beyond the first time.</summary>
    private readonly Dictionary<long, int> again = [];

    /// <param name="count">1 to 2^32.</param>
    public DensePlaces(long count)
    {
        Last = (ulong)count - 1;
        List<ulong[]> built = [];
        long bits = count;
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

    private DensePlaces(DensePlaces original)
    {
        Last = original.Last;
        levels = [.. original.levels.Select(words => (ulong[])words.Clone())];
    }

    public ulong Last { get; }

    public bool IsFree(ulong place) => IsSet((long)place);

    public bool TryNext(ulong from, out ulong place)
    {
        long found = NextSet((long)from);
        place = found < 0 ? 0 : (ulong)found;
        return found >= 0;
    }

    public bool Hold(ulong place)
    {
        long bit = (long)place;
        if (!IsSet(bit))
        {
            again[bit] = again.GetValueOrDefault(bit) + 1;
            return false;
        }

        foreach (ulong[] words in levels)
        {
            ref ulong word = ref words[bit >> Shift];
            word &= ~(1UL << (int)(bit & Mask));
            if (word != 0) break;
            bit >>= Shift;
        }

        return true;
    }

    public bool Release(ulong place)
    {
        long bit = (long)place;
        if (again.Count != 0 && again.Remove(bit, out int times))
        {
            if (times > 1) again.Add(bit, times - 1);
            return false;
        }

        foreach (ulong[] words in levels)
        {
            ref ulong word = ref words[bit >> Shift];
            bool hadFree = word != 0;
            word |= 1UL << (int)(bit & Mask);
            if (hadFree) break;
            bit >>= Shift;
        }

        return true;
    }

    public IPlaceSet Copy() => new DensePlaces(this);

    public void Forget()
    {
        // The garbage collector does that.
    }

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
