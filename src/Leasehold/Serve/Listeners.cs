using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Net;
using Leasehold.Net.Netlink;
using Microsoft.Extensions.Logging;

namespace Leasehold.Serve;

/// <summary>The sockets of the DHCPv4 server: one an interface, and one for clients that have no address yet. Used by one thread.</summary>
internal sealed class Listeners : IListeners
{
    private readonly InterfaceSockets<WantedInterface> sockets;
    private readonly ushort port;
    private readonly ILogger log;
    private PacketSocket? linkSender;
    private RoutedSocket? routedSender;
    private bool reportedNoPacketSocket;

    /// <param name="loop">Waits for every socket.</param>
    /// <param name="monitor">Tells what interfaces there are.</param>
    /// <param name="port">The UDP port to listen on.</param>
    public Listeners(EventLoop loop, LinkMonitor monitor, ushort port, ILogger log)
    {
        this.port = port;
        this.log = log;
        sockets = new(loop, monitor, wanted => UdpSocket.Open(Protocol.Ipv4.Any, port, wanted.Name), Dhcp4Messages.PacketsLost, log);
    }

    public IReadOnlyList<Listener<WantedInterface>> Open => sockets.Open;

    /// <summary>Reaches clients that have no address yet; null when sockets are UDP only or this process may not have one.</summary>
    public PacketSocket? LinkSender => linkSender;

    /// <summary>Sends replies where the kernel routes them; null when they leave where the query came in.</summary>
    public RoutedSocket? RoutedSender => routedSender;

    public bool Lacks => sockets.Lacks;
    public bool IsTrying => sockets.IsTrying;
    public TimeSpan RetryWait => sockets.RetryWait;
    public ImmutableArray<string> Problems => sockets.Problems;

    /// <summary>Goes over to a configuration: at start and at a reload.</summary>
    public void Use(InterfacesConfig config)
    {
        UseRouting(config.UseRouting);
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
        sockets.Use(
            links => WantedInterfaces.Of(config, links),
            new(config.ReDetect, config.RequireAll, config.MaxRetries, TimeSpan.FromMilliseconds(config.RetryWaitMs)));
    }

    public void Refresh() => sockets.Refresh();

    public void Retry() => sockets.Retry();

    public Listener<WantedInterface>? Of(DatagramSocket socket) => sockets.Of(socket);

    public void ReportLosses() => sockets.ReportLosses();

    public void Dispose()
    {
        sockets.Dispose();
        linkSender?.Dispose();
        linkSender = null;
        routedSender?.Dispose();
        routedSender = null;
    }

    private void UseRouting(bool wanted)
    {
        if (!wanted)
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
}
