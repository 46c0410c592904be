using System.Diagnostics;
using Leasehold.Configuration.Model;
using Leasehold.Leases;
using Leasehold.Leases.Memfile;
using Leasehold.Protocol;
using Microsoft.Extensions.Logging;

namespace Leasehold.Serve;

/// <summary>The leases of a family in memory and the file behind them; or without a file, where the configuration says so.</summary>
/// <remarks>The packet thread's own.</remarks>
internal abstract class LeaseStore : IDisposable
{
    // Leases and client names are in there: the owner and the group of administrators may read, nobody else.
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
    private const UnixFileMode DirectoryMode = FileMode | UnixFileMode.UserExecute | UnixFileMode.GroupExecute;

    /// <summary>While storing fails, one line in so many seconds says so.</summary>
    private const long ReminderSeconds = 60;

    /// <summary>Octets prepared ahead of the file's end, so that most syncs need not store a new length as well.</summary>
    private const int PrepareAhead = 256 * 1024;

    private readonly ILogger log;
    private readonly LeaseLog? file;
    private readonly PidFile? fileLock;
    private readonly string path;
    private readonly LeaseDirectory? files;
    private long failedBatches;
    private Instant failingSince;
    private Instant lastReminder;

    /// <param name="file">Null for leases in memory only.</param>
    /// <param name="fileLock">Freed with the store.</param>
    /// <param name="path">The lease file's, for the log.</param>
    protected LeaseStore(LeaseLog? file, PidFile? fileLock, string path, ILogger log)
    {
        this.file = file;
        this.fileLock = fileLock;
        this.path = path;
        this.log = log;
        files = file is null ? null : new(Path.GetDirectoryName(path) ?? "/");
    }

    /// <summary>Reads the lease files of a family into its table.</summary>
    /// <param name="log">Null when the leases must not be served.</param>
    protected delegate LeaseLoadReport LeaseLogOpening<TLog>(ILeaseDirectory directory, string name, LeaseLogOptions options, out TLog? log)
        where TLog : LeaseLog;

    /// <summary>The lease file; null for leases in memory only.</summary>
    public string? LeaseFile => file is null ? null : path;

    /// <summary>How its lines are written.</summary>
    public abstract LeaseFormat Format { get; }

    /// <summary>Goes over to another configuration's durability, between two batches.</summary>
    public void Use(LeaseDatabaseConfig config)
    {
        if (file is null) return;
        bool syncs = config.Durability != Durability.None;
        if (file.Syncs && !syncs) LeaseFileMessages.NotSynced(log, path);
        file.Syncs = syncs;
    }

    /// <summary>Brings what was noted to stable storage.</summary>
    /// <returns>False when nothing of it may be acknowledged; the log says why, once a minute.</returns>
    public bool TryCommit(Instant now)
    {
        if (file is null) return true;
        if (file.TryCommit(out string? error))
        {
            if (failedBatches > 0) LeaseFileMessages.WriteRecovered(log, path, now.Seconds - failingSince.Seconds, failedBatches);
            failedBatches = 0;
            return true;
        }

        if (failedBatches++ == 0) failingSince = now;
        if (failedBatches == 1 || now.Seconds - lastReminder.Seconds >= ReminderSeconds)
        {
            lastReminder = now;
            LeaseFileMessages.WriteFail(log, error, path, failedBatches);
        }

        return false;
    }

    /// <summary>Goes over to another lease file, between two batches; see <see cref="LeaseLog.TrySwitch"/>.</summary>
    public LeaseFileTail? TrySwitch(ILeaseFile next, out string? error)
    {
        if (file is null || files is null) throw new InvalidOperationException("leases live in memory only");
        LeaseFileSet set = new(Path.GetFileName(path));
        return file.TrySwitch(files, set.New, set.Current, next, out error);
    }

    public void Dispose()
    {
        file?.Dispose();
        fileLock?.Dispose();
    }

    /// <summary>Locks the lease file and loads it.</summary>
    /// <param name="alreadyRunning">Says that another server has the file, and why that matters.</param>
    /// <param name="count">How many leases the table has.</param>
    /// <param name="progress">A terminal to show the loading of a large file on; null for none.</param>
    /// <param name="taken">The lock; whoever has it frees it.</param>
    /// <returns>Null when the server must not start; the log says why.</returns>
    protected static TLog? TryOpen<TLog>(
        string path, LeaseDatabaseConfig config, LeaseLogOpening<TLog> open, Func<int> count, Action<ILogger, string> alreadyRunning, ILogger log, TextWriter? progress, out PidFile? taken)
        where TLog : LeaseLog
    {
        taken = null;
        try
        {
            string directory = Path.GetDirectoryName(path) ?? "/";
            if (!Directory.Exists(directory)) Directory.CreateDirectory(directory, DirectoryMode);

            // A file of its own: the lease file itself is replaced by a new one when it is cleaned up.
            taken = PidFile.TryTake($"{path}.lock", FileMode, remove: false, out int holder);
            if (taken is null)
            {
                alreadyRunning(log, $"process {holder} uses the lease file {path}; end it first, or give this server another lease file (lease-database, name)");
                return null;
            }

            if (CleanUpProcess.RunningOn(new LeaseDirectory(directory), new(Path.GetFileName(path))) is { } cleaner)
            {
                LeaseFileMessages.LeaseFileFailed(log, path, $"process {cleaner} (kea-lfc) is cleaning it up; start again when it has ended");
            }
            else if (Load(path, directory, config, open, count, log, progress) is { } loaded)
            {
                return loaded;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LeaseFileMessages.LeaseFileFailed(log, path, exception.Message);
        }

        taken?.Dispose();
        taken = null;
        return null;
    }

    private static TLog? Load<TLog>(
        string path, string directory, LeaseDatabaseConfig config, LeaseLogOpening<TLog> open, Func<int> count, ILogger log, TextWriter? progress)
        where TLog : LeaseLog
    {
        LeaseFileMessages.LeaseFileLoad(log, path);
        var watch = Stopwatch.StartNew();
        TerminalProgress bar = new(progress, "loading leases");
        LeaseLogOptions options = new() { MaxRowErrors = config.MaxRowErrors, PrepareAhead = PrepareAhead, Progress = bar.Show };
        LeaseLoadReport report = open(new LeaseDirectory(directory), Path.GetFileName(path), options, out TLog? opened);
        bar.Clear();
        foreach (LeaseFileFinding finding in report.Findings)
        {
            if (finding.Severity == LeaseFileSeverity.Error) LeaseFileMessages.LeaseRowError(log, Path.Combine(directory, finding.ToString()));
            else LeaseFileMessages.LeaseFileWarning(log, Path.Combine(directory, finding.ToString()));
        }

        if (opened is null)
        {
            LeaseFileMessages.LeaseFileFailed(log, path, $"{report.DamagedLines} damaged lines of {report.Lines}; correct them, or allow some (lease-database, max-row-errors)");
            return null;
        }

        LeaseFileMessages.LeasesLoaded(log, count(), report.Lines, path, watch.ElapsedMilliseconds);
        return opened;
    }
}
