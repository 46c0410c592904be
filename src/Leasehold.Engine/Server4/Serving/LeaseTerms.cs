using Leasehold.Configuration.Model;
using Leasehold.Protocol;

namespace Leasehold.Engine.V4;

/// <summary>What a client is told about time: options 51, 58 and 59.</summary>
/// <param name="T1">Null when option 58 is not sent.</param>
/// <param name="T2">Null when option 59 is not sent.</param>
internal readonly record struct LeaseTerms(Lifetime Valid, Lifetime? T1, Lifetime? T2);

/// <summary>How long leases last: what a client gets that asks for nothing, and the bounds for one that does.</summary>
internal sealed record LifetimeRange(Lifetime Valid, Lifetime Min, Lifetime Max)
{
    /// <summary>The range that a level gives; null when it gives none.</summary>
    public static LifetimeRange? Of(Parameters4 parameters) =>
        parameters.ValidLifetime is { } valid ? new(valid, parameters.MinValidLifetime ?? valid, parameters.MaxValidLifetime ?? valid) : null;

    /// <summary>RFC 2131 §4.3.1: a client may ask for a time, the configured bounds decide.</summary>
    public Lifetime For(Lifetime? wanted) => wanted is not { } hint ? Valid : hint < Min ? Min : hint > Max ? Max : hint;
}

/// <summary>T1 and T2 of a subnet, as configured.</summary>
/// <param name="parameters">All levels joined, defaults included.</param>
internal sealed class RenewalTimes(Parameters4 parameters)
{
    private readonly Lifetime? renew = parameters.RenewTimer;
    private readonly Lifetime? rebind = parameters.RebindTimer;
    private readonly bool calculate = parameters.CalculateTeeTimes == true;
    private readonly double t1 = parameters.T1Percent ?? 0;
    private readonly double t2 = parameters.T2Percent ?? 0;

    /// <summary>RFC 2131 §4.4.5: T1 is before T2, and T2 before the end of the lease; a timer that is not says nothing to the client.</summary>
    public LeaseTerms For(Lifetime lifetime)
    {
        Lifetime ceiling = lifetime;
        Lifetime? rebinding = Before(rebind ?? Calculated(lifetime, t2), ceiling);
        if (rebinding is { } sent) ceiling = sent;
        return new(lifetime, Before(renew ?? Calculated(lifetime, t1), ceiling), rebinding);
    }

    private Lifetime? Calculated(Lifetime lifetime, double part) =>
        calculate && !lifetime.IsInfinite ? new((uint)Math.Round(lifetime.Seconds * part, MidpointRounding.AwayFromZero)) : null;

    private static Lifetime? Before(Lifetime? timer, Lifetime ceiling) =>
        timer is { Seconds: > 0 } time && time < ceiling ? time : null;
}
