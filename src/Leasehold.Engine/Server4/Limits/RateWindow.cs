using Leasehold.Configuration.Model;
using Leasehold.Protocol;

namespace Leasehold.Engine.V4;

/// <summary>Lets so many through in a time that slides along with the clock, in steps of a sixtieth.</summary>
internal sealed class RateWindow
{
    private const int MaxSteps = 60;

    private readonly uint most;
    private readonly uint width;
    private readonly uint[] counts;
    private long current = long.MinValue;
    private uint total;

    public RateWindow(RateLimit limit)
    {
        most = limit.Count;
        width = Math.Max(1, limit.Seconds / MaxSteps);
        counts = new uint[(limit.Seconds + width - 1) / width];
    }

    /// <summary>One more, if there is room for it.</summary>
    public bool TryPass(Instant now)
    {
        Advance(now.Seconds / width);
        if (total >= most) return false;
        total++;
        counts[Place(current)]++;
        return true;
    }

    /// <remarks>A clock that was set back waits here until it has caught up.</remarks>
    private void Advance(long step)
    {
        if (current == long.MinValue) current = step;
        if (step - current >= counts.Length)
        {
            counts.AsSpan().Clear();
            total = 0;
            current = step;
            return;
        }

        while (current < step)
        {
            current++;
            total -= counts[Place(current)];
            counts[Place(current)] = 0;
        }
    }

    private int Place(long step) => (int)(step % counts.Length);
}
