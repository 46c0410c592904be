namespace Leasehold.Engine.Load;

/// <summary>Says how many events of a steady rate are due. Time comes in as nanoseconds since the start.</summary>
/// <remarks>
/// What was due while the caller was busy stays due, so the number of events depends on the time alone: in T seconds at rate
/// R it is T·R, the first of them at 0.
/// </remarks>
/// <param name="rate">Events a second, above 0.</param>
public sealed class Pacer(int rate)
{
    // Exact in whole numbers: an event whose time has come is due, however long the run is.
    private static readonly Int128 NanosecondsPerSecond = LoadSettings.NanosecondsPerSecond;

    /// <summary>Events taken so far.</summary>
    public long Taken { get; private set; }

    /// <summary>How many events are due and not taken.</summary>
    public long Due(long now) => Math.Max(0, (long)((Int128)now * rate / NanosecondsPerSecond) + 1 - Taken);

    /// <summary>Takes events that were due.</summary>
    public void Take(long count) => Taken += count;

    /// <summary>When the next event is due, perhaps in the past.</summary>
    public long NextAt => (long)((((Int128)Taken * NanosecondsPerSecond) + rate - 1) / rate);
}
