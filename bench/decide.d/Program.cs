using System.Globalization;
using Leasehold.DecideBench;

int rounds = args is ["--rounds", var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 200;
if (args.Length is not (0 or 2) || rounds < 1)
{
    Console.Error.WriteLine("usage: bench/decide [--rounds N]");
    return 2;
}

Console.WriteLine($"one exchange is DISCOVER and REQUEST, decided and applied; CPU time, medians of {rounds} blocks of {Scenario.BlockLength}, one block of each in turn");
Console.WriteLine();
Console.WriteLine($"{"",-46} {"read s",7} {"make s",7} {"MiB",6} {"us",7} {"base us",8} {"ratio",6}");
foreach (Func<Scenario> make in (Func<Scenario>[])
    [Scenarios.Empty, Scenarios.AlmostFull, Scenarios.StrangersAmongReservations, Scenarios.Owners, Scenarios.ManySubnets, Scenarios.ManyClasses])
{
    Scenario scenario = make();
    Scenario first = Scenarios.Empty();
    double[] costs = new double[rounds];
    double[] baseline = new double[rounds];
    for (int i = 0; i < rounds / 4; i++)
    {
        scenario.Block();
        first.Block();
    }

    for (int i = 0; i < rounds; i++)
    {
        costs[i] = scenario.Block();
        baseline[i] = first.Block();
    }

    double cost = Median(costs);
    double unit = Median(baseline);
    Console.WriteLine(FormattableString.Invariant(
        $"{scenario.Name,-46} {scenario.ReadSeconds,7:F2} {scenario.MakeSeconds,7:F2} {scenario.Mebibytes,6:F0} {cost,7:F2} {unit,8:F2} {cost / unit,6:F2}"));
}

return 0;

static double Median(double[] values)
{
    Array.Sort(values);
    return values[values.Length / 2];
}
