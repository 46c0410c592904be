namespace Leasehold.SimulationTests.Tests;

/// <summary>Tmp.</summary>
public class Smoke
{
    [Fact]
    public void Runs()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Dictionary<string, List<string>> failures = [];
        long simulated = 0; long events = 0; long replies = 0;
        int n = int.Parse(Environment.GetEnvironmentVariable("N") ?? "100", System.Globalization.CultureInfo.InvariantCulture);
        for (ulong seed = 1; seed <= (ulong)n; seed++)
        {
            RunResult r = Simulation.Run(Scenario.Of(seed));
            simulated += r.Simulated; events += r.Events; replies += r.Replies;
            if (r.Violation is { } v)
            {
                if (!failures.TryGetValue(v.Rule, out List<string>? list)) failures.Add(v.Rule, list = []);
                list.Add($"seed {seed}: {v.Message} [{r.Events}]");
            }
        }
        Console.WriteLine($"{simulated / 3600000.0:F0} h, {events} events, {replies} replies in {watch.Elapsed.TotalSeconds:F1} s");
        foreach (var f in failures) Console.WriteLine($"{f.Key}: {f.Value.Count}\n  {string.Join("\n  ", f.Value.Take(3))}");
        if (Environment.GetEnvironmentVariable("BUGS") is not null)
        {
            foreach (Serving.Bug bug in Enum.GetValues<Serving.Bug>())
            {
                if (bug == Serving.Bug.None) continue;
                Dictionary<string, int> rules = []; ulong first = 0; int found = 0; watch.Restart();
                for (ulong seed = 1; seed <= 100; seed++)
                {
                    if (Simulation.Run(Scenario.Of(seed, bug)).Violation is not { } v) continue;
                    if (first == 0) first = seed;
                    found++;
                    rules[v.Rule] = rules.GetValueOrDefault(v.Rule) + 1;
                }
                Console.WriteLine($"{bug}: first {first}, {found} of 100; {string.Join(", ", rules.OrderByDescending(r => r.Value).Select(r => $"{r.Key} {r.Value}"))} [{watch.Elapsed.TotalSeconds:F1} s]");
            }
        }
        if (Environment.GetEnvironmentVariable("S") is { } s)
        {
            RunResult r = Simulation.Run(Scenario.Parse(s), told: true);
            Console.WriteLine(string.Join("\n", r.Story)); Console.WriteLine(r.Violation?.Message);
        }
    }
}
