using System.Globalization;

namespace Leasehold.Protocol;

/// <summary>A moment in UTC, in whole seconds since 1970-01-01. The time that leases are stored with.</summary>
/// <remarks>It comes in as an argument everywhere below the executable: no code there reads a clock.</remarks>
public readonly record struct Instant(long Seconds) : IComparable<Instant>
{
    /// <summary>Later than every other moment: the end of a lease that never ends.</summary>
    public static readonly Instant Never = new(long.MaxValue);

    /// <summary>The moment a lifetime from here; Never for an infinite lifetime.</summary>
    public static Instant operator +(Instant from, Lifetime lifetime) =>
        lifetime.IsInfinite || from == Never ? Never : new(from.Seconds + lifetime.Seconds);

    /// <summary>How long from the earlier to the later moment; zero when it is not later; Infinite up to Never.</summary>
    public static Lifetime operator -(Instant later, Instant earlier)
    {
        if (later == Never) return Lifetime.Infinite;
        long seconds = Math.Clamp(later.Seconds - earlier.Seconds, 0, Lifetime.Infinite.Seconds - 1L);
        return new((uint)seconds);
    }

    public int CompareTo(Instant other) => Seconds.CompareTo(other.Seconds);
    public static bool operator <(Instant left, Instant right) => left.Seconds < right.Seconds;
    public static bool operator >(Instant left, Instant right) => left.Seconds > right.Seconds;
    public static bool operator <=(Instant left, Instant right) => left.Seconds <= right.Seconds;
    public static bool operator >=(Instant left, Instant right) => left.Seconds >= right.Seconds;

    /// <summary>ISO 8601 in UTC, or "never".</summary>
    public override string ToString() =>
        this == Never ? "never"
        : Seconds is >= -62135596800 and <= 253402300799
            ? DateTimeOffset.FromUnixTimeSeconds(Seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : Seconds.ToString(CultureInfo.InvariantCulture);
}
