using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>A subnet as packets need it: all levels joined, all options encoded, its pools tied to what is free in them.</summary>
internal sealed class ServingSubnet6
{
    private readonly LifetimeBounds6 lifetimes;

    /// <param name="network">Null for a subnet in no shared network, which is a network by itself.</param>
    /// <param name="global">The options of the global level, shared by all subnets that add none.</param>
    public ServingSubnet6(Dhcp6Config config, SharedNetwork6? network, Subnet6 subnet, OptionSet6 global)
    {
        Parameters6 parameters = subnet.Parameters.Over(network?.Parameters ?? Parameters6.None).Over(config.Parameters).Over(Parameters6.Default);
        Id = subnet.Id;
        Prefix = subnet.Prefix;
        lifetimes = new(parameters);
        RapidCommit = parameters.RapidCommit == true;
        Allocator = parameters.Allocator ?? AllocatorType.Iterative;
        PdAllocator = parameters.PdAllocator ?? AllocatorType.Iterative;
        ReservationsGlobal = parameters.ReservationsGlobal == true;
        ReservationsInSubnet = parameters.ReservationsInSubnet == true;
        ReservationsOutOfPool = parameters.ReservationsOutOfPool == true;
        Levels = network is null ? [subnet.Options, config.Options] : [subnet.Options, network.Options, config.Options];
        Options = Levels.Length == 2 && subnet.Options.IsEmpty ? global : OptionSet6.Of(Levels.AsSpan());
        Pools = [.. subnet.Pools.Select(pool => new ServingPool6(pool, this))];
        PdPools = [.. subnet.PdPools.Select(pool => new ServingPool6(pool, this))];
        Network = new([this]);
    }

    public uint Id { get; }
    public Ipv6Prefix Prefix { get; }

    /// <summary>The subnets on the same link, this one among them.</summary>
    public ServingNetwork6 Network { get; set; }

    public bool RapidCommit { get; }
    public AllocatorType Allocator { get; }
    public AllocatorType PdAllocator { get; }
    public bool ReservationsGlobal { get; }
    public bool ReservationsInSubnet { get; }

    /// <summary>The administrator says that nothing that is reserved lies in a pool; what does is not kept from anybody.</summary>
    public bool ReservationsOutOfPool { get; }

    /// <summary>Subnet, then network where there is one, then global.</summary>
    public ImmutableArray<ImmutableArray<OptionData>> Levels { get; }

    /// <summary>For what is in no pool.</summary>
    public OptionSet6 Options { get; }

    /// <summary>Of addresses, in the order of the configuration, which is the order of the search.</summary>
    public ImmutableArray<ServingPool6> Pools { get; }

    /// <summary>Of prefixes, likewise.</summary>
    public ImmutableArray<ServingPool6> PdPools { get; }

    public ImmutableArray<ServingPool6> PoolsOf(LeaseType6 type) => type == LeaseType6.Prefix ? PdPools : Pools;

    /// <summary>For how long a client gets something here.</summary>
    /// <param name="wish">Its lifetimes; zeros for no wish.</param>
    public LeaseTerms6 Terms(in LeasedPrefix6 wish) => lifetimes.Terms(in wish);

    /// <summary>T1 and T2 of a message.</summary>
    public (Lifetime T1, Lifetime T2) Timers(Lifetime shortest) => lifetimes.Timers(shortest);
}

/// <summary>A pool of addresses or prefixes as packets need it.</summary>
internal sealed class ServingPool6
{
    private readonly PdPool6? prefixes;
    private FreePrefixes? free;

    public ServingPool6(Pool6 pool, ServingSubnet6 subnet)
        : this(LeasePool6.Addresses(pool.Range), pool.Id, pool.Options, subnet)
    {
    }

    public ServingPool6(PdPool6 pool, ServingSubnet6 subnet)
        : this(LeasePool6.Prefixes(pool.Prefix, pool.DelegatedLength), pool.Id, pool.Options, subnet) => prefixes = pool;

    private ServingPool6(LeasePool6 key, uint id, ImmutableArray<OptionData> options, ServingSubnet6 subnet)
    {
        Key = key;
        Id = id;
        Subnet = subnet;
        Levels = [options, .. subnet.Levels];
        Options = options.IsEmpty ? subnet.Options : OptionSet6.Of(Levels.AsSpan());
    }

    /// <summary>What the table knows the pool by.</summary>
    public LeasePool6 Key { get; }

    public uint Id { get; }
    public ServingSubnet6 Subnet { get; }

    /// <summary>What the table says of this pool.</summary>
    public FreePrefixes Free => free ?? throw new InvalidOperationException("the pool was not tied to the lease table");

    /// <summary>Pool, then the levels of the subnet.</summary>
    public ImmutableArray<ImmutableArray<OptionData>> Levels { get; }

    public OptionSet6 Options { get; }

    /// <summary>What a client must not use of a prefix of this pool; null for nothing.</summary>
    public Ipv6Prefix? ExcludedFrom(Ipv6Prefix delegated) => prefixes?.ExcludedFrom(delegated);

    public void Bind(LeaseTable6 leases) => free = leases.Pool(Key);
}

/// <summary>The subnets of one link, in the order of the configuration: a client may get something of each.</summary>
internal sealed class ServingNetwork6(ImmutableArray<ServingSubnet6> subnets)
{
    public ImmutableArray<ServingSubnet6> Subnets { get; } = subnets;

    public bool Has(uint subnetId)
    {
        foreach (ServingSubnet6 subnet in Subnets)
        {
            if (subnet.Id == subnetId) return true;
        }

        return false;
    }

    /// <summary>The address belongs to one of the link's prefixes.</summary>
    public bool IsOnLink(Ipv6 address) => SubnetOf(address) is not null;

    /// <summary>The subnet that an address lies in; null when it is in none.</summary>
    public ServingSubnet6? SubnetOf(Ipv6 address)
    {
        foreach (ServingSubnet6 subnet in Subnets)
        {
            if (subnet.Prefix.Contains(address)) return subnet;
        }

        return null;
    }

    /// <summary>The pool that gives out this address or prefix; null when none does.</summary>
    public ServingPool6? PoolOf(LeaseType6 type, Ipv6Prefix prefix)
    {
        foreach (ServingSubnet6 subnet in Subnets)
        {
            foreach (ServingPool6 pool in subnet.PoolsOf(type))
            {
                if (pool.Key.Offers(prefix)) return pool;
            }
        }

        return null;
    }
}
