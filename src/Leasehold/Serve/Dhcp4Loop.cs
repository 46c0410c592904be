using System.Collections.Concurrent;
using Leasehold.Configuration.Model;
using Leasehold.Engine.V4;
using Leasehold.Net;
using Leasehold.Net.Netlink;
using Leasehold.Protocol;
using Leasehold.Serve.Probing;
using Microsoft.Extensions.Logging;

namespace Leasehold.Serve;

/// <summary>The thread that owns DHCPv4: it sleeps until packets, a second or a message come, and everything that touches leases happens on it.</summary>
/// <remarks>
/// A turn: receive a batch, decide each packet, store what changed with one write and one sync, send the replies. Only then come
/// interfaces, timers and messages. So packets that arrive during a sync make the next batch, and the batch grows as the disk slows.
/// Where the configuration says "batch-ms", a batch is held open besides until the commit before it is so long ago.
/// </remarks>
internal sealed class Dhcp4Loop : IDisposable
{
    /// <summary>Leases that end or are forgotten between two batches: some tens of microseconds.</summary>
    private const int AdvanceLimit = 256;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>How long a batch is left alone before it is looked whether it is full: with 1,024 places, enough for a million packets a second.</summary>
    private static readonly TimeSpan GatherSlice = TimeSpan.FromMilliseconds(1);

    private readonly EventLoop events;
    private readonly LinkMonitor monitor;
    private readonly LeaseStore4 store;
    private readonly Server4Ports ports;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly Dhcp4Batch batch;
    private readonly CommitWindow window;
    private readonly ConflictProbes probes;
    private readonly ConcurrentQueue<Action> messages = new();
    private long lastSecond;
    private long lastTry;
    private bool complete;
    private Lifetime holdFor;
    private bool linksChanged;
    private bool woken;
    private bool stopping;

    public Dhcp4Loop(Dhcp4Config config, LeaseStore4 store, ushort serverPort, Server4Ports replyPorts, PacketLog packetLog, Dhcp4Statistics statistics, TimeProvider time, ILogger log)
    {
        this.store = store;
        ports = replyPorts;
        this.time = time;
        this.log = log;
        events = new();
        monitor = LinkMonitor.Open();
        events.Add(monitor);
        Listeners = new(events, monitor, serverPort, log);
        probes = new(events, monitor, time, log);
        batch = new(store, Listeners, probes, packetLog, statistics, log) { Server = Engine(config) };
        window = new(time);
        Apply(config);
    }

    /// <summary>The sockets. Before <see cref="Run"/>, and on its thread.</summary>
    public Listeners Listeners { get; }

    /// <summary>Why the server ended by itself: what it must serve could not be, and all tries are used up. Null when it did not.</summary>
    public string? GaveUp { get; private set; }

    /// <summary>Has something done on the loop's thread, between two batches. May be called by any thread.</summary>
    public void Post(Action message)
    {
        messages.Enqueue(message);
        events.Wake();
    }

    /// <summary>Ends <see cref="Run"/> after the batch that is being served. May be called by any thread.</summary>
    public void Stop() => Post(() => stopping = true);

    /// <summary>Goes over to another configuration. On the loop's thread.</summary>
    public void Use(Dhcp4Config config)
    {
        batch.Server = Engine(config);
        Apply(config);
    }

    /// <summary>Looks whether what was read from the lease file fits the configuration. Before <see cref="Run"/>.</summary>
    public void CheckLeases(SanityChecks checks, Action<LeaseFinding4> report) => batch.Server.CheckLeases(checks, report);

    /// <summary>Serves until <see cref="Stop"/>.</summary>
    public void Run()
    {
        bool more = false;
        while (!stopping)
        {
            batch.Clear();
            linksChanged = woken = false;
            Receive(more ? TimeSpan.Zero : Patience());
            Gather();
            probes.Advance();
            Instant now = new(time.GetUtcNow().ToUnixTimeSeconds());
            long began = time.GetTimestamp();
            if (batch.Serve(now)) window.Committed(began, batch.Packets);

            // After the packets: this may close sockets that are in the ready set.
            if (linksChanged) Listeners.Refresh();
            if (woken) TakeMessages();
            if (more || now.Seconds != lastSecond) more = Tick(now);
            if (!complete || Listeners.IsTrying) TryListeners();
        }
    }

    public void Dispose()
    {
        probes.Dispose();
        Listeners.Dispose();
        events.Remove(monitor);
        monitor.Dispose();
        events.Dispose();
    }

    private void Apply(Dhcp4Config config)
    {
        store.Use(config.LeaseDatabase);
        (window.Length, window.OpensFrom) = config.LeaseDatabase.Durability switch
        {
            Durability.Commit => (CommitWindow.UnderLoad, CommitWindow.Load),
            _ => (TimeSpan.FromMilliseconds(config.LeaseDatabase.BatchMs), 0),
        };
        holdFor = config.ExpiredLeases.RememberedFor;
        probes.Pending.Limit = config.ParkedPacketLimit;
        Listeners.Use(config.Interfaces);
        lastTry = time.GetTimestamp();
    }

    /// <summary>How long to sleep when nothing comes: until the next second, until sockets are tried again, or until a question was not answered.</summary>
    private TimeSpan Patience()
    {
        TimeSpan rest = probes.Rest is { } question && question < Second ? question : Second;
        TimeSpan retry = Listeners.IsTrying ? Listeners.RetryWait - time.GetElapsedTime(lastTry) : rest;
        return retry < TimeSpan.Zero ? TimeSpan.Zero : retry < rest ? retry : rest;
    }

    /// <summary>Tries sockets again when it is time; a server that never had all that it must have ends when no try is left.</summary>
    private void TryListeners()
    {
        if (time.GetElapsedTime(lastTry) >= Listeners.RetryWait)
        {
            lastTry = time.GetTimestamp();
            Listeners.Retry();
        }

        complete |= !Listeners.Lacks;
        if (complete || Listeners.IsTrying) return;
        GaveUp = string.Join("; ", Listeners.Problems);
        stopping = true;
    }

    private void Receive(TimeSpan wait)
    {
        foreach (PollSource source in events.Wait(wait))
        {
            if (source is DatagramSocket socket) batch.Receive(socket);
            else if (!probes.Receive(source)) linksChanged = true;
        }

        woken |= events.Woken;
    }

    /// <summary>Holds a batch open while the window lasts and there is room; packets gather in the sockets meanwhile.</summary>
    private void Gather()
    {
        while (batch.HasRoomForMore && window.Rest is var rest && rest > TimeSpan.Zero)
        {
            // Not a wait for the sockets: each packet would end it, and cost what the window is to save.
            ShortPause.For(rest < GatherSlice ? rest : GatherSlice);
            Receive(TimeSpan.Zero);
        }
    }

    private Server4 Engine(Dhcp4Config config) => new(config, store.Table, ports, new Random());

    private void TakeMessages()
    {
        while (messages.TryDequeue(out Action? message)) message();
    }

    /// <summary>What is due once a second.</summary>
    /// <returns>True when leases are left that are over: the next turn goes on with them, after its packets.</returns>
    private bool Tick(Instant now)
    {
        bool more = store.Table.Advance(now, holdFor, AdvanceLimit) == AdvanceLimit;
        if (now.Seconds == lastSecond) return more;
        lastSecond = now.Seconds;
        Listeners.ReportLosses();
        return more;
    }
}
