using System.Collections.Frozen;
using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Engine.Classification;
using Leasehold.Engine.Expressions;
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
        AllowsAddressRegistration = config.AllowAddressRegistration;
        EarlyGlobalReservations = config.EarlyGlobalReservations && !config.Reservations.IsEmpty;
        DeclineProbationPeriod = config.DeclineProbationPeriod;
        RelaySuppliedOptions = config.RelaySuppliedOptions.ToFrozenSet();
        FlexIdentifier = config.FlexIdentifierExpression is { } expression ? new(expression, static _ => -1) : null;
        Classes = ServingClass6.TableOf(config);
        Options = new(Classes);
        ServingLevels6 levels = new(config, Classes);
        Nowhere = levels.Place([], levels.Plain);
        Subnets = new(config, levels);
        Reservations = new(config, Subnets, Classes);
        leases.SetPools(Subnets.Pools, Reservations.Addresses, Reservations.Prefixes);
        Subnets.Bind(leases);
    }

    /// <summary>The server's DUID.</summary>
    public ReadOnlySpan<byte> ServerId => serverId;

    public Server6Ports Ports { get; }

    /// <summary>Where a client's link-layer address is looked for, in this order.</summary>
    public ImmutableArray<MacSource> MacSources { get; }

    /// <summary>Codes that relays may supply (RFC 6422).</summary>
    public FrozenSet<ushort> RelaySuppliedOptions { get; }

    /// <summary>Hosts may register addresses that they made themselves (RFC 9686).</summary>
    public bool AllowsAddressRegistration { get; }

    /// <summary>The classes of a global reservation choose the subnet.</summary>
    public bool EarlyGlobalReservations { get; }

    public Lifetime DeclineProbationPeriod { get; }

    /// <summary>What gives a client its flex-id; null when nothing does.</summary>
    public ValueExpression? FlexIdentifier { get; }

    public ClassTable<ServingClass6> Classes { get; }
    public OptionSets<OptionSet6, ServingClass6> Options { get; }

    /// <summary>For clients in no subnet.</summary>
    public OptionPlace<OptionSet6> Nowhere { get; }

    public SubnetIndex6 Subnets { get; }
    public ReservationIndex6 Reservations { get; }
}
