using Leasehold.Configuration.Model;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V4;

/// <summary>Which leases are so new that a renewal changes nothing: cache-threshold and cache-max-age of a subnet.</summary>
/// <param name="parameters">All levels joined.</param>
internal sealed class LeaseCache(Parameters4 parameters)
{
    private readonly CacheWindow window = new(parameters.CacheThreshold, parameters.CacheMaxAge);

    /// <summary>What is left of the client's lease when it stays as it is; null when it is to be prolonged.</summary>
    /// <param name="before">The client's lease on the same address.</param>
    /// <param name="renewed">What it would become.</param>
    public Lifetime? Rest(in Lease4 before, in Lease4 renewed, Instant now) =>
        before.State == LeaseState.Assigned && IsSame(before, renewed) ? window.Rest(before.ValidLifetime, before.Expire, renewed.ValidLifetime, now) : null;

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
