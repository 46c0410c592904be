using Leasehold.Protocol;

namespace Leasehold.Leases;

/// <summary>What a pool gives out: the addresses of a range, or the prefixes of one length that a prefix consists of.</summary>
/// <param name="Type">NonTemporary (temporary addresses come from it as well) or Prefix.</param>
/// <param name="Range">All addresses of the pool; for prefixes it begins and ends with one.</param>
/// <param name="PrefixLength">The length of the prefixes; 128 for addresses.</param>
/// <remarks>A pool of more than 2^64 addresses or prefixes gives out its first 2^64; the others are never free.</remarks>
public readonly record struct LeasePool6(LeaseType6 Type, Ipv6Range Range, int PrefixLength)
{
    /// <summary>A pool of addresses.</summary>
    public static LeasePool6 Addresses(Ipv6Range range) => new(LeaseType6.NonTemporary, range, Ipv6Prefix.MaxLength);

    /// <summary>A pool of prefixes to delegate.</summary>
    /// <param name="delegatedLength">Not less than the prefix's own length.</param>
    public static LeasePool6 Prefixes(Ipv6Prefix prefix, int delegatedLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delegatedLength, prefix.Length);
        return new(LeaseType6.Prefix, prefix.Range, delegatedLength);
    }

    /// <summary>True when the pool could give this: an address of the range, or a prefix of the pool's length in it.</summary>
    public bool Offers(Ipv6Prefix prefix) => prefix.Length == PrefixLength && Range.Contains(prefix.Network);

    public override string ToString() => Type == LeaseType6.Prefix ? $"{Range} in /{PrefixLength}" : $"{Range}";
}
