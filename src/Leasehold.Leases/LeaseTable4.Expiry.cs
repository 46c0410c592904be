using Leasehold.Leases.Storage;
using Leasehold.Protocol;

namespace Leasehold.Leases;

public sealed partial class LeaseTable4
{
    private readonly Func<int, Instant> endOf;

    /// <summary>What holds its address, by its end. Infinite leases are in no wheel.</summary>
    private readonly ExpiryWheel running = new();

    /// <summary>What is over and remembered, by its end too: its time is the past's, holdFor ago.</summary>
    private readonly ExpiryWheel remembered = new();

    /// <summary>Lets what is over by now go: leases become ExpiredReclaimed and their addresses free, offers and quarantines vanish,
    /// what was remembered for holdFor after its end is forgotten.</summary>
    /// <remarks>Between batches only: changes must have been accepted or rolled back.</remarks>
    /// <param name="limit">How many leases at most, so that a packet never waits long.</param>
    /// <returns>How many were looked at, those included that were met before their time; equal to limit when there may be more.</returns>
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
        ref LeaseRecord4 record = ref records[slot];
        if (record.State != LeaseState.Assigned)
        {
            Forget(slot, running);
            return;
        }

        FreeQuietly(record.Address);
        Tally(record, -1);
        record.State = LeaseState.ExpiredReclaimed;
        Tally(record, 1);
        remembered.Add(slot, new(record.Expire));
    }

    /// <summary>Removes a record that was taken out of its wheel.</summary>
    private void Forget(int slot, ExpiryWheel from)
    {
        // Unlink takes it out of its wheel again.
        from.Add(slot, new(records[slot].Expire));
        Unlink(slot, out LeaseUndo4 step);
        if (step.Record.Holds) FreeQuietly(step.Record.Address);
        octets.Free(step.Record.Octets, step.Record.OctetsLength);
    }

    private ExpiryWheel WheelOf(in LeaseRecord4 record) => record.Holds ? running : remembered;
}
