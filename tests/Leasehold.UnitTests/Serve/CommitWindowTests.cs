using Leasehold.Serve;
using Xunit;

namespace Leasehold.UnitTests.Serve;

public class CommitWindowTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(5);

    private readonly StoppedClock clock = new();

    [Fact]
    public void Without_a_length_no_batch_waits()
    {
        CommitWindow window = new(clock);
        window.Committed(clock.GetTimestamp(), packets: 1);
        Assert.False(window.IsOpen);
    }

    [Fact]
    public void Before_the_first_commit_no_batch_waits()
    {
        CommitWindow window = new(clock) { Length = Window };
        Assert.False(window.IsOpen);
    }

    [Fact]
    public void After_a_commit_a_batch_waits_until_the_window_is_over()
    {
        CommitWindow window = new(clock) { Length = Window };
        window.Committed(clock.GetTimestamp(), packets: 1);
        Assert.Equal(Window, window.Rest);
        clock.Pass(Window - TimeSpan.FromTicks(1));
        Assert.True(window.IsOpen);
        clock.Pass(TimeSpan.FromTicks(1));
        Assert.False(window.IsOpen);
    }

    [Fact]
    public void A_commit_that_took_longer_than_the_window_has_closed_it()
    {
        CommitWindow window = new(clock) { Length = Window };
        long began = clock.GetTimestamp();
        clock.Pass(TimeSpan.FromMilliseconds(100));
        window.Committed(began, packets: 1);
        Assert.False(window.IsOpen);
    }

    [Fact]
    public void A_window_for_load_opens_after_a_batch_of_many_and_stays_closed_after_one_of_few()
    {
        CommitWindow window = new(clock) { Length = Window, OpensFrom = 3 };
        window.Committed(clock.GetTimestamp(), packets: 2);
        Assert.False(window.IsOpen);
        window.Committed(clock.GetTimestamp(), packets: 3);
        Assert.True(window.IsOpen);
        window.Committed(clock.GetTimestamp(), packets: 2);
        Assert.False(window.IsOpen);
    }

    /// <summary>Goes on when it is told to.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        private long ticks = 1_000_000;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Pass(TimeSpan time) => ticks += time.Ticks;
    }
}
