using System.Collections.Immutable;
using Leasehold.Engine.Classification;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V6;

/// <summary>The subnets of one link, in the order of the configuration: a client may get something of each.</summary>
/// <param name="guard">Of a shared network; open for a subnet in none.</param>
internal sealed class ServingNetwork6(ClassGuard guard, ImmutableArray<int> additional)
{
    public ClassGuard Guard { get; } = guard;

    /// <summary>Classes that are looked at when a client is served on the link.</summary>
    public ImmutableArray<int> Additional { get; } = additional;

    public ImmutableArray<ServingSubnet6> Subnets { get; set; } = [];

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
