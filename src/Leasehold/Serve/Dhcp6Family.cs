using Leasehold.Configuration.Model;
using Leasehold.Engine.V6;
using Leasehold.Net;
using Leasehold.Protocol;
using Microsoft.Extensions.Logging;

namespace Leasehold.Serve;

/// <summary>DHCPv6 on its loop: the decisions, the leases and the sockets. All on the loop's thread.</summary>
internal sealed class Dhcp6Family : IServedFamily
{
    // RFC 8415 §7.1: All_DHCP_Relay_Agents_and_Servers, and All_DHCP_Servers, where relays may send to.
    private static readonly Ipv6 AllOnLink = Ipv6.Parse("ff02::1:2");
    private static readonly Ipv6 AllServers = Ipv6.Parse("ff05::1:3");

    private readonly ServerLoop loop;
    private readonly LeaseStore6 store;
    private readonly byte[] serverId;
    private readonly Server6Ports ports;
    private readonly Dhcp6Batch batch;
    private Lifetime holdFor;

    public Dhcp6Family(
        ServerLoop loop, Dhcp6Config config, byte[] serverId, LeaseStore6 store, ServeArguments arguments, PacketLog6 packetLog, Dhcp6Statistics statistics, ILogger log)
    {
        this.loop = loop;
        this.store = store;
        this.serverId = serverId;
        ports = arguments.ReplyPorts6;
        ushort port = arguments.ServerPort6;
        Sockets = new(loop.Events, loop.Monitor, wanted => Udp6Socket.OpenOn(port, wanted.Name, wanted.Index, AllOnLink, AllServers), Dhcp6Messages.PacketsLost, log);
        batch = new(store, Sockets, packetLog, statistics, log) { Server = Engine(config) };
        Apply(config);
    }

    public PacketBatch Batch => batch;

    public IListeners Listeners => Sockets;

    /// <summary>Before the loop runs, and on its thread.</summary>
    public InterfaceSockets<WantedInterface6> Sockets { get; }

    /// <summary>Goes over to another configuration.</summary>
    public void Use(Dhcp6Config config)
    {
        batch.Server = Engine(config);
        Apply(config);
    }

    public int Advance(Instant now, int limit) => store.Table.Advance(now, holdFor, limit);

    public void Dispose() => Sockets.Dispose();

    private Server6 Engine(Dhcp6Config config) => new(config, serverId, store.Table, ports, new Random());

    private void Apply(Dhcp6Config config)
    {
        store.Use(config.LeaseDatabase);
        loop.Use(config.LeaseDatabase);
        holdFor = config.ExpiredLeases.RememberedFor;
        Sockets.Use(
            links => WantedInterfaces6.Of(config.Interfaces, links),
            new(config.Interfaces.ReDetect, config.Interfaces.RequireAll, config.Interfaces.MaxRetries, TimeSpan.FromMilliseconds(config.Interfaces.RetryWaitMs)));
    }
}
