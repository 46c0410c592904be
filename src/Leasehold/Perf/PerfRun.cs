using System.Diagnostics;
using System.Runtime;
using Leasehold.Engine.Load;
using Leasehold.Net;

namespace Leasehold.Perf;

/// <summary>Why a run ended.</summary>
internal enum PerfEnd
{
    Interrupted,
    RequestsSent,
    PeriodOver,
    TooManyDrops,
    AllServed,
}

/// <summary>The loop between the clock, the socket and the crowd: one thread, one system call for many datagrams.</summary>
internal sealed class PerfRun : IDisposable
{
    /// <summary>Datagrams of one system call: large enough that calls cost little, small enough that none waits for the rest.</summary>
    private const int BatchSize = 256;

    private const int DatagramSize = 2048;

    /// <summary>How far behind its time a run may still send what was due before the end.</summary>
    private const long GraceAfterPeriod = LoadSettings.NanosecondsPerSecond / 20;

    /// <summary>A percentage of drops means something from here on; perfdhcp says so too.</summary>
    private const int FewestForPercent = 10;

    private readonly PerfOptions options;
    private readonly PerfEndpoint endpoint;
    private readonly DatagramBatch batch = new(BatchSize, DatagramSize);
    private readonly EventLoop events = new();
    private readonly Pacer? pace;
    private readonly Pacer? renewals;
    private readonly Pacer? releases;
    private readonly long period;
    private readonly int clients;
    private long started;
    private long begun;
    private volatile bool isInterrupted;

    public PerfRun(PerfOptions options, PerfEndpoint endpoint, LoadCrowd crowd)
    {
        this.options = options;
        this.endpoint = endpoint;
        Crowd = crowd;
        clients = endpoint.Clients;
        if (options.Rate is { } rate) pace = new(rate);
        if (options.RenewRate > 0) renewals = new(options.RenewRate);
        if (options.ReleaseRate > 0) releases = new(options.ReleaseRate);
        // An avalanche ends with its last client.
        period = options.Period is { } seconds && !options.IsAvalanche ? PerfOptions.Nanoseconds(seconds) : long.MaxValue;
        events.Add(endpoint.Socket);
    }

    public LoadCrowd Crowd { get; }

    public PerfEnd End { get; private set; }

    /// <summary>Nanoseconds from the start to the last completed exchange or the end of sending, whichever was later.</summary>
    public long Elapsed { get; private set; }

    /// <summary>Times that the loop went round, and datagrams that it received.</summary>
    public (long Turns, long Received) Work { get; private set; }

    /// <summary>Ends the run; what it has found by then is reported. May be called by any thread.</summary>
    public void Interrupt()
    {
        isInterrupted = true;
        events.Wake();
    }

    /// <summary>Runs to the end.</summary>
    /// <param name="tick">Is called with the time, now and then, and says when it wants to be called again.</param>
    public void Run(Func<long, long> tick)
    {
        GCSettings.LatencyMode = GCLatencyMode.SustainedLowLatency;
        started = Stopwatch.GetTimestamp();
        long nextTick = tick(0);
        long endAt = long.MaxValue;
        bool isStopping = false;
        long completed = 0;
        while (true)
        {
            long now = Now();
            if (!isStopping && HasEnded(now, out PerfEnd end))
            {
                isStopping = true;
                End = end;
                // An avalanche is over with its last answer, whose time is known.
                if (end != PerfEnd.AllServed) Elapsed = now;
                endAt = end == PerfEnd.Interrupted ? now : options.ExitWait is { } wait ? now + (wait * 1000) : long.MaxValue;
            }

            if (isStopping && (Crowd.Waiting == 0 || now >= endAt || isInterrupted)) break;
            bool isFull = Turn(isStopping);
            if (Crowd.Counters.Completed > completed)
            {
                completed = Crowd.Counters.Completed;
                Elapsed = Math.Max(Elapsed, Now());
            }

            now = Now();
            if (now >= nextTick) nextTick = tick(now);
            // What the turn changed may be the end: nothing is waited for then.
            if (isFull || (isStopping ? Crowd.Waiting == 0 : HasEnded(now, out _))) continue;
            long next = Math.Min(nextTick, isStopping ? endAt : NextDue(now));
            next = Crowd.NextExpiry(next);
            if (next > now) events.Wait(TimeSpan.FromTicks(Math.Min(next - now, LoadSettings.NanosecondsPerSecond) / TimeSpan.NanosecondsPerTick));
        }
    }

