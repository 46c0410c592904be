using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Kea;

/// <summary>The keys that stand at several levels of a DHCPv6 configuration and end up in <see cref="Parameters6"/>.</summary>
internal static class ParameterRows6
{
    /// <summary>What a class can give as well.</summary>
    private static readonly KeyTable<Parameters6> Lifetimes = new("the lifetimes")
    {
        {
            "preferred-lifetime", "Seconds an address or prefix is preferred for a client that asks for no time. Default 0.625 of valid-lifetime.",
            static (p, v, r) => p with { PreferredLifetime = r.Seconds(v) }
        },
        {
            "min-preferred-lifetime", "The shortest preferred lifetime a client may ask for. Default: preferred-lifetime.",
            static (p, v, r) => p with { MinPreferredLifetime = r.Seconds(v) }
        },
        {
            "max-preferred-lifetime", "The longest preferred lifetime a client may ask for. Default: preferred-lifetime.",
            static (p, v, r) => p with { MaxPreferredLifetime = r.Seconds(v) }
        },
        {
            "valid-lifetime", "Seconds a lease lasts for a client that asks for no time. Default 7200.",
            static (p, v, r) => p with { ValidLifetime = r.Seconds(v) }
        },
        {
            "min-valid-lifetime", "The shortest lease a client may ask for. Default: valid-lifetime.",
            static (p, v, r) => p with { MinValidLifetime = r.Seconds(v) }
        },
        {
            "max-valid-lifetime", "The longest lease a client may ask for. Default: valid-lifetime.",
            static (p, v, r) => p with { MaxValidLifetime = r.Seconds(v) }
        },
    };

    private static readonly KeyTable<Parameters6> Rows = new("the parameters")
    {
        Lifetimes,
        {
            "renew-timer", "Seconds until the client renews (T1). Default: a part of the preferred lifetime.",
            static (p, v, r) => p with { RenewTimer = r.Seconds(v) }
        },
        {
            "rebind-timer", "Seconds until the client asks any server (T2). Default: a part of the preferred lifetime.",
            static (p, v, r) => p with { RebindTimer = r.Seconds(v) }
        },
        {
            "calculate-tee-times", "T1 and T2 are parts of the preferred lifetime where no timer is given; with false the client decides. Default true.",
            static (p, v, r) => p with { CalculateTeeTimes = r.Boolean(v) }
        },
        { "t1-percent", "T1 as a part of the preferred lifetime. Default 0.5.", static (p, v, r) => p with { T1Percent = r.Part(v) } },
        { "t2-percent", "T2 as a part of the preferred lifetime. Default 0.8.", static (p, v, r) => p with { T2Percent = r.Part(v) } },
        {
            "reservations-global", "Reservations of the global map are used. Default false.",
            static (p, v, r) => p with { ReservationsGlobal = r.Boolean(v) }
        },
        {
            "reservations-in-subnet", "Reservations of the subnet are used. Default true.",
            static (p, v, r) => p with { ReservationsInSubnet = r.Boolean(v) }
        },
        {
            "reservations-out-of-pool", "All reserved addresses and prefixes lie outside the pools, so pools are not searched for them. Default false.",
            static (p, v, r) => p with { ReservationsOutOfPool = r.Boolean(v) }
        },
        {
            "reservation-mode", "The older form of the three reservations-… keys: disabled (off), out-of-pool, global or all.",
            ReservationMode
        },
        {
            "allocator", "How free addresses are found: iterative (the next one), random, or flq (the one that is free for the longest time). Default iterative.",
            static (p, v, r) => p with { Allocator = ParameterRows.Allocator(v, r) }
        },
        {
            "pd-allocator", "How free prefixes are found: iterative, random or flq. Default iterative.",
            static (p, v, r) => p with { PdAllocator = ParameterRows.Allocator(v, r) }
        },
        {
            "cache-threshold", "A renewal in this first part of a lease's time (0.25: a quarter) keeps its end and writes nothing. Default: none does.",
            static (p, v, r) => p with { CacheThreshold = r.Number(v) }
        },
        {
            "cache-max-age", "The same in seconds; with cache-threshold, the shorter of both holds. 0: every renewal is written.",
            static (p, v, r) => p with { CacheMaxAge = r.UInt32(v) }
        },
        {
            "adaptive-lease-time-threshold",
            "Leases last min-valid-lifetime when this part of a subnet's pool addresses (or of its prefixes) is held (0.8: four fifths). Default: never.",
            static (p, v, r) => p with { AdaptiveLeaseTimeThreshold = r.Threshold(v) }
        },
        {
            "store-extended-info", "What relays say of the client is kept in the lease's user context. Default false.",
            static (p, v, r) => p with { StoreExtendedInfo = r.Boolean(v) }
        },
    };

