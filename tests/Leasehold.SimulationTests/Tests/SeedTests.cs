using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Leasehold.SimulationTests.Tests;

/// <summary>Runs seeds. LEASEHOLD_SEED names one scenario; LEASEHOLD_LONG_TESTS=1 runs new ones for LEASEHOLD_SIMULATION_MINUTES (10).</summary>
public sealed class SeedTests(ITestOutputHelper output)
{
    private const ulong FewSeeds = 800;

    [Fact]
    public void Seeds_keep_every_rule()
    {
        if (Environment.GetEnvironmentVariable("LEASEHOLD_SEED") is { Length: > 0 } named)
        {
            RunResult run = Simulation.Run(Scenario.Parse(named), told: true);
            output.WriteLine(string.Join('\n', run.Story));
            if (run.Violation is not null) Assert.Fail(Reducer.Report(run));
            return;
        }

        bool isLong = Environment.GetEnvironmentVariable("LEASEHOLD_LONG_TESTS") == "1";
        if (!isLong)
        {
            RunSeeds(1, FewSeeds, TimeSpan.MaxValue);
            return;
        }

        double minutes = double.TryParse(Environment.GetEnvironmentVariable("LEASEHOLD_SIMULATION_MINUTES"), CultureInfo.InvariantCulture, out double wanted) ? wanted : 10;
        ulong first = (ulong)Random.Shared.NextInt64(1_000_000, long.MaxValue);
        RunSeeds(first, ulong.MaxValue - first, TimeSpan.FromMinutes(minutes));
    }

    private void RunSeeds(ulong first, ulong count, TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        long next = -1;
        long simulated = 0;
        long events = 0;
        long replies = 0;
        long seeds = 0;
        ConcurrentBag<RunResult> broken = [];
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            while (broken.IsEmpty && watch.Elapsed < time && (ulong)Interlocked.Increment(ref next) is var number && number < count)
            {
                RunResult run = Simulation.Run(Scenario.Of(first + number));
                Interlocked.Increment(ref seeds);
                Interlocked.Add(ref simulated, run.Simulated);
                Interlocked.Add(ref events, run.Events);
                Interlocked.Add(ref replies, run.Replies);
                if (run.Violation is not null) broken.Add(run);
            }
        });
        double hours = simulated / (60.0 * Timeline.Minute);
        output.WriteLine($"{seeds} seeds from {first}: {hours:F0} simulated hours, {events} events, {replies} replies; "
            + $"{hours / watch.Elapsed.TotalMinutes:F0} simulated hours a minute with {Environment.ProcessorCount} threads");
        if (broken.MinBy(run => run.Scenario.Seed) is { } failing) Assert.Fail(Reducer.Report(failing));
        Assert.True(replies > 0 && seeds > 0);
    }
}
