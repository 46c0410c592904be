using Leasehold.Engine.Load;
using Xunit;

namespace Leasehold.UnitTests.Engine.Load;

public class PacerTests
{
    private const long Second = LoadSettings.NanosecondsPerSecond;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    [InlineData(123_457)]
    public void A_second_has_as_many_events_as_the_rate_says(int rate)
    {
        Pacer pacer = new(rate);
        long now = 0;
        long events = 0;
        while (now < 3 * Second)
        {
            long due = pacer.Due(now);
            pacer.Take(due);
            events += due;
            Assert.Equal(0, pacer.Due(now));
            Assert.True(pacer.NextAt > now, "the next event is later than now");
            now = pacer.NextAt;
        }

        Assert.Equal(3L * rate, events);
    }

    [Fact]
    public void What_was_due_while_the_caller_was_busy_stays_due()
    {
        Pacer pacer = new(1000);
        Assert.Equal(1, pacer.Due(0));
        pacer.Take(1);
        Assert.Equal(500, pacer.Due(Second / 2));
        pacer.Take(200);
        Assert.Equal(300, pacer.Due(Second / 2));
        Assert.Equal(201 * Second / 1000, pacer.NextAt);
    }

    [Fact]
    public void Events_are_spread_evenly()
    {
        Pacer pacer = new(4);
        List<long> times = [];
        for (long now = 0; now < 2 * Second; now += Second / 100)
        {
            if (pacer.Due(now) == 0) continue;
            pacer.Take(1);
            times.Add(now / (Second / 100));
        }

        Assert.Equal([0, 25, 50, 75, 100, 125, 150, 175], times);
    }
}
