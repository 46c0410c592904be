using System.Globalization;

namespace Leasehold.Protocol;

/// <summary>An IPv6 network or a delegated prefix: its first address and the number of leading bits that belong to it (RFC 4291 §2.3).</summary>
/// <remarks>The bits after the length are zero: the constructor clears them, TryParse reports them.</remarks>
public readonly record struct Ipv6Prefix
{
    /// <summary>The bits of an address; a prefix of this length is one address.</summary>
    public const int MaxLength = 128;

    /// <summary>The prefix that holds the address.</summary>
    /// <param name="address">Any address of the prefix.</param>
    /// <param name="length">0 to 128 bits.</param>
    public Ipv6Prefix(Ipv6 address, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxLength);
        Length = length;
        Network = new(address.Value & MaskOf(length));
    }

    /// <summary>The first address, all bits after the length zero.</summary>
    public Ipv6 Network { get; }

    /// <summary>0 to 128.</summary>
    public int Length { get; }

    /// <summary>The last address, all bits after the length one.</summary>
    public Ipv6 Last => new(Network.Value | ~MaskOf(Length));

    /// <summary>All addresses of the prefix, first and last included.</summary>
    public Ipv6Range Range => new(Network, Last);

    public bool Contains(Ipv6 address) => (address.Value & MaskOf(Length)) == Network.Value;

    /// <summary>True when every address of the other one is in this one; also when they are the same.</summary>
    public bool Contains(Ipv6Prefix other) => other.Length >= Length && Contains(other.Network);

    public bool Overlaps(Ipv6Prefix other) => Length <= other.Length ? Contains(other.Network) : other.Contains(Network);

    /// <summary>Reads "2001:db8::/32".</summary>
    /// <param name="text">No blanks.</param>
    /// <param name="prefix">The prefix, the bits after the length cleared.</param>
    /// <param name="hostBits">True when the text had bits set after the length; the caller decides whether that is an error.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out Ipv6Prefix prefix, out bool hostBits)
    {
        prefix = default;
        hostBits = false;
        int slash = text.IndexOf('/');
        if (slash < 0 || !Ipv6.TryParse(text[..slash], out Ipv6 address)) return false;
        if (!int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int length) || length > MaxLength) return false;
        prefix = new(address, length);
        hostBits = prefix.Network != address;
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Network}/{Length}");

    private static UInt128 MaskOf(int length) => length == 0 ? UInt128.Zero : UInt128.MaxValue << (MaxLength - length);
}

/// <summary>Addresses from First to Last, both included.</summary>
public readonly record struct Ipv6Range(Ipv6 First, Ipv6 Last)
{
    public bool Contains(Ipv6 address) => address >= First && address <= Last;

    public bool Overlaps(Ipv6Range other) => First <= other.Last && other.First <= Last;

    public override string ToString() => $"{First}-{Last}";
}
