using Leasehold.Protocol;

namespace Leasehold.Leases;

/// <summary>All IPv6 leases and offers in memory, and what is free in the pools. Pure: no I/O, no clock, one thread.</summary>
/// <remarks>Addresses and prefixes are apart: an address inside a delegated prefix has a lease of its own.</remarks>
public sealed class LeaseTable6
{
    /// <summary>An empty table without pools.</summary>
    /// <param name="seed">The key of the hash over DUIDs; the same seed gives the same order of everything.</param>
    public LeaseTable6(ulong seed = 0x4c65617365686f6c) => _ = seed;

    /// <summary>Leases in any state, offers included.</summary>
    public int Count => throw new NotSupportedException();

    /// <summary>Memory of the leases in octets, indexes and pools included.</summary>
    public long Size => throw new NotSupportedException();

    /// <summary>True while a change is neither accepted nor rolled back.</summary>
    public bool HasChanges => throw new NotSupportedException();

    /// <summary>The lease of an address, or of the prefix that begins with it, in any state. False: nothing is known of it.</summary>
    /// <param name="type">Prefix, or any of the two others for an address.</param>
    public bool TryGet(LeaseType6 type, Ipv6 address, out Lease6 lease) => throw new NotSupportedException();

    /// <summary>All leases of an identity association, in any subnet and state, the latest change first.</summary>
    public LeaseCursor6 ByAssociation(LeaseType6 type, ReadOnlySpan<byte> duid, uint iaid) => throw new NotSupportedException();

    /// <summary>All leases of a client, in any subnet and state, the latest change first.</summary>
    /// <remarks>A stranger can make many leases with one DUID; who walks on a packet's behalf sets a limit.</remarks>
    public LeaseCursor6 ByDuid(ReadOnlySpan<byte> duid) => throw new NotSupportedException();

    /// <summary>All leases of a subnet in any state, offers included, the latest change first.</summary>
    public LeaseCursor6 BySubnet(uint subnetId) => throw new NotSupportedException();

    /// <summary>All leases in any state, offers included, in no particular order.</summary>
    public LeaseCursor6 All() => throw new NotSupportedException();

    /// <summary>Applies a change. Remembers what was there until <see cref="Accept"/> or <see cref="Rollback"/>.</summary>
    /// <remarks>An offer for what a lease holds which is not over changes nothing: the lease is stronger.</remarks>
    public void Apply(in LeaseChange6 change, Instant now) => throw new NotSupportedException();

    /// <summary>All changes since the last Accept stay: they are on stable storage.</summary>
    public void Accept() => throw new NotSupportedException();

    /// <summary>All changes since the last Accept are undone, latest first: their batch could not be stored.</summary>
    public void Rollback() => throw new NotSupportedException();

    /// <summary>Lets what is over by now go, as <see cref="LeaseTable4.Advance"/> does.</summary>
    public int Advance(Instant now, Lifetime holdFor, int limit) => throw new NotSupportedException();

    /// <summary>Tells what the pools are, and what a search must pass over because it is reserved. Leases are kept.</summary>
    /// <remarks>Called at start and at every reload; a pool that stays keeps its cursor and its order of freeing.</remarks>
    /// <param name="reservedPrefixes">Of any length: a pool gives no prefix that has an address in common with one of them.</param>
    public void SetPools(IReadOnlyCollection<LeasePool6> pools, IEnumerable<Ipv6> reservedAddresses, IEnumerable<Ipv6Prefix> reservedPrefixes) =>
        throw new NotSupportedException();

    /// <summary>What is free in a pool that was named to <see cref="SetPools"/>.</summary>
    /// <exception cref="KeyNotFoundException">The pool was not named.</exception>
    public FreePrefixes Pool(LeasePool6 pool) => throw new NotSupportedException();

    /// <summary>How many leases of a type a subnet has, by state. Kept up with every change; zero for an unknown subnet.</summary>
    public LeaseCounts CountsOf(LeaseType6 type, uint subnetId) => throw new NotSupportedException();

    /// <summary>How many leases of a type a subnet has with this pool id, by state.</summary>
    public LeaseCounts CountsOf(LeaseType6 type, uint subnetId, uint poolId) => throw new NotSupportedException();
}

/// <summary>Walks leases that share a key, or all. Valid until the table changes.</summary>
public ref struct LeaseCursor6
{
    public readonly Lease6 Current => throw new NotSupportedException();

    public bool MoveNext() => throw new NotSupportedException();

    public readonly LeaseCursor6 GetEnumerator() => this;
}
