using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.SimulationTests.Clients;
using Leasehold.SimulationTests.Judging;
using Leasehold.SimulationTests.Serving;

namespace Leasehold.SimulationTests;

/// <summary>One run: a network, a server, a disk, clients, and a judge. Everything follows from the scenario.</summary>
internal sealed class Simulation
{
    private const int StoryLength = 40;
    private const long QuietTime = 20 * Timeline.Minute;

    private readonly Dice dice;
    private readonly Administrator administrator;
    private readonly List<Stranger> strangers = [];
    private readonly Queue<string> story = new();
    private bool isQuiet;

    private Simulation(Scenario scenario, bool told)
    {
        Scenario = scenario;
        IsTold = told;
        dice = new(scenario.Seed, "fate");
        Clients = Machines();
        administrator = new(new(scenario.Seed, "administrator"), Clients);
        Network = new(this);
        Judge = new(this, administrator.MatchClientId);
        Server = new(this, new(scenario.Bug), administrator.Write());
    }

    public Scenario Scenario { get; }
    public Timeline Time { get; } = new();
    public VirtualNetwork Network { get; }
    public SimulatedServer Server { get; }
    public Judge Judge { get; }
    public IReadOnlyList<SimulatedClient> Clients { get; }

    /// <summary>Somebody wants to read what happens.</summary>
    public bool IsTold { get; }

    /// <summary>Runs a scenario to its end or to the first broken rule.</summary>
    /// <param name="told">Keep the last lines of what happened.</param>
    public static RunResult Run(Scenario scenario, bool told = false)
    {
        Simulation simulation = new(scenario, told);
        Violation? violation = null;
        try
        {
            simulation.Play();
        }
        catch (Violation broken)
        {
            violation = broken;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            violation = new($"exception {exception.GetType().Name}", exception.ToString());
        }

        return new(scenario, violation, simulation.Time.Happened, simulation.Time.Now, simulation.Judge.Replies, simulation.Judge.Digest, [.. simulation.story]);
    }

    /// <summary>True while this kind of trouble is on.</summary>
    public bool Has(Trouble trouble) => !isQuiet && Scenario.Has(trouble);

    public void Tell(string what)
    {
        if (!IsTold) return;
        story.Enqueue($"{Time.Now / (double)Timeline.Second:F3} ({Time.ServerNow}) {what}");
        if (story.Count > StoryLength) story.Dequeue();
    }

    /// <summary>The power goes, and comes back later.</summary>
    public void PowerCut(string when)
    {
        Tell($"the power goes {when}");
        Server.Kill();
        Server.Disk.CutPower();
        StartIn(dice.Between(1, 300) * Timeline.Second);
    }

    private void Play()
    {
        Server.Start();
        foreach (SimulatedClient client in Clients) client.Start();
        foreach (Stranger stranger in strangers) stranger.Start();
        Tick();
        Every(Trouble.PowerCuts, 3, 50, Interrupt);
        Every(Trouble.DiskFaults, 2, 25, BreakDisk);
        Every(Trouble.ClockJumps, 15, 90, SetClock);
        Every(Trouble.Reloads, 4, 60, Reload);
        if (!Pass(Scenario.Minutes * Timeline.Minute)) return;

        isQuiet = true;
        Server.Disk.Repair();
        if (!Server.IsUp) Start();
        foreach (SimulatedClient client in Clients) client.CalmDown();
        if (Pass(QuietTime) && CheckServed()) End();
    }

    private void End()
    {
        Time.Clear();

        PassAllLeases();
        Judge.Finished();

        // What is over in memory may be in the file still, and not over yet by a clock that was set back.
        Server.Stop();
        Server.Start();
        PassAllLeases();
        Judge.Finished();
    }

    /// <summary>Lets time pass until every lease has ended, and then until none is remembered.</summary>
    private void PassAllLeases()
    {
        foreach (Lifetime rest in (Lifetime[])[new(0), Server.Config.ExpiredLeases.RememberedFor])
        {
            Instant last = Time.ServerNow;
            foreach (Lease4 lease in Server.Table.All())
            {
                if (lease.Expire > last) last = lease.Expire;
            }

            Time.Step(Time.Now + ((last + rest).Seconds - Time.ServerNow.Seconds + 2) * Timeline.Second);
            Server.Tick(Time.ServerNow, int.MaxValue);
        }
    }

    /// <summary>In quiet times every client gets an address where there is one for some minutes.</summary>
    private bool CheckServed()
    {
        HashSet<SimulatedClient> starving = [.. Clients];
        for (int i = 0; i < 20; i++)
        {
            if (!Pass(10 * Timeline.Second)) return false;
            starving.RemoveWhere(client => client.IsBound || IsFull(client.Link));
        }

        foreach (SimulatedClient client in starving) throw new Violation("served", $"{client} gets no address ({client.State}), and there are free ones");
        return true;
    }