    private static readonly KeyRow<Parameters6> RapidCommit =
        new("rapid-commit", KeyStatus.Implemented, "A Solicit that asks for it is answered with a Reply at once. Default false.")
        {
            Read = static (p, v, r) => p with { RapidCommit = r.Boolean(v) },
        };

    static ParameterRows6()
    {
        Rows.AddUnsupported(
            "routes-for-delegated-prefixes",
            "this machine, as the clients' router, does not get a route to each delegated prefix yet",
            Nothing.False,
            keep: static (p, v, r) => p with { RoutesForDelegatedPrefixes = r.Boolean(v) });
        Rows.Add(NameRows.OfLinks6<Parameters6>(static p => p.Names, static (p, names) => p with { Names = names }).Concat(LaterRows.DnsUpdates<Parameters6>()));
    }

    /// <summary>The rows of the global map.</summary>
    public static IEnumerable<KeyRow<T>> OfGlobal<T>(Func<T, Parameters6> get, Func<T, Parameters6, T> set) => Rows.Through(get, set);

    /// <summary>The rows of a network or a subnet.</summary>
    public static IEnumerable<KeyRow<T>> OfLinks<T>(Func<T, Parameters6> get, Func<T, Parameters6, T> set) => Rows.Append(RapidCommit).Through(get, set);

    /// <summary>The rows of a client class: what a client gets, not how it is found.</summary>
    public static IEnumerable<KeyRow<T>> OfClasses<T>(Func<T, Parameters6> get, Func<T, Parameters6, T> set) => Lifetimes.Through(get, set);

    /// <summary>The rows of a pool: names and DNS.</summary>
    public static IEnumerable<KeyRow<T>> NamesOf<T>(Func<T, Parameters6> get, Func<T, Parameters6, T> set) =>
        NameRows.LaterIn<T>(record => get(record).Names, (record, names) => set(record, get(record) with { Names = names })).Concat(LaterRows.DnsUpdates<T>());

    /// <summary>What follows from several keys of one level together.</summary>
    public static Parameters6 Complete(Parameters6 given, ConfigMap map, Reading reading)
    {
        ReservationModes.CheckOnce(map, reading);
        (Lifetime? least, Lifetime? valid, Lifetime? most) =
            Bounds("valid-lifetime", given.MinValidLifetime, given.ValidLifetime, given.MaxValidLifetime, map, reading);
        given = given with { MinValidLifetime = least, ValidLifetime = valid, MaxValidLifetime = most };
        (least, Lifetime? preferred, most) =
            Bounds("preferred-lifetime", given.MinPreferredLifetime, given.PreferredLifetime, given.MaxPreferredLifetime, map, reading);
        return given with { MinPreferredLifetime = least, PreferredLifetime = preferred, MaxPreferredLifetime = most };
    }

    /// <summary>A level that gives one of three lifetimes gives all three, so that no bound of an outer level cuts into it.</summary>
    private static (Lifetime? Least, Lifetime? Middle, Lifetime? Most) Bounds(
        string key, Lifetime? least, Lifetime? middle, Lifetime? most, ConfigMap map, Reading reading)
    {
        if (middle is null && least is not null && most is not null && least != most)
        {
            reading.Error(
                map.Find("min-" + key)?.Position ?? map.Position,
                $"min-{key} and max-{key} are given here without the {key} between them",
                $"give {key} at the same level");
        }

        Lifetime? one = middle ?? least ?? most;
        return (least ?? one, one, most ?? one);
    }

    private static Parameters6 ReservationMode(Parameters6 parameters, ConfigNode value, Reading reading) =>
        ReservationModes.Read(value, reading) is var (global, inSubnet, outOfPool)
            ? parameters with { ReservationsGlobal = global, ReservationsInSubnet = inSubnet, ReservationsOutOfPool = outOfPool }
            : parameters;
}
