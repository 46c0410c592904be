using Leasehold.Protocol;

namespace Leasehold.Configuration.Model;

/// <summary>The values that may stand at several levels (global, network, subnet, pool, class); null means "not given here".</summary>
public sealed record Parameters6
{
    /// <summary>Nothing given.</summary>
    public static readonly Parameters6 None = new();

    /// <summary>What holds where no level gives a value.</summary>
    public static readonly Parameters6 Default = new()
    {
        ValidLifetime = new(7200),
        CalculateTeeTimes = true,
        T1Percent = 0.5,
        T2Percent = 0.8,
        RapidCommit = false,
        ReservationsGlobal = false,
        ReservationsInSubnet = true,
        ReservationsOutOfPool = false,
        Allocator = AllocatorType.Iterative,
        PdAllocator = AllocatorType.Iterative,
        StoreExtendedInfo = false,
        AdaptiveLeaseTimeThreshold = 1.0,
        RoutesForDelegatedPrefixes = false,
        Names = NameParameters.Default,
    };

    /// <summary>The part of the valid lifetime that is preferred where no level gives a preferred-lifetime.</summary>
    public const double PreferredPart = 0.625;

    /// <summary>preferred-lifetime: given to a client that asks for none. Null at every level: <see cref="PreferredPart"/> of the valid lifetime.</summary>
    public Lifetime? PreferredLifetime { get; init; }

    /// <summary>min-preferred-lifetime: the shortest a client may ask for. Null: preferred-lifetime.</summary>
    public Lifetime? MinPreferredLifetime { get; init; }

    /// <summary>max-preferred-lifetime: the longest a client may ask for. Null: preferred-lifetime.</summary>
    public Lifetime? MaxPreferredLifetime { get; init; }

    /// <summary>valid-lifetime: given to a client that asks for none.</summary>
    public Lifetime? ValidLifetime { get; init; }

    /// <summary>min-valid-lifetime: the shortest a client may ask for. Null: valid-lifetime.</summary>
    public Lifetime? MinValidLifetime { get; init; }

    /// <summary>max-valid-lifetime: the longest a client may ask for. Null: valid-lifetime.</summary>
    public Lifetime? MaxValidLifetime { get; init; }

    /// <summary>renew-timer: T1 as configured (RFC 8415 §21.4).</summary>
    public Lifetime? RenewTimer { get; init; }

    /// <summary>rebind-timer: T2 as configured (RFC 8415 §21.4).</summary>
    public Lifetime? RebindTimer { get; init; }

    /// <summary>calculate-tee-times: T1 and T2 are parts of the preferred lifetime where no timer is configured. False: 0 is sent, the client decides.</summary>
    public bool? CalculateTeeTimes { get; init; }

    public double? T1Percent { get; init; }
    public double? T2Percent { get; init; }

    /// <summary>rapid-commit: a Solicit that asks for it is answered with a Reply (RFC 8415 §18.3.1).</summary>
    public bool? RapidCommit { get; init; }

    public bool? ReservationsGlobal { get; init; }
    public bool? ReservationsInSubnet { get; init; }
    public bool? ReservationsOutOfPool { get; init; }

    /// <summary>How addresses are found.</summary>
    public AllocatorType? Allocator { get; init; }

    /// <summary>How prefixes are found.</summary>
    public AllocatorType? PdAllocator { get; init; }

    /// <summary>store-extended-info: what relays said is kept with the lease.</summary>
    public bool? StoreExtendedInfo { get; init; }

    /// <summary>cache-threshold: up to this part of its time a lease counts as new, and a renewal changes nothing. Null, 0 and more than 1: none does.</summary>
    public double? CacheThreshold { get; init; }

    /// <summary>cache-max-age: up to this age in seconds a lease counts as new. Null: cache-threshold alone decides; 0: no lease does.</summary>
    public uint? CacheMaxAge { get; init; }

    /// <summary>adaptive-lease-time-threshold: from this fill of the pools on leases get their shortest time. 1: never.</summary>
    public double? AdaptiveLeaseTimeThreshold { get; init; }

    /// <summary>routes-for-delegated-prefixes: the machine gets a route to each prefix that is delegated here, for as long as it is.</summary>
    public bool? RoutesForDelegatedPrefixes { get; init; }

    /// <summary>Names and DNS.</summary>
    public NameParameters Names { get; init; } = NameParameters.None;

    /// <summary>This level, and where it says nothing the outer one.</summary>
    public Parameters6 Over(Parameters6 outer) => new()
    {
        PreferredLifetime = PreferredLifetime ?? outer.PreferredLifetime,
        MinPreferredLifetime = MinPreferredLifetime ?? outer.MinPreferredLifetime,
        MaxPreferredLifetime = MaxPreferredLifetime ?? outer.MaxPreferredLifetime,
        ValidLifetime = ValidLifetime ?? outer.ValidLifetime,
        MinValidLifetime = MinValidLifetime ?? outer.MinValidLifetime,
        MaxValidLifetime = MaxValidLifetime ?? outer.MaxValidLifetime,
        RenewTimer = RenewTimer ?? outer.RenewTimer,
        RebindTimer = RebindTimer ?? outer.RebindTimer,
        CalculateTeeTimes = CalculateTeeTimes ?? outer.CalculateTeeTimes,
        T1Percent = T1Percent ?? outer.T1Percent,
        T2Percent = T2Percent ?? outer.T2Percent,
        RapidCommit = RapidCommit ?? outer.RapidCommit,
        ReservationsGlobal = ReservationsGlobal ?? outer.ReservationsGlobal,
        ReservationsInSubnet = ReservationsInSubnet ?? outer.ReservationsInSubnet,
        ReservationsOutOfPool = ReservationsOutOfPool ?? outer.ReservationsOutOfPool,
        Allocator = Allocator ?? outer.Allocator,
        PdAllocator = PdAllocator ?? outer.PdAllocator,
        StoreExtendedInfo = StoreExtendedInfo ?? outer.StoreExtendedInfo,
        CacheThreshold = CacheThreshold ?? outer.CacheThreshold,
        CacheMaxAge = CacheMaxAge ?? outer.CacheMaxAge,
        AdaptiveLeaseTimeThreshold = AdaptiveLeaseTimeThreshold ?? outer.AdaptiveLeaseTimeThreshold,
        RoutesForDelegatedPrefixes = RoutesForDelegatedPrefixes ?? outer.RoutesForDelegatedPrefixes,
        Names = Names.Over(outer.Names),
    };
}
