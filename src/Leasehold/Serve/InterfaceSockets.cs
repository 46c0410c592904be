using System.Collections.Immutable;
using Leasehold.Net;
using Leasehold.Net.Netlink;
using Microsoft.Extensions.Logging;

namespace Leasehold.Serve;

/// <summary>An interface to serve, of either address family.</summary>
internal interface IWantedInterface<TSelf>
    where TSelf : IWantedInterface<TSelf>
{
    /// <summary>The kernel's index.</summary>
    int Index { get; }

    /// <summary>The kernel's name.</summary>
    string Name { get; }

    /// <summary>What the server is known by there, for the log.</summary>
    string Identity { get; }

    /// <summary>True when nothing at all is different.</summary>
    bool IsSame(TSelf other);
}

/// <summary>A socket and the interface behind it.</summary>
internal sealed class Listener<TWanted>(DatagramSocket socket, TWanted wanted)
    where TWanted : class, IWantedInterface<TWanted>
{
    public DatagramSocket Socket => socket;

    /// <summary>Replaced when the interface's addresses change; the socket stays.</summary>
    public TWanted Wanted { get; set; } = wanted;

    /// <summary>Losses of the kernel that were reported.</summary>
    public long ReportedDrops { get; set; }

    /// <summary>True when the socket serves another one as well: the kernel's index and name are the same.</summary>
    public bool IsOn(TWanted other) => Wanted.Index == other.Index && Wanted.Name == other.Name;
}

/// <summary>What a loop does with the sockets of a family.</summary>
internal interface IListeners : IDisposable
{
    /// <summary>Looks at the interfaces again because the kernel says that they changed.</summary>
    void Refresh();

    /// <summary>Something is missing that the server cannot start without.</summary>
    bool Lacks { get; }

    /// <summary>There is something to try again, and a try left for it.</summary>
    bool IsTrying { get; }

    /// <summary>How long to wait between tries.</summary>
    TimeSpan RetryWait { get; }

    /// <summary>Why interfaces that the configuration names are not served: for a start that must have them all.</summary>
    ImmutableArray<string> Problems { get; }

    /// <summary>Tries again what failed.</summary>
    void Retry();

    /// <summary>Says how many packets the kernel threw away since the last call because nobody took them in time.</summary>
    void ReportLosses();
}

