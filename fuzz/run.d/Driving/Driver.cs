using System.Diagnostics;
using System.Globalization;
using Leasehold.Fuzz.Mutation;

namespace Leasehold.Fuzz.Driving;

/// <summary>Changes inputs, feeds them, keeps those that reach something new, and stops at the first that breaks a rule.</summary>
/// <remarks>The same seed, target and corpus give the same inputs in the same order; only where a run by time ends depends on the machine.</remarks>
internal sealed class Driver(Target target, Corpus corpus, int seed, LastInput? last = null)
{
    private const int ReduceAttempts = 5000;
    private const int Recent = 64;

    private readonly Mutator mutator = new(target.Shape, target.MaxLength, new Random(seed));
    private readonly Random random = new(seed);
    private readonly GuardedInput guarded = new(target.MaxLength);
    private readonly Reached reached = new();

    /// <summary>Inputs that were fed.</summary>
    public long Runs { get; private set; }

    /// <summary>The input that failed; null while none did.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>Feeds inputs to begin with, each as it is.</summary>
    /// <returns>False when one failed.</returns>
    public bool Begin(IEnumerable<byte[]> inputs)
    {
        foreach (byte[] input in inputs)
        {
            if (!Feed(input.Length <= target.MaxLength ? input : input[..target.MaxLength])) return false;
        }

        return true;
    }

    /// <summary>Changes and feeds until the time or the number is over, or an input fails.</summary>
    /// <param name="progress">Called about once a second.</param>
    public void Run(TimeSpan time, long runs, Action<Driver, TimeSpan>? progress = null)
    {
        var watch = Stopwatch.StartNew();
        TimeSpan told = TimeSpan.Zero;
        long end = runs == long.MaxValue ? runs : Runs + runs;
        while (Runs < end && watch.Elapsed is var elapsed && elapsed < time)
        {
            if (!Feed(mutator.Mutate(Choose(), corpus.Entries))) return;
            if (elapsed - told < TimeSpan.FromSeconds(1)) continue;
            told = elapsed;
            progress?.Invoke(this, elapsed);
        }
    }

    /// <summary>One line of where it is.</summary>
    public string Describe(TimeSpan elapsed) => string.Create(
        CultureInfo.InvariantCulture, $"{target.Name}: {elapsed:hh\\:mm\\:ss}, {Runs} inputs, {corpus.Facts} facts reached, {corpus.Entries.Count} inputs kept");

    // The latest were changed the least, so every other choice is one of them.
    private byte[] Choose()
    {
        IReadOnlyList<byte[]> all = corpus.Entries;
        if (all.Count == 0) return [];
        return random.Next(2) == 0 ? all[random.Next(all.Count)] : all[all.Count - 1 - random.Next(Math.Min(Recent, all.Count))];
    }

    private bool Feed(byte[] input)
    {
        Runs++;
        last?.Set(input);
        Exception? thrown = Thrown(input);
        if (thrown is null)
        {
            corpus.Offer(input, reached);
            return true;
        }

        string key = Failure.KeyOf(thrown);
        byte[] reduced = Reducer.Reduce(input, shorter => Thrown(shorter) is { } again && Failure.KeyOf(again) == key, ReduceAttempts);
        Failure = new(input, reduced, Thrown(reduced) ?? thrown);
        return false;
    }

    // Whatever is thrown is what is looked for.
    private Exception? Thrown(byte[] input)
    {
        try
        {
            guarded.Run(target, input, reached);
            return null;
        }
        catch (Exception thrown)
        {
            return thrown;
        }
    }
}

/// <summary>An input that broke a rule.</summary>
/// <param name="Input">As it was found.</param>
/// <param name="Reduced">A smaller one that breaks the same rule.</param>
/// <param name="Thrown">What the smaller one leads to.</param>
internal sealed record Failure(byte[] Input, byte[] Reduced, Exception Thrown)
{
    /// <summary>What makes two failures the same: the rule, or the kind of exception and where it was thrown.</summary>
    public static string KeyOf(Exception thrown) =>
        thrown is BrokenRule broken ? broken.Rule : $"{thrown.GetType().Name}{thrown.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("Leasehold.", StringComparison.Ordinal))?.Trim()}";
}
