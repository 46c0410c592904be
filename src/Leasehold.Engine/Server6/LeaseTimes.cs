using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V6;

/// <summary>How long an association gets an address or a prefix.</summary>
internal static class LeaseTimes
{
    /// <summary>By the client's wish and its classes, and shorter where the subnet's pools are nearly full.</summary>
    /// <param name="subnet">Whose the address or prefix is.</param>
    public static LeaseTerms6 Of(scoped in Exchange6 x, ServingSubnet6 subnet, scoped in WantedAssociation wanted, Ipv6Prefix prefix)
    {
        LifetimeBounds6 bounds = subnet.Bounds(in x);
        LeaseTerms6 terms = bounds.Terms(wanted.LifetimeWish(prefix));
        if (!IsCrowded(in x, subnet, in wanted, prefix)) return terms;
        LeaseTerms6 left = ClientIdentity.Holds(in x, in wanted, prefix, out Lease6 lease) ? Left(in lease, x.Now) : default;
        return LifetimeBounds6.Consistent(
            CrowdedPools.Shortened(terms.Preferred, bounds.Least.Preferred, left.Preferred),
            CrowdedPools.Shortened(terms.Valid, bounds.Least.Valid, left.Valid));
    }

    private static LeaseTerms6 Left(scoped in Lease6 lease, Instant now)
    {
        Lifetime valid = lease.Expire - now;

        // Of a lease without an end nobody knows when it was given: all of its preferred time may be left.
        if (lease.PreferredLifetime.IsInfinite || lease.ValidLifetime.IsInfinite) return new(lease.PreferredLifetime, valid);
        uint age = lease.ValidLifetime.Seconds - valid.Seconds;
        return new(new(lease.PreferredLifetime.Seconds - Math.Min(age, lease.PreferredLifetime.Seconds)), valid);
    }

    /// <summary>Of what the client could have in the subnet, too much is held. What is held for it since it was advertised does not count.</summary>
    private static bool IsCrowded(scoped in Exchange6 x, ServingSubnet6 subnet, scoped in WantedAssociation wanted, Ipv6Prefix prefix)
    {
        if (subnet.AdaptiveThreshold >= 1) return false;
        double all = 0;
        double held = 0;
        foreach (ServingPool6 pool in subnet.PoolsOf(wanted.Type))
        {
            if (!pool.Guard.Admits(x.Classes)) continue;
            all += pool.Free.Size;
            held += pool.Free.Held;
            bool isOffered = pool.Key.Offers(prefix) && x.Leases.TryGet(wanted.Type, prefix.Network, out Lease6 lease) && lease.State == LeaseState.Offered;
            if (isOffered) held--;
        }

        return held >= all * subnet.AdaptiveThreshold;
    }
}
