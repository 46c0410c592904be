namespace Leasehold.Engine.Load;

/// <summary>The kinds of exchange that are counted apart.</summary>
public enum LoadStage
{
    /// <summary>DISCOVER-OFFER, SOLICIT-ADVERTISE.</summary>
    First,

    /// <summary>REQUEST-ACK, REQUEST-REPLY.</summary>
    Second,

    /// <summary>A bound client's REQUEST-ACK, RENEW-REPLY.</summary>
    Renewal,

    /// <summary>RELEASE, RELEASE-REPLY.</summary>
    Release,
}

/// <summary>What a server must not do, whatever the load.</summary>
public enum LoadViolation
{
    /// <summary>An address was acknowledged to a client while another one's lease of it had not ended.</summary>
    AddressGivenTwice,

    /// <summary>The same of a delegated prefix.</summary>
    PrefixGivenTwice,

    /// <summary>An acknowledgement gives something else than the offer, or a renewal something else than the lease.</summary>
    ContradictsOffer,

    /// <summary>An acknowledgement has another server identifier than the offer that was accepted.</summary>
    OtherServer,

    /// <summary>An answer has the transaction's number and names another client.</summary>
    OtherClient,

    /// <summary>An offer or an acknowledgement has no server identifier.</summary>
    NoServerIdentifier,
}

/// <summary>What happened to the exchanges of one kind.</summary>
public sealed class StageCounters
{
    public long Sent { get; internal set; }
    public long Received { get; internal set; }

    /// <summary>Given up because no answer came in time.</summary>
    public long Expired { get; internal set; }

    /// <summary>Answers to nothing that is waited for: doubled, late, or not ours.</summary>
    public long Orphans { get; internal set; }

    /// <summary>Answers that refuse: a NAK, a status other than success, no address.</summary>
    public long Rejected { get; internal set; }

    /// <summary>Offers and acknowledgements of an address that another client holds.</summary>
    public long NonUnique { get; internal set; }

    /// <summary>Messages sent again, in an avalanche; not in <see cref="Sent"/>.</summary>
    public long Retransmitted { get; internal set; }

    /// <summary>From sending to the answer.</summary>
    public LatencyHistogram Delays { get; } = new();

    /// <summary>False for DHCPRELEASE, which nobody answers.</summary>
    public bool IsAnswered { get; internal init; } = true;

    /// <summary>Sent and not answered, for whatever reason.</summary>
    public long Drops => IsAnswered ? Sent - Received : 0;
}

/// <summary>What happened in all.</summary>
public sealed class LoadCounters
{
    private readonly StageCounters[] stages;
    private readonly long[] violations = new long[Enum.GetValues<LoadViolation>().Length];

    internal LoadCounters(bool answersRelease) =>
        stages = [new(), new(), new(), new() { IsAnswered = answersRelease }];

    public StageCounters this[LoadStage stage] => stages[(int)stage];

    /// <summary>Datagrams that are no message of the family, or of a kind that servers do not send.</summary>
    public long Malformed { get; internal set; }

    /// <summary>Datagrams that this machine did not take for sending, and exchanges that found no free number.</summary>
    public long LocalLimit { get; set; }

    /// <summary>Exchanges that went through to their end.</summary>
    public long Completed { get; internal set; }

    public long ViolationsInAll => violations.Sum();

    public long Of(LoadViolation violation) => violations[(int)violation];

    internal void Add(LoadViolation violation) => violations[(int)violation]++;
}
