using System.Globalization;

namespace Leasehold.Protocol;

/// <summary>An IPv4 network: its first address and the number of leading bits that belong to the network (RFC 4632 §3.1).</summary>
/// <remarks>The bits after the length are zero: the constructor clears them, TryParse reports them.</remarks>
public readonly record struct Ipv4Prefix
{
    /// <summary>The network that holds the address.</summary>
    /// <param name="address">Any address of the network.</param>
    /// <param name="length">0 to 32 bits.</param>
    public Ipv4Prefix(Ipv4 address, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 32);
        Length = length;
        Network = new(address.Value & MaskOf(length));
    }

    /// <summary>The first address, all host bits zero.</summary>
    public Ipv4 Network { get; }

    /// <summary>0 to 32.</summary>
    public int Length { get; }

    /// <summary>The netmask, as option 1 carries it.</summary>
    public Ipv4 Mask => new(MaskOf(Length));

    /// <summary>The last address, all host bits one: the directed broadcast where the length is below 31.</summary>
    public Ipv4 Last => new(Network.Value | ~MaskOf(Length));

    /// <summary>All addresses of the network, first and last included.</summary>
    public Ipv4Range Range => new(Network, Last);

    public bool Contains(Ipv4 address) => (address.Value & MaskOf(Length)) == Network.Value;

    public bool Overlaps(Ipv4Prefix other) => Length <= other.Length ? Contains(other.Network) : other.Contains(Network);

    /// <summary>Reads "192.0.2.0/24".</summary>
    /// <param name="text">No blanks.</param>
    /// <param name="prefix">The network, host bits cleared.</param>
    /// <param name="hostBits">True when the text had bits set after the length; the caller decides whether that is an error.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out Ipv4Prefix prefix, out bool hostBits)
    {
        prefix = default;
        hostBits = false;
        int slash = text.IndexOf('/');
        if (slash < 0 || !Ipv4.TryParse(text[..slash], out Ipv4 address)) return false;
        if (!int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int length) || length > 32) return false;
        prefix = new(address, length);
        hostBits = prefix.Network != address;
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Network}/{Length}");

    private static uint MaskOf(int length) => length == 0 ? 0 : uint.MaxValue << (32 - length);
}

/// <summary>Addresses from First to Last, both included.</summary>
public readonly record struct Ipv4Range(Ipv4 First, Ipv4 Last)
{
    /// <summary>How many addresses: 1 to 2^32.</summary>
    public long Count => (long)Last.Value - First.Value + 1;

    public bool Contains(Ipv4 address) => address >= First && address <= Last;

    public bool Overlaps(Ipv4Range other) => First <= other.Last && other.First <= Last;

    public override string ToString() => $"{First}-{Last}";
}
