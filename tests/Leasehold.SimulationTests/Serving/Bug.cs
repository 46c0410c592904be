namespace Leasehold.SimulationTests.Serving;

/// <summary>The bugs that the simulation has to find.</summary>
public enum Bug
{
    None,

    /// <summary>The disk says yes to every sync and does nothing.</summary>
    SyncSkipped,

    /// <summary>The same for syncs of the directory alone.</summary>
    DirectorySyncSkipped,

    /// <summary>Replies leave before the batch is stored.</summary>
    SentBeforeCommit,

    /// <summary>Replies leave although the batch was not stored.</summary>
    FailedCommitIgnored,

    /// <summary>What could not be stored stays in memory.</summary>
    NoRollback,

    /// <summary>Renewals are not written to the lease file.</summary>
    RenewalNotLogged,

    /// <summary>Quarantines are not written to the lease file.</summary>
    QuarantineNotLogged,

    /// <summary>The ends of leases that clients give back are not written to the lease file.</summary>
    ReleaseNotLogged,

    /// <summary>Leases that are over are never taken back.</summary>
    NoReclaim,

    /// <summary>They are taken back two minutes early.</summary>
    ReclaimedEarly,

    /// <summary>A reload changes nothing.</summary>
    ReloadIgnored,

    /// <summary>Option 61 is not looked at.</summary>
    ClientIdIgnored,

    /// <summary>Nothing is kept for anybody.</summary>
    ReservationsIgnored,

    /// <summary>An offered address is not kept from others.</summary>
    OfferNotHeld,

    /// <summary>A declined address is given to the next client.</summary>
    QuarantineForgotten,

    /// <summary>A declined address is kept for half of the time.</summary>
    ProbationTooShort,

    /// <summary>RELEASE does nothing.</summary>
    ReleaseForgotten,

    /// <summary>A client that gets another address keeps its former one as well.</summary>
    OldLeaseKept,

    /// <summary>The lease that is stored is a minute shorter than the one that is acknowledged.</summary>
    StoredShorter,

    /// <summary>The ACK promises an hour more than is stored.</summary>
    AckOneHourLonger,

    /// <summary>Option 58 is twice what it should be.</summary>
    RenewalTimeMiscounted,

    /// <summary>The ACK has another xid than the request.</summary>
    AckToAnotherXid,

    /// <summary>A NAK through a relay lacks the broadcast flag.</summary>
    NakNotBroadcast,
}
