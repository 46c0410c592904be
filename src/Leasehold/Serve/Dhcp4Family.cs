using Leasehold.Configuration.Model;
using Leasehold.Engine.V4;
using Leasehold.Protocol;
using Microsoft.Extensions.Logging;

namespace Leasehold.Serve;

/// <summary>DHCPv4 on its loop: the decisions, the leases and the sockets. All on the loop's thread.</summary>
internal sealed class Dhcp4Family : IServedFamily
{
    private readonly ServerLoop loop;
    private readonly LeaseStore4 store;
    private readonly Server4Ports ports;
    private readonly Dhcp4Batch batch;
    private readonly Listeners listeners;
    private Lifetime holdFor;

    public Dhcp4Family(ServerLoop loop, Dhcp4Config config, LeaseStore4 store, ServeArguments arguments, PacketLog packetLog, Dhcp4Statistics statistics, ILogger log)
    {
        this.loop = loop;
        this.store = store;
        ports = arguments.ReplyPorts4;
        listeners = new(loop.Events, loop.Monitor, arguments.ServerPort4, log);
        batch = new(store, listeners, packetLog, statistics, log) { Server = Engine(config) };
        Apply(config);
    }

    public PacketBatch Batch => batch;

    IListeners IServedFamily.Listeners => listeners;

    /// <summary>The sockets. Before the loop runs, and on its thread.</summary>
    public Listeners Listeners => listeners;

    /// <summary>Goes over to another configuration.</summary>
    public void Use(Dhcp4Config config)
    {
        batch.Server = Engine(config);
        Apply(config);
    }

    public int Advance(Instant now, int limit) => store.Table.Advance(now, holdFor, limit);

    public void Dispose() => listeners.Dispose();

    private Server4 Engine(Dhcp4Config config) => new(config, store.Table, ports, new Random());

    private void Apply(Dhcp4Config config)
    {
        store.Use(config.LeaseDatabase);
        loop.Use(config.LeaseDatabase);
        holdFor = config.ExpiredLeases.HoldReclaimedTime;
        listeners.Use(config.Interfaces);
    }
}
