using Leasehold.Configuration.Model;
using Leasehold.Protocol;

namespace Leasehold.Engine.V4;

/// <summary>What a client is told about time: options 51, 58 and 59.</summary>
/// <param name="T1">Null when option 58 is not sent.</param>
/// <param name="T2">Null when option 59 is not sent.</param>
internal readonly record struct LeaseTerms(Lifetime Valid, Lifetime? T1, Lifetime? T2);

/// <summary>The lifetimes of a subnet, as configured.</summary>
internal sealed class LifetimeBounds
{
    private readonly Lifetime valid;
    private readonly Lifetime min;
    private readonly Lifetime max;
    private readonly Lifetime? renew;
    private readonly Lifetime? rebind;
    private readonly bool calculate;
    private readonly double t1;
    private readonly double t2;

    /// <param name="parameters">All levels joined, defaults included.</param>
    public LifetimeBounds(Parameters4 parameters)
    {
        valid = parameters.ValidLifetime ?? throw new ArgumentException("valid-lifetime has a default", nameof(parameters));
        min = parameters.MinValidLifetime ?? valid;
        max = parameters.MaxValidLifetime ?? valid;
        renew = parameters.RenewTimer;
        rebind = parameters.RebindTimer;
        calculate = parameters.CalculateTeeTimes == true;
        t1 = parameters.T1Percent ?? 0;
        t2 = parameters.T2Percent ?? 0;
    }

    /// <summary>RFC 2131 §4.3.1: a client may ask for a time, the configured bounds decide.</summary>
    public LeaseTerms Terms(Lifetime? wanted)
    {
        Lifetime lifetime = wanted is not { } hint ? valid : hint < min ? min : hint > max ? max : hint;

        // RFC 2131 §4.4.5: T1 is before T2, and T2 before the end of the lease; a timer that is not says nothing to the client.
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
