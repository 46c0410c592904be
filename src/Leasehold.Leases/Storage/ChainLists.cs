namespace Leasehold.Leases.Storage;

/// <summary>The neighbours of a node in its list. Prev is the complement of the list's number for the first node.</summary>
internal struct Link
{
    public int Prev;
    public int Next;
}

/// <summary>Many doubly linked lists over the same numbered nodes; a node is in at most one of them.</summary>
/// <remarks>
/// A node that was removed can be put back exactly where it was, as long as everything after its removal was undone first
/// (Knuth's dancing links). That is what makes a rolled-back change leave no trace, not even in the order of a list.
/// </remarks>
internal sealed class ChainLists
{
    private readonly Segmented<int> heads = new();
    private readonly Segmented<Link> links = new();

    /// <summary>Memory in octets.</summary>
    public long Size => heads.Size + links.Size;

    public void ReserveLists(int count) => heads.Reserve(count);

    public void ReserveNodes(int count) => links.Reserve(count);

    /// <summary>The first node of a list, -1 when it is empty.</summary>
    public int First(int list) => heads[list] - 1;

    /// <summary>The node after this one, -1 for the last.</summary>
    public int Next(int node) => links[node].Next;

    /// <summary>The node before this one, -1 for the first.</summary>
    public int Previous(int node) => Math.Max(links[node].Prev, -1);

    public void PushFront(int list, int node)
    {
        ref int head = ref heads[list];
        int next = head - 1;
        links[node] = new() { Prev = ~list, Next = next };
        if (next >= 0) links[next].Prev = node;
        head = node + 1;
    }

    /// <summary>Takes a node out of the list that it is in.</summary>
    /// <returns>Where it was, for <see cref="Restore"/>.</returns>
    public Link Remove(int node)
    {
        Link link = links[node];
        if (link.Prev >= 0) links[link.Prev].Next = link.Next;
        else heads[~link.Prev] = link.Next + 1;
        if (link.Next >= 0) links[link.Next].Prev = link.Prev;
        return link;
    }

    /// <summary>Puts a removed node back where it was.</summary>
    public void Restore(int node, Link link)
    {
        links[node] = link;
        if (link.Prev >= 0) links[link.Prev].Next = node;
        else heads[~link.Prev] = node + 1;
        if (link.Next >= 0) links[link.Next].Prev = node;
    }

    /// <summary>Makes one list's nodes, in their order, another list's; the other list must be empty.</summary>
    public void MoveAll(int from, int to)
    {
        int first = First(from);
        heads[to] = first + 1;
        heads[from] = 0;
        if (first >= 0) links[first].Prev = ~to;
    }

    /// <summary>Empties a list and gives its former first node; the nodes keep their Next until they are pushed again.</summary>
    public int Detach(int list)
    {
        int first = First(list);
        heads[list] = 0;
        return first;
    }

    /// <summary>Adds a node behind another one, or first in the list when there is none (-1).</summary>
    public void PushAfter(int list, int previous, int node)
    {
        if (previous < 0)
        {
            PushFront(list, node);
            return;
        }

        int next = links[previous].Next;
        links[node] = new() { Prev = previous, Next = next };
        links[previous].Next = node;
        if (next >= 0) links[next].Prev = node;
    }
}
