using Leasehold.Configuration.Model;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V6;

/// <summary>Which leases are so new that a renewal changes nothing: cache-threshold and cache-max-age of a subnet.</summary>
/// <param name="parameters">All levels joined.</param>
internal sealed class LeaseCache6(Parameters6 parameters)
{
    private readonly CacheWindow window = new(parameters.CacheThreshold, parameters.CacheMaxAge);

    /// <summary>Some lease may count as new.</summary>
    public bool IsOpen => window.IsOpen;

    /// <summary>What is left of an association's lease when it stays as it is; null when it is to be prolonged.</summary>
    /// <param name="before">The association's lease on the same address or prefix.</param>
    /// <param name="renewed">What it would become.</param>
    public LeaseTerms6? Rest(in Lease6 before, in Lease6 renewed, Instant now)
    {
        if (!IsOpen || before.State != LeaseState.Assigned || !IsSame(before, renewed) || renewed.PreferredLifetime < before.PreferredLifetime) return null;
        if (window.Rest(before.ValidLifetime, before.Expire, renewed.ValidLifetime, now) is not { } valid) return null;
        if (before.PreferredLifetime.IsInfinite) return new(Lifetime.Infinite, valid);

        // Of a lease without an end nobody knows when it was given, so nobody knows what is left of its preferred time either.
        if (valid.IsInfinite) return null;

        // What is preferred no more becomes so again when the client renews.
        uint age = before.ValidLifetime.Seconds - valid.Seconds;
        return age < before.PreferredLifetime.Seconds ? new(new(before.PreferredLifetime.Seconds - age), valid) : null;
    }

    /// <summary>Nothing but times would change.</summary>
    private static bool IsSame(in Lease6 before, in Lease6 renewed) =>
        before.SubnetId == renewed.SubnetId
        && before.PoolId == renewed.PoolId
        && before.FqdnForward == renewed.FqdnForward
        && before.FqdnReverse == renewed.FqdnReverse
        && before.HardwareAddress.SequenceEqual(renewed.HardwareAddress)
        && before.Hostname.SequenceEqual(renewed.Hostname)
        && before.UserContext.SequenceEqual(renewed.UserContext);
}
