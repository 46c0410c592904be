using System.Collections.Immutable;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Model;

/// <summary>One IPv4 network with its pools and reservations.</summary>
public sealed record Subnet4
{
    /// <summary>1 to 4294967294, unique, stored with every lease.</summary>
    public required uint Id { get; init; }

    public required Ipv4Prefix Prefix { get; init; }

    /// <summary>In the order of the file; they do not overlap and lie in the prefix.</summary>
    public ImmutableArray<Pool4> Pools { get; init; } = [];

    public ImmutableArray<Reservation4> Reservations { get; init; } = [];

    /// <summary>giaddr values that choose this subnet although they lie outside it.</summary>
    public ImmutableArray<Ipv4> RelayAddresses { get; init; } = [];

    /// <summary>The interface whose direct clients belong here; null for none in particular.</summary>
    public string? Interface { get; init; }

    public ClassRules Classes { get; init; } = ClassRules.None;
    public Parameters4 Parameters { get; init; } = Parameters4.None;
    public ImmutableArray<OptionData> Options { get; init; } = [];

    /// <summary>Whether somebody is asked for before an address of it is offered.</summary>
    public ProbeParameters Probe { get; init; } = ProbeParameters.None;

    /// <summary>How much its clients get; null where nothing is limited.</summary>
    public Limits? Limits { get; init; }

    /// <summary>Where it stands in the configuration's text.</summary>
    public Origin Origin { get; init; } = Origin.Nowhere;
}

/// <summary>A range of addresses for clients without a reservation.</summary>
public sealed record Pool4
{
    public required Ipv4Range Range { get; init; }

    /// <summary>pool-id, 0 when not given; stored with every lease.</summary>
    public uint Id { get; init; }

    public ClassRules Classes { get; init; } = ClassRules.None;

    /// <summary>Of these a pool gives the rules for names and DNS.</summary>
    public Parameters4 Parameters { get; init; } = Parameters4.None;

    public ImmutableArray<OptionData> Options { get; init; } = [];

    /// <summary>Where it stands in the configuration's text.</summary>
    public Origin Origin { get; init; } = Origin.Nowhere;
}

/// <summary>What one client gets, known by one identifier.</summary>
public sealed record Reservation4
{
    public required ReservationIdentifierType IdentifierType { get; init; }

    /// <summary>The identifier's octets: the hardware address without its type, the client identifier with its type octet, and so on.</summary>
    public required ImmutableArray<byte> Identifier { get; init; }

    /// <summary>Null: the client gets an address from the pools, and the rest of the reservation.</summary>
    public Ipv4? Address { get; init; }

    public string? Hostname { get; init; }

    /// <summary>siaddr; null when not given.</summary>
    public Ipv4? NextServer { get; init; }

    public string? ServerHostname { get; init; }
    public string? BootFileName { get; init; }

    /// <summary>client-classes: the client is in these, whatever their expressions say.</summary>
    public ImmutableArray<string> Classes { get; init; } = [];

    public ImmutableArray<OptionData> Options { get; init; } = [];

    /// <summary>Where it stands in the configuration's text.</summary>
    public Origin Origin { get; init; } = Origin.Nowhere;
}

/// <summary>By what a reservation knows its client.</summary>
public enum ReservationIdentifierType
{
    /// <summary>chaddr, whatever its type.</summary>
    HardwareAddress,

    /// <summary>The DUID inside a client identifier of type 255 (RFC 4361 §6.1).</summary>
    Duid,

    /// <summary>Sub-option 1 of option 82 (RFC 3046 §3.1).</summary>
    CircuitId,

    /// <summary>Option 61.</summary>
    ClientId,

    /// <summary>The value of an expression over the packet.</summary>
    FlexId,
}
