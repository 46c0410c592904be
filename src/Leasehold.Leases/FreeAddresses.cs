using Leasehold.Protocol;

namespace Leasehold.Leases;

/// <summary>Which addresses of one pool are free.</summary>
public sealed class FreeAddresses
{
    internal FreeAddresses(Ipv4Range range) => Range = range;

    public Ipv4Range Range { get; }

    /// <summary>Addresses that are neither held by a lease or an offer nor kept for a reservation.</summary>
    public long Count => throw new InvalidOperationException("contract");

    /// <summary>Where the next search begins: the address after the last one that a search found and a change took.</summary>
    public Ipv4 Cursor => throw new InvalidOperationException("contract");

    public bool IsFree(Ipv4 address) => throw new InvalidOperationException("contract");

    /// <summary>The first free address from the given one on, going round at the end of the range. Constant time at any fill.</summary>
    /// <returns>False when no address is free.</returns>
    public bool TryNext(Ipv4 from, out Ipv4 address) => throw new InvalidOperationException("contract");
}
