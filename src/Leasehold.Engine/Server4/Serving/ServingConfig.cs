using Leasehold.Configuration.Model;
using Leasehold.Engine.Classification;
using Leasehold.Engine.Expressions;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V4;

/// <summary>The configuration in the form that packets need: everything that does not depend on a packet is worked out here, once.</summary>
internal sealed class ServingConfig
{
    public ServingConfig(Dhcp4Config config, LeaseTable4 leases, Server4Ports ports, Random random)
    {
        Ports = ports;
        Random = random;
        ServesBootp = config.ServesBootp;
        EchoClientId = config.EchoClientId;
        FlexIdentifier = config.FlexIdentifierExpression is { } expression ? new(expression, static _ => -1) : null;
        ReplaceClientId = config is { ReplaceClientId: true, FlexIdentifierExpression: not null };
        EarlyGlobalReservations = config.EarlyGlobalReservations && !config.Reservations.IsEmpty;
        StashAgentOptions = config.StashAgentOptions;
        Compatibility = config.Compatibility;
        DnsUpdates = config.DnsUpdates;
        DeclineProbationPeriod = config.DeclineProbationPeriod;

        Classes = ServingClass4.TableOf(config);
        Options = new(Classes);
        FlexOptions = [.. config.FlexOptions.Select(option => new ServingFlexOption(option, Classes))];
        Subnets = new(config, Classes);
        Reservations = new(config, Subnets, Classes);
        leases.SetPools([.. config.AllSubnets.SelectMany(subnet => subnet.Pools).Select(pool => pool.Range)], [.. Reservations.Addresses, .. PassedOver(config)]);
        Subnets.Bind(leases);
        Limits = new(config, Classes);
        leases.Watch(Limits.Tally.IsNeeded ? Limits.Tally.Count : null);
    }

    public Server4Ports Ports { get; }

    /// <summary>Chance, for the allocator "random".</summary>
    public Random Random { get; }

    /// <summary>Clients that speak BOOTP alone get addresses as well.</summary>
    public bool ServesBootp { get; }

    /// <summary>RFC 6842.</summary>
    public bool EchoClientId { get; }

    /// <summary>What gives a client its flex-id; null when nothing does.</summary>
    public ValueExpression? FlexIdentifier { get; }

    /// <summary>The flex-id takes the place of the client identifier.</summary>
    public bool ReplaceClientId { get; }

    /// <summary>Global reservations are looked up before the subnet is chosen.</summary>
    public bool EarlyGlobalReservations { get; }

    /// <summary>A renewal past the relay has the relay information that was kept with the lease.</summary>
    public bool StashAgentOptions { get; }

    public Compatibility4 Compatibility { get; }

    /// <summary>Updates are turned on for the server.</summary>
    public bool DnsUpdates { get; }

    public Lifetime DeclineProbationPeriod { get; }
    public ClassTable<ServingClass4> Classes { get; }
    public OptionSets<OptionSet4, ServingClass4> Options { get; }
    public ServingFlexOption[] FlexOptions { get; }
    public SubnetIndex Subnets { get; }
    public ReservationIndex Reservations { get; }
    public LeaseLimits Limits { get; }

    /// <summary>Addresses of pools that a search passes over although nobody has them: those that end in .0 and .255, where these are excluded.</summary>
    private static IEnumerable<Ipv4> PassedOver(Dhcp4Config config) => config.Compatibility.ExcludeFirstLast24
        ? config.AllSubnets.Where(static subnet => subnet.Prefix.Length <= 24).SelectMany(static subnet => subnet.Pools).SelectMany(static pool => Edges(pool.Range))
        : [];

    private static IEnumerable<Ipv4> Edges(Ipv4Range range)
    {
        for (long block = range.First.Value & ~0xFFL; block <= range.Last.Value; block += 256)
        {
            Ipv4 first = new((uint)block);
            Ipv4 last = new((uint)block + 255);
            if (range.Contains(first)) yield return first;
            if (range.Contains(last)) yield return last;
        }
    }
}
