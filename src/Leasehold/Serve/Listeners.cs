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

    /// <inheritdoc cref="InterfaceSockets{TWanted}.HasFailures"/>
    public bool HasFailures => sockets.HasFailures;

    /// <inheritdoc cref="InterfaceSockets{TWanted}.Problems"/>
    public ImmutableArray<string> Problems => sockets.Problems;

    /// <summary>Goes over to a configuration: at start and at a reload.</summary>
    public void Use(InterfacesConfig config)
    {
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
        sockets.Use(links => WantedInterfaces.Of(config, links), config.ReDetect);
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
