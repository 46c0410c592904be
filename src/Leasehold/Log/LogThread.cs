using System.Collections.Immutable;

namespace Leasehold.Log;

/// <summary>The one thread that writes log lines, so that nobody else waits for a disk or a terminal.</summary>
internal sealed class LogThread : IDisposable
{
    /// <summary>After a write the thread sleeps, so that under load it writes many lines at once, a hundred times a second at most.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    /// <summary>How long the end of the program waits for a terminal or disk that takes no more lines.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly AutoResetEvent wake = new(false);

    /// <summary>Cuts the sleep short. Not the slim kind of event, which would spin.</summary>
    private readonly ManualResetEvent hurry = new(false);
    private readonly Lock gate = new();
    private readonly Action<string> onFailure;
    private readonly Thread thread;
    private ImmutableArray<LogTarget> targets = [];
    private long asked;
    private long done;
    private volatile bool stopping;

    /// <param name="onFailure">Told, once a failure, what keeps lines from being written.</param>
    public LogThread(Action<string> onFailure)
    {
        this.onFailure = onFailure;
        thread = new Thread(Run) { Name = "log", IsBackground = true };
        thread.Start();
    }

    public void Wake() => wake.Set();

    /// <summary>Writes what waits in the targets so far and goes on with others; sinks that are in use no more are closed.</summary>
    public void Use(ImmutableArray<LogTarget> next)
    {
        ImmutableArray<LogTarget> before;
        lock (gate)
        {
            before = targets;
            targets = [.. before.Union(next)];
        }

        LogTarget[] retired = [.. before.Except(next)];
        foreach (LogTarget target in retired) target.Close();
        if (retired.Length > 0) Flush();
        lock (gate) targets = next;
        foreach (ILogSink sink in retired.Select(static t => t.Sink).Distinct().Except(next.Select(static t => t.Sink))) sink.Dispose();
    }

    /// <summary>Returns when every line that was logged before has been written, or after two seconds.</summary>
    public void Flush()
    {
        long ticket = Interlocked.Increment(ref asked);
        hurry.Set();
        wake.Set();
        long deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (Interlocked.Read(ref done) < ticket && Environment.TickCount64 < deadline) Thread.Sleep(1);
    }

    public void Dispose()
    {
        Flush();
        stopping = true;
        hurry.Set();
        wake.Set();
        if (!thread.Join(Patience)) return;
        foreach (ILogSink sink in targets.Select(static t => t.Sink).Distinct()) sink.Dispose();
        wake.Dispose();
        hurry.Dispose();
    }

    private void Run()
    {
        while (!stopping)
        {
            wake.WaitOne();
            hurry.Reset();
            long ticket = Interlocked.Read(ref asked);
            ImmutableArray<LogTarget> now;
            lock (gate) now = targets;
            foreach (LogTarget target in now)
            {
                if (target.Drain() is { } failure) onFailure(failure);
            }

            Interlocked.Exchange(ref done, ticket);
            hurry.WaitOne(Pace);
        }
    }
}