/// <summary>The sockets of a server: one an interface, opened and closed as interfaces come and go.</summary>
/// <remarks>
/// A socket is bound to its interface and to no address: so it hears broadcasts and multicasts, two servers on different interfaces
/// of one machine do not meet, and a change of address needs no other socket. Used by one thread.
/// </remarks>
/// <param name="loop">Waits for every socket.</param>
/// <param name="monitor">Tells what interfaces there are.</param>
/// <param name="open">Opens the socket of an interface.</param>
/// <param name="lost">Says how many packets the kernel threw away, and on which interface.</param>
internal sealed class InterfaceSockets<TWanted>(
    EventLoop loop, LinkMonitor monitor, Func<TWanted, DatagramSocket> open, Action<ILogger, long, string> lost, ILogger log) : IListeners
    where TWanted : class, IWantedInterface<TWanted>
{
    private readonly List<Listener<TWanted>> listeners = [];
    private readonly HashSet<(string Name, string Reason)> reported = [];
    private Func<LinkTable, MatchedInterfaces<TWanted>> match = static _ => new([], []);
    private InterfaceRules rules = new(ReDetect: false, RequireAll: false, MaxRetries: null, TimeSpan.Zero);
    private uint? retriesLeft;
    private bool reportedNone;

    public IReadOnlyList<Listener<TWanted>> Open => listeners;

    /// <summary>True while an interface that is to be served is not, for a reason that may pass without the kernel telling.</summary>
    public bool HasFailures { get; private set; }

    public bool Lacks => (listeners.Count == 0 && HasFailures) || (rules.RequireAll && !Problems.IsEmpty);

    public bool IsTrying => retriesLeft switch
    {
        null => HasFailures && rules.ReDetect,
        0 => false,
        _ => HasFailures || Lacks,
    };

    public TimeSpan RetryWait => rules.RetryWait;

    public ImmutableArray<string> Problems { get; private set; } = [];

    /// <summary>Goes over to a configuration: at start and at a reload.</summary>
    /// <param name="matching">What the configuration's interfaces are on this machine.</param>
    public void Use(Func<LinkTable, MatchedInterfaces<TWanted>> matching, InterfaceRules next)
    {
        match = matching;
        rules = next;
        retriesLeft = next.MaxRetries;
        reported.Clear();
        reportedNone = false;
        Match();
    }

    public void Refresh()
    {
        if (monitor.Refresh().IsEmpty || !rules.ReDetect) return;
        Match();
    }

    public void Retry()
    {
        if (!IsTrying) return;
        retriesLeft--;
        Match();
    }

    public Listener<TWanted>? Of(DatagramSocket socket)
    {
        foreach (Listener<TWanted> listener in listeners)
        {
            if (ReferenceEquals(listener.Socket, socket)) return listener;
        }

        return null;
    }

    public void ReportLosses()
    {
        foreach (Listener<TWanted> listener in listeners)
        {
            long count = listener.Socket.KernelDrops - listener.ReportedDrops;
            if (count == 0) continue;
            listener.ReportedDrops += count;
            lost(log, count, listener.Wanted.Name);
        }
    }

    public void Dispose()
    {
        foreach (Listener<TWanted> listener in listeners) Close(listener);
        listeners.Clear();
    }

    /// <summary>Opens and closes sockets until they are those that are wanted.</summary>
    private void Match()
    {
        (ImmutableArray<TWanted> wanted, ImmutableArray<(string Name, string Reason)> unusable) = match(monitor.Table);
        foreach (Listener<TWanted> listener in listeners.Where(l => !wanted.Any(l.IsOn)).ToArray())
        {
            string reason = unusable.FirstOrDefault(u => u.Name == listener.Wanted.Name).Reason ?? "it is gone, down, without an address, or no longer configured";
            ServerMessages.InterfaceRemoved(log, listener.Wanted.Name, reason);
            Close(listener);
            listeners.Remove(listener);
        }

        List<string> failures = [];
        foreach (TWanted one in wanted)
        {
            if (listeners.Find(l => l.IsOn(one)) is { } listener) Replace(listener, one);
            else if (TryOpen(one) is { } failure) failures.Add(failure);
        }

        HasFailures = failures.Count > 0;
        Problems = [.. unusable.Select(static u => $"interface {u.Name}: {u.Reason}"), .. failures];
        Report(unusable);
    }

    private void Replace(Listener<TWanted> listener, TWanted wanted)
    {
        if (listener.Wanted.IsSame(wanted)) return;
        if (listener.Wanted.Identity != wanted.Identity) ServerMessages.InterfaceChanged(log, wanted.Name, wanted.Identity);
        listener.Wanted = wanted;
    }

    private string? TryOpen(TWanted wanted)
    {
        try
        {
            DatagramSocket socket = open(wanted);
            loop.Add(socket);
            listeners.Add(new(socket, wanted));
            reported.RemoveWhere(r => r.Name == wanted.Name);
            ServerMessages.InterfaceAdded(log, wanted.Name, wanted.Identity);
            return null;
        }
        catch (LinuxException exception)
        {
            if (reported.Add((wanted.Name, exception.Message))) ServerMessages.OpenSocketFail(log, exception.Message);
            return exception.Message;
        }
    }

    private void Close(Listener<TWanted> listener)
    {
        loop.Remove(listener.Socket);
        listener.Socket.Dispose();
    }

    // Each state of affairs is told once, not at every change of any interface of the machine.
    private void Report(ImmutableArray<(string Name, string Reason)> unusable)
    {
        foreach ((string name, string reason) in unusable)
        {
            if (reported.Add((name, reason))) ServerMessages.InterfaceNotUsable(log, name, reason);
        }

        if (listeners.Count == 0 && !reportedNone) ServerMessages.NoSocketsOpen(log);
        reportedNone = listeners.Count == 0;
    }
}

/// <summary>What a configuration's interfaces are on this machine, now.</summary>
/// <param name="Wanted">The interfaces to serve, each once.</param>
/// <param name="Unusable">Name and reason of each selector that names what is not there or not ready.</param>
internal readonly record struct MatchedInterfaces<TWanted>(ImmutableArray<TWanted> Wanted, ImmutableArray<(string Name, string Reason)> Unusable);

/// <summary>What is done about interfaces that cannot be served.</summary>
/// <param name="ReDetect">They are watched for as long as the server runs.</param>
/// <param name="RequireAll">The server needs every one of them.</param>
/// <param name="MaxRetries">How often a socket that failed is tried again; null: until it works.</param>
/// <param name="RetryWait">From one try to the next.</param>
internal readonly record struct InterfaceRules(bool ReDetect, bool RequireAll, uint? MaxRetries, TimeSpan RetryWait);
