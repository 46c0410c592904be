using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V6;

/// <summary>The configuration in the form that packets need: everything that does not depend on a packet is worked out here, once.</summary>
internal sealed class ServingConfig6
{
    private readonly byte[] serverId;

    public ServingConfig6(Dhcp6Config config, ReadOnlySpan<byte> serverId, LeaseTable6 leases, Server6Ports ports)
    {
        this.serverId = serverId.ToArray();
        Ports = ports;
        MacSources = config.MacSources;
        DeclineProbationPeriod = config.DeclineProbationPeriod;
        Options = OptionSet6.Of(config.Options);
        Subnets = new(config, Options);
        Reservations = new(config, Subnets);
        leases.SetPools(Subnets.Pools, Reservations.Addresses, Reservations.Prefixes);
        Subnets.Bind(leases);
    }

    /// <summary>The server's DUID.</summary>
    public ReadOnlySpan<byte> ServerId => serverId;

    public Server6Ports Ports { get; }

    /// <summary>Where a client's link-layer address is looked for, in this order.</summary>
    public ImmutableArray<MacSource> MacSources { get; }

    public Lifetime DeclineProbationPeriod { get; }

    /// <summary>For clients in no subnet.</summary>
    public OptionSet6 Options { get; }

    public SubnetIndex6 Subnets { get; }
    public ReservationIndex6 Reservations { get; }
}
