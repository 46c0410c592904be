using System.Diagnostics;

namespace Leasehold.Demo;

/// <summary>Waiting for a condition of the world outside, which tells nobody when it changes.</summary>
public static class Wait
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    /// <summary>Looks again and again until <paramref name="condition"/> holds.</summary>
    /// <param name="expected">The condition in words, for the failure's message.</param>
    /// <exception cref="DemoException">It does not hold within <paramref name="limit"/>.</exception>
    public static async Task UntilAsync(Func<bool> condition, TimeSpan limit, string expected, CancellationToken cancel)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            if (waited.Elapsed > limit) throw new DemoException($"not within {limit.TotalSeconds:0} s: {expected}");
            await Task.Delay(Step, cancel);
        }
    }
}
