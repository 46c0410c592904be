using System.Diagnostics.CodeAnalysis;
using Leasehold.Protocol;

namespace Leasehold.Leases.Memfile;

/// <summary>A lease file, appended to: one write and one sync for a batch of changes, before any of them is acknowledged.</summary>
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
public abstract class LeaseLog : IDisposable
{
    private readonly LeaseFormat format;
    private ILeaseFile file;
    private readonly int prepareAhead;
    private byte[] batch = new byte[1 << 16];
    private int length;
    private long durable;

    /// <summary>The length that the file has; beyond the durable one there are zero octets.</summary>
    private long prepared;

    private bool needsCut;

    /// <summary>Not null while it is not certain that the file's name is on stable storage.</summary>
    private ILeaseDirectory? unsyncedNames;

    private protected LeaseLog(LeaseFormat format, OpenedLeaseFile opened, LeaseLogOptions options)
    {
        this.format = format;
        file = opened.File;
        prepareAhead = options.PrepareAhead;
        durable = opened.End;
        prepared = opened.End;
    }

    /// <summary>Octets of the file that are on stable storage.</summary>
    public long DurableLength => durable;

    /// <summary>Whether a commit waits for stable storage. False: it hands its lines to the operating system, and a power cut loses them.</summary>
    /// <remarks>May change between batches: a sync is for all that was written before, with or without one.</remarks>
    public bool Syncs { get; set; } = true;

    /// <summary>Lines appended since the last commit.</summary>
    public int PendingLines { get; private set; }

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
        durable = format.HeaderLine.Length;
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
            GC.SuppressFinalize(this);
        }
    }

    /// <summary>Room for a line at the end of the batch.</summary>
    private protected Span<byte> Room(int bound)
    {
        if (length + bound > batch.Length) Array.Resize(ref batch, Math.Max(batch.Length * 2, length + bound));
        return batch.AsSpan(length);
    }

    /// <summary>Adds the line that was written into <see cref="Room"/>.</summary>
    private protected void Add(int octets)
    {
        length += octets;
        PendingLines++;
    }

    /// <summary>The column of a lease's end: for an infinite one the moment of the grant and 2^32 - 1 seconds, as the established server writes it.</summary>
    private protected static long ExpireOf(Instant expire, Lifetime validLifetime, Instant now) =>
        expire == Instant.Never ? now.Seconds + validLifetime.Seconds : expire.Seconds;

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
