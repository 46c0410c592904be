using Leasehold.Engine.Load;
using Xunit;

namespace Leasehold.UnitTests.Engine.Load;

public class TimerWheelTests
{
    private const long Millisecond = 1_000_000;
    private const long Tick = 1 << 20;

    [Fact]
    public void Timers_ring_in_the_order_of_their_ticks_and_never_early()
    {
        TimerWheel wheel = new();
        wheel.Grow(1000);
        Random random = new(7);
        long[] at = [.. Enumerable.Range(0, 1000).Select(_ => random.NextInt64(2000 * Millisecond))];
        for (int i = 0; i < at.Length; i++) wheel.Set(i, at[i]);
        HashSet<int> rung = [];
        for (long now = 0; now <= 2100 * Millisecond; now += Millisecond / 2)
        {
            while (wheel.TryTake(now, out int timer))
            {
                Assert.True(rung.Add(timer));
                Assert.InRange(now - at[timer], 0, (2 * Tick) + (Millisecond / 2));
            }
        }

        Assert.Equal(1000, rung.Count);
        Assert.Equal(0, wheel.Count);
    }

    [Fact]
    public void A_timer_that_was_stopped_or_moved_does_not_ring_at_its_old_time()
    {
        TimerWheel wheel = new();
        wheel.Grow(3);
        for (int i = 0; i < 3; i++) wheel.Set(i, 10 * Millisecond);
        wheel.Stop(1);
        wheel.Set(0, 50 * Millisecond);
        Assert.True(wheel.TryTake(20 * Millisecond, out int timer));
        Assert.Equal(2, timer);
        Assert.False(wheel.TryTake(20 * Millisecond, out _));
        Assert.True(wheel.TryTake(60 * Millisecond, out timer));
        Assert.Equal(0, timer);
        Assert.False(wheel.TryTake(1000 * Millisecond, out _));
    }

    [Fact]
    public void The_next_time_to_look_is_that_of_the_first_timer()
    {
        TimerWheel wheel = new();
        wheel.Grow(2);
        Assert.Equal(500 * Millisecond, wheel.NextAt(500 * Millisecond));
        wheel.Set(0, 100 * Millisecond);
        wheel.Set(1, 300 * Millisecond);
        long next = wheel.NextAt(500 * Millisecond);
        Assert.InRange(next, 100 * Millisecond, (100 * Millisecond) + (2 * Tick));
        Assert.True(wheel.TryTake(next, out int timer));
        Assert.Equal(0, timer);
        Assert.Equal(200 * Millisecond, wheel.NextAt(200 * Millisecond));
    }

    [Fact]
    public void A_timer_further_away_than_the_ring_rings_at_the_rings_end()
    {
        TimerWheel wheel = new();
        wheel.Grow(1);
        wheel.Set(0, 1_000_000 * Millisecond);
        Assert.False(wheel.TryTake(130_000 * Millisecond, out _));
        Assert.True(wheel.TryTake(138_000 * Millisecond, out _));
    }
}
