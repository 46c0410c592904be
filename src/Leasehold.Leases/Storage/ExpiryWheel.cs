using Leasehold.Protocol;

namespace Leasehold.Leases.Storage;

/// <summary>Nodes by the second at which they are due: adding, removing and taking the next due one in constant time.</summary>
/// <remarks>
/// A wheel of one list a second, 18 hours around. A node that is due later than one turn is met once a turn and put back, which
/// for ten million leases of a week is 150 nodes a second. No step ever handles more than one node.
/// </remarks>
internal sealed class ExpiryWheel
{
    private const int Slots = 1 << 16;

    /// <summary>The list of the nodes whose second has come and that are not handled yet.</summary>
    private const int Current = Slots;

    private readonly ChainLists lists = new();
    private long done;

    public ExpiryWheel() => lists.ReserveLists(Slots + 1);

    /// <summary>Memory in octets.</summary>
    public long Size => lists.Size;

    public void ReserveNodes(int nodes) => lists.ReserveNodes(nodes);

    public void Add(int node, Instant due) =>
        lists.PushFront(due.Seconds <= done ? Current : (int)(due.Seconds & (Slots - 1)), node);

    public Link Remove(int node) => lists.Remove(node);

    /// <summary>Undoes <see cref="Remove"/>; there must have been no <see cref="Step"/> in between.</summary>
    public void Restore(int node, Link link) => lists.Restore(node, link);

    /// <summary>Makes one step towards a moment.</summary>
    /// <param name="dueOf">When a node is due.</param>
    /// <param name="node">A node that is due and was taken out; -1 when the step met one of a later turn.</param>
    /// <remarks>
    /// A moment may be before an earlier one: somebody set the clock back. Then the seconds in between come a second time, with
    /// the nodes that were added for them since.
    /// </remarks>
    /// <returns>False when everything due up to the moment was taken out.</returns>
    public bool Step(Instant upTo, Func<int, Instant> dueOf, out int node)
    {
        done = Math.Min(done, upTo.Seconds);
        node = lists.First(Current);
        while (node < 0)
        {
            if (done >= upTo.Seconds) return false;
            // After a long sleep one turn meets every list.
            done = Math.Max(done, upTo.Seconds - Slots) + 1;
            lists.MoveAll((int)(done & (Slots - 1)), Current);
            node = lists.First(Current);
        }

        Instant due = dueOf(node);
        lists.Remove(node);
        if (due <= upTo) return true;
        // Either a later turn, or the clock went back: it waits for its second.
        lists.PushFront((int)(due.Seconds & (Slots - 1)), node);
        node = -1;
        return true;
    }
}
