using Leasehold.Protocol;

namespace Leasehold.SimulationTests;

/// <summary>Virtual time and what is to happen when. Time passes only from event to event.</summary>
internal sealed class Timeline
{
    public const long Second = 1000;
    public const long Minute = 60 * Second;

    private readonly PriorityQueue<Action, (long At, long Order)> events = new();
    private long order;

    /// <summary>True time in milliseconds; clients' clocks go by it.</summary>
    public long Now { get; private set; }

    /// <summary>How far the server's clock is ahead of true time, in milliseconds.</summary>
    public long ServerAhead { get; set; } = 1_700_000_000_000;

    /// <summary>The server's clock, as the server reads it.</summary>
    public Instant ServerNow => new((Now + ServerAhead) / Second);

    /// <summary>Events that have happened.</summary>
    public long Happened { get; private set; }

    /// <summary>Has something happen; of two events at one time the one that was named first is first.</summary>
    public void In(long milliseconds, Action what) => events.Enqueue(what, (Now + milliseconds, order++));

    /// <summary>Lets the next event happen, when it is due before a time.</summary>
    /// <returns>False when there is none; the time is then that time.</returns>
    public bool Step(long until)
    {
        if (!events.TryPeek(out Action? what, out (long At, long Order) when) || when.At > until)
        {
            Now = until;
            return false;
        }

        events.Dequeue();
        Now = when.At;
        Happened++;
        what();
        return true;
    }

    /// <summary>Nothing of what was to happen will.</summary>
    public void Clear() => events.Clear();
}
