using Leasehold.Configuration.Model;
using Leasehold.Engine;
using Leasehold.Engine.V4;
using Leasehold.Leases;
using Leasehold.Leases.Memfile;
using Leasehold.Protocol;
using Leasehold.SimulationTests.Judging;

namespace Leasehold.SimulationTests.Serving;

/// <summary>The server between a virtual network and a virtual disk: the product's engine, table and log, and a batch like the executable's.</summary>
/// <remarks>
/// The executable's batch needs sockets. This one has the same steps in the same order: decide and apply each packet, store all changes at
/// once, reply only then; when storing fails, undo everything and decide again without what needs storage.
/// </remarks>
internal sealed class SimulatedServer
{
    private const string LeaseFile = "kea-leases4.csv";
    private const int MaxBatch = 64;
    private const int AdvanceLimit = 256;

    private readonly Simulation simulation;
    private readonly Sabotage sabotage;
    private readonly Queue<Flight> socket = new();
    private readonly List<Flight> batch = [];
    private readonly List<Decided> decided = [];
    private readonly byte[] reply = new byte[Server4.MaxReply];
    private readonly int prepareAhead;
    private LeaseLog4? log;
    private Server4? engine;
    private Dhcp4Config config;
    private bool turnIsDue;
    private long decisions;
    private int lives;

    public SimulatedServer(Simulation simulation, Sabotage sabotage, Dhcp4Config config)
    {
        this.simulation = simulation;
        this.sabotage = sabotage;
        this.config = config;
        Chance = new(simulation.Scenario.Seed, "server");
        Disk = new(new(simulation.Scenario.Seed, "disk")) { Lies = sabotage.DiskLies, DirectoryLies = sabotage.DirectoryLies };
        prepareAhead = Chance.Pick([0, 700, 5000, 65536]);
    }

    public VirtualDisk Disk { get; }
    public LeaseTable4 Table { get; private set; } = new();
    public bool IsUp => log is not null;
    public Dhcp4Config Config => config;
    private Dice Chance { get; }

    /// <summary>Loads the leases and begins to serve. The power may go meanwhile.</summary>
    public void Start()
    {
        Table = new(simulation.Scenario.Seed + (ulong)lives++);
        Instant now = simulation.Time.ServerNow;
        Table.Advance(now, Lifetime.Infinite, int.MaxValue);
        LeaseLoadReport report = LeaseLog4.Open(Disk, LeaseFile, Table, new() { PrepareAhead = prepareAhead }, out log);
        if (log is null) throw new Violation("start", $"the leases could not be loaded: {string.Join("; ", report.Findings)}");
        Use(config);
        socket.Clear();
        turnIsDue = false;
        simulation.Judge.Recovered(now);
        simulation.Tell($"the server is up with {Table.Count} leases of {report.Lines} lines");
    }

    /// <summary>The process ends at once; what it wrote stays in the kernel's memory.</summary>
    public void Kill()
    {
        log = null;
        engine = null;
        socket.Clear();
    }

    /// <summary>Ends as it should.</summary>
    public void Stop()
    {
        log?.Dispose();
        Kill();
    }

    /// <summary>Goes over to another configuration, between two batches.</summary>
    public void Use(Dhcp4Config next)
    {
        config = next;
        if (engine is not null && sabotage.IgnoresReloads) return;
        if (IsUp) engine = new(sabotage.Config(next), Table, Server4Ports.Standard, Chance);
    }

    /// <summary>A packet is in the socket; it is served with all that wait by then.</summary>
    public void Receive(Flight flight)
    {
        if (!IsUp || socket.Count >= 1000) return;
        socket.Enqueue(flight);
        TurnIn(0);
    }

    /// <summary>What is due once a second: leases that are over go.</summary>
    public void Tick(Instant now, int limit = AdvanceLimit)
    {
        if (!IsUp || sabotage.NeverAdvances) return;
        simulation.Judge.Passed(now);
        Table.Advance(now + new Lifetime(sabotage.AdvancesEarly), config.ExpiredLeases.RememberedFor, limit);
    }

