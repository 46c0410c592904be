namespace Leasehold.Leases.Storage;

internal sealed partial class LeaseSlots<TRecord>
{
    private readonly List<LeaseUndo<TRecord>> undo = [];

    /// <summary>True while a change is neither accepted nor rolled back.</summary>
    public bool HasChanges => undo.Count != 0;

    public void RequireNoChanges()
    {
        if (HasChanges) throw new InvalidOperationException("changes wait for Accept or Rollback");
    }

    /// <summary>Puts a lease in the place of a record, or in a new one when there is none (-1).</summary>
    /// <param name="record">All but where its string is.</param>
    public void Put(int slot, TRecord record, in LeaseTexts texts)
    {
        ref LeaseHead head = ref TRecord.HeadOf(ref record);
        head.IdentityLength = (byte)texts.Identity.Length;
        head.HardwareLength = (byte)texts.Hardware.Length;
        head.HostnameLength = (byte)texts.Hostname.Length;
        head.UserContextLength = (ushort)texts.UserContext.Length;
        bool keepsOctets = slot >= 0 && HasOctets(Head(slot), texts);
        head.Octets = keepsOctets ? Head(slot).Octets : Store(texts, head.OctetsLength);
        Replace(slot, ref record, freeOctets: !keepsOctets);
    }

    /// <summary>Ends a lease that its client gave up, unless it had ended before; it is remembered.</summary>
    public void EndNow(int slot, long now)
    {
        TRecord record = records[slot];
        ref LeaseHead head = ref TRecord.HeadOf(ref record);
        head.State = LeaseState.Released;
        head.Expire = Math.Min(head.Expire, now);
        Replace(slot, ref record, freeOctets: false);
    }

    public void Delete(int slot)
    {
        Unlink(slot, out LeaseUndo<TRecord> removed);
        removed.FreeOctets = true;
        if (TRecord.HeadOf(ref removed.Record).Holds) family.Release(ref removed.Record, quietly: false);
        undo.Add(removed);
    }

    public void Accept()
    {
        for (int i = 0; i < undo.Count; i++)
        {
            LeaseUndo<TRecord> step = undo[i];
            if (step is { Kind: UndoKind.Removed, FreeOctets: true }) FreeOctets(ref step.Record);
        }

        undo.Clear();
        foreach (HashIndex key in keys) key.Grow();
    }

    public void Rollback()
    {
        for (int i = undo.Count - 1; i >= 0; i--)
        {
            LeaseUndo<TRecord> step = undo[i];
            if (step.Kind == UndoKind.Inserted)
            {
                // When the record took over its predecessor's string, the step before this one says so.
                bool shared = i > 0 && undo[i - 1] is { Kind: UndoKind.Removed, FreeOctets: false };
                Unlink(step.Slot, out LeaseUndo<TRecord> inserted);
                if (!shared) FreeOctets(ref inserted.Record);
            }
            else
            {
                Relink(ref step);
            }
        }

        undo.Clear();
    }

    /// <summary>Puts a record first in its lists, instead of the one of a slot or of none (-1), and notes how to undo that.</summary>
    /// <param name="freeOctets">False when the record takes its predecessor's string over.</param>
    private void Replace(int slot, ref TRecord record, bool freeOctets)
    {
        bool held = slot >= 0 && Head(slot).Holds;
        bool holds = TRecord.HeadOf(ref record).Holds;
        if (slot >= 0)
        {
            Unlink(slot, out LeaseUndo<TRecord> removed);
            removed.FreeOctets = freeOctets;
            // An address that stays held is left alone: were it free for a moment, the pool's cursor would move over it.
            if (held && !(holds && family.HoldsSame(ref removed.Record, ref record))) family.Release(ref removed.Record, quietly: false);
            else if (held) holds = false;
            undo.Add(removed);
        }

        undo.Add(new() { Kind = UndoKind.Inserted, Slot = Link(ref record), Record = record });
        if (holds) family.Hold(ref record);
    }

    private int Link(ref TRecord record)
    {
        int slot = TakeSlot();
        records[slot] = record;
        for (int key = 0; key < KeyLinks.Count; key++)
        {
            if (family.HasKey(key, ref record)) keys[key].Add(slot, family.HashOf(key, ref record));
        }

        LinkHead(slot, ref record);
        return slot;
    }

    /// <summary>What does not depend on the keys: the subnet's list, the end, the counters.</summary>
    private void LinkHead(int slot, ref TRecord record)
    {
        ref LeaseHead head = ref TRecord.HeadOf(ref record);
        bySubnet?.PushFront(SubnetList(head.SubnetId, bySubnet), slot);
        if (head.Expires) WheelOf(head).Add(slot, new(head.Expire));
        Tally(ref record, 1);
    }

    private void Unlink(int slot, out LeaseUndo<TRecord> step)
    {
        step = new() { Kind = UndoKind.Removed, Slot = slot, Record = records[slot] };
        for (int key = 0; key < KeyLinks.Count; key++)
        {
            if (family.HasKey(key, ref step.Record)) step.Keys[key] = keys[key].Remove(slot);
        }

        ref LeaseHead head = ref TRecord.HeadOf(ref step.Record);
        if (bySubnet is not null) step.Subnet = bySubnet.Remove(slot);
        if (head.Expires) step.Expiry = WheelOf(head).Remove(slot);
        Tally(ref step.Record, -1);
        GiveSlot(slot);
    }

    private void Relink(ref LeaseUndo<TRecord> step)
    {
        int slot = TakeSlot();
        if (slot != step.Slot) throw new InvalidOperationException($"slot {slot} came back for slot {step.Slot}: changes are undone in another order than they were made");
        records[slot] = step.Record;
        for (int key = 0; key < KeyLinks.Count; key++)
        {
            if (family.HasKey(key, ref step.Record)) keys[key].Restore(slot, step.Keys[key]);
        }

        ref LeaseHead head = ref TRecord.HeadOf(ref step.Record);
        bySubnet?.Restore(slot, step.Subnet);
        if (head.Expires) WheelOf(head).Restore(slot, step.Expiry);
        Tally(ref step.Record, 1);
    }

    private void FreeOctets(ref TRecord record)
    {
        ref LeaseHead head = ref TRecord.HeadOf(ref record);
        octets.Free(head.Octets, head.OctetsLength);
    }
}
