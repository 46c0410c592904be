using System.Diagnostics;
using System.Globalization;
using Leasehold.Configuration.Model;
using Leasehold.Leases;
using Leasehold.Leases.Memfile;
using Leasehold.Net;
using Leasehold.Protocol;
using Microsoft.Extensions.Logging;

namespace Leasehold.Serve;

/// <summary>Cleans the lease file up now and then, on a thread of its own that lets all others go first.</summary>
/// <remarks>The packet thread does one thing of it, between two batches: it goes over to another file (a rename, a sync).</remarks>
internal sealed class LeaseCleaner : IDisposable
{
    /// <summary>Longer than that no wait lasts at once; the clock of waits takes 24 days at most.</summary>
    private const long LongestWaitMilliseconds = 86_400_000;

    private readonly LeaseStore store;
    private readonly LeaseFileSet set;
    private readonly ILeaseDirectory directory;
    private readonly string path;
    private readonly Action<Action> post;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly Thread thread;
    private readonly Lock gate = new();
    private readonly ManualResetEventSlim changed = new();
    private readonly CancellationTokenSource stop = new();
    private Settings settings;

    private LeaseCleaner(LeaseStore store, string path, Settings settings, Action<Action> post, TimeProvider time, ILogger log)
    {
        this.store = store;
        this.path = path;
        this.settings = settings;
        this.post = post;
        this.time = time;
        this.log = log;
        set = new(Path.GetFileName(path));
        directory = new LeaseDirectory(Path.GetDirectoryName(path) ?? "/");
        thread = new(Work) { Name = "lease clean-up", IsBackground = true };
    }

    /// <summary>Starts the thread.</summary>
    /// <param name="post">Has something done by the packet thread, between two batches.</param>
    /// <returns>Null where leases live in memory only.</returns>
    public static LeaseCleaner? Start(LeaseStore store, LeaseDatabaseConfig database, ExpiredLeasesConfig expired, Action<Action> post, TimeProvider time, ILogger log)
    {
        if (store.LeaseFile is not { } path) return null;
        LeaseCleaner cleaner = new(store, path, SettingsOf(database, expired), post, time, log);
        cleaner.TellInterval();
        cleaner.thread.Start();
        return cleaner;
    }

    /// <summary>Goes over to another configuration. May be called by any thread.</summary>
    public void Use(LeaseDatabaseConfig database, ExpiredLeasesConfig expired)
    {
        Settings next = SettingsOf(database, expired);
        bool tells;
        lock (gate)
        {
            tells = next.Interval != settings.Interval;
            settings = next;
        }

        if (tells) TellInterval();
        changed.Set();
    }

    /// <summary>Stops a clean-up where it stands, which the next start or clean-up understands, and waits for the thread.</summary>
    public void Dispose()
    {
        stop.Cancel();
        thread.Join();
        stop.Dispose();
        changed.Dispose();
    }

    private static Settings SettingsOf(LeaseDatabaseConfig database, ExpiredLeasesConfig expired) =>
        new(database.LfcInterval, database.MaxRowErrors, expired.RememberedFor);

    private void TellInterval()
    {
        if (Current().Interval is not 0 and var seconds) LeaseCleanupMessages.Setup(log, path, seconds);
    }

    private Settings Current()
    {
        lock (gate) return settings;
    }

