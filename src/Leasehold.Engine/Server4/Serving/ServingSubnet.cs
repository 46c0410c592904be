using System.Collections.Immutable;
using System.Text;
using Leasehold.Configuration.Model;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V4;

/// <summary>A subnet as packets need it: all levels joined, all options encoded, its pools tied to their free addresses.</summary>
internal sealed class ServingSubnet
{
    private readonly LifetimeBounds lifetimes;
    private readonly ServingPool[] byFirst;

    /// <param name="global">The options of the global level, shared by all subnets that add none.</param>
    public ServingSubnet(Dhcp4Config config, Subnet4 subnet, OptionSet4 global)
    {
        Parameters4 parameters = subnet.Parameters.Over(config.Parameters).Over(Parameters4.Default);
        Id = subnet.Id;
        Prefix = subnet.Prefix;
        lifetimes = new(parameters);
        Authoritative = parameters.Authoritative == true;
        MatchClientId = parameters.MatchClientId == true;
        ReservationsGlobal = parameters.ReservationsGlobal == true;
        ReservationsInSubnet = parameters.ReservationsInSubnet == true;
        ReservationsOutOfPool = parameters.ReservationsOutOfPool == true;
        Boot = new(parameters.NextServer, parameters.ServerHostname, parameters.BootFileName);
        Levels = [subnet.Options, config.Options];
        Options = subnet.Options.IsEmpty ? global : OptionSet4.Of(subnet.Options, config.Options);
        Pools = [.. subnet.Pools.Select(pool => new ServingPool(pool, this))];
        byFirst = [.. Pools.OrderBy(pool => pool.Range.First)];
    }

    public uint Id { get; }
    public Ipv4Prefix Prefix { get; }
    public bool Authoritative { get; }
    public bool MatchClientId { get; }
    public bool ReservationsGlobal { get; }
    public bool ReservationsInSubnet { get; }

    /// <summary>The administrator says that no reserved address lies in a pool; those that do are not kept from anybody.</summary>
    public bool ReservationsOutOfPool { get; }

    public BootFields Boot { get; }

    /// <summary>Subnet, then global.</summary>
    public ImmutableArray<ImmutableArray<OptionData>> Levels { get; }

    /// <summary>For addresses in no pool.</summary>
    public OptionSet4 Options { get; }

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

    /// <summary>For how long a client gets an address here.</summary>
    /// <param name="wanted">Option 51; null when the client says nothing.</param>
    public LeaseTerms Terms(Lifetime? wanted) => lifetimes.Terms(wanted);
}

/// <summary>A pool as packets need it.</summary>
internal sealed class ServingPool(Pool4 pool, ServingSubnet subnet)
{
    private FreeAddresses? free;

    public uint Id { get; } = pool.Id;
    public Ipv4Range Range { get; } = pool.Range;

    /// <summary>What the table says of this range.</summary>
    public FreeAddresses Free => free ?? throw new InvalidOperationException("the pool was not tied to the lease table");

    /// <summary>Pool, subnet, global.</summary>
    public ImmutableArray<ImmutableArray<OptionData>> Levels { get; } = [pool.Options, .. subnet.Levels];

    public OptionSet4 Options { get; } =
        pool.Options.IsEmpty ? subnet.Options : OptionSet4.Of([pool.Options, .. subnet.Levels.AsSpan()]);

    public void Bind(LeaseTable4 leases) => free = leases.Pool(Range);
}

/// <summary>siaddr, sname and file (RFC 2131 §2), each null where nothing is configured.</summary>
internal readonly struct BootFields(Ipv4? nextServer, string? serverHostname, string? bootFileName)
{
    public Ipv4? NextServer { get; } = nextServer;
    public byte[]? ServerHostname { get; } = serverHostname is null ? null : Encoding.UTF8.GetBytes(serverHostname);
    public byte[]? BootFileName { get; } = bootFileName is null ? null : Encoding.UTF8.GetBytes(bootFileName);
}
