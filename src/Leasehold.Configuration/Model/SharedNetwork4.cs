using System.Collections.Immutable;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Model;

/// <summary>Several subnets on one link: a client may get an address of any of them.</summary>
public sealed record SharedNetwork4
{
    /// <summary>Unique.</summary>
    public required string Name { get; init; }

    /// <summary>In the order of the file, which is the order of the search.</summary>
    public ImmutableArray<Subnet4> Subnets { get; init; } = [];

    /// <summary>giaddr values that choose this network although they lie in none of its subnets.</summary>
    public ImmutableArray<Ipv4> RelayAddresses { get; init; } = [];

    /// <summary>The interface whose direct clients belong here; null for none in particular.</summary>
    public string? Interface { get; init; }

    public ClassRules Classes { get; init; } = ClassRules.None;
    public Parameters4 Parameters { get; init; } = Parameters4.None;
    public ImmutableArray<OptionData> Options { get; init; } = [];

    /// <summary>Whether somebody is asked for before an address of it is offered.</summary>
    public ProbeParameters Probe { get; init; } = ProbeParameters.None;

    /// <summary>Where it stands in the configuration's text.</summary>
    public Origin Origin { get; init; } = Origin.Nowhere;
}
