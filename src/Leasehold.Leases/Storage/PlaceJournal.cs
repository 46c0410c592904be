namespace Leasehold.Leases.Storage;

/// <summary>What a batch did to the places of all pools, so that it can be undone; and the order in which places were freed.</summary>
internal sealed class PlaceJournal
{
    private readonly List<PlaceStep> steps = [];

    public FreedOrder Order { get; } = new();

    public void Add(in PlaceStep step) => steps.Add(step);

    public void Accept()
    {
        foreach (PlaceStep step in steps)
        {
            if (!step.IsHold) step.Pool.Trim();
        }

        steps.Clear();
        Order.Grow();
    }

    /// <summary>Undoes all steps, latest first, whichever pool they are of: the pools' orders share their lists.</summary>
    public void Rollback()
    {
        for (int i = steps.Count - 1; i >= 0; i--) steps[i].Pool.Undo(steps[i]);
        steps.Clear();
    }
}

/// <summary>One hold or release of a place.</summary>
internal struct PlaceStep
{
    public FreePlaces Pool;
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
