using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Engine;
using Leasehold.Net;
using Leasehold.Net.Netlink;
using Microsoft.Extensions.Logging;

namespace Leasehold.Serve;

/// <summary>A socket and the interface behind it.</summary>
internal sealed class Listener(UdpSocket socket, WantedInterface wanted)
{
    public UdpSocket Socket => socket;

    /// <summary>Replaced when the interface's addresses change; the socket stays.</summary>
    public WantedInterface Wanted { get; set; } = wanted;

    public ServedInterface Interface => Wanted.Interface;

    /// <summary>Losses of the kernel that were reported.</summary>
    public long ReportedDrops { get; set; }
}

/// <summary>The sockets of a server: one an interface, opened and closed as interfaces come and go.</summary>
/// <remarks>
/// A socket is bound to its interface and to no address: so it hears broadcasts, two servers on different interfaces of one
/// machine do not meet, and a change of address needs no other socket. Used by one thread.
/// </remarks>
internal sealed class Listeners : IDisposable
{
    private readonly EventLoop loop;
    private readonly LinkMonitor monitor;
    private readonly ushort port;
    private readonly ILogger log;
    private readonly List<Listener> open = [];
    private readonly HashSet<(string Name, string Reason)> reported = [];
    private InterfacesConfig config = new();
    private PacketSocket? linkSender;
    private RoutedSocket? routedSender;
    private uint? retriesLeft;
    private bool reportedNoPacketSocket;
    private bool reportedNone;

    /// <param name="loop">Waits for every socket.</param>
    /// <param name="monitor">Tells what interfaces there are.</param>
    /// <param name="port">The UDP port to listen on.</param>
    public Listeners(EventLoop loop, LinkMonitor monitor, ushort port, ILogger log)
    {
        this.loop = loop;
        this.monitor = monitor;
        this.port = port;
        this.log = log;
    }

    public IReadOnlyList<Listener> Open => open;

    /// <summary>Reaches clients that have no address yet; null when sockets are UDP only or this process may not have one.</summary>
    public PacketSocket? LinkSender => linkSender;

    /// <summary>Sends replies where the kernel routes them; null when they leave where the query came in.</summary>
    public RoutedSocket? RoutedSender => routedSender;

    /// <summary>True while an interface that is to be served is not, for a reason that may pass without the kernel telling.</summary>
    public bool HasFailures { get; private set; }

    /// <summary>Why interfaces that the configuration names are not served: for a start that must have them all.</summary>
    public ImmutableArray<string> Problems { get; private set; } = [];

    /// <summary>Goes over to a configuration: at start and at a reload.</summary>
    public void Use(InterfacesConfig next)
    {
        config = next;
        retriesLeft = next.MaxRetries;
        reported.Clear();
        reportedNone = false;
        UseRouting();
        if (!config.RawSockets)
        {
            linkSender?.Dispose();
            linkSender = null;
        }
        else if (linkSender is null)
        {
            OpenLinkSender();
        }

        Dhcp4Messages.SocketType(log, linkSender is null ? "udp" : "raw");
        Match();
    }

    /// <summary>Looks at the interfaces again because the kernel says that they changed.</summary>
    public void Refresh()
    {
        if (monitor.Refresh().IsEmpty || !config.ReDetect) return;
        Match();
    }

    /// <summary>Something is missing that the server cannot start without.</summary>
    public bool Lacks => (open.Count == 0 && HasFailures) || (config.RequireAll && !Problems.IsEmpty);

    /// <summary>There is something to try again, and a try left for it.</summary>
    public bool IsTrying => retriesLeft switch
    {
        null => HasFailures && config.ReDetect,
        0 => false,
        _ => HasFailures || Lacks,
    };

    /// <summary>How long to wait between tries.</summary>
    public TimeSpan RetryWait => TimeSpan.FromMilliseconds(config.RetryWaitMs);

    /// <summary>Tries again what failed.</summary>
    public void Retry()
    {
        if (!IsTrying) return;
        retriesLeft--;
        Match();
    }

    public Listener? Of(DatagramSocket socket)
    {
        foreach (Listener listener in open)
        {
            if (ReferenceEquals(listener.Socket, socket)) return listener;
        }

        return null;
    }

