using Leasehold.Net.Interop;

namespace Leasehold.Net;

/// <summary>Sleeping for parts of a millisecond, which the runtime's own sleep rounds away.</summary>
public static class ShortPause
{
    /// <summary>The calling thread sleeps: about 50 µs longer than it is told (the kernel's timer slack), or shorter when a signal comes.</summary>
    /// <param name="length">Below a second; nothing happens for zero and less.</param>
    public static unsafe void For(TimeSpan length)
    {
        if (length <= TimeSpan.Zero) return;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(length, TimeSpan.FromSeconds(1));
        Timespec timespec = new() { Nanoseconds = length.Ticks * TimeSpan.NanosecondsPerTick };
        _ = Libc.NanoSleep(&timespec, null);
    }
}
