using System.Numerics;

namespace Leasehold.Leases.Storage;

/// <summary>Finds nodes by a 32-bit hash. Grows by one bucket at a time (linear hashing), so that no insertion ever stops to rehash.</summary>
/// <remarks>Nodes of one bucket stand in the order of their insertion, the latest first.</remarks>
internal sealed class HashIndex
{
    private const int FirstBuckets = 64;

    private readonly ChainLists buckets = new();
    private readonly Func<int, uint> hashOf;
    private int bucketCount = FirstBuckets;
    private int count;

    /// <param name="hashOf">The hash of a node that is in the index; asked for when a bucket is split.</param>
    public HashIndex(Func<int, uint> hashOf)
    {
        this.hashOf = hashOf;
        buckets.ReserveLists(bucketCount);
    }

    /// <summary>Memory in octets.</summary>
    public long Size => buckets.Size;

    public void ReserveNodes(int nodes) => buckets.ReserveNodes(nodes);

    /// <summary>Makes room for so many nodes, and a bucket for each. The index must be empty.</summary>
    public void Reserve(int nodes)
    {
        if (count != 0) throw new InvalidOperationException("there are nodes in the index");
        buckets.ReserveNodes(nodes);
        buckets.ReserveLists(nodes);
        bucketCount = Math.Max(bucketCount, nodes);
    }

    /// <summary>The first node whose hash may be this one, -1 for none; the caller compares keys.</summary>
    public int First(uint hash) => buckets.First(Bucket(hash));

    public int Next(int node) => buckets.Next(node);

    public void Add(int node, uint hash)
    {
        buckets.PushFront(Bucket(hash), node);
        count++;
    }

    public Link Remove(int node)
    {
        count--;
        return buckets.Remove(node);
    }

    /// <summary>Undoes <see cref="Remove"/>; there must have been no <see cref="Grow"/> in between.</summary>
    public void Restore(int node, Link link)
    {
        count++;
        buckets.Restore(node, link);
    }

    /// <summary>Splits as many buckets as there are more nodes than buckets.</summary>
    public void Grow()
    {
        while (count > bucketCount)
        {
            int upper = (int)BitOperations.RoundUpToPowerOf2((uint)bucketCount + 1);
            int from = bucketCount - (upper >> 1);
            int to = bucketCount;
            buckets.ReserveLists(to + 1);
            int node = buckets.Detach(from);
            int lastLow = -1;
            int lastHigh = -1;
            while (node >= 0)
            {
                int next = buckets.Next(node);
                bool high = (hashOf(node) & (uint)(upper - 1)) == to;
                buckets.PushAfter(high ? to : from, high ? lastHigh : lastLow, node);
                if (high) lastHigh = node;
                else lastLow = node;
                node = next;
            }

            bucketCount++;
        }
    }

    private int Bucket(uint hash)
    {
        uint mask = BitOperations.RoundUpToPowerOf2((uint)bucketCount) - 1;
        uint bucket = hash & mask;
        return (int)(bucket < (uint)bucketCount ? bucket : hash & (mask >> 1));
    }
}
