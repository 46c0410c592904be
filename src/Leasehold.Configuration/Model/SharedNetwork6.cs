using System.Collections.Immutable;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Model;

/// <summary>Several subnets on one link: a client may get addresses and prefixes of any of them.</summary>
public sealed record SharedNetwork6
{
    /// <summary>Unique.</summary>
    public required string Name { get; init; }

    /// <summary>In the order of the file, which is the order of the search.</summary>
    public ImmutableArray<Subnet6> Subnets { get; init; } = [];

    /// <summary>Addresses of relays that choose this network although they lie in none of its subnets.</summary>
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
