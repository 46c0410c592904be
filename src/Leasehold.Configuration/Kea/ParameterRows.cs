using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Kea;

/// <summary>The keys that stand in the global map and in subnets alike and end up in <see cref="Parameters4"/>.</summary>
internal static class ParameterRows
{
    /// <summary>Octets of the field sname without its closing zero (RFC 2131 §2).</summary>
    public const int MaxServerHostname = 63;

    /// <summary>Octets of the field file without its closing zero (RFC 2131 §2).</summary>
    public const int MaxBootFileName = 127;

    private static readonly KeyTable<Parameters4> Rows = new("the parameters")
    {
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
        { "renew-timer", "Seconds until the client renews (T1, option 58).", static (p, v, r) => p with { RenewTimer = r.Seconds(v) } },
        {
            "rebind-timer", "Seconds until the client asks any server (T2, option 59).",
            static (p, v, r) => p with { RebindTimer = r.Seconds(v) }
        },
        {
            "calculate-tee-times", "T1 and T2 are parts of the lease time where no timer is given. Default false.",
            static (p, v, r) => p with { CalculateTeeTimes = r.Boolean(v) }
        },
        { "t1-percent", "T1 as a part of the lease time. Default 0.5.", static (p, v, r) => p with { T1Percent = r.Part(v) } },
        { "t2-percent", "T2 as a part of the lease time. Default 0.875.", static (p, v, r) => p with { T2Percent = r.Part(v) } },
        {
            "next-server", "The boot server's address (siaddr). 0.0.0.0 hides an outer level's, an empty text gives nothing.",
            static (p, v, r) => p with { NextServer = NextServer(v, r) }
        },
        {
            "server-hostname", "The boot server's name (sname), at most 63 octets.",
            static (p, v, r) => p with { ServerHostname = r.TextWithin(v, MaxServerHostname, "sname") }
        },
        {
            "boot-file-name", "The boot file (file), at most 127 octets.",
            static (p, v, r) => p with { BootFileName = r.TextWithin(v, MaxBootFileName, "file") }
        },
        {
            "authoritative", "Unknown clients that ask for a wrong address get a NAK. Default false.",
            static (p, v, r) => p with { Authoritative = r.Boolean(v) }
        },
        {
            "match-client-id", "False: the hardware address alone identifies a client. Default true.",
            static (p, v, r) => p with { MatchClientId = r.Boolean(v) }
        },
        {
            "reservations-global", "Reservations of the global map are used. Default false.",
            static (p, v, r) => p with { ReservationsGlobal = r.Boolean(v) }
        },
        {
            "reservations-in-subnet", "Reservations of the subnet are used. Default true.",
            static (p, v, r) => p with { ReservationsInSubnet = r.Boolean(v) }
        },
        {
            "reservations-out-of-pool", "All reserved addresses lie outside the pools, so pools are not searched for them. Default false.",
            static (p, v, r) => p with { ReservationsOutOfPool = r.Boolean(v) }
        },
        {
            "allocator", "The next free address: iterative (default), random, or flq (the one that is free for the longest time).",
            static (p, v, r) => p with { Allocator = Allocator(v, r) }
        },
        {
            "offer-lifetime", "Seconds an offered address is stored as a lease of its own; 0: it is held for 15 seconds, in memory. Default 0.",
            static (p, v, r) => p with { OfferLifetime = r.Seconds(v) }
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
            "adaptive-lease-time-threshold", "Leases last min-valid-lifetime when this part of a subnet's pool addresses is held (0.8: four fifths). Default: never.",
            static (p, v, r) => p with { AdaptiveLeaseTimeThreshold = r.Threshold(v) }
        },
        {
            "random-mac-lifetime", "Seconds of the first lease of a client whose hardware address is locally administered, as private addresses of phones are.",
            static (p, v, r) => p with { RandomMacLifetime = r.Seconds(v) }
        },
        {
            "rapid-commit", "Clients that ask for it get an address with two messages instead of four (RFC 4039). Default false.",
            static (p, v, r) => p with { RapidCommit = r.Boolean(v) }
        },
        {
            "store-extended-info", "The relay's option 82 is kept in the lease's user context. Default false.",
            static (p, v, r) => p with { StoreExtendedInfo = r.Boolean(v) }
        },
        {
            "reservation-mode", "The older form of the three reservations-… keys: disabled (off), out-of-pool, global or all.",
            ReservationMode
        },
        NameRows.In<Parameters4>(static p => p.Names, static (p, n) => p with { Names = n }),
    };

    /// <summary>The keys of a class: what a client gets, not how it is found.</summary>
    private static readonly HashSet<string> ClassKeys =
    [
        "valid-lifetime", "min-valid-lifetime", "max-valid-lifetime", "offer-lifetime", "next-server", "server-hostname", "boot-file-name",
    ];

    /// <summary>The rows for a record that holds parameters.</summary>
    public static IEnumerable<KeyRow<T>> In<T>(Func<T, Parameters4> get, Func<T, Parameters4, T> set) => Rows.Through(get, set);

    /// <summary>The rows for a client class.</summary>
    public static IEnumerable<KeyRow<T>> OfClasses<T>(Func<T, Parameters4> get, Func<T, Parameters4, T> set) =>
        Rows.Where(row => ClassKeys.Contains(row.Key)).Through(get, set);

    /// <summary>"allocator", and "pd-allocator" of DHCPv6.</summary>
    public static AllocatorType? Allocator(ConfigNode value, Reading reading) =>
        reading.OneOf(value, ("iterative", AllocatorType.Iterative), ("random", AllocatorType.Random), ("flq", AllocatorType.FreeLeaseQueue));

    /// <summary>siaddr: an address of one host.</summary>
    public static Ipv4? NextServer(ConfigNode value, Reading reading)
    {
        Ipv4? address = reading.Address(value);
        if (address != Ipv4.Broadcast) return address;
        reading.Error(value.Position, "255.255.255.255 is not the address of a server", "write the boot server's address");
        return null;
    }

    /// <summary>What follows from several keys of one level together.</summary>
    public static Parameters4 Complete(Parameters4 given, ConfigMap map, Reading reading)
    {
        ReservationModes.CheckOnce(map, reading);
        return CompleteLifetimes(given, map, reading);
    }

    /// <summary>A level that gives one of the three lifetimes gives all three, so that no bound of an outer level cuts into it.</summary>
    private static Parameters4 CompleteLifetimes(Parameters4 given, ConfigMap map, Reading reading)
    {
        if (given is { ValidLifetime: null, MinValidLifetime: { } least, MaxValidLifetime: { } most })
        {
            ConfigNode? at = map.Find("min-valid-lifetime");
            if (least != most)
                reading.Error(
                    at?.Position ?? map.Position,
                    "min-valid-lifetime and max-valid-lifetime are given here without the valid-lifetime between them",
                    "give valid-lifetime at the same level");
        }

        Lifetime? valid = given.ValidLifetime ?? given.MinValidLifetime ?? given.MaxValidLifetime;
        return given with
        {
            ValidLifetime = valid,
            MinValidLifetime = given.MinValidLifetime ?? valid,
            MaxValidLifetime = given.MaxValidLifetime ?? valid,
        };
    }

    private static Parameters4 ReservationMode(Parameters4 parameters, ConfigNode value, Reading reading) =>
        ReservationModes.Read(value, reading) is var (global, inSubnet, outOfPool)
            ? parameters with { ReservationsGlobal = global, ReservationsInSubnet = inSubnet, ReservationsOutOfPool = outOfPool }
            : parameters;
}
