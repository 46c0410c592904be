using Leasehold.SimulationTests.Serving;

namespace Leasehold.SimulationTests.Tests;

/// <summary>A scenario is a run: whoever has its one line has all that happens in it.</summary>
public sealed class DeterminismTests
{
    [Fact]
    public void Same_scenario_is_the_same_run_to_the_last_octet()
    {
        HashSet<ulong> different = [];
        for (ulong seed = 1; seed <= 12; seed++)
        {
            RunResult first = Simulation.Run(Scenario.Of(seed));
            RunResult second = Simulation.Run(Scenario.Parse(first.Scenario.ToString()), told: true);
            Assert.Equal((first.Events, first.Replies, first.Digest, first.Violation?.Message), (second.Events, second.Replies, second.Digest, second.Violation?.Message));
            different.Add(first.Digest);
        }

        Assert.Equal(12, different.Count);
    }

    [Fact]
    public void Line_of_a_scenario_is_read_back()
    {
        Scenario scenario = Scenario.Of(77, Bug.SyncSkipped) with { Clients = 3, Minutes = 9, Events = 1234, Troubles = Trouble.Loss | Trouble.PowerCuts };

        Assert.Equal("77 clients=3 minutes=9 troubles=Loss,PowerCuts events=1234 bug=SyncSkipped", scenario.ToString());
        Assert.Equal(scenario, Scenario.Parse(scenario.ToString()));
        Assert.Equal(Scenario.Of(77), Scenario.Parse("77"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1 speed=3")]
    public void What_is_no_scenario_is_refused(string text) => Assert.ThrowsAny<Exception>(() => Scenario.Parse(text));

    [Fact]
    public void Dice_of_a_seed_fall_the_same_everywhere()
    {
        Assert.Equal([540, 241, 132, 828], Fall(new(1, "test")));
        Assert.NotEqual(Fall(new(1, "test")), Fall(new(1, "tesu")));
        Assert.NotEqual(Fall(new(1, "test")), Fall(new(2, "test")));

        static int[] Fall(Dice dice) => [dice.Next(1000), dice.Next(1000), dice.Next(1000), dice.Next(1000)];
    }
}
