using System.Runtime.InteropServices;
using Leasehold.Leases.Storage;
using Leasehold.Protocol;

namespace Leasehold.Leases;

public sealed partial class LeaseTable4
{
    private readonly Dictionary<uint, LeaseCounts> countsBySubnet = [];

    /// <summary>The pools by their first address; pools of different subnets may overlap.</summary>
    private FreeAddresses[] pools = [];

    /// <summary>For each pool the last address of it and of all before it: where a search backwards may stop.</summary>
    private Ipv4[] poolsReach = [];

    private Dictionary<Ipv4Range, FreeAddresses> poolsByRange = [];

    /// <summary>Reserved addresses inside pools.</summary>
    private HashSet<Ipv4> reserved = [];

    /// <summary>Tells which ranges are pools, and which addresses a search must pass over because they are reserved. Leases are kept.</summary>
    /// <remarks>Called at start and at every reload; a range that stays keeps its cursor.</remarks>
    public void SetPools(IReadOnlyCollection<Ipv4Range> pools, IEnumerable<Ipv4> reserved)
    {
        RequireNoChanges();
        Dictionary<Ipv4Range, FreeAddresses> next = [];
        List<FreeAddresses> added = [];
        foreach (Ipv4Range range in pools)
        {
            if (next.ContainsKey(range)) continue;
            if (!poolsByRange.TryGetValue(range, out FreeAddresses? pool)) added.Add(pool = new(range));
            next.Add(range, pool);
        }

        HashSet<Ipv4> reservedBefore = this.reserved;
        poolsByRange = next;
        this.pools = [.. next.Values.OrderBy(pool => pool.Range.First)];
        poolsReach = new Ipv4[this.pools.Length];
        Ipv4 reach = default;
        for (int i = 0; i < poolsReach.Length; i++)
        {
            if (this.pools[i].Range.Last > reach) reach = this.pools[i].Range.Last;
            poolsReach[i] = reach;
        }

        this.reserved = [.. reserved.Where(address => FindPool(address, 0) >= 0)];
        TakeHeld(added);
        foreach (Ipv4 address in this.reserved) TakeQuietly(address);
        foreach (Ipv4 address in reservedBefore)
        {
            if (!this.reserved.Contains(address) && (Find(address) is not (>= 0 and var slot) || !records[slot].Holds)) Free(address);
        }
    }

    /// <summary>The free addresses of a range that was named to <see cref="SetPools"/>.</summary>
    /// <exception cref="KeyNotFoundException">The range was not named.</exception>
    public FreeAddresses Pool(Ipv4Range range) => poolsByRange[range];

    /// <summary>How many leases a subnet has, by state. Kept up with every change; zero for an unknown subnet.</summary>
    public LeaseCounts CountsOf(uint subnetId) => countsBySubnet.GetValueOrDefault(subnetId);

    /// <summary>Marks what leases hold of new pools, by whichever is shorter: the pools or the table.</summary>
    private void TakeHeld(List<FreeAddresses> added)
    {
        // To look an address up takes some ten times as long as to look at the next record.
        if (added.Sum(pool => pool.Range.Count) > Count / 10)
        {
            TakeHeld();
            return;
        }

        foreach (FreeAddresses pool in added)
        {
            for (long i = 0; i < pool.Range.Count; i++)
            {
                Ipv4 address = new((uint)(pool.Range.First.Value + i));
                if (Find(address) is >= 0 and var slot && records[slot].Holds) pool.TakeQuietly(address);
            }
        }
    }

    /// <summary>Marks what leases hold of any pool.</summary>
    private void TakeHeld()
    {
        if (pools.Length == 0) return;
        for (int slot = 0; slot < slotsUsed; slot++)
        {
            ref LeaseRecord4 record = ref records[slot];
            if (record.Octets != FreeSlot && record.Holds) TakeQuietly(record.Address);
        }
    }

    private void Take(Ipv4 address)
    {
        for (int i = FindPool(address, 0); i >= 0; i = FindPool(address, i + 1))
        {
            if (pools[i].Take(address, out Ipv4 cursor)) cursors.Add((pools[i], cursor));
        }
    }

    private void TakeQuietly(Ipv4 address)
    {
        for (int i = FindPool(address, 0); i >= 0; i = FindPool(address, i + 1)) pools[i].TakeQuietly(address);
    }

    private void Free(Ipv4 address)
    {
        if (reserved.Contains(address)) return;
        for (int i = FindPool(address, 0); i >= 0; i = FindPool(address, i + 1)) pools[i].Free(address);
    }

    /// <summary>The first pool from a number on that has the address; -1 for none.</summary>
    private int FindPool(Ipv4 address, int from)
    {
        // Binary search for the first pool that, with those before it, reaches the address: none before it can have it.
        int low = from;
        int high = pools.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (poolsReach[middle] < address) low = middle + 1;
            else high = middle;
        }

        while (low < pools.Length && pools[low].Range.First <= address)
        {
            if (pools[low].Range.Last >= address) return low;
            low++;
        }

        return -1;
    }

    private void Tally(in LeaseRecord4 record, int difference)
    {
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

/// <summary>Leases by state.</summary>
/// <param name="Assigned">Given to clients; includes those that are over until Advance meets them.</param>
/// <param name="Declined">In quarantine.</param>
/// <param name="Offered">Held for a client that was offered them.</param>
/// <param name="Remembered">Expired or released.</param>
public readonly record struct LeaseCounts(int Assigned, int Declined, int Offered, int Remembered);
