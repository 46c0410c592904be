using System.Numerics;

namespace Leasehold.Engine.Load;

/// <summary>Counts durations in steps that grow with them, so that percentiles of any number of samples cost a fixed amount of memory.</summary>
/// <remarks>
/// Up to 255 ns each nanosecond has its own step; from there every doubling is cut into 128 steps, so a percentile is wrong by
/// less than 1/128 of itself. Minimum, maximum, mean and deviation are exact.
/// </remarks>
public sealed class LatencyHistogram
{
    private const int StepBits = 7;
    private const int Steps = 1 << StepBits;

    /// <summary>About 2.4 hours: no answer is waited for longer.</summary>
    private const long Longest = (1L << 43) - 1;

    private readonly long[] counts = new long[IndexOf(Longest) + 1];
    private double sum;
    private double squares;

    /// <summary>How many durations were recorded.</summary>
    public long Count { get; private set; }

    /// <summary>In nanoseconds; null when nothing was recorded.</summary>
    public long? Min { get; private set; }

    /// <summary>In nanoseconds; null when nothing was recorded.</summary>
    public long? Max { get; private set; }

    /// <summary>In nanoseconds; null when nothing was recorded.</summary>
    public double? Mean => Count == 0 ? null : sum / Count;

    /// <summary>The standard deviation of all that was recorded, in nanoseconds; null when nothing was.</summary>
    public double? Deviation => Count == 0 ? null : Math.Sqrt(Math.Max(0, (squares / Count) - (sum / Count * (sum / Count))));

    /// <summary>Records a duration.</summary>
    /// <param name="nanoseconds">Below 0 counts as 0.</param>
    public void Record(long nanoseconds)
    {
        long value = Math.Clamp(nanoseconds, 0, Longest);
        counts[IndexOf(value)]++;
        Count++;
        sum += value;
        squares += (double)value * value;
        if (Min is not { } min || value < min) Min = value;
        if (Max is not { } max || value > max) Max = value;
    }

    /// <summary>The duration that a part of the samples do not exceed.</summary>
    /// <param name="part">0.99 for p99.</param>
    /// <returns>Nanoseconds, the upper end of the step; null when nothing was recorded.</returns>
    public long? Percentile(double part)
    {
        if (Max is not { } max) return null;
        long rank = Math.Clamp((long)Math.Ceiling(part * Count), 1, Count);
        long seen = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            seen += counts[i];
            if (seen >= rank) return Math.Min(UpperEnd(i), max);
        }

        return max;
    }

    private static int IndexOf(long value)
    {
        int shift = Math.Max(0, BitOperations.Log2((ulong)value) - StepBits);
        return (shift * Steps) + (int)(value >> shift);
    }

    private static long UpperEnd(int index)
    {
        int shift = Math.Max(0, (index / Steps) - 1);
        return ((index - (shift * Steps) + 1L) << shift) - 1;
    }
}
