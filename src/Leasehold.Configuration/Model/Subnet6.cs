using System.Collections.Immutable;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Model;

/// <summary>One IPv6 network with its pools and reservations.</summary>
public sealed record Subnet6
{
    /// <summary>1 to 4294967294, unique, stored with every lease.</summary>
    public required uint Id { get; init; }

    public required Ipv6Prefix Prefix { get; init; }

    /// <summary>Addresses, in the order of the file; they do not overlap and lie in the prefix.</summary>
    public ImmutableArray<Pool6> Pools { get; init; } = [];

    /// <summary>Prefixes to delegate, in the order of the file; they do not overlap and may lie outside the subnet.</summary>
    public ImmutableArray<PdPool6> PdPools { get; init; } = [];

    public ImmutableArray<Reservation6> Reservations { get; init; } = [];

    /// <summary>Addresses of relays (link-address or peer-address) that choose this subnet although they lie outside it.</summary>
    public ImmutableArray<Ipv6> RelayAddresses { get; init; } = [];

    /// <summary>The interface whose direct clients belong here; null for none in particular. Never together with <see cref="InterfaceId"/>.</summary>
    public string? Interface { get; init; }

    /// <summary>interface-id: the octets of a relay's option 18 whose clients belong here (RFC 8415 §21.18); empty for none.</summary>
    public ImmutableArray<byte> InterfaceId { get; init; } = [];

    public ClassRules Classes { get; init; } = ClassRules.None;
    public Parameters6 Parameters { get; init; } = Parameters6.None;
    public ImmutableArray<OptionData> Options { get; init; } = [];

    /// <summary>Where it stands in the configuration's text.</summary>
    public Origin Origin { get; init; } = Origin.Nowhere;
}

/// <summary>A range of addresses for clients without a reservation.</summary>
public sealed record Pool6
{
    public required Ipv6Range Range { get; init; }

    /// <summary>pool-id, 0 when not given; stored with every lease.</summary>
    public uint Id { get; init; }

    public ClassRules Classes { get; init; } = ClassRules.None;

    /// <summary>Of these a pool gives the rules for names and DNS.</summary>
    public Parameters6 Parameters { get; init; } = Parameters6.None;

    public ImmutableArray<OptionData> Options { get; init; } = [];

    /// <summary>Where it stands in the configuration's text.</summary>
    public Origin Origin { get; init; } = Origin.Nowhere;
}

/// <summary>Prefixes of one length for delegation, cut out of a larger one.</summary>
public sealed record PdPool6
{
    /// <summary>prefix and prefix-len: all that may be delegated.</summary>
    public required Ipv6Prefix Prefix { get; init; }

    /// <summary>delegated-len: the length of each delegated prefix, that of <see cref="Prefix"/> to 128.</summary>
    public required int DelegatedLength { get; init; }

    /// <summary>excluded-prefix and excluded-prefix-len, as the file has them: in the first delegated prefix, and longer than it. Null for none.</summary>
    public Ipv6Prefix? Excluded { get; init; }

    /// <summary>pool-id, 0 when not given; stored with every lease.</summary>
    public uint Id { get; init; }

    public ClassRules Classes { get; init; } = ClassRules.None;
    public ImmutableArray<OptionData> Options { get; init; } = [];

    /// <summary>Where it stands in the configuration's text.</summary>
    public Origin Origin { get; init; } = Origin.Nowhere;

    /// <summary>What a client that has a prefix of this pool must not use of it (RFC 6603 §4.2); null when it may use all.</summary>
    /// <param name="delegated">A prefix of this pool: in <see cref="Prefix"/>, of <see cref="DelegatedLength"/>.</param>
    public Ipv6Prefix? ExcludedFrom(Ipv6Prefix delegated) =>
        Excluded is { } excluded ? new(new(delegated.Network.Value | (excluded.Network.Value - Prefix.Network.Value)), excluded.Length) : null;
}

/// <summary>What one client gets, known by one identifier.</summary>
public sealed record Reservation6
{
    /// <summary>HardwareAddress, Duid or FlexId.</summary>
    public required ReservationIdentifierType IdentifierType { get; init; }

    /// <summary>The identifier's octets: the hardware address without its type, the whole DUID, or the value of the expression.</summary>
    public required ImmutableArray<byte> Identifier { get; init; }

    /// <summary>Empty: the client gets addresses from the pools, and the rest of the reservation.</summary>
    public ImmutableArray<Ipv6> Addresses { get; init; } = [];

    /// <summary>Empty: the client gets prefixes from the pools.</summary>
    public ImmutableArray<ReservedPrefix6> Prefixes { get; init; } = [];

    public string? Hostname { get; init; }

    /// <summary>client-classes: the client is in these, whatever their expressions say.</summary>
    public ImmutableArray<string> Classes { get; init; } = [];

    public ImmutableArray<OptionData> Options { get; init; } = [];

    /// <summary>Where it stands in the configuration's text.</summary>
    public Origin Origin { get; init; } = Origin.Nowhere;
}

/// <summary>A prefix for one client.</summary>
/// <param name="Prefix">Length 1 to 128.</param>
/// <param name="Excluded">What the client must not use of it (RFC 6603 §4.2): inside the prefix, and longer. Null for nothing.</param>
public readonly record struct ReservedPrefix6(Ipv6Prefix Prefix, Ipv6Prefix? Excluded);
