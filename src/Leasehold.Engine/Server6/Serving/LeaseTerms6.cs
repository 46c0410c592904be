using Leasehold.Configuration.Model;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>How long a client has an address or prefix.</summary>
/// <param name="Preferred">Never more than Valid.</param>
internal readonly record struct LeaseTerms6(Lifetime Preferred, Lifetime Valid);

/// <summary>The lifetimes and timers of a subnet, as configured.</summary>
internal sealed class LifetimeBounds6
{
    private readonly Lifetime valid;
    private readonly Lifetime minValid;
    private readonly Lifetime maxValid;
    private readonly Lifetime preferred;
    private readonly Lifetime minPreferred;
    private readonly Lifetime maxPreferred;
    private readonly Lifetime? renew;
    private readonly Lifetime? rebind;
    private readonly bool calculate;
    private readonly double t1;
    private readonly double t2;

    /// <param name="parameters">All levels joined, defaults included.</param>
    public LifetimeBounds6(Parameters6 parameters)
    {
        valid = parameters.ValidLifetime ?? throw new ArgumentException("valid-lifetime has a default", nameof(parameters));
        minValid = parameters.MinValidLifetime ?? valid;
        maxValid = parameters.MaxValidLifetime ?? valid;
        preferred = parameters.PreferredLifetime ?? valid.Part(Parameters6.PreferredPart);
        minPreferred = parameters.MinPreferredLifetime ?? preferred;
        maxPreferred = parameters.MaxPreferredLifetime ?? preferred;
        renew = parameters.RenewTimer;
        rebind = parameters.RebindTimer;
        calculate = parameters.CalculateTeeTimes == true;
        t1 = parameters.T1Percent ?? 0;
        t2 = parameters.T2Percent ?? 0;
    }

    /// <summary>The shortest lifetimes that a client may get.</summary>
    public LeaseTerms6 Least => Consistent(minPreferred, minValid);

    /// <summary>RFC 8415 §21.6: a client may wish for lifetimes, the configured bounds decide. Zeros are no wish.</summary>
    public LeaseTerms6 Terms(in LeasedPrefix6 wish)
    {
        Lifetime granted = Within(wish.Valid, valid, minValid, maxValid);
        Lifetime wanted = Within(wish.Preferred, preferred, minPreferred, maxPreferred);

        return Consistent(wanted, granted);
    }

    /// <summary>RFC 8415 §21.6: a preferred lifetime above the valid one makes the address invalid.</summary>
    public static LeaseTerms6 Consistent(Lifetime preferred, Lifetime valid) => new(preferred > valid ? valid.Part(Parameters6.PreferredPart) : preferred, valid);

    /// <summary>T1 and T2 for all that is given in a message; 0 leaves them to the client.</summary>
    /// <param name="shortest">The shortest preferred lifetime of all that is given.</param>
    public (Lifetime T1, Lifetime T2) Timers(Lifetime shortest)
    {
        // RFC 8415 §14.2: T1 is not after T2, and both are before the preferred lifetime ends. A timer that is not says nothing to the client.
        Lifetime rebinding = Before(rebind ?? Calculated(shortest, t2), shortest);
        Lifetime ceiling = rebinding.Seconds > 0 ? rebinding : shortest;
        return (Before(renew ?? Calculated(shortest, t1), ceiling), rebinding);
    }

    // RFC 8415 §14.2: 0xFFFFFFFF says that the lease is never to be renewed.
    private Lifetime Calculated(Lifetime lifetime, double part) => calculate ? lifetime.Part(part) : default;

    private static Lifetime Before(Lifetime timer, Lifetime ceiling) => timer < ceiling || ceiling.IsInfinite ? timer : default;

    private static Lifetime Within(Lifetime wish, Lifetime standard, Lifetime min, Lifetime max) =>
        wish.Seconds == 0 ? standard : wish < min ? min : wish > max ? max : wish;
}
