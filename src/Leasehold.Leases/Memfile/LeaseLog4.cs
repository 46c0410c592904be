using System.Diagnostics.CodeAnalysis;
using Leasehold.Protocol;

namespace Leasehold.Leases.Memfile;

/// <summary>The DHCPv4 lease file, appended to: one write and one sync for a batch of changes, before any of them is acknowledged.</summary>
/// <remarks>
/// <code>
/// log.Append(change, now);  table.Apply(change, now);          for each packet
/// if (log.TryCommit(out error)) table.Accept();                 then the replies leave
/// else table.Rollback();                                        then none of the batch's acknowledgements leaves
/// </code>
/// Everything up to the durable length is on stable storage. When a batch fails, the file is cut back to it, and until that
/// cut is on stable storage itself, nothing more is written: so never do lines of two batches mix behind the durable length.
/// There is no state of failure: the next batch tries again.
/// </remarks>
public sealed class LeaseLog4 : IDisposable
{
    /// <summary>More than a batch writes: after one that failed nothing more is written, so only its lines can be missing on the disk.</summary>
    private const int TailLength = 1 << 22;

    private ILeaseFile file;
    private readonly LeaseTable4 table;
    private readonly int prepareAhead;
    private byte[] batch = new byte[1 << 16];
    private int length;
    private long durable;

    /// <summary>The length that the file has; beyond the durable one there are zero octets.</summary>
    private long prepared;

    private bool needsCut;

    /// <summary>Not null while it is not certain that the file's name is on stable storage.</summary>
    private ILeaseDirectory? unsyncedNames;

    private LeaseLog4(ILeaseFile file, LeaseTable4 table, LeaseLogOptions options, long end)
    {
        this.file = file;
        this.table = table;
        prepareAhead = options.PrepareAhead;
        durable = end;
        prepared = end;
    }

    /// <summary>Octets of the file that are on stable storage.</summary>
    public long DurableLength => durable;

    /// <summary>Whether a commit waits for stable storage. False: it hands its lines to the operating system, and a power cut loses them.</summary>
    /// <remarks>May change between batches: a sync is for all that was written before, with or without one.</remarks>
    public bool Syncs { get; set; } = true;

    /// <summary>Lines appended since the last commit.</summary>
    public int PendingLines { get; private set; }

