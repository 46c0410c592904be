namespace Leasehold.Leases.Storage;

/// <summary>What a batch did to the places of all pools, so that it can be undone; and the order in which places were freed.</summary>
/// <param name="hash">Over places, which clients choose by asking for them.</param>
internal sealed class PlaceJournal(SipHash13 hash)
{
    private readonly List<PlaceStep> steps = [];

    public FreedOrder Order { get; } = new(hash);

    public void Add(in PlaceStep step) => steps.Add(step);

    public void Accept()
    {
        foreach (PlaceStep step in steps)
        {
            if (!step.IsHold) step.Pool?.Trim();
        }

        steps.Clear();
        Order.Grow();
    }

    /// <summary>Undoes all steps, latest first, whichever pool they are of: the pools' orders share their lists.</summary>
    public void Rollback()
    {
        for (int i = steps.Count - 1; i >= 0; i--)
        {
            PlaceStep step = steps[i];
            step.Pool?.Undo(step);
            if (step.IsHold) step.Wide?.Uncover(step.Place, step.Bits);
            else step.Wide?.Cover(step.Place, step.Bits);
        }

        steps.Clear();
    }
}

/// <summary>One hold or release of a place.</summary>
internal struct PlaceStep
{
    /// <summary>Null for a step of many places at once.</summary>
    public FreePlaces? Pool;

    /// <summary>For a step of many places at once, 2 to the power of Bits of them.</summary>
    public SparsePlaces? Wide;
    public int Bits;

    public ulong Place;

    /// <summary>The pool's cursor before.</summary>
    public ulong Cursor;

    /// <summary>False for a release.</summary>
    public bool IsHold;

    /// <summary>The place became held, or free; otherwise it is held more than once.</summary>
    public bool Changed;

    /// <summary>Where the place was in the order of freeing, or is now; -1 for nowhere.</summary>
    public int Node;

    public FreedLinks Links;
}
