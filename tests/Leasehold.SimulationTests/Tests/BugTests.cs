using Leasehold.SimulationTests.Serving;

namespace Leasehold.SimulationTests.Tests;

/// <summary>The simulation bites: whatever is broken around the server is found, and soon. docs/simulation.md has the numbers.</summary>
public sealed class BugTests(ITestOutputHelper output)
{
    /// <summary>Seeds that suffice for every bug.</summary>
    private const ulong Seeds = 20;

    public static TheoryData<Bug> Bugs => [.. Enum.GetValues<Bug>().Where(bug => bug != Bug.None)];

    [Theory]
    [MemberData(nameof(Bugs))]
    public void Bug_is_found_within_a_few_seeds(Bug bug)
    {
        if (Environment.GetEnvironmentVariable("LEASEHOLD_LONG_TESTS") == "1") output.WriteLine(Row(bug));
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            if (Simulation.Run(Scenario.Of(seed, bug)).Violation is not null) return;
        }

        Assert.Fail($"{bug} was not found in {Seeds} seeds");
    }

    /// <summary>The bug's row in docs/simulation.md.</summary>
    private static string Row(Bug bug)
    {
        RunResult[] found = [.. Enumerable.Range(1, 100).Select(seed => Simulation.Run(Scenario.Of((ulong)seed, bug))).Where(run => run.Violation is not null)];
        IEnumerable<string> rules = found.CountBy(run => run.Violation!.Rule).OrderByDescending(rule => rule.Value).Select(rule => rule.Key);
        return $"| `{bug}` | {found.FirstOrDefault()?.Scenario.Seed} | {found.Length} | {string.Join(", ", rules)} |";
    }

    [Fact]
    public void Same_seeds_without_a_bug_break_no_rule()
    {
        for (ulong seed = 1; seed <= Seeds; seed++) Assert.Null(Simulation.Run(Scenario.Of(seed)).Violation);
    }

    [Fact]
    public void Documentation_has_a_row_for_each_bug()
    {
        string[] rows = [.. DocumentationLines().Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1])];
        Assert.Equal(Enum.GetNames<Bug>().Skip(1).Order(StringComparer.Ordinal), rows.Where(row => Enum.TryParse<Bug>(row, out _)).Order(StringComparer.Ordinal));
    }

    private static string[] DocumentationLines()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "docs", "simulation.md");
            if (File.Exists(path)) return File.ReadAllLines(path);
        }

        throw new InvalidOperationException("docs/simulation.md was not found");
    }
}
