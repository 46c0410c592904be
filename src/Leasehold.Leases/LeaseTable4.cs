using Leasehold.Protocol;

namespace Leasehold.Leases;

/// <summary>All IPv4 leases and offers in memory, and the free addresses of the pools. Pure: no I/O, no clock, one thread.</summary>
public sealed class LeaseTable4
{
    /// <summary>Leases in any state, offers included.</summary>
    public int Count => throw new InvalidOperationException("contract");

    /// <summary>Tells which ranges are pools, and which addresses a search must pass over because they are reserved. Leases are kept.</summary>
    /// <remarks>Called at start and at every reload; a range that stays keeps its cursor.</remarks>
    public void SetPools(IReadOnlyCollection<Ipv4Range> pools, IEnumerable<Ipv4> reserved) => throw new InvalidOperationException("contract");

    /// <summary>The free addresses of a range that was named to <see cref="SetPools"/>.</summary>
    public FreeAddresses Pool(Ipv4Range range) => throw new InvalidOperationException("contract");

    /// <summary>The lease of an address, in any state. False: nothing is known of it.</summary>
    public bool TryGet(Ipv4 address, out Lease4 lease) => throw new InvalidOperationException("contract");

    /// <summary>All leases with this client identifier, in any subnet and state, the latest change first.</summary>
    public LeaseCursor4 ByClientId(ReadOnlySpan<byte> clientId) => throw new InvalidOperationException("contract");

    /// <summary>All leases with this hardware type and address, in any subnet and state, the latest change first.</summary>
    public LeaseCursor4 ByHardwareAddress(in HardwareAddress address) => throw new InvalidOperationException("contract");

    /// <summary>Applies a change. Remembers what was there until <see cref="Accept"/> or <see cref="Rollback"/>.</summary>
    public void Apply(in LeaseChange4 change, Instant now) => throw new InvalidOperationException("contract");

    /// <summary>All changes since the last Accept stay: they are on stable storage.</summary>
    public void Accept() => throw new InvalidOperationException("contract");

    /// <summary>All changes since the last Accept are undone, latest first: their batch could not be stored.</summary>
    public void Rollback() => throw new InvalidOperationException("contract");

    /// <summary>Lets what is over by now go: leases become ExpiredReclaimed and their addresses free, offers and quarantines vanish,
    /// what was remembered for holdFor after its end is forgotten.</summary>
    /// <param name="limit">How many leases at most, so that a packet never waits long.</param>
    /// <returns>How many were handled; equal to limit when there may be more.</returns>
    public int Advance(Instant now, Lifetime holdFor, int limit) => throw new InvalidOperationException("contract");
}

/// <summary>Walks leases that share an identifier. Valid until the table changes.</summary>
public ref struct LeaseCursor4
{
    public Lease4 Current => throw new InvalidOperationException("contract");

    public bool MoveNext() => throw new InvalidOperationException("contract");

    public readonly LeaseCursor4 GetEnumerator() => this;
}
