using Leasehold.Engine.Load;
using Xunit;

namespace Leasehold.UnitTests.Engine.Load;

public class LatencyHistogramTests
{
    [Fact]
    public void Nothing_recorded_has_no_figures()
    {
        LatencyHistogram empty = new();
        Assert.Equal(0, empty.Count);
        Assert.Null(empty.Percentile(0.5));
        Assert.Null(empty.Min);
        Assert.Null(empty.Max);
        Assert.Null(empty.Mean);
        Assert.Null(empty.Deviation);
    }

    [Fact]
    public void Short_durations_are_exact()
    {
        LatencyHistogram histogram = new();
        for (int i = 1; i <= 200; i++) histogram.Record(i);
        Assert.Equal(100, histogram.Percentile(0.5));
        Assert.Equal(180, histogram.Percentile(0.9));
        Assert.Equal(198, histogram.Percentile(0.99));
        Assert.Equal(200, histogram.Percentile(0.999));
        Assert.Equal(200, histogram.Percentile(1));
        Assert.Equal(1, histogram.Percentile(0));
        Assert.Equal(100.5, histogram.Mean);
        // Of 1 to n: the root of (n² - 1) / 12.
        Assert.Equal(Math.Sqrt(((200.0 * 200) - 1) / 12), histogram.Deviation!.Value, 9);
    }

    [Fact]
    public void Any_duration_is_found_again_to_one_part_in_128_and_never_below_itself()
    {
        for (long value = 1; value < 1L << 42; value = (value * 17 / 16) + 1)
        {
            LatencyHistogram histogram = new();
            histogram.Record(value);
            // The larger one hides the effect of the maximum, which is exact.
            histogram.Record(1L << 42);
            long found = histogram.Percentile(0.5)!.Value;
            Assert.InRange(found, value, value + (value / 128));
        }
    }

    [Fact]
    public void Percentiles_agree_with_sorted_samples()
    {
        Random random = new(1);
        long[] samples = [.. Enumerable.Range(0, 10_000).Select(_ => (long)Math.Exp(random.NextDouble() * 20))];
        LatencyHistogram histogram = new();
        foreach (long sample in samples) histogram.Record(sample);
        Array.Sort(samples);
        foreach (double part in (double[])[0.01, 0.5, 0.9, 0.99, 0.999])
        {
            long exact = samples[(int)Math.Ceiling(part * samples.Length) - 1];
            Assert.InRange(histogram.Percentile(part)!.Value, exact, exact + (exact / 128));
        }

        Assert.Equal(samples[0], histogram.Min);
        Assert.Equal(samples[^1], histogram.Max);
    }

    [Fact]
    public void Durations_beyond_the_ends_count_as_the_ends()
    {
        LatencyHistogram histogram = new();
        histogram.Record(-5);
        histogram.Record(long.MaxValue);
        Assert.Equal(2, histogram.Count);
        Assert.Equal(0, histogram.Percentile(0.5));
        Assert.Equal((1L << 43) - 1, histogram.Max);
    }
}