    private bool IsFull(Link link) =>
        Server.Config.Subnets.First(each => each.Id == link.Id).Pools.All(pool => Server.Table.Pool(pool.Range).Count == 0);

    private bool Pass(long milliseconds)
    {
        long until = Time.Now + milliseconds;
        while (Time.Step(until))
        {
            if (Time.Happened >= Scenario.Events) return false;
        }

        return true;
    }

    private void Tick() => Time.In(dice.Between(1, 20) * Timeline.Second, () =>
    {
        Server.Tick(Time.ServerNow);
        if (Server.IsUp) Judge.Audit(Time.ServerNow);
        Tick();
    });

    private void Every(Trouble trouble, int least, int most, Action what) => Time.In(dice.Between(least * 60, most * 60) * Timeline.Second, () =>
    {
        if (!Has(trouble)) return;
        what();
        Every(trouble, least, most, what);
    });

    private void Interrupt()
    {
        if (!Server.IsUp) return;
        switch (dice.Next(5))
        {
            case 0:
                Tell("the server is stopped");
                Stop();
                break;
            case 1:
                Tell("the server is killed");
                Server.Kill();
                StartIn(dice.Between(0, 30_000));
                break;
            case 2:
                PowerCut("at once");
                break;
            default:
                Server.Disk.PowerCutIn = dice.Between(1, 6);
                break;
        }
    }

    private void Stop()
    {
        try
        {
            Server.Stop();
            StartIn(dice.Between(0, 30_000));
        }
        catch (PowerLost)
        {
            PowerCut("while the server stops");
        }
    }

    private void StartIn(long milliseconds) => Time.In(milliseconds, Start);

    private void Start()
    {
        if (Server.IsUp) return;
        if (Has(Trouble.PowerCuts) && dice.OneIn(4)) Server.Disk.PowerCutIn = dice.Between(1, 5);
        try
        {
            Server.Start();
        }
        catch (PowerLost)
        {
            PowerCut("while the server starts");
        }
        catch (IOException exception)
        {
            Tell($"the server does not start: {exception.Message}");
            Server.Kill();
            Server.Disk.Repair();
            StartIn(Timeline.Second);
        }
    }

    private void BreakDisk()
    {
        VirtualDisk disk = Server.Disk;
        if (dice.OneIn(3)) disk.FailWrites = dice.Between(1, 3);
        if (dice.OneIn(3)) disk.FailSyncs = dice.Between(1, 3);
        if (dice.OneIn(3)) disk.FailLengths = dice.Between(1, 3);
        if (!dice.OneIn(4)) return;
        disk.Full = true;
        Time.In(dice.Between(1, 600) * Timeline.Second, () => disk.Full = false);
    }

    private void SetClock()
    {
        long seconds = dice.OneIn(3) ? dice.Between(-5, 5) : dice.Between(-3600, 3600);
        Time.ServerAhead += seconds * Timeline.Second;
        Tell($"the server's clock is set by {seconds} seconds");
    }

    private void Reload()
    {
        Tell("another configuration");
        Server.Use(administrator.Write());
    }

    private List<SimulatedClient> Machines()
    {
        Dice birth = new(Scenario.Seed, "birth");
        List<SimulatedClient> machines = [];
        for (int i = 0; i < Scenario.Clients; i++)
        {
            byte[] mac = [2, 0, 0x5e, 0x10, 0, (byte)i];
            byte[] clientId = birth.OneIn(2) ? [1, .. mac] : [];
            if (Has(Trouble.Cloning) && i > 0 && birth.OneIn(4))
            {
                SimulatedClient model = birth.Pick(machines);
                if (birth.OneIn(2)) mac = model.Mac.Octets.ToArray();
                else clientId = model.ClientId;
            }

            SimulatedClient machine = new(this, i, new(HardwareAddress.Ethernet, mac), clientId, birth.OneIn(2) ? Link.All[0] : birth.Pick(Link.All));
            machines.Add(machine);
            if (birth.OneIn(6)) strangers.Add(new(this, machine, i));
        }

        return machines;
    }
}

/// <summary>What became of a run.</summary>
/// <param name="Violation">Null when every rule was kept.</param>
/// <param name="Events">How many events happened.</param>
/// <param name="Simulated">How long it was, in milliseconds of the simulated world.</param>
/// <param name="Replies">Replies of the server that were judged.</param>
/// <param name="Digest">A sum over the octets of all replies.</param>
/// <param name="Story">The last lines of what happened, for a run that was told.</param>
internal sealed record RunResult(Scenario Scenario, Violation? Violation, long Events, long Simulated, long Replies, ulong Digest, IReadOnlyList<string> Story);
