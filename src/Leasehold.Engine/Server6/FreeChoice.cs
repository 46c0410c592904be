using Leasehold.Configuration.Model;
using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>A new address or prefix out of the pools: the subnet that was chosen first, then the others of its network.</summary>
internal static class FreeChoice
{
    /// <summary>Adds a free one to the association that was begun last. False when nothing is free for it.</summary>
    public static bool Grant(ref Exchange6 x, scoped in WantedAssociation wanted)
    {
        // RFC 8415 §18.3.2: "the server MAY use the 'prefix-length' value as a hint": pools of that length first, then of shorter, then of longer ones.
        if (wanted.Type == LeaseType6.Prefix && WishedLength(in wanted) is { } length)
        {
            return Grant(ref x, in wanted, length, length)
                || Grant(ref x, in wanted, 0, length - 1)
                || Grant(ref x, in wanted, length + 1, Ipv6Prefix.MaxLength);
        }

        return Grant(ref x, in wanted, 0, Ipv6Prefix.MaxLength);
    }

    private static bool Grant(ref Exchange6 x, scoped in WantedAssociation wanted, int shortest, int longest)
    {
        if (Grant(ref x, in wanted, x.Subnet, shortest, longest)) return true;
        foreach (ServingSubnet6 other in x.Subnet.Network.Subnets)
        {
            if (!ReferenceEquals(other, x.Subnet) && Grant(ref x, in wanted, other, shortest, longest)) return true;
        }

        return false;
    }

    private static bool Grant(ref Exchange6 x, scoped in WantedAssociation wanted, ServingSubnet6 subnet, int shortest, int longest)
    {
        if (!subnet.Admits(x.Classes)) return false;
        AllocatorType allocator = wanted.Type == LeaseType6.Prefix ? subnet.PdAllocator : subnet.Allocator;
        foreach (ServingPool6 pool in subnet.PoolsOf(wanted.Type))
        {
            int length = pool.Key.PrefixLength;
            if (length < shortest || length > longest || !pool.Guard.Admits(x.Classes)) continue;
            if (TryFind(in x, pool, allocator, out Ipv6Prefix prefix)) return Assignment.TryGrant(ref x, in wanted, prefix);
        }

        return false;
    }

    private static bool TryFind(scoped in Exchange6 x, ServingPool6 pool, AllocatorType allocator, out Ipv6Prefix prefix)
    {
        FreePrefixes free = pool.Free;
        bool found = allocator switch
        {
            AllocatorType.Random => free.TryRandom(x.Random, out prefix),
            AllocatorType.FreeLeaseQueue => free.TryOldest(out prefix),
            _ => free.TryNext(free.Cursor, out prefix),
        };

        // The table does not know yet what this message's other associations get: those are passed over. Each turn meets another one of them.
        for (int turns = x.Bindings.All.Length; found && x.Bindings.Has(pool.Key.Type, prefix); turns--)
        {
            if (turns == 0) return false;
            found = free.TryNext(After(prefix), out prefix);
        }

        return found;
    }

    // Beyond the last address a search begins at the pool's first.
    private static Ipv6 After(Ipv6Prefix prefix) => new(unchecked(prefix.Last.Value + 1));

    private static int? WishedLength(scoped in WantedAssociation wanted)
    {
        WantedLeases named = wanted.Wanted;
        while (named.TryNext(out LeasedPrefix6 lease))
        {
            if (lease.PrefixLength > 0) return lease.PrefixLength;
        }

        return null;
    }
}
