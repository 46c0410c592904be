using Leasehold.Leases.Storage;
using Leasehold.Protocol;

namespace Leasehold.Leases;

public sealed partial class LeaseTable4
{
    private readonly PlaceJournal places;
    private readonly PoolSet<Ipv4Range, Ipv4, Ipv4, FreeAddresses> pools;

    /// <summary>Tells which ranges are pools, and which addresses a search must pass over because they are reserved. Leases are kept.</summary>
    /// <remarks>Called at start and at every reload; a range that stays keeps its cursor and its order of freeing.</remarks>
    public void SetPools(IReadOnlyCollection<Ipv4Range> pools, IEnumerable<Ipv4> reserved)
    {
        Slots.RequireNoChanges();
        HashSet<FreeAddresses> added = this.pools.Set(pools, reserved);
        // By whichever is shorter, the pools or the table. To look an address up takes some ten times as long as to look at the next record.
        if (added.Sum(pool => pool.Range.Count) > Count / 10)
        {
            HoldAll(added);
            return;
        }

        foreach (FreeAddresses pool in added)
        {
            for (long i = 0; i < pool.Range.Count; i++)
            {
                Ipv4 address = new((uint)(pool.Range.First.Value + i));
                if (Find(address) is >= 0 and var slot && Slots.Head(slot).Holds) pool.Places.HoldQuietly((ulong)i);
            }
        }
    }

    /// <summary>The free addresses of a range that was named to <see cref="SetPools"/>.</summary>
    /// <exception cref="KeyNotFoundException">The range was not named.</exception>
    public FreeAddresses Pool(Ipv4Range range) => pools[range];

    /// <summary>Ends the filling from files, after all indexes were made.</summary>
    internal void EndFilling()
    {
        Slots.EndFilling();
        HoldAll(pools.All);
    }

    /// <summary>Marks in some pools what leases hold.</summary>
    private void HoldAll(HashSet<FreeAddresses> among)
    {
        for (int slot = 0; slot < Slots.Used && among.Count != 0; slot++)
        {
            ref LeaseRecord4 record = ref Slots[slot];
            if (Slots.IsUsed(slot) && record.Head.Holds) pools.HoldQuietly(record.Address, among);
        }
    }
}
