using Leasehold.Leases.Storage;

namespace Leasehold.Leases.Memfile;

/// <summary>Fills a new table: who reads lines adds leases here, and a second thread makes indexes of what was added.</summary>
/// <remarks>The leases themselves are handed over in the table, whose records never move; only how many there are is told, block by block.</remarks>
internal abstract class TableFilling(LeaseFormat format, IFillable slots) : IDisposable
{
    /// <summary>Below that a thread costs more than it brings.</summary>
    private const int WorthAThread = 100_000;

    private const int Block = 4096;

    private readonly SemaphoreSlim more = new(0);
    private Thread? indexer;
    private int added;
    private int told;
    private bool ended;
    private Exception? failure;

    public LeaseFormat Format => format;

    protected byte[] Scratch { get; } = new byte[format.ScratchLength];

    /// <param name="count">How many leases will be added.</param>
    public void Start(int count)
    {
        slots.StartFilling(count);
        if (count < WorthAThread) return;
        indexer = new(Index) { Name = "lease index", IsBackground = true };
        indexer.Start();
    }

    /// <summary>Reads a line, and adds its lease when that stays.</summary>
    /// <param name="problem">What is wrong with the line, for a person; null when nothing is.</param>
    public abstract bool TryAdd(ReadOnlySpan<byte> line, LeaseColumns columns, bool stays, out string? problem);

    /// <summary>Waits until everything is in its place.</summary>
    public void Complete()
    {
        Tell();
        slots.IndexAddresses();
        Stop();
        if (failure is not null) throw new InvalidOperationException("the index could not be made", failure);
        slots.IndexClients(added);
        End();
    }

    /// <summary>Ends the second thread. What is in the table means nothing unless <see cref="Complete"/> was called.</summary>
    public void Dispose()
    {
        Stop();
        more.Dispose();
    }

    /// <summary>Ends the filling of the table.</summary>
    protected abstract void End();

    /// <summary>Tells how many leases the table has by now.</summary>
    protected void Added(int count)
    {
        added = count;
        if (added - told >= Block) Tell();
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
                slots.IndexClients(Volatile.Read(ref told));
            }
        }
        catch (Exception e)
        {
            // Told by the thread that waits for this one.
            failure = e;
        }
    }
}

/// <summary>Fills a table of IPv4 leases.</summary>
internal sealed class TableFilling4(LeaseTable4 table) : TableFilling(LeaseFormat.V4, table.Slots)
{
    public override bool TryAdd(ReadOnlySpan<byte> line, LeaseColumns columns, bool stays, out string? problem)
    {
        if (!LeaseLine4.TryRead(line, columns, Scratch, out Lease4 lease, out _, out problem)) return false;
        if (stays) Added(table.Fill(lease));
        return true;
    }

    protected override void End() => table.EndFilling();
}

/// <summary>Fills a table of IPv6 leases.</summary>
internal sealed class TableFilling6(LeaseTable6 table) : TableFilling(LeaseFormat.V6, table.Slots)
{
    public override bool TryAdd(ReadOnlySpan<byte> line, LeaseColumns columns, bool stays, out string? problem)
    {
        if (!LeaseLine6.TryRead(line, columns, Scratch, out Lease6 lease, out _, out problem)) return false;
        if (stays) Added(table.Fill(lease));
        return true;
    }

    protected override void End() => table.EndFilling();
}
