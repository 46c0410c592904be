using Leasehold.Protocol;

namespace Leasehold.Leases.Storage;

internal sealed partial class LeaseSlots<TRecord>
{
    private readonly Func<int, Instant> endOf;

    /// <summary>What holds its address, by its end. Infinite leases are in no wheel.</summary>
    private readonly ExpiryWheel running = new();

    /// <summary>What is over and remembered, by its end too: its time is the past's, holdFor ago.</summary>
    private readonly ExpiryWheel remembered = new();

    /// <summary>Lets what is over by now go: leases become ExpiredReclaimed and their addresses free, offers and quarantines vanish,
    /// what was remembered for holdFor after its end is forgotten.</summary>
    /// <param name="limit">How many leases at most.</param>
    /// <returns>How many were looked at; equal to limit when there may be more.</returns>
    public int Advance(Instant now, Lifetime holdFor, int limit)
    {
        RequireNoChanges();
        int handled = 0;
        // The second of the end belongs to the lease (Lease4.IsHeld).
        Instant over = new(now.Seconds - 1);
        while (handled < limit && running.Step(over, endOf, out int slot))
        {
            handled++;
            if (slot >= 0) End(slot);
        }

        if (holdFor.IsInfinite) return handled;
        Instant forgotten = new(now.Seconds - holdFor.Seconds);
        while (handled < limit && remembered.Step(forgotten, endOf, out int slot))
        {
            handled++;
            if (slot >= 0) Forget(slot, remembered);
        }

        return handled;
    }

    /// <summary>Ends a lease that was taken out of its wheel.</summary>
    private void End(int slot)
    {
        ref TRecord record = ref records[slot];
        ref LeaseHead head = ref TRecord.HeadOf(ref record);
        if (head.State != LeaseState.Assigned)
        {
            Forget(slot, running);
            return;
        }

        family.Release(ref record, quietly: true);
        Tally(ref record, -1);
        head.State = LeaseState.ExpiredReclaimed;
        Tally(ref record, 1);
        remembered.Add(slot, new(head.Expire));
    }

    /// <summary>Removes a record that was taken out of its wheel.</summary>
    private void Forget(int slot, ExpiryWheel from)
    {
        // Unlink takes it out of its wheel again.
        from.Add(slot, new(Head(slot).Expire));
        Unlink(slot, out LeaseUndo<TRecord> step);
        if (TRecord.HeadOf(ref step.Record).Holds) family.Release(ref step.Record, quietly: true);
        FreeOctets(ref step.Record);
    }

    private ExpiryWheel WheelOf(in LeaseHead head) => head.Holds ? running : remembered;
}
