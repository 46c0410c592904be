using System.Collections.Concurrent;
using Leasehold.Configuration.Model;
using Leasehold.Net;
using Leasehold.Net.Netlink;
using Leasehold.Protocol;

namespace Leasehold.Serve;

/// <summary>What a loop needs of an address family.</summary>
internal interface IServedFamily : IDisposable
{
    PacketBatch Batch { get; }
    IListeners Listeners { get; }

    /// <summary>How long until packets that wait for something are due; null when none does.</summary>
    TimeSpan? Rest => null;

    /// <summary>Takes what came at a socket that is neither a listener nor the kernel's news of interfaces.</summary>
    /// <returns>False when the socket is none of this family.</returns>
    bool Receive(PollSource source) => false;

    /// <summary>Before each batch is served.</summary>
    void Prepare()
    {
    }

    /// <summary>Lets leases that are over by now go.</summary>
    /// <param name="limit">How many at most.</param>
    /// <returns>How many it was.</returns>
    int Advance(Instant now, int limit);
}

/// <summary>The thread that owns an address family: it sleeps until packets, a second or a message come, and everything that touches leases happens on it.</summary>
/// <remarks>
/// A turn: receive a batch, decide each packet, store what changed with one write and one sync, send the replies. Only then come
/// interfaces, timers and messages. So packets that arrive during a sync make the next batch, and the batch grows as the disk slows.
/// Where the configuration says "batch-ms", a batch is held open besides until the commit before it is so long ago.
/// </remarks>
internal sealed class ServerLoop : IDisposable
{
    /// <summary>Leases that end or are forgotten between two batches: some tens of microseconds.</summary>
    private const int AdvanceLimit = 256;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>How long a batch is left alone before it is looked whether it is full: with 1,024 places, enough for a million packets a second.</summary>
    private static readonly TimeSpan GatherSlice = TimeSpan.FromMilliseconds(1);

    private readonly TimeProvider time;
    private readonly CommitWindow window;
    private readonly ConcurrentQueue<Action> messages = new();
    private IServedFamily? family;
    private long lastSecond;
    private long lastTry;
    private bool complete;
    private bool linksChanged;
    private bool woken;
    private bool stopping;

    public ServerLoop(TimeProvider time)
    {
        this.time = time;
        window = new(time);
        Events = new();
        try
        {
            Monitor = LinkMonitor.Open();
        }
        catch
        {
            Events.Dispose();
            throw;
        }

        Events.Add(Monitor);
    }

    /// <summary>Waits for the sockets of the family.</summary>
    public EventLoop Events { get; }

    /// <summary>Tells what interfaces there are.</summary>
    public LinkMonitor Monitor { get; }

    /// <summary>Whom the loop serves. Set once, before <see cref="Run"/>; disposed of with the loop.</summary>
    public IServedFamily Family
    {
        get => family ?? throw new InvalidOperationException("the loop has no family to serve");
        set => family = value;
    }

    /// <summary>Why the loop ended by itself: what it must serve could not be, and all tries are used up. Null when it did not.</summary>
    public string? GaveUp { get; private set; }

    /// <summary>Has something done on the loop's thread, between two batches. May be called by any thread.</summary>
    public void Post(Action message)
    {
        messages.Enqueue(message);
        Events.Wake();
    }

    /// <summary>Ends <see cref="Run"/> after the batch that is being served. May be called by any thread.</summary>
    public void Stop() => Post(() => stopping = true);

    /// <summary>Holds batches open as a configuration says, and begins to count the time to the next try. On the loop's thread.</summary>
    public void Use(LeaseDatabaseConfig config)
    {
        (window.Length, window.OpensFrom) = config.Durability switch
        {
            Durability.Commit => (CommitWindow.UnderLoad, CommitWindow.Load),
            _ => (TimeSpan.FromMilliseconds(config.BatchMs), 0),
        };
        lastTry = time.GetTimestamp();
    }

    /// <summary>Serves until <see cref="Stop"/>.</summary>
    public void Run()
    {
        IServedFamily served = Family;
        bool more = false;
        while (!stopping)
        {
            served.Batch.Clear();
            linksChanged = woken = false;
            Receive(served, more ? TimeSpan.Zero : Patience(served));
            Gather(served);
            served.Prepare();
            Instant now = new(time.GetUtcNow().ToUnixTimeSeconds());
            long began = time.GetTimestamp();
            if (served.Batch.Serve(now)) window.Committed(began, served.Batch.Packets);

            // After the packets: this may close sockets that are in the ready set.
            if (linksChanged) served.Listeners.Refresh();
            if (woken) TakeMessages();
            if (more || now.Seconds != lastSecond) more = Tick(served, now);
            if (!complete || served.Listeners.IsTrying) TryListeners(served.Listeners);
        }
    }

    public void Dispose()
    {
        family?.Dispose();
        Events.Remove(Monitor);
        Monitor.Dispose();
        Events.Dispose();
    }

    /// <summary>How long to sleep when nothing comes: until the next second, until sockets are tried again, or until packets that wait are due.</summary>
    private TimeSpan Patience(IServedFamily served)
    {
        TimeSpan rest = served.Rest is { } due && due < Second ? due : Second;
        TimeSpan retry = served.Listeners.IsTrying ? served.Listeners.RetryWait - time.GetElapsedTime(lastTry) : rest;
        return retry < TimeSpan.Zero ? TimeSpan.Zero : retry < rest ? retry : rest;
    }

    /// <summary>Tries sockets again when it is time; a server that never had all that it must have ends when no try is left.</summary>
    private void TryListeners(IListeners listeners)
    {
        if (time.GetElapsedTime(lastTry) >= listeners.RetryWait)
        {
            lastTry = time.GetTimestamp();
            listeners.Retry();
        }

        complete |= !listeners.Lacks;
        if (complete || listeners.IsTrying) return;
        GaveUp = string.Join("; ", listeners.Problems);
        stopping = true;
    }

    private void Receive(IServedFamily served, TimeSpan wait)
    {
        foreach (PollSource source in Events.Wait(wait))
        {
            if (source is DatagramSocket socket) served.Batch.Receive(socket);
            else if (!served.Receive(source)) linksChanged = true;
        }

        woken |= Events.Woken;
    }

    /// <summary>Holds a batch open while the window lasts and there is room; packets gather in the sockets meanwhile.</summary>
    private void Gather(IServedFamily served)
    {
        while (served.Batch.HasRoomForMore && window.Rest is var rest && rest > TimeSpan.Zero)
        {
            // Not a wait for the sockets: each packet would end it, and cost what the window is to save.
            ShortPause.For(rest < GatherSlice ? rest : GatherSlice);
            Receive(served, TimeSpan.Zero);
        }
    }

    private void TakeMessages()
    {
        while (messages.TryDequeue(out Action? message)) message();
    }

    /// <summary>What is due once a second.</summary>
    /// <returns>True when leases are left that are over: the next turn goes on with them, after its packets.</returns>
    private bool Tick(IServedFamily served, Instant now)
    {
        bool more = served.Advance(now, AdvanceLimit) == AdvanceLimit;
        if (now.Seconds == lastSecond) return more;
        lastSecond = now.Seconds;
        served.Listeners.ReportLosses();
        return more;
    }
}
