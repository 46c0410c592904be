using Leasehold.Protocol;

namespace Leasehold.Leases;

/// <summary>What a pool gives out: the addresses of a range, or the prefixes of one length that a prefix consists of.</summary>
/// <remarks>A pool of more than 2^64 addresses or prefixes gives out its first 2^64; the others are never free.</remarks>
public readonly record struct LeasePool6
{
    private LeasePool6(LeaseType6 type, Ipv6Range range, int prefixLength)
    {
        Type = type;
        Range = range;
        PrefixLength = prefixLength;
    }

    /// <summary>NonTemporary (temporary addresses come from it as well) or Prefix.</summary>
    public LeaseType6 Type { get; }

    /// <summary>All addresses of the pool.</summary>
    public Ipv6Range Range { get; }

    /// <summary>The length of the prefixes; 128 for addresses.</summary>
    public int PrefixLength { get; }

    /// <summary>A pool of addresses.</summary>
    public static LeasePool6 Addresses(Ipv6Range range) => new(LeaseType6.NonTemporary, range, Ipv6Prefix.MaxLength);

    /// <summary>A pool of prefixes to delegate.</summary>
    /// <param name="delegatedLength">Not less than the prefix's own length.</param>
    public static LeasePool6 Prefixes(Ipv6Prefix prefix, int delegatedLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delegatedLength, prefix.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delegatedLength, Ipv6Prefix.MaxLength);
        return new(LeaseType6.Prefix, prefix.Range, delegatedLength);
    }

    /// <summary>True when the pool could give this: an address of the range, or a prefix of the pool's length in it.</summary>
    public bool Offers(Ipv6Prefix prefix) => prefix.Length == PrefixLength && Range.Contains(prefix.Network);

    public override string ToString() => Type == LeaseType6.Prefix ? $"{Range} in /{PrefixLength}" : $"{Range}";
}
