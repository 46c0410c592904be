using System.Collections.Immutable;
using System.Text;
using Leasehold.Configuration.Model;
using Leasehold.Engine.Classification;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V4;

/// <summary>A shared network as packets need it.</summary>
internal sealed class ServingNetwork(SharedNetwork4 network, ClassTable<ServingClass4> classes)
{
    public string Name { get; } = network.Name;
    public ClassGuard Guard { get; } = classes.Guard(network.Classes);
    public ImmutableArray<int> Additional { get; } = classes.Additional(network.Classes);

    /// <summary>In the order of the configuration, which is the order of the search.</summary>
    public ImmutableArray<ServingSubnet> Subnets
    {
        get;
        set
        {
            field = value;
            ReservationsGlobal = value.Any(static subnet => subnet.ReservationsGlobal);
        }
    } = [];

    /// <summary>Global reservations hold in some subnet of the network.</summary>
    public bool ReservationsGlobal { get; private set; }
}

/// <summary>A subnet as packets need it: all levels joined, all options encoded, its pools tied to their free addresses.</summary>
internal sealed class ServingSubnet
{
    private readonly LifetimeRange lifetimes;
    private readonly ServingPool[] byFirst;
    private OpenPools? link;

    public ServingSubnet(Subnet4 subnet, SharedNetwork4? around, ServingNetwork? network, ServingLevels levels)
    {
        Parameters4 parameters = subnet.Parameters.Over(around?.Parameters ?? Parameters4.None).Over(levels.Global);
        Id = subnet.Id;
        Prefix = subnet.Prefix;
        Prefix.Mask.Write(MaskOption);
        Network = network;
        Guard = levels.Classes.Guard(subnet.Classes);
        Additional = levels.Classes.Additional(subnet.Classes);
        Times = new(parameters);
        lifetimes = LifetimeRange.Of(parameters) ?? throw new ArgumentException("valid-lifetime has a default", nameof(levels));
        Authoritative = parameters.Authoritative == true;
        MatchClientId = parameters.MatchClientId == true;
        ReservationsGlobal = parameters.ReservationsGlobal == true;
        ReservationsInSubnet = parameters.ReservationsInSubnet == true;
        ReservationsOutOfPool = parameters.ReservationsOutOfPool == true;
        Allocator = parameters.Allocator ?? default;
        OfferLifetime = parameters.OfferLifetime ?? default;
        Cache = new(parameters);
        AdaptiveThreshold = parameters.AdaptiveLeaseTimeThreshold ?? 1;
        RandomMacLifetime = parameters.RandomMacLifetime;
        RapidCommit = parameters.RapidCommit == true;
        StoresExtendedInfo = parameters.StoreExtendedInfo == true;
        Probe = levels.Probe is { } asked ? ProbeSettings.Of(subnet.Probe.Over(around?.Probe ?? ProbeParameters.None).Over(asked)) : null;
        AddressLimit = subnet.Limits?.AddressLimit;
        Rate = subnet.Limits?.Rate is { } rate ? new(rate) : null;
        Names = new(parameters.Names, levels.DnsUpdates);
        Boot = new(parameters.NextServer, parameters.ServerHostname, parameters.BootFileName);
        ImmutableArray<ImmutableArray<OptionData>> inner = [subnet.Options, around?.Options ?? []];
        Options = levels.Place(inner, inner.All(static level => level.IsEmpty) ? levels.Plain : null);
        Pools = [.. subnet.Pools.Select(pool => new ServingPool(pool, this, inner, levels))];
        byFirst = [.. Pools.OrderBy(pool => pool.Range.First)];
        Alone = [this];
    }

    public uint Id { get; }
    public Ipv4Prefix Prefix { get; }

    /// <summary>Option 1 where none is configured.</summary>
    public byte[] MaskOption { get; } = new byte[4];

    /// <summary>The shared network that it is in; null when it is in none.</summary>
    public ServingNetwork? Network { get; }

    /// <summary>Classes that are looked at when a client is served here.</summary>
    public ImmutableArray<int> Additional { get; }

    public ClassGuard Guard { get; }

    public RenewalTimes Times { get; }

    public AllocatorType Allocator { get; }

    /// <summary>How long an offer is a lease of its own; 0 where it is not.</summary>
    public Lifetime OfferLifetime { get; }

    public LeaseCache Cache { get; }

    /// <summary>The part of held addresses from which on leases are as short as they may be; 1 for never.</summary>
    public double AdaptiveThreshold { get; }

    /// <summary>The first lease of a client with a locally administered hardware address; null where it is as long as any.</summary>
    public Lifetime? RandomMacLifetime { get; }

    /// <summary>RFC 4039.</summary>
    public bool RapidCommit { get; }

    /// <summary>The relay's option 82 is kept with the lease.</summary>
    public bool StoresExtendedInfo { get; }

    /// <summary>How somebody is asked for before an address is offered; null where nobody is.</summary>
    public ProbeSettings? Probe { get; }

    /// <summary>Leases at one time; null for any number.</summary>
    public uint? AddressLimit { get; }

    /// <summary>How many packets that come from here are answered; null for all.</summary>
    public RateWindow? Rate { get; }

    public bool Authoritative { get; }
    public bool MatchClientId { get; }
    public bool ReservationsGlobal { get; }
    public bool ReservationsInSubnet { get; }

    /// <summary>The administrator says that no reserved address lies in a pool; those that do are not kept from anybody.</summary>
    public bool ReservationsOutOfPool { get; }

    public BootFields Boot { get; }

