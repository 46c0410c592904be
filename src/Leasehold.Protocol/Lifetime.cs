using System.Globalization;

namespace Leasehold.Protocol;

/// <summary>A duration as DHCP carries it: 32 bits of seconds, where 0xFFFFFFFF is infinity (RFC 2131 §3.3).</summary>
public readonly record struct Lifetime(uint Seconds) : IComparable<Lifetime>
{
    /// <summary>A lease that never ends.</summary>
    public static readonly Lifetime Infinite = new(uint.MaxValue);

    public bool IsInfinite => Seconds == uint.MaxValue;

    /// <summary>The given part of it, rounded down; Infinite stays Infinite.</summary>
    /// <param name="part">0 to 1, as for T1 and T2 (RFC 2131 §4.4.5).</param>
    public Lifetime Part(double part) => IsInfinite ? Infinite : new((uint)(Seconds * part));

    public int CompareTo(Lifetime other) => Seconds.CompareTo(other.Seconds);
    public static bool operator <(Lifetime left, Lifetime right) => left.Seconds < right.Seconds;
    public static bool operator >(Lifetime left, Lifetime right) => left.Seconds > right.Seconds;
    public static bool operator <=(Lifetime left, Lifetime right) => left.Seconds <= right.Seconds;
    public static bool operator >=(Lifetime left, Lifetime right) => left.Seconds >= right.Seconds;

    /// <summary>Seconds as a number, or "infinite".</summary>
    public override string ToString() => IsInfinite ? "infinite" : Seconds.ToString(CultureInfo.InvariantCulture);
}
