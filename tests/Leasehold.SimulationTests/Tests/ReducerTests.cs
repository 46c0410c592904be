using Leasehold.SimulationTests.Serving;

namespace Leasehold.SimulationTests.Tests;

/// <summary>A failing run becomes a short one that fails for the same reason.</summary>
public sealed class ReducerTests
{
    [Theory]
    [InlineData(Bug.OldLeaseKept)]
    [InlineData(Bug.SyncSkipped)]
    [InlineData(Bug.NoReclaim)]
    public void Failing_run_becomes_shorter_and_still_breaks_the_same_rule(Bug bug)
    {
        RunResult failing = Failing(bug);
        RunResult reduced = Reducer.Reduce(failing);

        Assert.Equal(failing.Violation!.Rule, reduced.Violation?.Rule);
        Assert.True(reduced.Scenario.Clients <= failing.Scenario.Clients && reduced.Scenario.Minutes <= failing.Scenario.Minutes);
        Assert.True(reduced.Scenario.Troubles != failing.Scenario.Troubles || reduced.Scenario.Clients < failing.Scenario.Clients);

        // It is the whole of it: the line alone gives the same run.
        RunResult again = Simulation.Run(Scenario.Parse(reduced.Scenario.ToString()));
        Assert.Equal((reduced.Violation?.Message, reduced.Digest), (again.Violation?.Message, again.Digest));
    }

    [Fact]
    public void Report_of_a_broken_rule_says_how_to_see_it_again()
    {
        RunResult failing = Failing(Bug.AckToAnotherXid);
        string report = Reducer.Report(failing);

        Assert.Contains($"LEASEHOLD_SEED='{failing.Scenario}'", report, StringComparison.Ordinal);
        Assert.Contains("fit: xid", report, StringComparison.Ordinal);
    }

    private static RunResult Failing(Bug bug)
    {
        for (ulong seed = 1; seed <= 50; seed++)
        {
            if (Simulation.Run(Scenario.Of(seed, bug)) is { Violation: not null } run) return run;
        }

        throw new InvalidOperationException($"{bug} was not found");
    }
}