    /// <summary>Reads the lease files into a table and makes the file ready to be appended to.</summary>
    /// <param name="name">The lease file's name in the directory; it is made where there is none.</param>
    /// <param name="table">Empty; when the report says that it failed, what is in it means nothing.</param>
    /// <param name="log">Null when the leases must not be served.</param>
    /// <exception cref="IOException">A system call failed.</exception>
    public static LeaseLoadReport Open(ILeaseDirectory directory, string name, LeaseTable4 table, LeaseLogOptions options, out LeaseLog4? log)
    {
        log = null;
        LeaseLoadReport report = new();
        using LeaseFileLoader4 loader = new(table, options, report);
        loader.Scan(directory, name);
        loader.LoadOlder(directory);
        if (!report.Succeeded) return report;
        ILeaseFile opened = directory.Open(name);
        try
        {
            LeaseFileState state = loader.Load(opened, name);
            if (!report.Succeeded)
            {
                opened.Dispose();
                return report;
            }

            loader.Complete();
            long end = state.End;
            if (state.NeedsRewrite)
            {
                opened = Rewrite(directory, name, opened, state, report);
                end = opened.Length;
            }
            else if (!state.HasHeader)
            {
                opened.SetLength(0);
                opened.Write(LeaseColumns4.HeaderLine, 0);
                end = LeaseColumns4.HeaderLine.Length;
            }
            else if (opened.Length != end)
            {
                opened.SetLength(end);
            }

            // What was read may still be on its way to the disk since the program was killed, or may never get there.
            WriteAgain(opened, end);
            opened.Sync();
            directory.Sync();
            log = new(opened, table, options, end);
            return report;
        }
        catch (IOException)
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Adds a change's lines to the batch; none for an offer, which is not kept. Before or after the table applied it.</summary>
    /// <param name="now">When the change is made; an infinite lease's line tells it.</param>
    public void Append(in LeaseChange4 change, Instant now)
    {
        switch (change.Kind)
        {
            case LeaseChangeKind.Commit:
                Line(change.Lease with { State = LeaseState.Assigned }, change.Lease.ValidLifetime.Seconds, ExpireOf(change.Lease, now));
                // The end of the old lease behind the new one: a batch that is torn in between leaves the client with both, not with none.
                if (change.Vacates is { } address && address != change.Lease.Address && table.TryGet(address, out Lease4 vacated)
                    && vacated.State is LeaseState.Assigned or LeaseState.Released)
                {
                    Line(vacated with { State = LeaseState.Released }, validLifetime: 0, now.Seconds);
                }

                break;
            case LeaseChangeKind.Release:
                Line(change.Lease with { State = LeaseState.Released }, validLifetime: 0, now.Seconds);
                break;
            case LeaseChangeKind.Decline:
                Line(change.Lease.Declined(), change.Lease.ValidLifetime.Seconds, ExpireOf(change.Lease, now));
                break;
            case LeaseChangeKind.Delete:
                Line(change.Lease.State == LeaseState.Offered ? change.Lease with { State = LeaseState.Assigned } : change.Lease, validLifetime: 0, now.Seconds);
                break;
            default:
                break;
        }
    }

    /// <summary>Brings the batch to stable storage: one write, one sync; nothing when it is empty.</summary>
    /// <param name="error">Why it failed, in the operating system's words; null when it did not.</param>
    /// <returns>False when nothing of the batch may be acknowledged. The batch is empty in any case.</returns>
    public bool TryCommit([NotNullWhen(false)] out string? error)
    {
        error = null;
        if (length == 0) return true;
        try
        {
            SyncNames();
            Cut();
            bool prepares = prepareAhead > 0 && durable + length > prepared;
            if (!prepares || !TryStore(prepareAhead, out _))
            {
                Cut();
                if (!TryStore(ahead: 0, out error))
                {
                    CutLater();
                    return false;
                }
            }

            return true;
        }
        catch (IOException e)
        {
            error = e.Message;
            return false;
        }
        finally
        {
            length = 0;
            PendingLines = 0;
        }
    }

    /// <summary>Goes over to another file, between two batches: it takes the name of the one before.</summary>
    /// <remarks>
    /// The one before must have another name already, on stable storage. Nothing is committed to the new one before its new name
    /// is on stable storage: where that fails here, every commit tries it again first.
    /// </remarks>
    /// <param name="from">The new file's name so far.</param>
    /// <param name="to">The lease file's name.</param>
    /// <param name="next">Has the header and nothing else, on stable storage. It belongs to the log when this succeeds.</param>
    /// <param name="error">Why it failed; null when it did not.</param>
    /// <returns>The file before, which belongs to the caller now; null when the log stays with it.</returns>
    /// <exception cref="InvalidOperationException">The batch is not empty.</exception>
    public LeaseFileTail? TrySwitch(ILeaseDirectory directory, string from, string to, ILeaseFile next, out string? error)
    {
        if (length != 0) throw new InvalidOperationException("lines wait for TryCommit");
        error = null;
        try
        {
            SyncNames();
            Cut();
            directory.Rename(from, to);
        }
        catch (IOException e)
        {
            error = e.Message;
            return null;
        }

        LeaseFileTail old = new(file, durable);
        file = next;
        durable = LeaseColumns4.HeaderLine.Length;
        prepared = durable;
        unsyncedNames = directory;
        try
        {
            SyncNames();
        }
        catch (IOException)
        {
            // The next commit tries again.
        }

        return old;
    }

    /// <summary>Cuts what was prepared off. What is in the batch is not stored.</summary>
    public void Dispose()
    {
        try
        {
            if (prepared > durable) needsCut = true;
            Cut();
            if (!Syncs) file.Sync();
        }
        catch (IOException)
        {
            // The next start meets the same octets, and knows what they are.
        }
        finally
        {
            file.Dispose();
        }
    }

    private static ILeaseFile Rewrite(ILeaseDirectory directory, string name, ILeaseFile old, LeaseFileState state, LeaseLoadReport report)
    {
        string anew = $"{name}.new";
        ILeaseFile rewritten = directory.Open(anew);
        try
        {
            LeaseFileLoader4.Rewrite(old, rewritten);
            directory.Rename(anew, name);
            directory.Sync();
        }
        catch (IOException)
        {
            rewritten.Dispose();
            throw;
        }

        old.Dispose();
        report.Rewritten = true;
        if (!state.IsCurrent) report.Add(LeaseFileSeverity.Warning, name, 0, "the columns were not today's; the file was written anew with them");
        return rewritten;
    }

    /// <summary>Writes the end of the file again, as it was read.</summary>
    /// <remarks>
    /// When a sync fails, the kernel may keep in memory what it could not write and take it for written: it is read back, no later
    /// sync writes it, and the next power cut leaves zero octets where it was, with acknowledged lines behind them.
    /// </remarks>
    private static void WriteAgain(ILeaseFile file, long end)
    {
        byte[] tail = new byte[Math.Min(end, TailLength)];
        int read = file.Read(tail, end - tail.Length);
        file.Write(tail.AsSpan(0, read), end - tail.Length);
    }

    // An infinite lease's column is the moment of the grant and 2^32 - 1 seconds, as the established server writes it.
    private static long ExpireOf(in Lease4 lease, Instant now) =>
        lease.Expire == Instant.Never ? now.Seconds + lease.ValidLifetime.Seconds : lease.Expire.Seconds;

    private void Line(in Lease4 lease, uint validLifetime, long expire)
    {
        int bound = LeaseLine4.Bound(lease);
        if (length + bound > batch.Length) Array.Resize(ref batch, Math.Max(batch.Length * 2, length + bound));
        length += LeaseLine4.Write(lease, validLifetime, expire, batch.AsSpan(length));
        PendingLines++;
    }

    private bool TryStore(int ahead, [NotNullWhen(false)] out string? error)
    {
        error = null;
        try
        {
            if (length + ahead > batch.Length) Array.Resize(ref batch, length + ahead);
            if (ahead > 0) batch.AsSpan(length, ahead).Clear();
            file.Write(batch.AsSpan(0, length + ahead), durable);
            if (Syncs) file.Sync();
            durable += length;
            prepared = Math.Max(prepared, durable + ahead);
            return true;
        }
        catch (IOException e)
        {
            needsCut = true;
            error = e.Message;
            return false;
        }
    }

    private void SyncNames()
    {
        unsyncedNames?.Sync();
        unsyncedNames = null;
    }

    /// <summary>Cuts the file to its durable length where that is due.</summary>
    private void Cut()
    {
        if (!needsCut) return;
        file.SetLength(durable);
        // Without this sync a crash could mix the next batch with what was cut off here.
        file.Sync();
        prepared = durable;
        needsCut = false;
    }

    /// <summary>Tries to cut now; when that fails too, the next batch tries it again.</summary>
    private void CutLater()
    {
        try
        {
            Cut();
        }
        catch (IOException)
        {
            // needsCut is still set.
        }
    }
}
