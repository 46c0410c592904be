namespace Leasehold.Leases.Storage;

/// <summary>What a pool is to the set that it is in.</summary>
/// <typeparam name="TAddress">The family's address.</typeparam>
/// <typeparam name="THeld">What a lease holds: an address, or a prefix.</typeparam>
internal interface IFreePool<TAddress, THeld>
{
    TAddress First { get; }

    TAddress Last { get; }

    FreePlaces Places { get; }

    void Hold(THeld held, bool quietly);

    void Release(THeld held, bool quietly);

    /// <summary>The first and the last address of what a lease holds.</summary>
    static abstract (TAddress First, TAddress Last) BoundsOf(THeld held);
}

/// <summary>The pools of a table and what is reserved in them. Pools may overlap, and each is told of what is held in it.</summary>
/// <typeparam name="TName">What a pool is asked for by.</typeparam>
/// <typeparam name="TAddress">The family's address.</typeparam>
/// <typeparam name="THeld">What a lease holds: an address, or a prefix.</typeparam>
/// <typeparam name="TPool">The family's pool.</typeparam>
internal sealed class PoolSet<TName, TAddress, THeld, TPool>(PlaceJournal journal, Func<TName, TPool> make)
    where TName : notnull
    where TAddress : struct, IComparable<TAddress>
    where THeld : struct
    where TPool : class, IFreePool<TAddress, THeld>
{
    private PoolIndex<TAddress, TPool> index = new([]);
    private Dictionary<TName, TPool> byName = [];
    private HashSet<THeld> reserved = [];

    public HashSet<TPool> All { get; private set; } = [];

    /// <exception cref="KeyNotFoundException">The pool was not named to <see cref="Set"/>.</exception>
    public TPool this[TName name] => byName[name];

    /// <summary>Tells which pools there are and what is reserved. A pool that stays keeps its cursor and its order of freeing.</summary>
    /// <returns>The new pools, which know of nothing yet that leases hold.</returns>
    public HashSet<TPool> Set(IEnumerable<TName> names, IEnumerable<THeld> reserved)
    {
        HashSet<THeld> reservedBefore = this.reserved;
        this.reserved = [.. reserved];
        foreach (THeld held in reservedBefore)
        {
            if (!this.reserved.Contains(held)) Release(held, quietly: true);
        }

        Dictionary<TName, TPool> before = byName;
        byName = [];
        HashSet<TPool> added = [];
        foreach (TName name in names)
        {
            if (byName.ContainsKey(name)) continue;
            if (!before.Remove(name, out TPool? pool)) added.Add(pool = make(name));
            pool.Places.Freed = null;
            byName.Add(name, pool);
        }

        foreach (TPool dropped in before.Values) dropped.Places.Forget();
        All = [.. byName.Values];
        index = new(All.Select(pool => (pool.First, pool.Last, pool)));
        foreach (THeld held in this.reserved) HoldQuietly(held, reservedBefore.Contains(held) ? added : All);
        journal.Accept();
        return added;
    }

    /// <summary>Marks as held in every pool; can be undone.</summary>
    public void Hold(THeld held)
    {
        (TAddress first, TAddress last) = TPool.BoundsOf(held);
        for (int i = index.Find(first, last, 0); i >= 0; i = index.Find(first, last, i + 1)) index[i].Hold(held, quietly: false);
    }

    /// <summary>Marks as held in some pools.</summary>
    public void HoldQuietly(THeld held, HashSet<TPool> among)
    {
        (TAddress first, TAddress last) = TPool.BoundsOf(held);
        for (int i = index.Find(first, last, 0); i >= 0; i = index.Find(first, last, i + 1))
        {
            if (among.Contains(index[i])) index[i].Hold(held, quietly: true);
        }
    }

    /// <summary>Takes one mark back, in every pool.</summary>
    public void Release(THeld held, bool quietly)
    {
        (TAddress first, TAddress last) = TPool.BoundsOf(held);
        for (int i = index.Find(first, last, 0); i >= 0; i = index.Find(first, last, i + 1)) index[i].Release(held, quietly);
    }
}
