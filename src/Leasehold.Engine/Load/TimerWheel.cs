namespace Leasehold.Engine.Load;

/// <summary>Timers by number, to a millisecond: setting, stopping and taking one costs the same however many there are.</summary>
/// <remarks>
/// A ring of lists, one for each tick of about a millisecond. A timer further away than the ring is long rings at the
/// ring's end. Time comes in as nanoseconds since the start and never goes back.
/// </remarks>
internal sealed class TimerWheel
{
    /// <summary>2^20 ns, 1.05 ms.</summary>
    private const int TickBits = 20;

    /// <summary>With ticks of 1.05 ms, 137 s.</summary>
    private const int Ticks = 1 << 17;

    private const int None = -1;

    private readonly int[] heads = new int[Ticks];
    private int[] next = [];
    private int[] previous = [];
    private int[] tickOf = [];
    private long current;

    public TimerWheel() => Array.Fill(heads, None);

    /// <summary>Timers that are set.</summary>
    public int Count { get; private set; }

    /// <summary>Makes room for timers 0 to count - 1.</summary>
    public void Grow(int count)
    {
        int before = next.Length;
        Array.Resize(ref next, count);
        Array.Resize(ref previous, count);
        Array.Resize(ref tickOf, count);
        tickOf.AsSpan(before).Fill(None);
    }

    /// <summary>Sets a timer; one that was set is moved.</summary>
    public void Set(int timer, long at)
    {
        Stop(timer);
        // The tick after it, so that no timer rings early.
        long tick = Math.Clamp((at >> TickBits) + 1, current + 1, current + Ticks - 1);
        int place = (int)(tick % Ticks);
        int first = heads[place];
        next[timer] = first;
        previous[timer] = None;
        if (first != None) previous[first] = timer;
        heads[place] = timer;
        tickOf[timer] = place;
        Count++;
    }

    /// <summary>Stops a timer. Does nothing for one that is not set.</summary>
    public void Stop(int timer)
    {
        int place = tickOf[timer];
        if (place == None) return;
        if (previous[timer] == None) heads[place] = next[timer];
        else next[previous[timer]] = next[timer];
        if (next[timer] != None) previous[next[timer]] = previous[timer];
        tickOf[timer] = None;
        Count--;
    }

    /// <summary>Takes a timer whose time has come. Call it until it says false.</summary>
    public bool TryTake(long now, out int timer)
    {
        timer = None;
        long last = now >> TickBits;
        if (Count == 0) current = Math.Max(current, last);
        while (true)
        {
            int first = heads[(int)(current % Ticks)];
            if (first != None)
            {
                Stop(first);
                timer = first;
                return true;
            }

            if (current >= last) return false;
            current++;
        }
    }

    /// <summary>When to look again: the next tick with a timer, or a limit that comes before it.</summary>
    /// <param name="limit">Nanoseconds since the start.</param>
    public long NextAt(long limit)
    {
        if (Count == 0) return limit;
        long last = Math.Min(limit >> TickBits, current + Ticks - 1);
        for (long tick = current; tick <= last; tick++)
        {
            if (heads[(int)(tick % Ticks)] != None) return Math.Min(limit, tick << TickBits);
        }

        return limit;
    }
}
