namespace Leasehold.Leases.Storage;

internal sealed partial class LeaseSlots<TRecord>
{
    private LeaseCount? watcher;

    /// <summary>Has every lease and offer with a user context counted, those that are there now and each that comes, goes or changes.</summary>
    public void Watch(LeaseCount? count)
    {
        RequireNoChanges();
        watcher = count;
        for (int slot = FirstUsed(0); slot >= 0; slot = FirstUsed(slot + 1)) TellWatcher(Head(slot), 1);
    }

    private void Tally(ref TRecord record, int difference)
    {
        ref LeaseHead head = ref TRecord.HeadOf(ref record);
        TellWatcher(head, difference);
        Counters.Add(family.TypeOf(ref record), head, difference);
    }

    private void TellWatcher(in LeaseHead head, int difference)
    {
        if (watcher is null || head.State is not (LeaseState.Assigned or LeaseState.Offered)) return;
        ReadOnlySpan<byte> context = TextsOf(head).UserContext;
        if (!context.IsEmpty) watcher(context, head.SubnetId, difference);
    }
}
