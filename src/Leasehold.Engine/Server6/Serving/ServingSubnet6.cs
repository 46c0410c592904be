using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Engine.Classification;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V6;

/// <summary>A subnet as packets need it: all levels joined, all options encoded, its pools tied to what is free in them.</summary>
internal sealed class ServingSubnet6
{
    private readonly Parameters6 parameters;
    private readonly LifetimeBounds6 lifetimes;
    private readonly ClassGuard guard;

    /// <param name="around">The shared network; null for a subnet in none.</param>
    public ServingSubnet6(Subnet6 subnet, SharedNetwork6? around, ServingNetwork6 network, ServingLevels6 levels)
    {
        parameters = subnet.Parameters.Over(around?.Parameters ?? Parameters6.None).Over(levels.Global);
        Id = subnet.Id;
        Prefix = subnet.Prefix;
        Network = network;
        guard = levels.Classes.Guard(subnet.Classes);
        Additional = levels.Classes.Additional(subnet.Classes);
        lifetimes = new(parameters);
        Cache = new(parameters);
        AdaptiveThreshold = parameters.AdaptiveLeaseTimeThreshold ?? 1;
        Names = new(parameters.Names);
        StoresExtendedInfo = parameters.StoreExtendedInfo == true;
        RapidCommit = parameters.RapidCommit == true;
        Allocator = parameters.Allocator ?? AllocatorType.Iterative;
        PdAllocator = parameters.PdAllocator ?? AllocatorType.Iterative;
        ReservationsGlobal = parameters.ReservationsGlobal == true;
        ReservationsInSubnet = parameters.ReservationsInSubnet == true;
        ReservationsOutOfPool = parameters.ReservationsOutOfPool == true;
        ImmutableArray<ImmutableArray<OptionData>> inner = [subnet.Options, around?.Options ?? []];
        Options = levels.Place(inner, inner.All(static level => level.IsEmpty) ? levels.Plain : null);
        Pools = [.. subnet.Pools.Select(pool => new ServingPool6(pool, this, inner, levels))];
        PdPools = [.. subnet.PdPools.Select(pool => new ServingPool6(pool, this, inner, levels))];
        Alone = [this];
    }

    public uint Id { get; }
    public Ipv6Prefix Prefix { get; }

    /// <summary>The subnets on the same link, this one among them.</summary>
    public ServingNetwork6 Network { get; }

    /// <summary>The list of this subnet alone.</summary>
    public ServingSubnet6[] Alone { get; }

    /// <summary>Classes that are looked at when a client is served here.</summary>
    public ImmutableArray<int> Additional { get; }

    public LeaseCache6 Cache { get; }

    /// <summary>From this part of held addresses or prefixes on leases are as short as they may be; 1: never.</summary>
    public double AdaptiveThreshold { get; }

    public NamePolicy Names { get; }
    public bool RapidCommit { get; }

    /// <summary>What relays say is kept in the leases' user contexts.</summary>
    public bool StoresExtendedInfo { get; }

    public AllocatorType Allocator { get; }
    public AllocatorType PdAllocator { get; }
    public bool ReservationsGlobal { get; }
    public bool ReservationsInSubnet { get; }

    /// <summary>The administrator says that nothing that is reserved lies in a pool; what does is not kept from anybody.</summary>
    public bool ReservationsOutOfPool { get; }

    /// <summary>For what is in no pool.</summary>
    public OptionPlace<OptionSet6> Options { get; }

    /// <summary>Of addresses, in the order of the configuration, which is the order of the search.</summary>
    public ImmutableArray<ServingPool6> Pools { get; }

    /// <summary>Of prefixes, likewise.</summary>
    public ImmutableArray<ServingPool6> PdPools { get; }

    public ImmutableArray<ServingPool6> PoolsOf(LeaseType6 type) => type == LeaseType6.Prefix ? PdPools : Pools;

    /// <summary>The client is served here.</summary>
    public bool Admits(ClassSet classes) => guard.Admits(classes) && Network.Guard.Admits(classes);

    /// <summary>Before the reservation is known: false only where the client is not served here, whatever its reservation says.</summary>
    public bool MayAdmit(ClassSet classes) => guard.MayAdmit(classes) && Network.Guard.MayAdmit(classes);

    /// <summary>For how long the packet's client gets something here: by the first of its classes that says so, or as everybody here.</summary>
    public LifetimeBounds6 Bounds(scoped in Exchange6 x)
    {
        foreach (int index in x.Classes.InOrder)
        {
            if (x.Config.Classes.Find(index) is { HasLifetimes: true } own) return own.Bounds(this, parameters);
        }

        return lifetimes;
    }

    /// <summary>T1 and T2 of a message.</summary>
    public (Lifetime T1, Lifetime T2) Timers(Lifetime shortest) => lifetimes.Timers(shortest);
}

/// <summary>What all subnets of a configuration share while they are made.</summary>
internal sealed class ServingLevels6(Dhcp6Config config, ClassTable<ServingClass6> classes)
{
    private int places;

    public ClassTable<ServingClass6> Classes { get; } = classes;
    public Parameters6 Global { get; } = config.Parameters.Over(Parameters6.Default);

    /// <summary>The options of the global level, for all subnets that add none.</summary>
    public OptionSet6 Plain { get; } = OptionSet6.Of([config.Options], static _ => false);

    public OptionPlace<OptionSet6> Place(ImmutableArray<ImmutableArray<OptionData>> inner, OptionSet6? plain) => new(++places, inner, config.Options, plain, OptionSet6.Of);
}
