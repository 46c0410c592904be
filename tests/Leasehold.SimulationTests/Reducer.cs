namespace Leasehold.SimulationTests;

/// <summary>Makes a failing scenario short, so that a person can read what happens in it.</summary>
internal static class Reducer
{
    private static readonly int[] FewClients = [1, 2, 3, 4, 6, 8, 11];

    /// <summary>Tries fewer troubles, fewer clients and less time; keeps what breaks the same rule.</summary>
    /// <param name="failing">What came of a scenario that breaks a rule.</param>
    /// <returns>The run of the shortest scenario that was found, told.</returns>
    public static RunResult Reduce(RunResult failing)
    {
        string rule = failing.Violation?.Rule ?? throw new ArgumentException("nothing is broken", nameof(failing));
        RunResult best = failing;
        bool again = true;
        while (again)
        {
            again = TryEach(Enum.GetValues<Trouble>().Where(each => best.Scenario.Has(each) && each != Trouble.All), (scenario, off) => scenario with { Troubles = scenario.Troubles & ~off });
            again |= TryFirst(FewClients.Where(each => each < best.Scenario.Clients), (scenario, clients) => scenario with { Clients = clients });
            again |= TryFirst([1, 5, 10, 20, 40, 80], (scenario, minutes) => scenario with { Minutes = Math.Min(minutes, scenario.Minutes) });
        }

        // What comes after the broken rule does not matter; at the end of a run there is nothing after it.
        Scenario cut = best.Scenario with { Events = best.Events };
        if (!Breaks(Simulation.Run(cut))) cut = best.Scenario;
        return Simulation.Run(cut, told: true);

        bool TryEach<T>(IEnumerable<T> changes, Func<Scenario, T, Scenario> change)
        {
            bool any = false;
            foreach (T each in changes.ToArray()) any |= Try(change(best.Scenario, each));
            return any;
        }

        bool TryFirst<T>(IEnumerable<T> changes, Func<Scenario, T, Scenario> change) => changes.ToArray().Any(each => Try(change(best.Scenario, each)));

        bool Try(Scenario scenario)
        {
            if (scenario == best.Scenario) return false;
            RunResult run = Simulation.Run(scenario);
            if (!Breaks(run)) return false;
            best = run;
            return true;
        }

        bool Breaks(RunResult run) => run.Violation?.Rule == rule;
    }

    /// <summary>All that a person needs to look into a broken rule.</summary>
    public static string Report(RunResult failing)
    {
        RunResult reduced = Reduce(failing);
        return $"""
            seed {failing.Scenario.Seed} breaks a rule after {failing.Events} events:
              {failing.Violation?.Message}
            the same run again: LEASEHOLD_SEED='{failing.Scenario}' ./test --filter Seeds_keep_every_rule
            a shorter one:      LEASEHOLD_SEED='{reduced.Scenario}' ./test --filter Seeds_keep_every_rule
            the end of the shorter one:
              {string.Join("\n  ", reduced.Story)}
              {reduced.Violation?.Message}
            """;
    }
}
