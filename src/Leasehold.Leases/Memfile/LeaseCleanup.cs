namespace Leasehold.Leases.Memfile;

/// <summary>Cleans a lease file up: the steps of the established server, each on stable storage before the next.</summary>
/// <remarks>
/// <code>
/// 1 NAME.new   made, with a header          NAME.1 becomes a second name of NAME
/// 2 NAME.new   renamed over NAME            by the thread that appends, between two batches
/// 3 NAME.2 and NAME.1 merged into NAME.output
/// 4 NAME.output renamed to NAME.completed
/// 5 NAME.2 and NAME.1 removed
/// 6 NAME.completed renamed to NAME.2
/// </code>
/// A crash between any two of them leaves a set that the next start understands (<see cref="LeaseFileSet"/>), and so does the
/// established server. It never changes what an acknowledged lease rests on before that rests on something else.
/// </remarks>
public sealed class LeaseCleanup
{
    private readonly ILeaseDirectory directory;
    private readonly LeaseFormat format;
    private readonly LeaseFileSet set;
    private readonly LeaseCleanupOptions options;
    private readonly Action<LeaseCleanupReport>? told;

    /// <param name="told">Called when a step begins.</param>
    public LeaseCleanup(ILeaseDirectory directory, string name, LeaseFormat format, LeaseCleanupOptions options, Action<LeaseCleanupReport>? told = null)
    {
        this.directory = directory;
        this.format = format;
        this.options = options;
        this.told = told;
        set = new(name);
    }

    /// <summary>Whether a clean-up began and did not come to its end.</summary>
    public bool IsUnfinished => directory.Exists(set.Completed) || directory.Exists(set.Copy);

    /// <summary>One clean-up beside a server that appends to the file.</summary>
    /// <param name="switchOver">
    /// Has <see cref="LeaseLog.TrySwitch"/> called by the thread that appends. When it gives null that did not happen, and will not
    /// happen any more.
    /// </param>
    /// <exception cref="OperationCanceledException">The clean-up was stopped; what is left is understood at start.</exception>
    public LeaseCleanupReport Run(LeaseSwitchOver switchOver, CancellationToken cancellation)
    {
        LeaseCleanupReport report = new();
        return Guarded(report, () =>
        {
            if (directory.Exists(set.Completed)) Rotate(report, set.Previous);
            if (!TrySetAside(report, switchOver)) return;
            if (TryMerge(report, set.Older(directory), cancellation)) Rotate(report, set.Previous);
        });
    }

    /// <summary>A clean-up of files that no server uses: all leases are in NAME then, and no other file is left.</summary>
    /// <exception cref="OperationCanceledException">The clean-up was stopped; what is left is understood at start.</exception>
    public LeaseCleanupReport RunAlone(CancellationToken cancellation)
    {
        LeaseCleanupReport report = new();
        return Guarded(report, () =>
        {
            if (directory.Exists(set.Completed)) Rotate(report, set.Previous);
            RemoveSecondName();
            directory.Delete(set.New);
            // The merged file replaces NAME, too: read after it in the meantime, NAME says nothing that is not in it.
            if (TryMerge(report, All(), cancellation)) Rotate(report, set.Current);
        });
    }

    /// <summary>Tells what <see cref="RunAlone"/> would do, and changes nothing.</summary>
    public LeaseCleanupReport Measure(CancellationToken cancellation)
    {
        LeaseCleanupReport report = new() { Step = LeaseCleanupStep.Merging };
        return Guarded(report, () =>
        {
            using LeaseMerge merge = new(format, directory, All(), options, report);
            _ = merge.TryScan(cancellation);
        });
    }

    private IEnumerable<string> All() => directory.Exists(set.Current) ? set.Older(directory).Append(set.Current) : set.Older(directory);

    private static LeaseCleanupReport Guarded(LeaseCleanupReport report, Action work)
    {
        try
        {
            work();
            if (report.Problem is null) report.Step = LeaseCleanupStep.Done;
        }
        catch (IOException e)
        {
            report.Problem = e.Message;
        }

        return report;
    }

