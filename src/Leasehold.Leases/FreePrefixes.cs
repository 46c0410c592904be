using Leasehold.Leases.Storage;
using Leasehold.Protocol;

namespace Leasehold.Leases;

/// <summary>Which addresses or prefixes of one DHCPv6 pool are free. An address is a prefix of 128 bits.</summary>
/// <remarks>Memory is for what is not free, however large the pool; every search takes constant time at any fill.</remarks>
public sealed class FreePrefixes : IFreePool<Ipv6, Ipv6Prefix>
{
    private readonly PlaceJournal journal;
    private readonly SparsePlaces all;
    private readonly FreePlaces places;

    /// <summary>The bits of an address behind a prefix of this pool.</summary>
    private readonly int behind;

    /// <summary>The bits that number the prefixes of the pool.</summary>
    private readonly int numbering;

    internal FreePrefixes(LeasePool6 pool, SparseBlocks blocks, PlaceJournal journal)
    {
        Pool = pool;
        this.journal = journal;
        behind = Ipv6Prefix.MaxLength - pool.PrefixLength;
        UInt128 last = (pool.Range.Last.Value - pool.Range.First.Value) >> behind;
        numbering = Math.Min(64, Ipv6Prefix.MaxLength - (int)UInt128.LeadingZeroCount(last));
        all = new(blocks, last > ulong.MaxValue ? ulong.MaxValue : (ulong)last);
        places = new(all, journal);
    }

    public LeasePool6 Pool { get; }

    /// <summary>How many addresses or prefixes the pool has.</summary>
    public double Size => (double)all.Last + 1;

    /// <summary>How many of them are not free. What a much shorter prefix keeps as a whole does not count.</summary>
    public double Held => places.Held;

    /// <summary>Where the next search begins: what follows the last one that a search found and a change took.</summary>
    public Ipv6 Cursor => At(places.Cursor).Network;

    Ipv6 IFreePool<Ipv6, Ipv6Prefix>.First => Pool.Range.First;

    Ipv6 IFreePool<Ipv6, Ipv6Prefix>.Last => Pool.Range.Last;

    FreePlaces IFreePool<Ipv6, Ipv6Prefix>.Places => places;

    /// <summary>Neither held by a lease or an offer nor kept for a reservation. False outside the pool and for a prefix of another length, too.</summary>
    public bool IsFree(Ipv6Prefix prefix) => Pool.Offers(prefix) && TryNumber(prefix.Network, out ulong place) && places.IsFree(place);

    /// <summary>The first free one from the given address on, going round at the pool's end: the allocator "iterative" with Cursor.</summary>
    /// <param name="from">An address of the pool; from any other the search begins at the pool's first.</param>
    /// <param name="prefix">The address as one of 128 bits, or the prefix.</param>
    /// <returns>False when none is free.</returns>
    public bool TryNext(Ipv6 from, out Ipv6Prefix prefix)
    {
        ulong start = 0;
        if (Pool.Range.Contains(from) && TryNumber(from, out ulong place)) start = place;
        return Found(places.TryNext(start, out ulong next), next, out prefix);
    }

    /// <summary>A free one that cannot be foretold without the numbers: the allocator "random".</summary>
    /// <remarks>All are equally likely while the pool is not nearly full; then those behind long runs of held ones come sooner.</remarks>
    /// <returns>False when none is free.</returns>
    public bool TryRandom(Random random, out Ipv6Prefix prefix) => Found(places.TryRandom(random, out ulong place), place, out prefix);

    /// <summary>The one that is free for the longest time: the allocator "flq". Those that were never taken come first, from Cursor on.</summary>
    /// <remarks>The order is kept from the first call of this or of <see cref="KeepOrder"/> on, and not over a restart.</remarks>
    /// <returns>False when none is free.</returns>
    public bool TryOldest(out Ipv6Prefix prefix) => Found(places.TryOldest(out ulong place), place, out prefix);

    /// <summary>Keeps the order of freeing from now on; called when the pool is configured, so that no packet waits for it.</summary>
    public void KeepOrder() => places.KeepOrder();

    static (Ipv6 First, Ipv6 Last) IFreePool<Ipv6, Ipv6Prefix>.BoundsOf(Ipv6Prefix held) => (held.Network, held.Last);

    void IFreePool<Ipv6, Ipv6Prefix>.Hold(Ipv6Prefix held, bool quietly)
    {
        if (!TryPlaces(held, out ulong place, out int bits)) return;
        if (bits > SparsePlaces.MaxSingleBits)
        {
            all.Cover(place, bits);
            if (!quietly) journal.Add(new() { Wide = all, Place = place, Bits = bits, IsHold = true });
            return;
        }

        for (ulong i = 0; i < 1UL << bits; i++) places.Hold(place + i, quietly);
    }

    void IFreePool<Ipv6, Ipv6Prefix>.Release(Ipv6Prefix held, bool quietly)
    {
        if (!TryPlaces(held, out ulong place, out int bits)) return;
        if (bits > SparsePlaces.MaxSingleBits)
        {
            all.Uncover(place, bits);
            if (!quietly) journal.Add(new() { Wide = all, Place = place, Bits = bits });
            return;
        }

        for (ulong i = 0; i < 1UL << bits; i++) places.Release(place + i, quietly);
    }

    /// <summary>The places that a prefix of any length has an address in common with: 2 to the power of bits.</summary>
    /// <returns>False for those that the pool never gives out.</returns>
    private bool TryPlaces(Ipv6Prefix held, out ulong place, out int bits)
    {
        bits = Math.Clamp(Pool.PrefixLength - held.Length, 0, numbering);
        return TryNumber(held.Network > Pool.Range.First ? held.Network : Pool.Range.First, out place);
    }

    private bool TryNumber(Ipv6 address, out ulong place)
    {
        UInt128 number = (address.Value - Pool.Range.First.Value) >> behind;
        place = (ulong)number;
        return number <= all.Last;
    }

    private Ipv6Prefix At(ulong place) => new(new(Pool.Range.First.Value + ((UInt128)place << behind)), Pool.PrefixLength);

    private bool Found(bool found, ulong place, out Ipv6Prefix prefix)
    {
        prefix = found ? At(place) : default;
        return found;
    }
}
