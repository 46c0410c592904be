namespace Leasehold.Leases.Storage;

/// <summary>The free places of one pool, and the three ways to choose one: the next, any, the one that is free for the longest time.</summary>
/// <remarks>
/// Holding and releasing can be undone (<see cref="PlaceJournal"/>); what is done quietly cannot.
/// </remarks>
internal sealed class FreePlaces
{
    /// <summary>How often chance alone is asked; after that, the first free place behind one that it named will do.</summary>
    /// <remarks>In a pool that is half full, one choice of 256 is not a matter of chance alone.</remarks>
    private const int Tries = 8;

    private readonly IPlaceSet places;
    private readonly PlaceJournal journal;

    /// <summary>The places that are held or in the order of freeing; the others were never taken. Null: no order is kept.</summary>
    private IPlaceSet? touched;

    private int list = -1;

    public FreePlaces(IPlaceSet places, PlaceJournal journal)
    {
        this.places = places;
        this.journal = journal;
    }

    /// <summary>Places that are held.</summary>
    public ulong Held { get; private set; }

    /// <summary>Where the next search begins: the place after the last one that a search found and that was then held.</summary>
    public ulong Cursor { get; private set; }

    /// <summary>Called when a place has become free.</summary>
    public Action? Freed { get; set; }

    public bool IsFree(ulong place) => places.IsFree(place);

    /// <summary>The first free place from another one on, going round at the last. Constant time at any fill.</summary>
    public bool TryNext(ulong from, out ulong place) => TryNext(places, from, out place);

    /// <summary>A free place by chance.</summary>
    public bool TryRandom(Random random, out ulong place)
    {
        for (int i = 0; i < Tries; i++)
        {
            place = Any(random);
            if (places.IsFree(place)) return true;
        }

        return TryNext(Any(random), out place);
    }

    /// <summary>The place that is free for the longest time; those that were never taken first, from the cursor on.</summary>
    public bool TryOldest(out ulong place)
    {
        KeepOrder();
        if (touched is not null && TryNeverTaken(touched, out place)) return true;
        for (int node = journal.Order.Oldest(list); node >= 0; node = journal.Order.Newer(node))
        {
            place = journal.Order.PlaceOf(node);
            // A prefix that holds several places at once leaves them in the order.
            if (places.IsFree(place)) return true;
        }

        place = 0;
        return false;
    }

    /// <summary>Keeps the order in which places are freed from now on, for <see cref="TryOldest"/>.</summary>
    public void KeepOrder()
    {
        if (touched is not null) return;
        touched = places.Copy();
        list = journal.Order.AddList();
    }

    /// <summary>Holds a place once more. When a search from the cursor would have found it, the cursor moves on.</summary>
    public void Hold(ulong place)
    {
        PlaceStep step = new() { Pool = this, Place = place, Cursor = Cursor, IsHold = true, Node = -1 };
        bool moves = TryNext(Cursor, out ulong next) && next == place;
        step.Changed = Take(place, ref step);
        if (moves) Cursor = place == places.Last ? 0 : place + 1;
        journal.Add(step);
    }

    /// <summary>Takes back one <see cref="Hold(ulong)"/>.</summary>
    public void Release(ulong place)
    {
        PlaceStep step = new() { Pool = this, Place = place, Cursor = Cursor, Node = -1 };
        step.Changed = Give(place, ref step);
        journal.Add(step);
    }

    /// <summary>Holds a place once more, in one way or the other.</summary>
    public void Hold(ulong place, bool quietly)
    {
        if (quietly) HoldQuietly(place);
        else Hold(place);
    }

    /// <summary>Takes one hold back, in one way or the other.</summary>
    public void Release(ulong place, bool quietly)
    {
        if (quietly) ReleaseQuietly(place);
        else Release(place);
    }

    /// <summary>Holds a place once more, leaving the cursor alone.</summary>
    public void HoldQuietly(ulong place)
    {
        PlaceStep step = default;
        Take(place, ref step);
    }

    /// <summary>Takes back one hold.</summary>
    public void ReleaseQuietly(ulong place)
    {
        PlaceStep step = default;
        Give(place, ref step);
        Trim();
    }

    /// <summary>Undoes the last step that was not undone yet.</summary>
    public void Undo(in PlaceStep step)
    {
        if (step.IsHold)
        {
            places.Release(step.Place);
            if (step.Changed) CountFreed();
            if (step.Node >= 0) journal.Order.Restore(list, step.Node, step.Place, step.Links);
            else if (step.Changed) touched?.Release(step.Place);
        }
        else
        {
            places.Hold(step.Place);
            if (step.Changed) Held++;
            if (step.Node >= 0) journal.Order.Remove(list, step.Node);
            else if (step.Changed) touched?.Hold(step.Place);
        }

        Cursor = step.Cursor;
    }

    /// <summary>Forgets what was freed too long ago to be remembered.</summary>
    public void Trim()
    {
        if (touched is null || journal.Order.CountOf(list) <= FreedOrder.MaxPlaces) return;
        int oldest = journal.Order.Oldest(list);
        touched.Release(journal.Order.PlaceOf(oldest));
        journal.Order.Remove(list, oldest);
    }

    /// <summary>Gives the memory back. Nothing else is called after that.</summary>
    public void Forget()
    {
        places.Forget();
        touched?.Forget();
        if (touched is not null) journal.Order.RemoveList(list);
    }

    private bool Take(ulong place, ref PlaceStep step)
    {
        if (!places.Hold(place)) return false;
        Held++;
        if (touched is null) return true;
        step.Node = journal.Order.Find(list, place);
        if (step.Node >= 0) step.Links = journal.Order.Remove(list, step.Node);
        else touched.Hold(place);
        return true;
    }

    private bool Give(ulong place, ref PlaceStep step)
    {
        if (!places.Release(place)) return false;
        CountFreed();
        if (touched is not null) step.Node = journal.Order.Append(list, place);
        return true;
    }

    private void CountFreed()
    {
        Held--;
        Freed?.Invoke();
    }

    private bool TryNeverTaken(IPlaceSet untouched, out ulong place)
    {
        // Both sets have to agree. They differ where a prefix holds several places at once, so this ends soon.
        ulong from = Cursor;
        bool wrapped = false;
        while (true)
        {
            if (!untouched.TryNext(from, out place))
            {
                if (wrapped) return false;
                wrapped = true;
                from = 0;
            }
            else if (places.TryNext(place, out ulong free) && free == place)
            {
                return true;
            }
            else if (free > place)
            {
                from = free;
            }
            else if (wrapped)
            {
                return false;
            }
            else
            {
                wrapped = true;
                from = 0;
            }
        }
    }

    private static bool TryNext(IPlaceSet set, ulong from, out ulong place) =>
        set.TryNext(from, out place) || (from != 0 && set.TryNext(0, out place));

    private ulong Any(Random random)
    {
        Span<byte> octets = stackalloc byte[sizeof(ulong)];
        random.NextBytes(octets);
        return (ulong)(((UInt128)BitConverter.ToUInt64(octets) * ((UInt128)places.Last + 1)) >> 64);
    }
}
