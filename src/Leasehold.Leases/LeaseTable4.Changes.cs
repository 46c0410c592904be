using Leasehold.Leases.Storage;
using Leasehold.Protocol;

namespace Leasehold.Leases;

public sealed partial class LeaseTable4
{
    /// <summary>In a record's Octets: the slot is free.</summary>
    private const int FreeSlot = -1;

    private readonly List<LeaseUndo4> undo = [];

    /// <summary>True while a change is neither accepted nor rolled back.</summary>
    public bool HasChanges => undo.Count != 0;

    /// <summary>Applies a change. Remembers what was there until <see cref="Accept"/> or <see cref="Rollback"/>.</summary>
    /// <remarks>
    /// An offer for an address that a lease holds which is not over changes nothing: the lease is stronger.
    /// A lease that is released or vacated ends now, unless it had ended before.
    /// </remarks>
    public void Apply(in LeaseChange4 change, Instant now)
    {
        int slot = change.Kind == LeaseChangeKind.None ? -1 : Find(change.Lease.Address);
        switch (change.Kind)
        {
            case LeaseChangeKind.None:
                return;
            case LeaseChangeKind.Offer:
                if (slot >= 0 && records[slot].State is LeaseState.Assigned or LeaseState.Declined && records[slot].Expire >= now.Seconds) return;
                Put(slot, change.Lease, LeaseState.Offered, change.Lease.Expire);
                break;
            case LeaseChangeKind.Commit:
                if (change.Vacates is { } vacated && vacated != change.Lease.Address) Vacate(vacated, now);
                // What was vacated may have been an offer, whose slot is free now.
                Put(Find(change.Lease.Address), change.Lease, LeaseState.Assigned, change.Lease.Expire);
                break;
            case LeaseChangeKind.Release:
                Put(slot, change.Lease, LeaseState.Released, Earlier(change.Lease.Expire, now));
                break;
            case LeaseChangeKind.Decline:
                Put(slot, change.Lease.Declined(), LeaseState.Declined, change.Lease.Expire);
                break;
            case LeaseChangeKind.Delete:
                if (slot >= 0) Delete(slot);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(change), change.Kind, "not a kind of change");
        }
    }

    /// <summary>All changes since the last Accept stay: they are on stable storage.</summary>
    public void Accept()
    {
        for (int i = 0; i < undo.Count; i++)
        {
            LeaseUndo4 step = undo[i];
            if (step is { Kind: UndoKind.Removed, FreeOctets: true }) octets.Free(step.Record.Octets, step.Record.OctetsLength);
        }

        undo.Clear();
        places.Accept();
        Grow();
    }

    /// <summary>All changes since the last Accept are undone, latest first: their batch could not be stored.</summary>
    public void Rollback()
    {
        for (int i = undo.Count - 1; i >= 0; i--)
        {
            LeaseUndo4 step = undo[i];
            if (step.Kind == UndoKind.Inserted)
            {
                // When the record took over its predecessor's string, the step before this one says so.
                bool shared = i > 0 && undo[i - 1] is { Kind: UndoKind.Removed, FreeOctets: false };
                Unlink(step.Slot, out LeaseUndo4 inserted);
                if (!shared) octets.Free(inserted.Record.Octets, inserted.Record.OctetsLength);
            }
            else
            {
                Relink(step);
            }
        }

        undo.Clear();
        places.Rollback();
    }

    /// <summary>Puts a lease in as it is read at start-up, replacing what was known of its address. It cannot be undone.</summary>
    /// <remarks>When the empty table was advanced to the present before, Advance never looks at a lease that is not over.</remarks>
    public void Load(in Lease4 lease)
    {
        RequireNoChanges();
        Put(Find(lease.Address), lease, lease.State, lease.Expire);
        Accept();
    }

    /// <summary>Forgets an address, as a line of a released lease demands that is read at start-up. It cannot be undone.</summary>
    public void Unload(Ipv4 address)
    {
        RequireNoChanges();
        int slot = Find(address);
        if (slot < 0) return;
        Delete(slot);
        Accept();
    }

    private void Vacate(Ipv4 address, Instant now)
    {
        int slot = Find(address);
        if (slot < 0) return;
        LeaseRecord4 record = records[slot];
        if (record.State == LeaseState.Offered)
        {
            Delete(slot);
        }
        else if (record.State == LeaseState.Assigned)
        {
            record.State = LeaseState.Released;
            record.Expire = Math.Min(record.Expire, now.Seconds);
            Replace(slot, record, freeOctets: false);
        }
    }

    /// <summary>Puts a lease in the place of a record, or in a new one when there is none (-1).</summary>
    private void Put(int slot, in Lease4 lease, LeaseState state, Instant expire)
    {
        LeaseRecord4 record = RecordOf(lease, state, expire);
        bool keepsOctets = slot >= 0 && HasOctets(records[slot], lease);
        record.Octets = keepsOctets ? records[slot].Octets : Store(lease, record.OctetsLength);
        Replace(slot, record, freeOctets: !keepsOctets);
    }

    /// <summary>The record of a lease, without its string.</summary>
    private static LeaseRecord4 RecordOf(in Lease4 lease, LeaseState state, Instant expire)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lease.ClientId.Length, Lease4.MaxClientId, nameof(lease));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lease.Hostname.Length, Lease4.MaxHostname, nameof(lease));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lease.UserContext.Length, Lease4.MaxUserContext, nameof(lease));
        return new()
        {
            Expire = expire.Seconds,
            Address = lease.Address,
            ValidLifetime = lease.ValidLifetime.Seconds,
            SubnetId = lease.SubnetId,
            PoolId = lease.PoolId,
            UserContextLength = (ushort)lease.UserContext.Length,
            HardwareAddress = lease.HardwareAddress,
            ClientIdLength = (byte)lease.ClientId.Length,
            HostnameLength = (byte)lease.Hostname.Length,
            State = state,
            Flags = (lease.FqdnForward ? LeaseFlags.FqdnForward : LeaseFlags.None) | (lease.FqdnReverse ? LeaseFlags.FqdnReverse : LeaseFlags.None),
        };
    }

    private int Store(in Lease4 lease, int length)
    {
        int handle = octets.Allocate(length);
        Span<byte> strings = octets.Get(handle, length);
        lease.ClientId.CopyTo(strings);
        lease.Hostname.CopyTo(strings[lease.ClientId.Length..]);
        lease.UserContext.CopyTo(strings[(lease.ClientId.Length + lease.Hostname.Length)..]);
        return handle;
    }

    private bool HasOctets(in LeaseRecord4 record, in Lease4 lease)
    {
        if (record.ClientIdLength != lease.ClientId.Length || record.HostnameLength != lease.Hostname.Length) return false;
        ReadOnlySpan<byte> strings = octets.Get(record.Octets, record.OctetsLength);
        int names = record.ClientIdLength + record.HostnameLength;
        return strings[..record.ClientIdLength].SequenceEqual(lease.ClientId)
            && strings[record.ClientIdLength..names].SequenceEqual(lease.Hostname)
            && strings[names..].SequenceEqual(lease.UserContext);
    }

    /// <summary>Puts a record first in its lists, instead of the one of a slot or of none (-1), and notes how to undo that.</summary>
    /// <param name="freeOctets">False when the record takes its predecessor's string over.</param>
    private void Replace(int slot, in LeaseRecord4 record, bool freeOctets)
    {
        bool held = slot >= 0 && records[slot].Holds;
        if (slot >= 0)
        {
            Unlink(slot, out LeaseUndo4 removed);
            removed.FreeOctets = freeOctets;
            undo.Add(removed);
        }

        LeaseUndo4 inserted = new() { Kind = UndoKind.Inserted, Slot = Link(record), Record = record };
        // An address that stays held is left alone: were it free for a moment, the pool's cursor would move over it.
        if (record.Holds && !held) Take(record.Address);
        else if (held && !record.Holds) Free(record.Address);
        undo.Add(inserted);
    }

    private void Delete(int slot)
    {
        Unlink(slot, out LeaseUndo4 removed);
        removed.FreeOctets = true;
        if (removed.Record.Holds) Free(removed.Record.Address);
        undo.Add(removed);
    }

    private int Link(in LeaseRecord4 record)
    {
        int slot = TakeSlot();
        records[slot] = record;
        byAddress.Add(slot, Hash(record.Address));
        if (record.ClientIdLength != 0) byClientId.Add(slot, hash.Hash(ClientIdOf(record)));
        if (!record.HardwareAddress.IsEmpty) byHardware.Add(slot, Hash(record.HardwareAddress));
        if (record.Expires) WheelOf(record).Add(slot, new(record.Expire));
        Tally(record, 1);
        return slot;
    }

    private void Unlink(int slot, out LeaseUndo4 step)
    {
        ref LeaseRecord4 record = ref records[slot];
        step = new() { Kind = UndoKind.Removed, Slot = slot, Record = record, AddressLink = byAddress.Remove(slot) };
        if (record.ClientIdLength != 0) step.ClientIdLink = byClientId.Remove(slot);
        if (!record.HardwareAddress.IsEmpty) step.HardwareLink = byHardware.Remove(slot);
        if (record.Expires) step.ExpiryLink = WheelOf(record).Remove(slot);
        Tally(record, -1);
        GiveSlot(slot);
    }

    private void Relink(in LeaseUndo4 step)
    {
        int slot = TakeSlot();
        if (slot != step.Slot) throw new InvalidOperationException($"slot {slot} came back for slot {step.Slot}: changes are undone in another order than they were made");
        records[slot] = step.Record;
        byAddress.Restore(slot, step.AddressLink);
        if (step.Record.ClientIdLength != 0) byClientId.Restore(slot, step.ClientIdLink);
        if (!step.Record.HardwareAddress.IsEmpty) byHardware.Restore(slot, step.HardwareLink);
        if (step.Record.Expires) WheelOf(step.Record).Restore(slot, step.ExpiryLink);
        Tally(step.Record, 1);
    }

    private int TakeSlot()
    {
        Count++;
        int slot = freeSlot;
        if (slot >= 0)
        {
            freeSlot = records[slot].Address.Value == uint.MaxValue ? -1 : (int)records[slot].Address.Value;
            return slot;
        }

        slot = slotsUsed++;
        records.Reserve(slotsUsed);
        byAddress.ReserveNodes(slotsUsed);
        byClientId.ReserveNodes(slotsUsed);
        byHardware.ReserveNodes(slotsUsed);
        running.ReserveNodes(slotsUsed);
        remembered.ReserveNodes(slotsUsed);
        return slot;
    }

    private void GiveSlot(int slot)
    {
        Count--;
        // A free slot's Address is the number of the next free one.
        records[slot] = new() { Octets = FreeSlot, Address = new(unchecked((uint)freeSlot)) };
        freeSlot = slot;
    }

    private void Grow()
    {
        byAddress.Grow();
        byClientId.Grow();
        byHardware.Grow();
    }

    private void RequireNoChanges()
    {
        if (HasChanges) throw new InvalidOperationException("changes wait for Accept or Rollback");
    }

    private static Instant Earlier(Instant a, Instant b) => a < b ? a : b;
}