    public void Dispose()
    {
        events.Remove(endpoint.Socket);
        events.Dispose();
    }

    private long Now() => (Stopwatch.GetTimestamp() - started) * (LoadSettings.NanosecondsPerSecond / Stopwatch.Frequency);

    /// <summary>Receives, answers, begins what is due, and sends all of it. True when there is more to do at once.</summary>
    private bool Turn(bool isStopping)
    {
        batch.Clear();
        batch.Receive(endpoint.Socket);
        long now = Now();
        for (int i = 0; i < batch.Count; i++) Queue(Crowd.Receive(now, batch[i].Payload, batch.ReplySlot));
        Work = (Work.Turns + 1, Work.Received + batch.Count);

        while (!batch.IsQueueFull && Crowd.TryExpire(now, batch.ReplySlot, out int again)) Queue(again);
        bool isMore = false;
        if (!isStopping)
        {
            long due = Due(now);
            while (due > 0 && !batch.IsQueueFull && Queue(Crowd.Begin(now, batch.ReplySlot)))
            {
                due--;
                begun++;
                pace?.Take(1);
            }

            isMore = due > 0 | Begin(renewals, now, LoadStage.Renewal) | Begin(releases, now, LoadStage.Release);
        }

        if (batch.QueuedCount > 0)
        {
            batch.Flush();
            Crowd.Counters.LocalLimit += batch.Failures.Length;
        }

        return isMore || batch.IsFull;
    }

    /// <summary>True when more of the kind is due than fits into this turn.</summary>
    private bool Begin(Pacer? pacer, long now, LoadStage stage)
    {
        if (pacer is null) return false;
        long due = pacer.Due(Math.Min(now, period - 1));
        for (; due > 0 && !batch.IsQueueFull; due--)
        {
            // Without a lease to renew or release the moment passes.
            pacer.Take(1);
            Queue(stage == LoadStage.Renewal ? Crowd.Renew(now, batch.ReplySlot) : Crowd.Release(now, batch.ReplySlot));
        }

        return due > 0;
    }

    private bool Queue(int length)
    {
        if (length > 0) batch.Queue(endpoint.Socket, length, endpoint.To);
        return length > 0;
    }

    /// <summary>Exchanges to begin now.</summary>
    private long Due(long now)
    {
        long due = pace?.Due(Math.Min(now, period - 1)) ?? (options.IsAvalanche ? clients : options.Window - Crowd.Waiting);
        if (options.IsAvalanche) due = Math.Min(due, clients - begun);
        due = Math.Max(due, options.Preload - begun);
        return options.Requests.Count > 0 ? Math.Min(due, options.Requests[0] - begun) : due;
    }

    /// <summary>When the next message is due to be sent, or the run is over.</summary>
    private long NextDue(long now)
    {
        if (options.IsAvalanche && begun == clients) return long.MaxValue;
        long next = Math.Min(pace?.NextAt ?? long.MaxValue, Math.Min(renewals?.NextAt ?? long.MaxValue, releases?.NextAt ?? long.MaxValue));
        return Math.Min(next, period > now ? period : now);
    }

    private bool HasEnded(long now, out PerfEnd end)
    {
        LoadCounters counters = Crowd.Counters;
        if (isInterrupted) end = PerfEnd.Interrupted;
        else if (options.IsAvalanche && begun == clients && Crowd.Waiting == 0) end = PerfEnd.AllServed;
        else if (IsReached(0, counters[LoadStage.First].Sent) || IsReached(1, counters[LoadStage.Second].Sent)) end = PerfEnd.RequestsSent;
        else if (now >= period && (now >= period + GraceAfterPeriod || pace is null || pace.Due(period - 1) == 0)) end = PerfEnd.PeriodOver;
        else if (IsTooMuch(0, counters[LoadStage.First]) || IsTooMuch(1, counters[LoadStage.Second])) end = PerfEnd.TooManyDrops;
        else
        {
            end = default;
            return false;
        }

        return true;
    }

    private bool IsReached(int which, long sent) => which < options.Requests.Count && sent >= options.Requests[which];

    private bool IsTooMuch(int which, StageCounters counters)
    {
        if (which >= options.MaxDrops.Count) return false;
        (double limit, bool isPercent) = options.MaxDrops[which];
        long known = counters.Received + counters.Expired;
        return isPercent ? known >= FewestForPercent && 100.0 * counters.Expired / known > limit : counters.Expired > limit;
    }
}