    private void TurnIn(long milliseconds)
    {
        if (turnIsDue) return;
        turnIsDue = true;
        int life = lives;
        simulation.Time.In(milliseconds, () =>
        {
            if (life == lives) Turn();
        });
    }

    private void Turn()
    {
        turnIsDue = false;
        if (log is null || socket.Count == 0) return;
        batch.Clear();
        while (socket.Count > 0 && batch.Count < MaxBatch) batch.Add(socket.Dequeue());
        Instant now = simulation.Time.ServerNow;
        simulation.Judge.Passed(now);
        int storing;
        try
        {
            storing = Serve(log, now);
        }
        catch (PowerLost)
        {
            simulation.PowerCut("while a batch was being stored");
            return;
        }

        Tick(now);
        simulation.Judge.Audit(now);
        if (socket.Count > 0 || storing > 0) TurnIn(storing);
    }

    /// <returns>How many milliseconds storing took.</returns>
    private int Serve(LeaseLog4 log, Instant now)
    {
        int durable = Decide(log, now, mayStore: true);
        int storing = durable == 0 ? 0 : Chance.OneIn(10) ? Chance.Between(20, 2000) : Chance.Between(0, 20);
        if (sabotage.SendsBeforeCommit) Answer(after: 0);
        if (durable > 0)
        {
            simulation.Judge.Storing(decided);
            if (!log.TryCommit(out string? error) && !sabotage.IgnoresFailedCommits)
            {
                simulation.Tell($"the batch was not stored: {error}");
                if (!sabotage.KeepsFailedChanges) Table.Rollback();
                if (sabotage.SendsBeforeCommit) return storing;
                Table.Accept();
                Decide(log, now, mayStore: false);
            }
            else
            {
                simulation.Judge.Stored();
            }
        }

        Table.Accept();
        if (!sabotage.SendsBeforeCommit) Answer(storing);
        return storing;
    }

    private int Decide(LeaseLog4 log, Instant now, bool mayStore)
    {
        Server4 server = engine ?? throw new InvalidOperationException("the server is down");
        decided.Clear();
        int durable = 0;
        foreach (Flight flight in batch)
        {
            byte[] octets = sabotage.Packet(flight.Octets);
            Datagram datagram = new()
            {
                Payload = octets,
                Source = flight.Source,
                SourcePort = flight.SourcePort,
                Destination = flight.Destination,
                Interface = flight.Interface,
            };
            reply.AsSpan().Fill(0xEE);
            Outcome4 outcome = server.Handle(datagram, now, reply);
            LeaseChange4 change = sabotage.Change(outcome.Change);
            RequestView? request = RequestView.Read(flight.Octets);
            Decided d = new()
            {
                Packet = flight,
                Request = request,
                Now = now,
                Number = ++decisions,
                Drop = outcome.Drop,
                Nak = outcome.Nak,
                Sent = outcome.Sent,
                SubnetId = outcome.SubnetId,
                Change = change.Kind,
                Address = change.Lease.Address,
                Expire = change.Lease.Expire,
                Vacates = change.Vacates,
                To = outcome.Destination,
                Identity = request is null ? null : simulation.Judge.Identify(request),
            };
            if (change.IsDurable && !mayStore)
            {
                d.Drop = DropReason.NotStored;
                (d.Change, d.Vacates) = (LeaseChangeKind.None, null);
            }
            else
            {
                if (change.IsDurable)
                {
                    if (!sabotage.IsNotLogged(change, outcome.IsRenewal)) log.Append(change, now);
                    durable++;
                }

                Table.Apply(change, now);
                if (outcome.ReplyLength > 0) d.Reply = Compose(outcome);
            }

            decided.Add(d);
        }

        return durable;
    }

    private byte[] Compose(in Outcome4 outcome)
    {
        byte[] octets = reply.AsSpan(0, outcome.ReplyLength).ToArray();
        sabotage.Reply(octets, outcome.Sent);
        return octets;
    }

    /// <summary>Replies leave; from now on they are promises.</summary>
    private void Answer(int after)
    {
        foreach (Decided d in decided)
        {
            if (simulation.IsTold) simulation.Tell(d.ToString());
            simulation.Judge.Answered(d);
            if (d.Reply is not null) simulation.Network.Deliver(d, after);
        }
    }
}