    private void Work()
    {
        ThreadNiceness.LetOthersFirst();
        try
        {
            // What a crash interrupted need not wait: until then the start reads it all.
            if (Current().Interval != 0 && new LeaseCleanup(directory, set.Current, store.Format, new()).IsUnfinished) Clean(Current());
            while (true)
            {
                WaitForTurn();
                Clean(Current());
            }
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
    }

    private void WaitForTurn()
    {
        long began = Environment.TickCount64;
        while (true)
        {
            stop.Token.ThrowIfCancellationRequested();
            long interval = Current().Interval * 1000L;
            long rest = interval == 0 ? LongestWaitMilliseconds : began + interval - Environment.TickCount64;
            if (rest <= 0) return;
            changed.Wait((int)Math.Min(rest, LongestWaitMilliseconds), stop.Token);
            changed.Reset();
        }
    }

    private void Clean(Settings current)
    {
        LeaseCleanupMessages.Start(log, path);
        var watch = Stopwatch.StartNew();
        try
        {
            if (CleanUpProcess.RunningOn(directory, set) is { } process)
            {
                LeaseCleanupMessages.Running(log, path, process, current.Interval);
                return;
            }

            using PidFile? pid = PidFile.TryTake($"{path}.pid", NativeFile.DefaultMode, remove: true, out int holder);
            if (pid is null)
            {
                LeaseCleanupMessages.Running(log, path, holder, current.Interval);
                return;
            }

            LeaseCleanupReport report = new LeaseCleanup(directory, set.Current, store.Format, OptionsOf(current), Tell).Run(SwitchOver, stop.Token);
            if (report.Problem is { } problem) TellFailure(report.Step, problem, current.Interval);
            else LeaseCleanupMessages.Finished(log, path, watch.ElapsedMilliseconds);
        }
        catch (IOException exception)
        {
            LeaseCleanupMessages.PidFileFailed(log, path, exception.Message, current.Interval);
        }
    }

    private LeaseCleanupOptions OptionsOf(Settings current) => new()
    {
        MaxRowErrors = current.MaxRowErrors,
        ForgetBefore = current.HoldFor.IsInfinite ? null : new Instant(time.GetUtcNow().ToUnixTimeSeconds() - current.HoldFor.Seconds),
    };

    private void Tell(LeaseCleanupReport report)
    {
        if (report.Step == LeaseCleanupStep.Merging) LeaseCleanupMessages.Processing(log, path);
        if (report.Step != LeaseCleanupStep.Rotating) return;

        // The merge of a clean-up before this one, which is only to be put in its place, has no numbers here.
        if (report.OctetsBefore != 0)
        {
            LeaseCleanupMessages.ReadStatistics(log, report.LeasesAfter, report.LinesBefore, report.OctetsBefore, report.DamagedLines);
            LeaseCleanupMessages.WriteStatistics(log, report.LeasesAfter, report.OctetsAfter);
        }

        LeaseCleanupMessages.Rotating(log, path);
    }

    private void TellFailure(LeaseCleanupStep step, string problem, long seconds)
    {
        switch (step)
        {
            case LeaseCleanupStep.Switching:
                LeaseCleanupMessages.SwitchFailed(log, path, problem, seconds);
                break;
            case LeaseCleanupStep.Merging:
                LeaseCleanupMessages.ProcessFailed(log, path, problem, seconds);
                break;
            default:
                LeaseCleanupMessages.RotateFailed(log, path, problem, seconds);
                break;
        }
    }

    private LeaseFileTail? SwitchOver(ILeaseFile next, out string? error)
    {
        SwitchRequest request = new(store, next);
        post(request.Carry);
        return request.Wait(stop.Token, out error);
    }

    private readonly record struct Settings(long Interval, int MaxRowErrors, Lifetime HoldFor);

    /// <summary>A switch that the packet thread is asked for: either it happens once, or it was withdrawn and never happens.</summary>
    private sealed class SwitchRequest(LeaseStore store, ILeaseFile next)
    {
        private const int Waiting = 0;
        private const int Taken = 1;
        private const int Withdrawn = 2;

        private readonly TaskCompletionSource<(LeaseFileTail? Old, string? Error)> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int state;

        /// <summary>By the packet thread.</summary>
        public void Carry()
        {
            if (Interlocked.CompareExchange(ref state, Taken, Waiting) != Waiting) return;
            (LeaseFileTail? Old, string? Error) result = (null, "the switch failed");
            try
            {
                result.Old = store.TrySwitch(next, out result.Error);
            }
            finally
            {
                done.SetResult(result);
            }
        }

        /// <exception cref="OperationCanceledException">The server ends, and the switch was withdrawn.</exception>
        public LeaseFileTail? Wait(CancellationToken cancellation, out string? error)
        {
            try
            {
                done.Task.Wait(cancellation);
            }
            catch (OperationCanceledException) when (Interlocked.CompareExchange(ref state, Withdrawn, Waiting) != Waiting)
            {
                // It is under way already, or done.
                done.Task.Wait(CancellationToken.None);
            }

            (LeaseFileTail? old, error) = done.Task.Result;
            return old;
        }
    }
}

/// <summary>A clean-up by the established server's own program, which may outlive that server.</summary>
internal static class CleanUpProcess
{
    private const string Program = "kea-lfc";

    /// <summary>The process that cleans a set of files up; null when none does. A number that is left from a crash is nobody's.</summary>
    public static int? RunningOn(ILeaseDirectory directory, LeaseFileSet set)
    {
        if (!directory.Exists(set.Pid)) return null;
        Span<byte> text = stackalloc byte[16];
        using ILeaseFile file = directory.Open(set.Pid);
        int length = file.Read(text, 0);
        return int.TryParse(System.Text.Encoding.ASCII.GetString(text[..length]).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int id) && NameOf(id) == Program ? id : null;
    }

    private static string? NameOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/comm").TrimEnd();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
