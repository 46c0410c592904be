using Leasehold.Leases.Storage;
using Leasehold.Protocol;

namespace Leasehold.Leases;

public sealed partial class LeaseTable6
{
    private readonly SparseBlocks blocks;
    private readonly PlaceJournal places;
    private readonly PoolSet<LeasePool6, Ipv6, Ipv6Prefix, FreePrefixes> addresses;
    private readonly PoolSet<LeasePool6, Ipv6, Ipv6Prefix, FreePrefixes> prefixes;

    /// <summary>Tells what the pools are, and what a search must pass over because it is reserved. Leases are kept.</summary>
    /// <remarks>
    /// Called at start and at every reload; a pool that stays keeps its cursor and its order of freeing, and one that is not named
    /// any more must not be asked any more.
    /// </remarks>
    /// <param name="reservedPrefixes">Of any length: a pool gives no prefix that has an address in common with one of them.</param>
    public void SetPools(IReadOnlyCollection<LeasePool6> pools, IEnumerable<Ipv6> reservedAddresses, IEnumerable<Ipv6Prefix> reservedPrefixes)
    {
        Slots.RequireNoChanges();
        HashSet<FreePrefixes> added = addresses.Set(
            pools.Where(pool => pool.Type != LeaseType6.Prefix), reservedAddresses.Select(address => new Ipv6Prefix(address, Ipv6Prefix.MaxLength)));
        added.UnionWith(prefixes.Set(pools.Where(pool => pool.Type == LeaseType6.Prefix), reservedPrefixes));
        HoldAll(added);
    }

    /// <summary>What is free in a pool that was named to <see cref="SetPools"/>.</summary>
    /// <exception cref="KeyNotFoundException">The pool was not named.</exception>
    public FreePrefixes Pool(LeasePool6 pool) => PoolsOf(pool.Type)[pool];

    /// <summary>Ends the filling from files, after all indexes were made.</summary>
    internal void EndFilling()
    {
        Slots.EndFilling();
        HoldAll([.. addresses.All, .. prefixes.All]);
    }

    /// <summary>Marks in some pools what leases hold.</summary>
    private void HoldAll(HashSet<FreePrefixes> among)
    {
        for (int slot = 0; slot < Slots.Used && among.Count != 0; slot++)
        {
            ref LeaseRecord6 record = ref Slots[slot];
            if (Slots.IsUsed(slot) && record.Head.Holds) PoolsOf(record.Type).HoldQuietly(record.Prefix, among);
        }
    }

    private PoolSet<LeasePool6, Ipv6, Ipv6Prefix, FreePrefixes> PoolsOf(LeaseType6 type) => type == LeaseType6.Prefix ? prefixes : addresses;
}
