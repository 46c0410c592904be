namespace Leasehold.Leases.Storage;

/// <summary>Pools by their ranges of addresses, which may overlap.</summary>
internal sealed class PoolIndex<TAddress, TPool>
    where TAddress : struct, IComparable<TAddress>
{
    private readonly (TAddress First, TAddress Last, TPool Pool)[] pools;

    /// <summary>For each pool the last address of it and of all before it: where a search backwards may stop.</summary>
    private readonly TAddress[] reach;

    public PoolIndex(IEnumerable<(TAddress First, TAddress Last, TPool Pool)> pools)
    {
        this.pools = [.. pools.OrderBy(pool => pool.First)];
        reach = new TAddress[this.pools.Length];
        for (int i = 0; i < reach.Length; i++)
        {
            TAddress last = this.pools[i].Last;
            reach[i] = i > 0 && reach[i - 1].CompareTo(last) > 0 ? reach[i - 1] : last;
        }
    }

    public int Count => pools.Length;

    public TPool this[int index] => pools[index].Pool;

    /// <summary>The first pool from a number on that has one of these addresses; -1 for none.</summary>
    public int Find(TAddress first, TAddress last, int from)
    {
        // Binary search for the first pool that, with those before it, reaches the address: none before it can have it.
        int low = from;
        int high = pools.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (reach[middle].CompareTo(first) < 0) low = middle + 1;
            else high = middle;
        }

        while (low < pools.Length && pools[low].First.CompareTo(last) <= 0)
        {
            if (pools[low].Last.CompareTo(first) >= 0) return low;
            low++;
        }

        return -1;
    }
}
