using Leasehold.Protocol;

namespace Leasehold.Leases;

/// <summary>One IPv4 lease: who has which address until when. A view: its spans are valid until the table changes.</summary>
/// <remarks>RFC 2131 §2.1 and §4.2: the binding of a client identifier, or of htype and chaddr, to an address.</remarks>
public readonly ref struct Lease4
{
    /// <summary>Option 61 is at most 255 octets long.</summary>
    public const int MaxClientId = 255;

    /// <summary>A domain name is at most 255 octets long (RFC 1035 §3.1).</summary>
    public const int MaxHostname = 255;

    /// <summary>The longest user context that is kept; a limit of ours, for what comes from files and operators.</summary>
    public const int MaxUserContext = 65535;

    public Ipv4 Address { get; init; }

    /// <summary>Empty for a declined address, which belongs to nobody.</summary>
    public HardwareAddress HardwareAddress { get; init; }

    /// <summary>Option 61 with its type octet; empty when the client sent none.</summary>
    public ReadOnlySpan<byte> ClientId { get; init; }

    public Lifetime ValidLifetime { get; init; }

    /// <summary>The moment at which the lease is over: granted at that moment less ValidLifetime. Never for an infinite one.</summary>
    public Instant Expire { get; init; }

    public uint SubnetId { get; init; }

    /// <summary>The pool's id, 0 for none in particular.</summary>
    public uint PoolId { get; init; }

    /// <summary>The name's A record was, or is to be, updated by the server.</summary>
    public bool FqdnForward { get; init; }

    /// <summary>The address's PTR record was, or is to be, updated by the server.</summary>
    public bool FqdnReverse { get; init; }

    /// <summary>The client's name in lower-case ASCII; empty for none.</summary>
    public ReadOnlySpan<byte> Hostname { get; init; }

    public LeaseState State { get; init; }

    /// <summary>JSON of the established server's user_context column, as it came; empty for none.</summary>
    public ReadOnlySpan<byte> UserContext { get; init; }

    /// <summary>True while the address may not be given to anybody else: assigned, offered or declined, and not over yet.</summary>
    /// <remarks>
    /// The second of the end still belongs to the lease. Moments are whole seconds with their fraction cut off, so a client that
    /// counts finer believes in its lease for up to that much longer.
    /// </remarks>
    public bool IsHeld(Instant now) =>
        State is LeaseState.Assigned or LeaseState.Offered or LeaseState.Declined && Expire >= now;

    /// <summary>The lease once its address was declined: it belongs to nobody, so who had it and under which name is gone.</summary>
    public Lease4 Declined() => this with
    {
        HardwareAddress = default,
        ClientId = default,
        Hostname = default,
        FqdnForward = false,
        FqdnReverse = false,
        State = LeaseState.Declined,
    };
}

/// <summary>A lease's state. The numbers up to Registered are those of the lease file's state column.</summary>
public enum LeaseState : byte
{
    /// <summary>Given to its client (the file's "default").</summary>
    Assigned = 0,

    /// <summary>A client found the address in use (RFC 2131 §4.3.3); nobody gets it before its end.</summary>
    Declined = 1,

    /// <summary>Over, and remembered so that its client gets the same address again (RFC 2131 §4.3.1).</summary>
    ExpiredReclaimed = 2,

    /// <summary>Given back by its client (RFC 2131 §4.3.4), and remembered like one that is over.</summary>
    Released = 3,

    /// <summary>An IPv6 address that a host made for itself and told the server of (RFC 9686); nobody else gets it before its end.</summary>
    Registered = 4,

    /// <summary>Offered and not yet asked for. In memory only, never in a file.</summary>
    Offered = 255,
}
