namespace Leasehold.Leases.Storage;

/// <summary>For each of many pools, the free places in the order of their freeing. A place is in it once, and is found at once.</summary>
internal sealed class FreedOrder
{
    /// <summary>How many places of a pool are remembered; clients that come and go in a huge pool must not fill the memory.</summary>
    /// <remarks>The one freed the longest ago is forgotten first, and counts as never taken again.</remarks>
    public const int MaxPlaces = 1 << 20;

    private readonly Segmented<FreedPlace> places = new();

    /// <summary>A list a pool, the latest freed first.</summary>
    private readonly ChainLists order = new();

    private readonly SipHash13 hash;
    private readonly HashIndex index;
    private readonly List<(int Oldest, int Count)> ends = [];
    private readonly Stack<int> unusedLists = [];
    private int nodesUsed;
    private int freeNode = -1;

    public FreedOrder(SipHash13 hash)
    {
        this.hash = hash;
        index = new(node => Hash(places[node].List, places[node].Place));
    }

    /// <summary>Memory in octets.</summary>
    public long Size => places.Size + order.Size + index.Size;

    /// <summary>Begins a list.</summary>
    public int AddList()
    {
        if (unusedLists.TryPop(out int list)) return list;
        ends.Add((-1, 0));
        order.ReserveLists(ends.Count);
        return ends.Count - 1;
    }

    /// <summary>Ends a list; its number is used again.</summary>
    public void RemoveList(int list)
    {
        while (Oldest(list) is >= 0 and var node) Remove(list, node);
        unusedLists.Push(list);
    }

    public int CountOf(int list) => ends[list].Count;

    /// <summary>The node that was appended first; -1 for none.</summary>
    public int Oldest(int list) => ends[list].Oldest;

    /// <summary>The node appended after this one; -1 for the last.</summary>
    public int Newer(int node) => order.Previous(node);

    public ulong PlaceOf(int node) => places[node].Place;

    /// <summary>The node of a place; -1 for none.</summary>
    public int Find(int list, ulong place)
    {
        int node = index.First(Hash(list, place));
        while (node >= 0 && (places[node].Place != place || places[node].List != list)) node = index.Next(node);
        return node;
    }

    /// <summary>Adds a place that is not in the list as the latest.</summary>
    public int Append(int list, ulong place)
    {
        int node = TakeNode();
        places[node] = new() { Place = place, List = list };
        order.PushFront(list, node);
        index.Add(node, Hash(list, place));
        (int oldest, int count) = ends[list];
        ends[list] = (count == 0 ? node : oldest, count + 1);
        return node;
    }

    /// <summary>Takes a node out.</summary>
    /// <returns>Where it was, for <see cref="Restore"/>.</returns>
    public FreedLinks Remove(int list, int node)
    {
        (int oldest, int count) = ends[list];
        if (node == oldest) oldest = order.Previous(node);
        ends[list] = (oldest, count - 1);
        FreedLinks links = new() { Order = order.Remove(node), Index = index.Remove(node) };
        places[node] = new() { Place = (ulong)(uint)freeNode, List = -1 };
        freeNode = node;
        return links;
    }

    /// <summary>Undoes the last <see cref="Remove"/> that was not undone, after everything later was; there was no <see cref="Grow"/> in between.</summary>
    public void Restore(int list, int node, ulong place, FreedLinks links)
    {
        if (TakeNode() != node) throw new InvalidOperationException("places are put back in another order than they were taken");
        places[node] = new() { Place = place, List = list };
        order.Restore(node, links.Order);
        index.Restore(node, links.Index);
        (int oldest, int count) = ends[list];
        ends[list] = (links.Order.Next < 0 ? node : oldest, count + 1);
    }

    public void Grow() => index.Grow();

    private int TakeNode()
    {
        int node = freeNode;
        if (node >= 0)
        {
            freeNode = (int)(uint)places[node].Place;
            return node;
        }

        node = nodesUsed++;
        places.Reserve(nodesUsed);
        order.ReserveNodes(nodesUsed);
        index.ReserveNodes(nodesUsed);
        return node;
    }

    private uint Hash(int list, ulong place) => hash.Hash(place, (ulong)list);

    private struct FreedPlace
    {
        public ulong Place;
        public int List;
    }
}

/// <summary>Where a node was in both kinds of lists.</summary>
internal struct FreedLinks
{
    public Link Order;
    public Link Index;
}
