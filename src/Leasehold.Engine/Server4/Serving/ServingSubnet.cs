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
    private readonly RenewalTimes times;
    private readonly LifetimeRange lifetimes;
    private readonly ClassGuard guard;
    private readonly ServingPool[] byFirst;

    public ServingSubnet(Subnet4 subnet, SharedNetwork4? around, ServingNetwork? network, ServingLevels levels)
    {
        Parameters4 parameters = subnet.Parameters.Over(around?.Parameters ?? Parameters4.None).Over(levels.Global);
        Id = subnet.Id;
        Prefix = subnet.Prefix;
        Network = network;
        guard = levels.Classes.Guard(subnet.Classes);
        Additional = levels.Classes.Additional(subnet.Classes);
        times = new(parameters);
        lifetimes = LifetimeRange.Of(parameters) ?? throw new ArgumentException("valid-lifetime has a default", nameof(levels));
        Authoritative = parameters.Authoritative == true;
        MatchClientId = parameters.MatchClientId == true;
        ReservationsGlobal = parameters.ReservationsGlobal == true;
        ReservationsInSubnet = parameters.ReservationsInSubnet == true;
        ReservationsOutOfPool = parameters.ReservationsOutOfPool == true;
        Boot = new(parameters.NextServer, parameters.ServerHostname, parameters.BootFileName);
        ImmutableArray<ImmutableArray<OptionData>> inner = [subnet.Options, around?.Options ?? []];
        Options = levels.Place(inner, inner.All(static level => level.IsEmpty) ? levels.Plain : null);
        Pools = [.. subnet.Pools.Select(pool => new ServingPool(pool, this, inner, levels))];
        byFirst = [.. Pools.OrderBy(pool => pool.Range.First)];
        Alone = [this];
    }

    public uint Id { get; }
    public Ipv4Prefix Prefix { get; }

    /// <summary>The shared network that it is in; null when it is in none.</summary>
    public ServingNetwork? Network { get; }

    /// <summary>Classes that are looked at when a client is served here.</summary>
    public ImmutableArray<int> Additional { get; }

    public bool Authoritative { get; }
    public bool MatchClientId { get; }
    public bool ReservationsGlobal { get; }
    public bool ReservationsInSubnet { get; }

    /// <summary>The administrator says that no reserved address lies in a pool; those that do are not kept from anybody.</summary>
    public bool ReservationsOutOfPool { get; }

    public BootFields Boot { get; }

    /// <summary>The list of this subnet alone.</summary>
    public ServingSubnet[] Alone { get; }

    /// <summary>For addresses in no pool.</summary>
    public OptionPlace<OptionSet4> Options { get; }

    /// <summary>In the order of the configuration, which is the order of the search.</summary>
    public ImmutableArray<ServingPool> Pools { get; }

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
    public bool Admits(ClassSet classes) => guard.Admits(classes) && (Network is null || Network.Guard.Admits(classes));

    /// <summary>Before the reservation is known: false only where the client is not served here, whatever its reservation says.</summary>
    public bool MayAdmit(ClassSet classes) => guard.MayAdmit(classes) && (Network is null || Network.Guard.MayAdmit(classes));

    /// <summary>For how long the packet's client gets an address here: by the first of its classes that says so, or as everybody here.</summary>
    public LeaseTerms Terms(scoped in Exchange4 x)
    {
        foreach (int index in x.Classes.InOrder)
        {
            if (x.Config.Classes.Find(index)?.Lifetimes is { } own) return times.For(own.For(x.RequestedLifetime));
        }

        return times.For(lifetimes.For(x.RequestedLifetime));
    }
}

/// <summary>A pool as packets need it.</summary>
internal sealed class ServingPool(Pool4 pool, ServingSubnet subnet, ImmutableArray<ImmutableArray<OptionData>> outer, ServingLevels levels)
{
    private FreeAddresses? free;

    public uint Id { get; } = pool.Id;
    public Ipv4Range Range { get; } = pool.Range;
    public ClassGuard Guard { get; } = levels.Classes.Guard(pool.Classes);

    /// <summary>Classes that are looked at when a client gets an address of the pool.</summary>
    public ImmutableArray<int> Additional { get; } = levels.Classes.Additional(pool.Classes);

    /// <summary>What the table says of this range.</summary>
    public FreeAddresses Free => free ?? throw new InvalidOperationException("the pool was not tied to the lease table");

    public OptionPlace<OptionSet4> Options { get; } = pool.Options.IsEmpty ? subnet.Options : levels.Place([pool.Options, .. outer], plain: null);

    public void Bind(LeaseTable4 leases) => free = leases.Pool(Range);
}

/// <summary>What all subnets of a configuration share while they are made.</summary>
internal sealed class ServingLevels(Dhcp4Config config, ClassTable<ServingClass4> classes)
{
    private int places;

    public ClassTable<ServingClass4> Classes { get; } = classes;
    public Parameters4 Global { get; } = config.Parameters.Over(Parameters4.Default);

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
