using Leasehold.Protocol;

namespace Leasehold.Leases;

/// <summary>One IPv6 lease: who has which address or prefix until when. A view: its spans are valid until the table changes.</summary>
/// <remarks>RFC 8415 §6 and §12: the binding of a DUID, a type and an IAID to an address or a prefix; an IA may have several.</remarks>
public readonly ref struct Lease6
{
    /// <summary>RFC 8415 §11.1.</summary>
    public const int MaxDuid = Protocol.Duid.MaxLength;

    /// <summary>The longest link-layer address that is kept; that of the established server.</summary>
    public const int MaxHardwareAddress = 20;

    /// <summary>A domain name is at most 255 octets long (RFC 1035 §3.1).</summary>
    public const int MaxHostname = 255;

    /// <summary>The longest user context that is kept; a limit of ours, for what comes from files and operators.</summary>
    public const int MaxUserContext = 65535;

    public LeaseType6 Type { get; init; }

    /// <summary>The address, or the first one of the prefix.</summary>
    public Ipv6 Address { get; init; }

    /// <summary>The delegated prefix's length; 128 for an address, whatever it is set to.</summary>
    public byte PrefixLength
    {
        get => Type == LeaseType6.Prefix ? field : (byte)Ipv6Prefix.MaxLength;
        init;
    }

    /// <summary>The prefix, or the address as one of 128 bits.</summary>
    public Ipv6Prefix Prefix => new(Address, PrefixLength);

    /// <summary>The client's DUID with its type; empty for a declined address, which belongs to nobody.</summary>
    public ReadOnlySpan<byte> Duid { get; init; }

    public uint Iaid { get; init; }

    /// <summary>Never more than ValidLifetime.</summary>
    public Lifetime PreferredLifetime { get; init; }

    public Lifetime ValidLifetime { get; init; }

    /// <summary>The moment at which the lease is over: granted at that moment less ValidLifetime. Never for an infinite one.</summary>
    public Instant Expire { get; init; }

    public uint SubnetId { get; init; }

    /// <summary>The pool's id, 0 for none in particular.</summary>
    public uint PoolId { get; init; }

    /// <summary>The name's AAAA record was, or is to be, updated by the server.</summary>
    public bool FqdnForward { get; init; }

    /// <summary>The address's PTR record was, or is to be, updated by the server.</summary>
    public bool FqdnReverse { get; init; }

    /// <summary>The client's name in lower-case ASCII; empty for none.</summary>
    public ReadOnlySpan<byte> Hostname { get; init; }

    /// <summary>The client's link-layer address where the server learned one, 0 to 20 octets; empty for none.</summary>
    public ReadOnlySpan<byte> HardwareAddress { get; init; }

    /// <summary>The IANA hardware type of HardwareAddress; 1 is Ethernet.</summary>
    public ushort HardwareType { get; init; }

    /// <summary>Where HardwareAddress was learned from.</summary>
    public HardwareSource6 HardwareSource { get; init; }

    public LeaseState State { get; init; }

    /// <summary>JSON of the established server's user_context column, as it came; empty for none.</summary>
    public ReadOnlySpan<byte> UserContext { get; init; }

    /// <summary>True while the address or prefix may not be given to anybody else: assigned, offered, declined or registered, and not over yet.</summary>
    /// <remarks>The second of the end still belongs to the lease, as for <see cref="Lease4.IsHeld"/>.</remarks>
    public bool IsHeld(Instant now) =>
        State is LeaseState.Assigned or LeaseState.Offered or LeaseState.Declined or LeaseState.Registered && Expire >= now;

    /// <summary>True when the lease belongs to this identity association.</summary>
    public bool IsOf(LeaseType6 type, ReadOnlySpan<byte> duid, uint iaid) => Type == type && Iaid == iaid && Duid.SequenceEqual(duid);

    /// <summary>The lease once its address was declined: it belongs to nobody, so who had it and under which name is gone.</summary>
    public Lease6 Declined() => this with
    {
        Duid = default,
        Iaid = 0,
        PreferredLifetime = default,
        HardwareAddress = default,
        HardwareType = 0,
        HardwareSource = HardwareSource6.None,
        Hostname = default,
        FqdnForward = false,
        FqdnReverse = false,
        State = LeaseState.Declined,
    };
}

/// <summary>What an identity association is for. The numbers are those of the lease file's lease_type column.</summary>
public enum LeaseType6 : byte
{
    /// <summary>IA_NA: an address (RFC 8415 §21.4).</summary>
    NonTemporary = 0,

    /// <summary>IA_TA: a temporary address (RFC 8415 §21.5). One address is never both: it has one lease.</summary>
    Temporary = 1,

    /// <summary>IA_PD: a delegated prefix (RFC 8415 §21.21).</summary>
    Prefix = 2,
}

/// <summary>Where a client's link-layer address was learned from. The numbers are those of the lease file's hwaddr_source column.</summary>
public enum HardwareSource6 : uint
{
    /// <summary>Nowhere, or it is not known any more.</summary>
    None = 0,

    /// <summary>The frame that came from the client itself.</summary>
    Raw = 1,

    /// <summary>The client's DUID (DUID-LL, DUID-LLT).</summary>
    Duid = 2,

    /// <summary>The client's link-local address, made of its link-layer address (RFC 4291 §2.5.1).</summary>
    LinkLocalAddress = 4,

    /// <summary>The relay's option 79 (RFC 6939).</summary>
    ClientLinkLayerAddress = 8,

    /// <summary>The relay's option 37 (RFC 4649).</summary>
    RemoteId = 16,

    /// <summary>The relay's option 38 (RFC 4580).</summary>
    SubscriberId = 32,

    /// <summary>A cable modem termination system's option.</summary>
    DocsisCmts = 64,

    /// <summary>A cable modem's option.</summary>
    DocsisModem = 128,
}