    /// <summary>Makes NAME the NAME.1 that is merged, and lets the server begin a new NAME.</summary>
    private bool TrySetAside(LeaseCleanupReport report, LeaseSwitchOver switchOver)
    {
        Enter(report, LeaseCleanupStep.Switching);
        RemoveSecondName();
        // Left by a clean-up that did not end: it is merged first, and what is in NAME the next time.
        if (directory.Exists(set.Copy)) return true;
        ILeaseFile next = directory.Open(set.New);
        LeaseFileTail? old = null;
        try
        {
            next.SetLength(0);
            next.Write(format.HeaderLine, 0);
            next.Sync();
            directory.Link(set.Current, set.Copy);
            directory.Sync();
            old = switchOver(next, out string? error);
            report.Problem = error;
        }
        finally
        {
            if (old is null) TakeBack(next);
        }

        if (old is not { } former) return false;
        using ILeaseFile file = former.File;
        file.SetLength(former.End);
        file.Sync();
        return true;
    }

    /// <summary>The log stays with NAME: what was made for the switch goes.</summary>
    private void TakeBack(ILeaseFile next)
    {
        next.Dispose();
        try
        {
            RemoveSecondName();
            directory.Delete(set.New);
        }
        catch (IOException)
        {
            // The next clean-up, or the next start, sees that the second name is one and removes it.
        }
    }

    /// <summary>NAME.1 is NAME itself where a crash or a failure came between the link and the switch: nothing to merge.</summary>
    private void RemoveSecondName()
    {
        if (!directory.AreSame(set.Current, set.Copy)) return;
        directory.Delete(set.Copy);
        directory.Sync();
    }

    private bool TryMerge(LeaseCleanupReport report, IEnumerable<string> names, CancellationToken cancellation)
    {
        Enter(report, LeaseCleanupStep.Merging);
        bool isWritten = false;
        try
        {
            using LeaseMerge merge = new(format, directory, names, options, report);
            if (!merge.TryScan(cancellation)) return false;
            directory.Delete(set.Output);
            long available = directory.Available;
            if (available - report.OctetsAfter < options.KeepFree)
            {
                report.Problem = $"the merged file takes up to {report.OctetsAfter} octets, and {options.KeepFree} are to stay free for new leases; there are {available}";
                return false;
            }

            using ILeaseFile output = directory.Open(set.Output);
            output.SetLength(0);
            merge.Write(output, cancellation);
            directory.Rename(set.Output, set.Completed);
            isWritten = true;
            return true;
        }
        finally
        {
            if (!isWritten) GiveUpOutput();
        }
    }

    /// <summary>Gives the room of a merge that did not end back.</summary>
    private void GiveUpOutput()
    {
        try
        {
            directory.Delete(set.Output);
        }
        catch (IOException)
        {
            // Nobody reads it, and the next clean-up begins it anew.
        }
    }

    private void Rotate(LeaseCleanupReport report, string to)
    {
        Enter(report, LeaseCleanupStep.Rotating);
        // Also when it was found: a program that was killed, or does not sync, may have left it in memory only.
        using (ILeaseFile completed = directory.Open(set.Completed)) completed.Sync();
        directory.Sync();
        directory.Delete(set.Previous);
        directory.Delete(set.Copy);
        directory.Sync();
        directory.Rename(set.Completed, to);
        directory.Sync();
    }

    private void Enter(LeaseCleanupReport report, LeaseCleanupStep step)
    {
        report.Step = step;
        told?.Invoke(report);
    }
}

/// <summary>Has the thread that appends to a lease file go over to another one.</summary>
/// <param name="next">Has a header and lies in the directory as NAME.new; on success it belongs to the log.</param>
/// <param name="error">Why not; null when it happened.</param>
/// <returns>The file before, which belongs to the caller now; null when the log stays with it.</returns>
public delegate LeaseFileTail? LeaseSwitchOver(ILeaseFile next, out string? error);

/// <summary>A lease file that nobody appends to any more.</summary>
/// <param name="End">Behind the last octet that is a lease's; what lies behind it was prepared space.</param>
public readonly record struct LeaseFileTail(ILeaseFile File, long End);
