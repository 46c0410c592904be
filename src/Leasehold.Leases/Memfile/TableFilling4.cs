namespace Leasehold.Leases.Memfile;

/// <summary>Fills a new table: who reads lines adds leases here, and a second thread makes indexes of what was added.</summary>
/// <remarks>The leases themselves are handed over in the table, whose records never move; only how many there are is told, block by block.</remarks>
internal sealed class TableFilling4 : IDisposable
{
    /// <summary>Below that a thread costs more than it brings.</summary>
    private const int WorthAThread = 100_000;

    private const int Block = 4096;

    private readonly LeaseTable4 table;
    private readonly Thread? indexer;
    private readonly SemaphoreSlim more = new(0);
    private int added;
    private int told;
    private bool ended;
    private Exception? failure;

    /// <param name="table">New.</param>
    /// <param name="count">How many leases will be added.</param>
    public TableFilling4(LeaseTable4 table, int count)
    {
        this.table = table;
        table.Slots.StartFilling(count);
        if (count < WorthAThread) return;
        indexer = new(Index) { Name = "lease index", IsBackground = true };
        indexer.Start();
    }

    public void Add(in Lease4 lease)
    {
        added = table.Fill(lease);
        if (added - told >= Block) Tell();
    }

    /// <summary>Waits until everything is in its place.</summary>
    public void Complete()
    {
        Tell();
        table.Slots.IndexAddresses();
        Stop();
        if (failure is not null) throw new InvalidOperationException("the index could not be made", failure);
        table.Slots.IndexClients(added);
        table.EndFilling();
    }

    /// <summary>Ends the second thread. What is in the table means nothing unless <see cref="Complete"/> was called.</summary>
    public void Dispose()
    {
        Stop();
        more.Dispose();
    }

    private void Tell()
    {
        Volatile.Write(ref told, added);
        if (indexer is not null) more.Release();
    }

    private void Stop()
    {
        Volatile.Write(ref ended, true);
        if (indexer is null) return;
        more.Release();
        indexer.Join();
    }

    private void Index()
    {
        try
        {
            bool last = false;
            while (!last)
            {
                more.Wait();
                // In this order: what was told before the end is made before it.
                last = Volatile.Read(ref ended);
                table.Slots.IndexClients(Volatile.Read(ref told));
            }
        }
        catch (Exception e)
        {
            // Told by the thread that waits for this one.
            failure = e;
        }
    }
}
