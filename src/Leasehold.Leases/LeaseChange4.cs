using Leasehold.Protocol;

namespace Leasehold.Leases;

/// <summary>What a packet does to the leases, as a value: decided by the engine, written by the log, applied by the table.</summary>
public readonly ref struct LeaseChange4
{
    public LeaseChangeKind Kind { get; init; }

    /// <summary>The lease as it is after the change; for Release and Decline too.</summary>
    public Lease4 Lease { get; init; }

    /// <summary>The client's former address, whose lease ends with this commit because the client gets another one. Null: none.</summary>
    public Ipv4? Vacates { get; init; }

    /// <summary>True when a reply may leave only after this change is on stable storage. An offer is not: it promises nothing (RFC 2131 §3.1 step 2).</summary>
    public bool IsDurable => Kind is not (LeaseChangeKind.None or LeaseChangeKind.Offer);
}

/// <summary>What happens to a lease.</summary>
public enum LeaseChangeKind : byte
{
    None,

    /// <summary>Held for the client for a short time, in memory only.</summary>
    Offer,

    /// <summary>Given to the client, or prolonged.</summary>
    Commit,

    /// <summary>Given back by the client.</summary>
    Release,

    /// <summary>Found in use by somebody else; quarantined until Lease.Expire.</summary>
    Decline,

    /// <summary>Removed by an operator; nothing is remembered.</summary>
    Delete,

    /// <summary>Made by a host for itself (RFC 9686 §4.2); IPv6 only.</summary>
    Register,
}
