using Leasehold.Configuration.Model;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Checks;

/// <summary>Reservations of DHCPv6: in their subnet, each client, each address and each prefix once.</summary>
internal static class ReservationChecks6
{
    public static IEnumerable<ConfigDiagnostic> Run(Dhcp6Config config)
    {
        foreach (ConfigDiagnostic diagnostic in Unique(config, config.Reservations, "the global reservations")) yield return diagnostic;
        foreach (Subnet6 subnet in config.AllSubnets)
        {
            foreach (ConfigDiagnostic diagnostic in Unique(config, subnet.Reservations, $"subnet {subnet.Prefix}")) yield return diagnostic;
            foreach (Reservation6 reservation in subnet.Reservations)
            {
                foreach (Ipv6 address in reservation.Addresses.Where(address => !subnet.Prefix.Contains(address)))
                {
                    yield return new(
                        reservation.Origin.Of("ip-addresses"),
                        $"reserved address {address} is not in subnet {subnet.Prefix}",
                        $"use addresses from {subnet.Prefix.Network} to {subnet.Prefix.Last}");
                }
            }
        }

        foreach (ConfigDiagnostic diagnostic in Identifiers(config)) yield return diagnostic;
        foreach (ConfigDiagnostic diagnostic in Flags(config)) yield return diagnostic;
    }

    private static IEnumerable<ConfigDiagnostic> Unique(Dhcp6Config config, IReadOnlyCollection<Reservation6> reservations, string place)
    {
        Dictionary<(ReservationIdentifierType, string), Reservation6> clients = [];
        Dictionary<Ipv6, Reservation6> addresses = [];
        foreach (Reservation6 reservation in reservations)
        {
            string identifier = HexText.Format(reservation.Identifier.AsSpan(), ':');
            (ReservationIdentifierType, string) key = (reservation.IdentifierType, identifier);
            if (!clients.TryAdd(key, reservation))
                yield return new(
                    reservation.Origin.Position,
                    $"client {identifier} has a second reservation in {place}, the first is at {clients[key].Origin.Position}",
                    "join the two");

            foreach (Ipv6 address in reservation.Addresses)
            {
                if (!config.IpReservationsUnique || addresses.TryAdd(address, reservation)) continue;
                yield return new(
                    reservation.Origin.Of("ip-addresses"),
                    $"address {address} is reserved twice in {place}, first at {addresses[address].Origin.Of("ip-addresses")}",
                    "give each client its own addresses, or write \"ip-reservations-unique\": false for one device with several identifiers");
            }
        }

        foreach (ConfigDiagnostic diagnostic in Prefixes(config, reservations, place)) yield return diagnostic;
    }

    /// <summary>Sorted by their first address, prefixes that overlap stand next to each other, or next to one that holds both.</summary>
    private static IEnumerable<ConfigDiagnostic> Prefixes(Dhcp6Config config, IEnumerable<Reservation6> reservations, string place)
    {
        (Ipv6Prefix Prefix, Reservation6 Of)? outer = null;
        IEnumerable<(Ipv6Prefix Prefix, Reservation6 Of)> sorted = reservations
            .SelectMany(reservation => reservation.Prefixes, static (reservation, reserved) => (reserved.Prefix, Of: reservation))
            .OrderBy(pair => pair.Prefix.Network).ThenBy(pair => pair.Prefix.Length).ThenBy(pair => pair.Of.Origin.Position.Line);
        foreach ((Ipv6Prefix Prefix, Reservation6 Of) here in sorted)
        {
            if (outer is not { } held || !held.Prefix.Contains(here.Prefix))
            {
                outer = here;
                continue;
            }

            // Prefixes that overlap are for no device: only the same one may be for several clients.
            if (!config.IpReservationsUnique && held.Prefix == here.Prefix) continue;
            TextPosition first = held.Of.Origin.Of("prefixes");
            yield return new(
                here.Of.Origin.Of("prefixes"),
                held.Prefix == here.Prefix
                    ? $"prefix {here.Prefix} is reserved twice in {place}, first at {first}"
                    : $"prefix {here.Prefix} is a part of {held.Prefix}, which is reserved in {place} at {first}",
                held.Prefix == here.Prefix
                    ? "give each client its own prefixes, or write \"ip-reservations-unique\": false for one device with several identifiers"
                    : "give each client its own prefixes");
        }
    }