    /// <summary>Says how many packets the kernel threw away since the last call because nobody took them in time.</summary>
    public void ReportLosses()
    {
        foreach (Listener listener in open)
        {
            long lost = listener.Socket.KernelDrops - listener.ReportedDrops;
            if (lost == 0) continue;
            listener.ReportedDrops += lost;
            Dhcp4Messages.PacketsLost(log, lost, listener.Interface.Name);
        }
    }

    public void Dispose()
    {
        foreach (Listener listener in open) Close(listener);
        open.Clear();
        linkSender?.Dispose();
        linkSender = null;
        routedSender?.Dispose();
        routedSender = null;
    }

    private void UseRouting()
    {
        if (!config.UseRouting)
        {
            routedSender?.Dispose();
            routedSender = null;
            return;
        }

        try
        {
            routedSender ??= RoutedSocket.Open(port);
        }
        catch (LinuxException exception)
        {
            Dhcp4Messages.NoRoutedSocket(log, exception.Message);
        }
    }

    private void OpenLinkSender()
    {
        try
        {
            linkSender = PacketSocket.OpenForSending(port);
        }
        catch (LinuxException exception)
        {
            if (!reportedNoPacketSocket) Dhcp4Messages.NoPacketSocket(log, exception.Message);
            reportedNoPacketSocket = true;
        }
    }

    /// <summary>Opens and closes sockets until they are those that are wanted.</summary>
    private void Match()
    {
        ImmutableArray<WantedInterface> wanted = WantedInterfaces.Of(config, monitor.Table, out ImmutableArray<(string Name, string Reason)> unusable);
        foreach (Listener listener in open.Where(l => !wanted.Any(l.Wanted.IsSameLink)).ToArray())
        {
            string reason = unusable.FirstOrDefault(u => u.Name == listener.Interface.Name).Reason ?? "it is gone, down, without an address, or no longer configured";
            Dhcp4Messages.InterfaceRemoved(log, listener.Interface.Name, reason);
            Close(listener);
            open.Remove(listener);
        }

        List<string> failures = [];
        foreach (WantedInterface one in wanted)
        {
            if (open.Find(l => l.Wanted.IsSameLink(one)) is { } listener) Replace(listener, one);
            else if (TryOpen(one) is { } failure) failures.Add(failure);
        }

        HasFailures = failures.Count > 0;
        Problems = [.. unusable.Select(static u => $"interface {u.Name}: {u.Reason}"), .. failures];
        Report(unusable);
    }

    private void Replace(Listener listener, WantedInterface wanted)
    {
        if (listener.Wanted.IsSame(wanted)) return;
        if (!listener.Interface.Addresses.SequenceEqual(wanted.Interface.Addresses)) Dhcp4Messages.InterfaceChanged(log, wanted.Interface.Name, wanted.Interface.Address.ToString());
        listener.Wanted = wanted;
    }

    private string? TryOpen(WantedInterface wanted)
    {
        ServedInterface served = wanted.Interface;
        try
        {
            UdpSocket socket = UdpSocket.Open(Protocol.Ipv4.Any, port, served.Name);
            loop.Add(socket);
            open.Add(new(socket, wanted));
            reported.RemoveWhere(r => r.Name == served.Name);
            Dhcp4Messages.InterfaceAdded(log, served.Name, served.Address.ToString());
            return null;
        }
        catch (LinuxException exception)
        {
            if (reported.Add((served.Name, exception.Message))) Dhcp4Messages.OpenSocketFail(log, exception.Message);
            return exception.Message;
        }
    }

    private void Close(Listener listener)
    {
        loop.Remove(listener.Socket);
        listener.Socket.Dispose();
    }

    // Each state of affairs is told once, not at every change of any interface of the machine.
    private void Report(ImmutableArray<(string Name, string Reason)> unusable)
    {
        foreach ((string name, string reason) in unusable)
        {
            if (reported.Add((name, reason))) Dhcp4Messages.InterfaceNotUsable(log, name, reason);
        }

        if (open.Count == 0 && !reportedNone) Dhcp4Messages.NoSocketsOpen(log);
        reportedNone = open.Count == 0;
    }
}
