using System.Globalization;
using Leasehold.Fuzz.Driving;

if (args is [var where, "--recover"])
{
    LastInput.Recover(Path.Combine(where, "results"));
    return 0;
}

if (args is [_, "--list"])
{
    foreach (Target one in Target.All) Console.WriteLine($"{one.Name,-12} {one.About}");
    return 0;
}

if (!Arguments.TryRead(args, out Arguments? asked, out string problem))
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine("usage: fuzz/run --list | fuzz/run TARGET [--for 10m] [--seed N] [--runs N] [--save] [--replay FILE]");
    return 2;
}

string results = Path.Combine(asked.Folder, "results");
string saved = Path.Combine(asked.Folder, "corpus", asked.Target.Name);
Corpus corpus = new();
using LastInput last = new(results, asked.Target.MaxLength);
Driver driver = new(asked.Target, corpus, asked.Seed, last);
TimeSpan cpu = Environment.CpuUsage.TotalTime;
TimeSpan elapsed = TimeSpan.Zero;
if (asked.Replay is { } file) driver.Begin([Corpus.Read(file)]);
else if (driver.Begin(asked.Target.Seeds(Path.Combine(asked.Folder, "../tests")).Concat(Corpus.Load(saved)))) driver.Run(asked.Time, asked.Runs, Progress);

if (!Console.IsErrorRedirected) Console.Error.Write("\r\u001b[K");
Console.WriteLine($"{driver.Describe(elapsed)}, seed {asked.Seed}, {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds.ToString("F0", CultureInfo.InvariantCulture)} s of CPU");
if (driver.Failure is { } failure)
{
    string name = $"{asked.Target.Name}-{asked.Seed}-{driver.Runs}";
    File.WriteAllText(Path.Combine(results, $"{name}.hex"), $"# {asked.Target.Name}, seed {asked.Seed}, input {driver.Runs}, as it was found\n{Corpus.Show(failure.Input)}");
    File.WriteAllText(Path.Combine(results, $"{name}-reduced.hex"), $"# {asked.Target.Name}, seed {asked.Seed}, input {driver.Runs}, reduced\n{Corpus.Show(failure.Reduced)}");
    Console.WriteLine($"failed: {failure.Thrown}");
    Console.WriteLine($"input {driver.Runs} of seed {asked.Seed}: fuzz/results/{name}.hex ({failure.Input.Length} octets), reduced: fuzz/results/{name}-reduced.hex ({failure.Reduced.Length} octets)");
    Console.WriteLine(Corpus.Show(failure.Reduced));
    return 1;
}

if (asked.Save) Console.WriteLine($"{corpus.Save(saved, asked.Target)} inputs in fuzz/corpus/{asked.Target.Name}");
return 0;

void Progress(Driver running, TimeSpan time)
{
    elapsed = time;
    if (!Console.IsErrorRedirected) Console.Error.Write($"\r\u001b[K{running.Describe(time)}");
}
