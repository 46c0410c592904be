using System.Numerics;
using Leasehold.Configuration.Model;
using Leasehold.Engine.Classification;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V4;

/// <summary>The pools of one link (a subnet, or a shared network), and which of them may have a free address.</summary>
/// <remarks>
/// A pool that was found full is not looked at again before the lease table says that an address of it was freed. So the cost
/// of a choice does not grow with the full subnets of a network: a bit a pool, for each set of classes that pools are for.
/// </remarks>
internal sealed class OpenPools
{
    private readonly ServingPool[] pools;
    private readonly Group[] groups;

    /// <summary>The group of each pool, and its place there.</summary>
    private readonly (Group Group, int Place)[] homes;

    /// <param name="subnets">In the order of the search.</param>
    public OpenPools(IEnumerable<ServingSubnet> subnets)
    {
        List<ServingPool> all = [];
        foreach (ServingSubnet subnet in subnets)
        {
            int first = all.Count;
            all.AddRange(subnet.Pools);
            subnet.JoinLink(this, first);
        }

        pools = [.. all];
        homes = new (Group, int)[pools.Length];
        groups = [.. Enumerable.Range(0, pools.Length).GroupBy(i => (pools[i].Subnet.Guard, pools[i].Guard)).Select(same => new Group(same.Key.Item1, same.Key.Item2, [.. same]))];
        foreach (Group group in groups)
        {
            for (int place = 0; place < group.Pools.Length; place++) homes[group.Pools[place]] = (group, place);
        }
    }

    /// <summary>Ties every pool to its free addresses, which the table knows from now on.</summary>
    public void Bind(LeaseTable4 leases)
    {
        for (int i = 0; i < pools.Length; i++)
        {
            (Group group, int place) = homes[i];
            pools[i].Bind(leases, () => group.Open(place));
        }
    }

    /// <summary>A free address for the packet's client: of its own subnet first, then of the others of the network.</summary>
    /// <returns>False when every pool that serves the client is full.</returns>
    public bool TryAllocate(scoped in Exchange4 x, out Ipv4 address)
    {
        int first = x.Subnet.FirstPool;
        int end = first + x.Subnet.Pools.Length;

        // The allocator "random" leaves also the pool to chance.
        int start = x.Subnet.Allocator == AllocatorType.Random && end - first > 1 ? x.Config.Random.Next(first, end) : first;
        return TryAllocate(in x, start, end, out address)
            || TryAllocate(in x, first, start, out address)
            || TryAllocate(in x, 0, first, out address)
            || TryAllocate(in x, end, pools.Length, out address);
    }

    private bool TryAllocate(scoped in Exchange4 x, int from, int to, out Ipv4 address)
    {
        for (int i = Next(x.Classes, from, to); i >= 0; i = Next(x.Classes, i + 1, to))
        {
            ServingPool pool = pools[i];
            if (!LeaseLimits.HasRoom(x.Leases, pool.Subnet)) continue;
            if (pool.Subnet.TryTake(pool, x.Config.Random, out address)) return true;
            (Group group, int place) = homes[i];
            group.Close(place);
        }

        address = default;
        return false;
    }

    /// <summary>The first pool of a part of the order that may have a free address for a client in these classes; −1 for none.</summary>
    private int Next(ClassSet classes, int from, int to)
    {
        int best = to;
        foreach (Group group in groups)
        {
            if (from < best && group.Admits(classes)) best = Math.Min(best, group.Next(from));
        }

        return best < to ? best : -1;
    }

    /// <summary>The pools that serve the same classes.</summary>
    /// <param name="pools">Their numbers, ascending.</param>
    private sealed class Group(ClassGuard subnet, ClassGuard pool, int[] pools)
    {
        private readonly ulong[] open = AllOpen(pools.Length);

        public int[] Pools => pools;

        public bool Admits(ClassSet classes) => subnet.Admits(classes) && pool.Admits(classes);

        public void Open(int place) => open[place >> 6] |= 1UL << place;

        public void Close(int place) => open[place >> 6] &= ~(1UL << place);

        /// <summary>The number of the first open pool at or after a number; int.MaxValue for none.</summary>
        public int Next(int from)
        {
            int place = Array.BinarySearch(pools, from);
            if (place < 0) place = ~place;
            int word = place >> 6;
            if (word >= open.Length) return int.MaxValue;
            ulong rest = open[word] & (ulong.MaxValue << place);
            while (rest == 0)
            {
                if (++word == open.Length) return int.MaxValue;
                rest = open[word];
            }

            return pools[(word << 6) + BitOperations.TrailingZeroCount(rest)];
        }

        private static ulong[] AllOpen(int count)
        {
            ulong[] words = new ulong[(count + 63) / 64];
            Array.Fill(words, ulong.MaxValue);
            if ((count & 63) != 0) words[^1] = (1UL << count) - 1;
            return words;
        }
    }
}
