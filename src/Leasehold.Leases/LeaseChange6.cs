namespace Leasehold.Leases;

/// <summary>What a packet does to one lease, as a value: decided by the engine, written by the log, applied by the table.</summary>
/// <remarks>
/// A packet may make several (<see cref="LeaseChanges6"/>). When a client gets another address, the commit of the new one goes
/// before the release of the old one: a batch that is torn in between leaves it with both, not with none.
/// </remarks>
public readonly ref struct LeaseChange6
{
    /// <summary>Offer holds for a client that was sent an ADVERTISE. Delete of an offered lease gives that up.</summary>
    public LeaseChangeKind Kind { get; init; }

    /// <summary>The lease as it is after the change; for Release, Decline and Delete too.</summary>
    public Lease6 Lease { get; init; }

    /// <summary>True when a Reply may leave only after this change is on stable storage. An offer is not, whether made or given up.</summary>
    public bool IsDurable => Kind switch
    {
        LeaseChangeKind.None or LeaseChangeKind.Offer => false,
        LeaseChangeKind.Delete => Lease.State != LeaseState.Offered,
        _ => true,
    };
}