    /// <summary>For addresses in no pool.</summary>
    public NameRules Names { get; }

    /// <summary>The list of this subnet alone.</summary>
    public ServingSubnet[] Alone { get; }

    /// <summary>For addresses in no pool.</summary>
    public OptionPlace<OptionSet4> Options { get; }

    /// <summary>In the order of the configuration, which is the order of the search.</summary>
    public ImmutableArray<ServingPool> Pools { get; }

    /// <summary>The number of the first of its pools among those of its link.</summary>
    public int FirstPool { get; private set; }

    /// <summary>The pools of this subnet and of those beside it.</summary>
    public OpenPools Link => link ?? throw new InvalidOperationException("the subnet is on no link yet");

    public void JoinLink(OpenPools pools, int firstPool) => (link, FirstPool) = (pools, firstPool);

    /// <summary>The next free address of one of its pools, by the subnet's allocator.</summary>
    /// <returns>False when the pool is full.</returns>
    public bool TryTake(ServingPool pool, Random random, out Ipv4 address) => Allocator switch
    {
        AllocatorType.Random => pool.Free.TryRandom(random, out address),
        AllocatorType.FreeLeaseQueue => pool.Free.TryOldest(out address),
        _ => pool.Free.TryNext(pool.Free.Cursor, out address),
    };

    /// <summary>The pool that holds an address; null when none does.</summary>
    public ServingPool? PoolOf(Ipv4 address)
    {
        int low = 0;
        int high = byFirst.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            ServingPool pool = byFirst[middle];
            if (address < pool.Range.First) high = middle - 1;
            else if (address > pool.Range.Last) low = middle + 1;
            else return pool;
        }

        return null;
    }

    /// <summary>The client is served here.</summary>
    public bool Admits(ClassSet classes) => Guard.Admits(classes) && (Network is null || Network.Guard.Admits(classes));

    /// <summary>Before the reservation is known: false only where the client is not served here, whatever its reservation says.</summary>
    public bool MayAdmit(ClassSet classes) => Guard.MayAdmit(classes) && (Network is null || Network.Guard.MayAdmit(classes));

    /// <summary>How long leases of the packet's client last here: by the first of its classes that says so, or as everybody's.</summary>
    public LifetimeRange Lifetimes(scoped in Exchange4 x)
    {
        foreach (int index in x.Classes.InOrder)
        {
            if (x.Config.Classes.Find(index)?.Lifetimes is { } own) return own;
        }

        return lifetimes;
    }
}

/// <summary>A pool as packets need it.</summary>
internal sealed class ServingPool(Pool4 pool, ServingSubnet subnet, ImmutableArray<ImmutableArray<OptionData>> outer, ServingLevels levels)
{
    private FreeAddresses? free;

    public uint Id { get; } = pool.Id;
    public Ipv4Range Range { get; } = pool.Range;
    public ServingSubnet Subnet => subnet;
    public ClassGuard Guard { get; } = levels.Classes.Guard(pool.Classes);

    /// <summary>Classes that are looked at when a client gets an address of the pool.</summary>
    public ImmutableArray<int> Additional { get; } = levels.Classes.Additional(pool.Classes);

    /// <summary>What the table says of this range.</summary>
    public FreeAddresses Free => free ?? throw new InvalidOperationException("the pool was not tied to the lease table");

    public NameRules Names { get; } = subnet.Names.Inside(pool.Parameters.Names);

    public OptionPlace<OptionSet4> Options { get; } = pool.Options.IsEmpty ? subnet.Options : levels.Place([pool.Options, .. outer], plain: null);

    /// <param name="whenFreed">Called whenever an address has become free.</param>
    public void Bind(LeaseTable4 leases, Action whenFreed)
    {
        free = leases.Pool(Range);
        free.OnFreed(whenFreed);
        if (subnet.Allocator == AllocatorType.FreeLeaseQueue) free.KeepOrder();
    }
}

/// <summary>What all subnets of a configuration share while they are made.</summary>
internal sealed class ServingLevels(Dhcp4Config config, ClassTable<ServingClass4> classes)
{
    private int places;

    public ClassTable<ServingClass4> Classes { get; } = classes;
    public bool DnsUpdates => config.DnsUpdates;
    public Parameters4 Global { get; } = config.Parameters.Over(Parameters4.Default);

    /// <summary>Null where nobody is asked for before an address is offered.</summary>
    public ProbeParameters? Probe { get; } = config.Probe?.Over(ProbeParameters.Default);

    /// <summary>The options of the global level, for all subnets that add none.</summary>
    public OptionSet4 Plain { get; } = OptionSet4.Of([config.Options], static _ => false);

    public OptionPlace<OptionSet4> Place(ImmutableArray<ImmutableArray<OptionData>> inner, OptionSet4? plain) => new(++places, inner, config.Options, plain, OptionSet4.Of);
}

/// <summary>siaddr, sname and file (RFC 2131 §2), each null where nothing is configured.</summary>
internal readonly record struct BootFields(Ipv4? NextServer, byte[]? ServerHostname, byte[]? BootFileName)
{
    public BootFields(Ipv4? nextServer, string? serverHostname, string? bootFileName)
        : this(nextServer, Octets(serverHostname), Octets(bootFileName))
    {
    }

    /// <summary>These, and where they say nothing the others.</summary>
    public BootFields Over(BootFields others) =>
        new(NextServer ?? others.NextServer, ServerHostname ?? others.ServerHostname, BootFileName ?? others.BootFileName);

    private static byte[]? Octets(string? text) => text is null ? null : Encoding.UTF8.GetBytes(text);
}
