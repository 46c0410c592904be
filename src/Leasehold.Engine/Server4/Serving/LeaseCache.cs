using Leasehold.Configuration.Model;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V4;

/// <summary>Which leases are so new that a renewal changes nothing: cache-threshold and cache-max-age of a subnet.</summary>
/// <param name="parameters">All levels joined.</param>
internal sealed class LeaseCache(Parameters4 parameters)
{
    private readonly double? threshold = parameters.CacheThreshold;
    private readonly uint? maxAge = parameters.CacheMaxAge;

    /// <summary>What is left of the client's lease when it stays as it is; null when it is to be prolonged.</summary>
    /// <param name="before">The client's lease on the same address.</param>
    /// <param name="renewed">What it would become.</param>
    public Lifetime? Rest(in Lease4 before, in Lease4 renewed, Instant now)
    {
        if (before.State != LeaseState.Assigned || !IsSame(before, renewed)) return null;

        // A lease without an end is no longer when it is prolonged.
        if (before.ValidLifetime.IsInfinite) return renewed.ValidLifetime.IsInfinite ? Lifetime.Infinite : null;
        if (renewed.ValidLifetime < before.ValidLifetime) return null;
        long age = now.Seconds - (before.Expire.Seconds - before.ValidLifetime.Seconds);
        return age >= 0 && age <= NewFor(before.ValidLifetime) && now < before.Expire ? before.Expire - now : null;
    }

    /// <summary>For how many seconds a lease counts as new; −1: it never does.</summary>
    private long NewFor(Lifetime valid)
    {
        if (maxAge == 0) return -1;
        return threshold switch
        {
            > 0 and <= 1 => Math.Min((long)(valid.Seconds * threshold.Value), maxAge ?? long.MaxValue),
            null => maxAge ?? -1L,
            _ => -1,
        };
    }

    /// <summary>Nothing but times would change.</summary>
    private static bool IsSame(in Lease4 before, in Lease4 renewed) =>
        before.SubnetId == renewed.SubnetId
        && before.PoolId == renewed.PoolId
        && before.FqdnForward == renewed.FqdnForward
        && before.FqdnReverse == renewed.FqdnReverse
        && before.HardwareAddress == renewed.HardwareAddress
        && before.ClientId.SequenceEqual(renewed.ClientId)
        && before.Hostname.SequenceEqual(renewed.Hostname)
        && before.UserContext.SequenceEqual(renewed.UserContext);
}
