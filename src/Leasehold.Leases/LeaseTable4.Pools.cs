using System.Runtime.InteropServices;
using Leasehold.Leases.Storage;
using Leasehold.Protocol;

namespace Leasehold.Leases;

public sealed partial class LeaseTable4
{
    private readonly Dictionary<uint, LeaseCounts> countsBySubnet = [];

    private readonly PlaceJournal places = new();
    private PoolIndex<Ipv4, FreeAddresses> pools = new([]);
    private Dictionary<Ipv4Range, FreeAddresses> poolsByRange = [];

    private HashSet<Ipv4> reserved = [];
    private LeaseCount4? watcher;

    /// <summary>Tells which ranges are pools, and which addresses a search must pass over because they are reserved. Leases are kept.</summary>
    /// <remarks>Called at start and at every reload; a range that stays keeps its cursor and its order of freeing.</remarks>
    public void SetPools(IReadOnlyCollection<Ipv4Range> pools, IEnumerable<Ipv4> reserved)
    {
        RequireNoChanges();
        HashSet<Ipv4> reservedBefore = this.reserved;
        this.reserved = [.. reserved];
        foreach (Ipv4 address in reservedBefore)
        {
            if (!this.reserved.Contains(address)) FreeQuietly(address);
        }

        Dictionary<Ipv4Range, FreeAddresses> before = poolsByRange;
        poolsByRange = [];
        HashSet<FreeAddresses> added = [];
        foreach (Ipv4Range range in pools)
        {
            if (poolsByRange.ContainsKey(range)) continue;
            if (!before.Remove(range, out FreeAddresses? pool)) added.Add(pool = new(range, places));
            pool.Places.Freed = null;
            poolsByRange.Add(range, pool);
        }

        foreach (FreeAddresses dropped in before.Values) dropped.Places.Forget();
        this.pools = new(poolsByRange.Values.Select(pool => (pool.Range.First, pool.Range.Last, pool)));
        TakeHeld(added);
        foreach (Ipv4 address in this.reserved)
        {
            for (int i = FindPool(address, 0); i >= 0; i = FindPool(address, i + 1))
            {
                FreeAddresses pool = this.pools[i];
                if (added.Contains(pool) || !reservedBefore.Contains(address)) pool.Places.HoldQuietly(pool.PlaceOf(address));
            }
        }
    }

    /// <summary>The free addresses of a range that was named to <see cref="SetPools"/>.</summary>
    /// <exception cref="KeyNotFoundException">The range was not named.</exception>
    public FreeAddresses Pool(Ipv4Range range) => poolsByRange[range];

    /// <summary>How many leases a subnet has, by state. Kept up with every change; zero for an unknown subnet.</summary>
    public LeaseCounts CountsOf(uint subnetId) => countsBySubnet.GetValueOrDefault(subnetId);

    /// <summary>Marks what leases hold of new pools, by whichever is shorter: the pools or the table.</summary>
    private void TakeHeld(HashSet<FreeAddresses> added)
    {
        // To look an address up takes some ten times as long as to look at the next record.
        if (added.Sum(pool => pool.Range.Count) > Count / 10)
        {
            TakeAllHeld(added.Count == pools.Count ? null : added);
            return;
        }

        foreach (FreeAddresses pool in added)
        {
            for (long i = 0; i < pool.Range.Count; i++)
            {
                Ipv4 address = new((uint)(pool.Range.First.Value + i));
                if (Find(address) is >= 0 and var slot && records[slot].Holds) pool.Places.HoldQuietly((ulong)i);
            }
        }
    }

    /// <summary>Marks what leases hold, in some pools or in all (null).</summary>
    private void TakeAllHeld(HashSet<FreeAddresses>? only)
    {
        if (pools.Count == 0) return;
        for (int slot = 0; slot < slotsUsed; slot++)
        {
            ref LeaseRecord4 record = ref records[slot];
            if (record.Octets == FreeSlot || !record.Holds) continue;
            for (int i = FindPool(record.Address, 0); i >= 0; i = FindPool(record.Address, i + 1))
            {
                FreeAddresses pool = pools[i];
                if (only is null || only.Contains(pool)) pool.Places.HoldQuietly(pool.PlaceOf(record.Address));
            }
        }
    }

    private void Take(Ipv4 address)
    {
        for (int i = FindPool(address, 0); i >= 0; i = FindPool(address, i + 1)) pools[i].Places.Hold(pools[i].PlaceOf(address));
    }

    private void Free(Ipv4 address)
    {
        for (int i = FindPool(address, 0); i >= 0; i = FindPool(address, i + 1)) pools[i].Places.Release(pools[i].PlaceOf(address));
    }

    private void FreeQuietly(Ipv4 address)
    {
        for (int i = FindPool(address, 0); i >= 0; i = FindPool(address, i + 1)) pools[i].Places.ReleaseQuietly(pools[i].PlaceOf(address));
    }

    /// <summary>The first pool from a number on that has the address; -1 for none.</summary>
    private int FindPool(Ipv4 address, int from) => pools.Find(address, address, from);

    /// <summary>Has every lease and offer with a user context counted, those that are there now and each that comes, goes or changes.</summary>
    /// <param name="count">Takes the context, the subnet's id, and 1 or −1; null to stop.</param>
    public void Watch(LeaseCount4? count)
    {
        RequireNoChanges();
        watcher = count;
        for (int slot = 0; slot < slotsUsed; slot++)
        {
            if (records[slot].Octets != FreeSlot) TellWatcher(records[slot], 1);
        }
    }

    private void TellWatcher(in LeaseRecord4 record, int difference)
    {
        if (watcher is null || record.UserContextLength == 0 || record.State is not (LeaseState.Assigned or LeaseState.Offered)) return;
        watcher(octets.Get(record.Octets, record.OctetsLength)[(record.ClientIdLength + record.HostnameLength)..], record.SubnetId, difference);
    }

    private void Tally(in LeaseRecord4 record, int difference)
    {
        TellWatcher(record, difference);
        ref LeaseCounts counts = ref CollectionsMarshal.GetValueRefOrAddDefault(countsBySubnet, record.SubnetId, out _);
        counts = record.State switch
        {
            LeaseState.Assigned => counts with { Assigned = counts.Assigned + difference },
            LeaseState.Declined => counts with { Declined = counts.Declined + difference },
            LeaseState.Offered => counts with { Offered = counts.Offered + difference },
            _ => counts with { Remembered = counts.Remembered + difference },
        };
    }
}

/// <summary>Counts a lease by what stands in its user context.</summary>
/// <param name="difference">1 or −1.</param>
public delegate void LeaseCount4(ReadOnlySpan<byte> userContext, uint subnetId, int difference);

/// <summary>Leases by state.</summary>
/// <param name="Assigned">Given to clients; includes those that are over until Advance meets them.</param>
/// <param name="Declined">In quarantine.</param>
/// <param name="Offered">Held for a client that was offered them.</param>
/// <param name="Remembered">Expired or released.</param>
public readonly record struct LeaseCounts(int Assigned, int Declined, int Offered, int Remembered);
