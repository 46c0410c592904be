using Leasehold.Protocol;

namespace Leasehold.Configuration.Model;

/// <summary>The values that may stand at several levels (global, network, subnet, pool, class); null means "not given here".</summary>
public sealed record Parameters4
{
    /// <summary>Nothing given.</summary>
    public static readonly Parameters4 None = new();

    /// <summary>What holds where no level gives a value.</summary>
    public static readonly Parameters4 Default = new()
    {
        ValidLifetime = new(7200),
        CalculateTeeTimes = false,
        T1Percent = 0.5,
        T2Percent = 0.875,
        Authoritative = false,
        MatchClientId = true,
        ReservationsGlobal = false,
        ReservationsInSubnet = true,
        ReservationsOutOfPool = false,
        Allocator = AllocatorType.Iterative,
        OfferLifetime = default(Lifetime),
        StoreExtendedInfo = false,
        RapidCommit = false,
        Names = NameParameters.Default,
    };

    /// <summary>valid-lifetime: given to a client that asks for none.</summary>
    public Lifetime? ValidLifetime { get; init; }

    /// <summary>min-valid-lifetime: the shortest a client may ask for. Null: valid-lifetime.</summary>
    public Lifetime? MinValidLifetime { get; init; }

    /// <summary>max-valid-lifetime: the longest a client may ask for. Null: valid-lifetime.</summary>
    public Lifetime? MaxValidLifetime { get; init; }

    /// <summary>renew-timer: T1 as configured, option 58.</summary>
    public Lifetime? RenewTimer { get; init; }

    /// <summary>rebind-timer: T2 as configured, option 59.</summary>
    public Lifetime? RebindTimer { get; init; }

    /// <summary>calculate-tee-times: T1 and T2 are parts of the lease time where no timer is configured.</summary>
    public bool? CalculateTeeTimes { get; init; }

    public double? T1Percent { get; init; }
    public double? T2Percent { get; init; }

    /// <summary>siaddr. 0.0.0.0 counts as given, and hides an outer level's.</summary>
    public Ipv4? NextServer { get; init; }

    /// <summary>sname, at most 63 octets.</summary>
    public string? ServerHostname { get; init; }

    /// <summary>file, at most 127 octets.</summary>
    public string? BootFileName { get; init; }

    /// <summary>authoritative: unknown clients that ask for a wrong address are told so (NAK).</summary>
    public bool? Authoritative { get; init; }

    /// <summary>match-client-id: false lets the hardware address alone identify a client.</summary>
    public bool? MatchClientId { get; init; }

    public bool? ReservationsGlobal { get; init; }
    public bool? ReservationsInSubnet { get; init; }
    public bool? ReservationsOutOfPool { get; init; }

    /// <summary>allocator: which free address comes next.</summary>
    public AllocatorType? Allocator { get; init; }

    /// <summary>offer-lifetime: how long an offered address is a lease of its own, stored like any. 0: it is held for a few seconds, in memory.</summary>
    public Lifetime? OfferLifetime { get; init; }

    /// <summary>cache-threshold: up to this part of its time a lease counts as new, and a renewal changes nothing. Null, 0 and more than 1: none does.</summary>
    public double? CacheThreshold { get; init; }

    /// <summary>cache-max-age: up to this age in seconds a lease counts as new. Null: cache-threshold alone decides; 0: no lease does.</summary>
    public uint? CacheMaxAge { get; init; }

    /// <summary>adaptive-lease-time-threshold: from this part of held addresses on leases are as short as they may be. Null: never.</summary>
    public double? AdaptiveLeaseTimeThreshold { get; init; }

    /// <summary>random-mac-lifetime: the first lease of a client with a locally administered hardware address. Null: as for everybody.</summary>
    public Lifetime? RandomMacLifetime { get; init; }

    /// <summary>rapid-commit: a client that asks for it gets its address with two messages instead of four (RFC 4039).</summary>
    public bool? RapidCommit { get; init; }

    /// <summary>store-extended-info: the relay's option 82 is kept in the lease's user context.</summary>
    public bool? StoreExtendedInfo { get; init; }

    /// <summary>The rules for names and DNS.</summary>
    public NameParameters Names { get; init; } = NameParameters.None;

    /// <summary>This level, and where it says nothing the outer one.</summary>
    public Parameters4 Over(Parameters4 outer) => new()
    {
        ValidLifetime = ValidLifetime ?? outer.ValidLifetime,
        MinValidLifetime = MinValidLifetime ?? outer.MinValidLifetime,
        MaxValidLifetime = MaxValidLifetime ?? outer.MaxValidLifetime,
        RenewTimer = RenewTimer ?? outer.RenewTimer,
        RebindTimer = RebindTimer ?? outer.RebindTimer,
        CalculateTeeTimes = CalculateTeeTimes ?? outer.CalculateTeeTimes,
        T1Percent = T1Percent ?? outer.T1Percent,
        T2Percent = T2Percent ?? outer.T2Percent,
        NextServer = NextServer ?? outer.NextServer,
        ServerHostname = ServerHostname ?? outer.ServerHostname,
        BootFileName = BootFileName ?? outer.BootFileName,
        Authoritative = Authoritative ?? outer.Authoritative,
        MatchClientId = MatchClientId ?? outer.MatchClientId,
        ReservationsGlobal = ReservationsGlobal ?? outer.ReservationsGlobal,
        ReservationsInSubnet = ReservationsInSubnet ?? outer.ReservationsInSubnet,
        ReservationsOutOfPool = ReservationsOutOfPool ?? outer.ReservationsOutOfPool,
        Allocator = Allocator ?? outer.Allocator,
        OfferLifetime = OfferLifetime ?? outer.OfferLifetime,
        CacheThreshold = CacheThreshold ?? outer.CacheThreshold,
        CacheMaxAge = CacheMaxAge ?? outer.CacheMaxAge,
        AdaptiveLeaseTimeThreshold = AdaptiveLeaseTimeThreshold ?? outer.AdaptiveLeaseTimeThreshold,
        RandomMacLifetime = RandomMacLifetime ?? outer.RandomMacLifetime,
        RapidCommit = RapidCommit ?? outer.RapidCommit,
        StoreExtendedInfo = StoreExtendedInfo ?? outer.StoreExtendedInfo,
        Names = Names.Over(outer.Names),
    };
}
