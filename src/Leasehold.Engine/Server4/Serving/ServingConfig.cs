using Leasehold.Configuration.Model;
using Leasehold.Engine.Classification;
using Leasehold.Engine.Expressions;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V4;

/// <summary>The configuration in the form that packets need: everything that does not depend on a packet is worked out here, once.</summary>
internal sealed class ServingConfig
{
    public ServingConfig(Dhcp4Config config, LeaseTable4 leases, Server4Ports ports)
    {
        Ports = ports;
        EchoClientId = config.EchoClientId;
        FlexIdentifier = config.FlexIdentifierExpression is { } expression ? new(expression, static _ => -1) : null;
        DeclineProbationPeriod = config.DeclineProbationPeriod;

        Classes = new(ClassUses.Of(config), static (definition, index, resolve) => new((ClientClass4)definition, index, resolve));
        Options = new(Classes);
        Subnets = new(config, Classes);
        Reservations = new(config, Subnets, Classes);
        leases.SetPools([.. config.AllSubnets.SelectMany(subnet => subnet.Pools).Select(pool => pool.Range)], Reservations.Addresses);
        Subnets.Bind(leases);
    }

    public Server4Ports Ports { get; }

    /// <summary>RFC 6842.</summary>
    public bool EchoClientId { get; }

    /// <summary>What gives a client its flex-id; null when nothing does.</summary>
    public ValueExpression? FlexIdentifier { get; }

    public Lifetime DeclineProbationPeriod { get; }
    public ClassTable<ServingClass4> Classes { get; }
    public OptionSets<OptionSet4, ServingClass4> Options { get; }
    public SubnetIndex Subnets { get; }
    public ReservationIndex Reservations { get; }
}