    /// <summary>A reservation by an identifier that is not looked up would never be found.</summary>
    private static IEnumerable<ConfigDiagnostic> Identifiers(Dhcp6Config config)
    {
        HashSet<ReservationIdentifierType> told = [];
        foreach (Reservation6 reservation in config.AllSubnets.SelectMany(s => s.Reservations).Concat(config.Reservations))
        {
            ReservationIdentifierType type = reservation.IdentifierType;
            if (type == ReservationIdentifierType.FlexId)
            {
                // An expression for the flex-id is reason enough to look for it, also where the order does not name it.
                if (config.FlexIdentifierExpression is null && told.Add(type))
                    yield return ConfigDiagnostic.Warning(
                        reservation.Origin.Of("flex-id"),
                        "no expression says which clients have this flex-id, so nobody gets the reservation",
                        "add libdhcp_flex_id.so with an identifier-expression to hooks-libraries");
            }
            else if (!config.ReservationIdentifiers.Contains(type) && told.Add(type))
            {
                yield return ConfigDiagnostic.Warning(
                    reservation.Origin.Position,
                    "reservations by this kind of identifier are never found: host-reservation-identifiers does not name it",
                    "add it to host-reservation-identifiers");
            }
        }
    }

    private static IEnumerable<ConfigDiagnostic> Flags(Dhcp6Config config)
    {
        Parameters6 global = config.Parameters.Over(Parameters6.Default);
        List<(Subnet6 Subnet, Parameters6 Holds)> subnets =
        [
            .. config.SharedNetworks.SelectMany(network => network.Subnets, (network, s) => (s, s.Parameters.Over(network.Parameters).Over(global))),
            .. config.Subnets.Select(s => (s, s.Parameters.Over(global))),
        ];

        // The classes of global reservations choose the subnet even where nothing else of them counts.
        if (!config.Reservations.IsEmpty && !config.EarlyGlobalReservations && subnets.Count > 0 && !subnets.Exists(s => s.Holds.ReservationsGlobal == true))
        {
            yield return ConfigDiagnostic.Warning(
                config.Origin.Of("reservations"),
                "these global reservations are not used: reservations-global is false",
                "write \"reservations-global\": true");
        }

        foreach ((Subnet6 subnet, Parameters6 holds) in subnets)
        {
            if (holds.ReservationsInSubnet == false && !subnet.Reservations.IsEmpty)
            {
                yield return ConfigDiagnostic.Warning(
                    subnet.Origin.Of("reservations"),
                    $"the reservations of subnet {subnet.Prefix} are not used: reservations-in-subnet is false",
                    "write \"reservations-in-subnet\": true");
            }

            if (holds.ReservationsOutOfPool != true || holds.ReservationsInSubnet != true) continue;
            foreach (ConfigDiagnostic diagnostic in subnet.Reservations.SelectMany(reservation => InPool(subnet, reservation))) yield return diagnostic;
        }
    }

    private static IEnumerable<ConfigDiagnostic> InPool(Subnet6 subnet, Reservation6 reservation)
    {
        const string why = "lies in a pool, and reservations-out-of-pool says that none does, so another client may get it";
        const string remedy = "take it out of the pool, or write \"reservations-out-of-pool\": false";
        foreach (Ipv6 address in reservation.Addresses)
        {
            if (subnet.Pools.Any(pool => pool.Range.Contains(address)))
                yield return ConfigDiagnostic.Warning(reservation.Origin.Of("ip-addresses"), $"reserved address {address} {why}", remedy);
        }

        foreach (ReservedPrefix6 reserved in reservation.Prefixes)
        {
            if (subnet.PdPools.Any(pool => pool.Prefix.Overlaps(reserved.Prefix)))
                yield return ConfigDiagnostic.Warning(reservation.Origin.Of("prefixes"), $"reserved prefix {reserved.Prefix} {why}", remedy);
        }
    }
}
