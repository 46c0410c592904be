using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Engine.Classification;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V6;

/// <summary>A pool of addresses or prefixes as packets need it.</summary>
internal sealed class ServingPool6
{
    private readonly PdPool6? prefixes;
    private FreePrefixes? free;

    public ServingPool6(Pool6 pool, ServingSubnet6 subnet, ImmutableArray<ImmutableArray<OptionData>> outer, ServingLevels6 levels)
        : this(LeasePool6.Addresses(pool.Range), pool.Id, pool.Classes, pool.Options, subnet, outer, levels)
    {
    }

    public ServingPool6(PdPool6 pool, ServingSubnet6 subnet, ImmutableArray<ImmutableArray<OptionData>> outer, ServingLevels6 levels)
        : this(LeasePool6.Prefixes(pool.Prefix, pool.DelegatedLength), pool.Id, pool.Classes, pool.Options, subnet, outer, levels) => prefixes = pool;

    private ServingPool6(
        LeasePool6 key, uint id, ClassRules rules, ImmutableArray<OptionData> options, ServingSubnet6 subnet, ImmutableArray<ImmutableArray<OptionData>> outer, ServingLevels6 levels)
    {
        Key = key;
        Id = id;
        Subnet = subnet;
        Guard = levels.Classes.Guard(rules);
        Additional = levels.Classes.Additional(rules);
        Options = options.IsEmpty ? subnet.Options : levels.Place([options, .. outer], plain: null);
    }

    /// <summary>What the table knows the pool by.</summary>
    public LeasePool6 Key { get; }

    public uint Id { get; }
    public ServingSubnet6 Subnet { get; }
    public ClassGuard Guard { get; }

    /// <summary>Classes that are looked at when a client gets something of the pool.</summary>
    public ImmutableArray<int> Additional { get; }

    public OptionPlace<OptionSet6> Options { get; }

    /// <summary>What the table says of this pool.</summary>
    public FreePrefixes Free => free ?? throw new InvalidOperationException("the pool was not tied to the lease table");

    /// <summary>The pool and its subnet serve the client.</summary>
    public bool Admits(ClassSet classes) => Guard.Admits(classes) && Subnet.Admits(classes);

    /// <summary>What a client must not use of a prefix of this pool; null for nothing.</summary>
    public Ipv6Prefix? ExcludedFrom(Ipv6Prefix delegated) => prefixes?.ExcludedFrom(delegated);

    public void Bind(LeaseTable6 leases) => free = leases.Pool(Key);
}
