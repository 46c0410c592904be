using Leasehold.Protocol;

namespace Leasehold.Leases;

/// <summary>Which addresses or prefixes of one DHCPv6 pool are free. An address is a prefix of 128 bits.</summary>
/// <remarks>Memory is for what is not free, however large the pool; every search takes constant time at any fill.</remarks>
public sealed class FreePrefixes
{
    internal FreePrefixes(LeasePool6 pool) => Pool = pool;

    public LeasePool6 Pool { get; }

    /// <summary>Addresses or prefixes that are neither held by a lease or an offer nor kept for a reservation.</summary>
    public UInt128 Count => throw new NotSupportedException();

    /// <summary>Where the next search begins: what follows the last one that a search found and a change took.</summary>
    public Ipv6 Cursor => throw new NotSupportedException();

    /// <summary>False outside the pool and for a prefix of another length, too.</summary>
    public bool IsFree(Ipv6Prefix prefix) => throw new NotSupportedException();

    /// <summary>The first free one from the given address on, going round at the pool's end: the allocator "iterative" with Cursor.</summary>
    /// <param name="from">An address of the pool; from any other the search begins at the pool's first.</param>
    /// <param name="prefix">The address as one of 128 bits, or the prefix.</param>
    /// <returns>False when none is free.</returns>
    public bool TryNext(Ipv6 from, out Ipv6Prefix prefix) => throw new NotSupportedException();

    /// <summary>A free one that nobody can foretell who does not know the numbers: the allocator "random".</summary>
    /// <returns>False when none is free.</returns>
    public bool TryRandom(Random random, out Ipv6Prefix prefix) => throw new NotSupportedException();

    /// <summary>The one that is free for the longest time: the allocator "flq". What was never taken comes first, in order.</summary>
    /// <remarks>The order of freeing is kept from the first call on, and not over a restart.</remarks>
    /// <returns>False when none is free.</returns>
    public bool TryOldest(out Ipv6Prefix prefix) => throw new NotSupportedException();
}
