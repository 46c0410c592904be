using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Kea;

/// <summary>An element of "reservations" of the DHCPv6 server, of a subnet or of the global map.</summary>
internal static class ReservationReader6
{
    /// <summary>What an expression gives: parts of options joined; a limit of ours.</summary>
    private const int MaxFlexId = 1024;

    /// <summary>The keys of a reservation.</summary>
    public static readonly KeyTable<Reservation6> Keys = new("a reservation")
    {
        { "duid", "The client's DUID, in hexadecimal.", static (h, v, r) => Identify(h, ReservationIdentifierType.Duid, v, r, Duid.MaxLength) },
        {
            "hw-address", "The client's hardware address, such as 1a:1b:1c:1d:1e:1f, as mac-sources finds it.",
            static (h, v, r) => Identify(h, ReservationIdentifierType.HardwareAddress, v, r, HardwareAddress.MaxLength)
        },
        {
            "flex-id", "The value of the identifier expression, in hexadecimal or as 'text'.",
            static (h, v, r) => Identify(h, ReservationIdentifierType.FlexId, v, r, MaxFlexId)
        },
        { "ip-addresses", "The addresses. Nothing: from the pools.", static (h, v, r) => h with { Addresses = Addresses(v, r) }, null, true },
        { "prefixes", "The delegated prefixes, such as 2001:db8:2:abcd::/64. Nothing: from the pools.", static (h, _, _) => h, null, true },
        {
            "excluded-prefixes", "For each of prefixes what the client must not use of it (RFC 6603), an empty text for nothing.",
            static (h, _, _) => h,
            null, true
        },
        { "hostname", "The client's name.", static (h, v, r) => h with { Hostname = ReservationReader4.Hostname(v, r) } },
        {
            "option-data", "Options for this client.",
            static (h, v, r) => h with { Options = OptionDataReader.ReadAll(v, r) },
            OptionDataReader.Keys, true
        },
        {
            "client-classes", "Classes that the client is in, whatever their expressions say.",
            static (h, v, r) => h with { Classes = ClassRows.Names(v, r) },
            null, true
        },
    };

    /// <summary>The identifiers' names, as keys of a reservation and in host-reservation-identifiers.</summary>
    public static readonly ImmutableArray<(string Word, ReservationIdentifierType Value)> Identifiers =
    [
        ("hw-address", ReservationIdentifierType.HardwareAddress),
        ("duid", ReservationIdentifierType.Duid),
        ("flex-id", ReservationIdentifierType.FlexId),
    ];

    /// <summary>Reads a reservation; null when nobody can tell for whom it is.</summary>
    public static Reservation6? Read(ConfigMap map, Reading reading)
    {
        var empty = new Reservation6 { IdentifierType = default, Identifier = default, Origin = reading.OriginOf(map) };
        Reservation6 reservation = Keys.Read(empty, map, reading);
        reservation = reservation with { Prefixes = Prefixes(map, reading) };
        return ReservationReader4.HasOneIdentifier(map, Identifiers, reading) && !reservation.Identifier.IsDefault ? reservation : null;
    }

    private static Reservation6 Identify(Reservation6 reservation, ReservationIdentifierType type, ConfigNode value, Reading reading, int most)
    {
        if (ReservationReader4.Identifier(type, value, reading, most) is not { } octets) return reservation;
        if (type == ReservationIdentifierType.Duid && !Duid.TryRead(octets.AsSpan(), out _))
        {
            reading.Error(value.Position, $"the DUID has {octets.Length} octets, and it begins with a type of two", "write the whole DUID, such as 00:03:00:01:1a:1b:1c:1d:1e:1f");
            return reservation;
        }

        return reservation with { IdentifierType = type, Identifier = octets };
    }

    private static ImmutableArray<Ipv6> Addresses(ConfigNode value, Reading reading)
    {
        var found = ImmutableArray.CreateBuilder<Ipv6>();
        foreach (ConfigNode item in reading.List(value)?.Items ?? [])
        {
            if (reading.Address6(item) is not { } address) continue;
            if (found.Contains(address)) reading.Error(item.Position, $"address {address} stands twice in one reservation", "remove one");
            else found.Add(address);
        }

        return found.DrainToImmutable();
    }

    private static ImmutableArray<ReservedPrefix6> Prefixes(ConfigMap map, Reading reading)
    {
        if (map.Find("prefixes") is not { } given || reading.List(given) is not { Items: var items })
        {
            if (map.Find("excluded-prefixes") is ConfigList { Items.Length: > 0 } alone)
                reading.Error(alone.Position, "excluded-prefixes are parts of prefixes, and there are none", "add \"prefixes\"");
            return [];
        }

        ImmutableArray<ConfigNode> excluded = map.Find("excluded-prefixes") is { } second && reading.List(second) is { } list ? list.Items : [];
        if (!excluded.IsEmpty && excluded.Length != items.Length)
        {
            reading.Error(
                map.Find("excluded-prefixes")?.Position ?? map.Position,
                $"there are {excluded.Length} excluded-prefixes for {items.Length} prefixes",
                "write one for each, and an empty text where nothing is excluded");
            return [];
        }

        var found = ImmutableArray.CreateBuilder<ReservedPrefix6>();
        for (int i = 0; i < items.Length; i++)
        {
            if (reading.Prefix6(items[i]) is not { } prefix) continue;
            if (found.Any(other => other.Prefix.Overlaps(prefix)))
                reading.Error(items[i].Position, $"prefix {prefix} overlaps another one of this reservation", "remove one");
            else
                found.Add(new(prefix, excluded.IsEmpty ? null : Excluded(prefix, excluded[i], reading)));
        }

        return found.DrainToImmutable();
    }

    private static Ipv6Prefix? Excluded(Ipv6Prefix prefix, ConfigNode value, Reading reading)
    {
        if (reading.Prefix6(value) is not { } excluded) return null;
        if (prefix.Contains(excluded) && excluded.Length > prefix.Length) return excluded;
        reading.Error(value.Position, $"excluded prefix {excluded} is not a part of {prefix}", "write a longer prefix inside that one");
        return null;
    }
}
