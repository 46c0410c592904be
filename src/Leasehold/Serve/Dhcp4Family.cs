using Leasehold.Configuration.Model;
using Leasehold.Engine.V4;
using Leasehold.Net;
using Leasehold.Protocol;
using Leasehold.Serve.Probing;
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
    private readonly ConflictProbes probes;
    private Lifetime holdFor;

    public Dhcp4Family(ServerLoop loop, Dhcp4Config config, LeaseStore4 store, ServeArguments arguments, PacketLog packetLog, Dhcp4Statistics statistics, ILogger log)
    {
        this.loop = loop;
        this.store = store;
        ports = arguments.ReplyPorts4;
        listeners = new(loop.Events, loop.Monitor, arguments.ServerPort4, log);
        probes = new(loop.Events, loop.Monitor, TimeProvider.System, log);
        batch = new(store, listeners, probes, packetLog, statistics, log) { Server = Engine(config) };
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

    /// <summary>Looks whether what was read from the lease file fits the configuration. Before the loop runs.</summary>
    public void CheckLeases(SanityChecks checks, Action<LeaseFinding4> report) => batch.Server.CheckLeases(checks, report);

    public TimeSpan? Rest => probes.Rest;

    public bool Receive(PollSource source) => probes.Receive(source);

    public void Prepare() => probes.Advance();

    public int Advance(Instant now, int limit) => store.Table.Advance(now, holdFor, limit);

    public void Dispose()
    {
        probes.Dispose();
        listeners.Dispose();
    }

    private Server4 Engine(Dhcp4Config config) => new(config, store.Table, ports, new Random());

    private void Apply(Dhcp4Config config)
    {
        store.Use(config.LeaseDatabase);
        loop.Use(config.LeaseDatabase);
        holdFor = config.ExpiredLeases.RememberedFor;
        probes.Pending.Limit = config.ParkedPacketLimit;
        listeners.Use(config.Interfaces);
    }
}
