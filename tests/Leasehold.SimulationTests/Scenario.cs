using System.Globalization;
using System.Numerics;
using Leasehold.SimulationTests.Serving;

namespace Leasehold.SimulationTests;

/// <summary>All that makes a run: the same scenario is the same run, octet for octet.</summary>
internal sealed record Scenario
{
    private static readonly int TroubleCount = BitOperations.PopCount((uint)Trouble.All);

    public required ulong Seed { get; init; }

    /// <summary>Machines on the network, hostile ones included.</summary>
    public required int Clients { get; init; }

    /// <summary>What goes wrong, and what clients do beside keeping a lease.</summary>
    public required Trouble Troubles { get; init; }

    /// <summary>How long it is watched, in simulated minutes; the quiet time at its end comes on top.</summary>
    public required int Minutes { get; init; }

    /// <summary>The run ends after so many events, without the checks of a run's end.</summary>
    public long Events { get; init; } = long.MaxValue;

    /// <summary>What is broken on purpose, to see whether the simulation finds it.</summary>
    public Bug Bug { get; init; }

    /// <summary>What a seed stands for.</summary>
    public static Scenario Of(ulong seed, Bug bug = Bug.None)
    {
        Dice dice = new(seed, "scenario");
        Trouble troubles = Trouble.All;
        // Most runs have most of it; a run without one kind lets the others work for longer.
        for (int bit = 0; bit < TroubleCount; bit++)
        {
            if (dice.OneIn(4)) troubles &= ~(Trouble)(1 << bit);
        }

        return new() { Seed = seed, Clients = dice.Between(2, 16), Troubles = troubles, Minutes = dice.Between(30, 180), Bug = bug };
    }

    /// <summary>Reads what <see cref="ToString"/> writes; a number alone is a seed.</summary>
    /// <exception cref="FormatException">Neither.</exception>
    public static Scenario Parse(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Scenario scenario = Of(ulong.Parse(words[0], CultureInfo.InvariantCulture));
        foreach (string word in words[1..])
        {
            string[] parts = word.Split('=');
            scenario = parts switch
            {
                ["clients", var n] => scenario with { Clients = int.Parse(n, CultureInfo.InvariantCulture) },
                ["minutes", var n] => scenario with { Minutes = int.Parse(n, CultureInfo.InvariantCulture) },
                ["events", var n] => scenario with { Events = long.Parse(n, CultureInfo.InvariantCulture) },
                ["troubles", var names] => scenario with { Troubles = Enum.Parse<Trouble>(names) },
                ["bug", var name] => scenario with { Bug = Enum.Parse<Bug>(name) },
                _ => throw new FormatException($"'{word}' is no part of a scenario"),
            };
        }

        return scenario;
    }

    public bool Has(Trouble trouble) => (Troubles & trouble) != Trouble.None;

    /// <summary>One line that <see cref="Parse"/> reads.</summary>
    public override string ToString()
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{Seed} clients={Clients} minutes={Minutes} troubles={Troubles}").Replace(", ", ",", StringComparison.Ordinal);
        if (Events != long.MaxValue) text += string.Create(CultureInfo.InvariantCulture, $" events={Events}");
        return Bug == Bug.None ? text : $"{text} bug={Bug}";
    }
}

/// <summary>What makes a run hard. Each can be switched off, to make a failing run shorter.</summary>
[Flags]
internal enum Trouble
{
    None = 0,

    /// <summary>Packets are lost.</summary>
    Loss = 1 << 0,

    /// <summary>Packets come twice.</summary>
    Doubles = 1 << 1,

    /// <summary>Packets take long, so that later ones overtake them.</summary>
    Delays = 1 << 2,

    /// <summary>Octets of packets to the server are changed, as if a relay had broken memory.</summary>
    Damage = 1 << 3,

    /// <summary>Clients go from one link to another.</summary>
    Roaming = 1 << 4,

    /// <summary>Clients forget what they have and begin anew.</summary>
    Forgetting = 1 << 5,

    /// <summary>Clients give addresses back, or find them in use.</summary>
    GivingBack = 1 << 6,

    /// <summary>Clients share a hardware address or a client identifier.</summary>
    Cloning = 1 << 7,

    /// <summary>Strangers send DISCOVER after DISCOVER, and whatever else comes to their minds.</summary>
    Flooding = 1 << 8,

    /// <summary>The power goes, also in the middle of a write.</summary>
    PowerCuts = 1 << 9,

    /// <summary>Writes and syncs fail, and the disk is full.</summary>
    DiskFaults = 1 << 10,

    /// <summary>Somebody sets the server's clock.</summary>
    ClockJumps = 1 << 11,

    /// <summary>Pools, reservations and times change while the server runs.</summary>
    Reloads = 1 << 12,

    /// <summary>Machines sleep, and wake up when their leases are over.</summary>
    Sleeping = 1 << 13,

    All = (1 << 14) - 1,
}
