using Leasehold.Configuration.Model;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Checks;

/// <summary>Reservations: in their subnet, each client and each address once.</summary>
internal static class ReservationChecks
{
    public static IEnumerable<ConfigDiagnostic> Run(Dhcp4Config config)
    {
        foreach (ConfigDiagnostic diagnostic in Unique(config.Reservations, "the global reservations")) yield return diagnostic;
        foreach (Subnet4 subnet in config.AllSubnets)
        {
            foreach (ConfigDiagnostic diagnostic in Unique(subnet.Reservations, $"subnet {subnet.Prefix}")) yield return diagnostic;
            foreach (Reservation4 reservation in subnet.Reservations)
            {
                if (reservation.Address is { } address && AddressProblem(address, subnet) is { } problem)
                    yield return new(
                        reservation.Origin.Of("ip-address"),
                        problem,
                        $"use an address from {subnet.Prefix.Network} to {subnet.Prefix.Last}");
            }
        }

        foreach (ConfigDiagnostic diagnostic in Identifiers(config)) yield return diagnostic;
        foreach (ConfigDiagnostic diagnostic in Flags(config)) yield return diagnostic;
    }

    private static string? AddressProblem(Ipv4 address, Subnet4 subnet)
    {
        if (!subnet.Prefix.Contains(address)) return $"reserved address {address} is not in subnet {subnet.Prefix}";
        if (subnet.Prefix.Length > 30) return null;
        if (address == subnet.Prefix.Network) return $"reserved address {address} is the network's own";
        return address == subnet.Prefix.Last ? $"reserved address {address} is the network's broadcast address" : null;
    }

    private static IEnumerable<ConfigDiagnostic> Unique(IEnumerable<Reservation4> reservations, string place)
    {
        Dictionary<(ReservationIdentifierType, string), Reservation4> clients = [];
        Dictionary<Ipv4, Reservation4> addresses = [];
        foreach (Reservation4 reservation in reservations)
        {
            string identifier = HexText.Format(reservation.Identifier.AsSpan(), ':');
            (ReservationIdentifierType, string) key = (reservation.IdentifierType, identifier);
            if (!clients.TryAdd(key, reservation))
                yield return new(
                    reservation.Origin.Position,
                    $"client {identifier} has a second reservation in {place}, the first is at {clients[key].Origin.Position}",
                    "join the two");

            if (reservation.Address is not { } address || addresses.TryAdd(address, reservation)) continue;
            yield return new(
                reservation.Origin.Of("ip-address"),
                $"address {address} is reserved twice in {place}, first at {addresses[address].Origin.Of("ip-address")}",
                "give each client its own address");
        }
    }

    /// <summary>A reservation by an identifier that is not looked up would never be found.</summary>
    private static IEnumerable<ConfigDiagnostic> Identifiers(Dhcp4Config config)
    {
        HashSet<ReservationIdentifierType> told = [];
        foreach (Reservation4 reservation in config.AllSubnets.SelectMany(s => s.Reservations).Concat(config.Reservations))
        {
            ReservationIdentifierType type = reservation.IdentifierType;
            if (type == ReservationIdentifierType.FlexId && config.FlexIdentifierExpression is null && told.Add(type))
            {
                yield return ConfigDiagnostic.Warning(
                    reservation.Origin.Of("flex-id"),
                    "no expression says which clients have this flex-id, so nobody gets the reservation",
                    "add libdhcp_flex_id.so with an identifier-expression to hooks-libraries");
            }

            // An expression for the flex-id is reason enough to look for it, also where the order does not name it.
            bool searched = type == ReservationIdentifierType.FlexId || config.ReservationIdentifiers.Contains(type);
            if (!searched && told.Add(type))
            {
                yield return ConfigDiagnostic.Warning(
                    reservation.Origin.Position,
                    "reservations by this kind of identifier are never found: host-reservation-identifiers does not name it",
                    "add it to host-reservation-identifiers");
            }
        }
    }

    private static IEnumerable<ConfigDiagnostic> Flags(Dhcp4Config config)
    {
        Parameters4 global = config.Parameters.Over(Parameters4.Default);
        bool used = !config.AllSubnets.Any() || config.AllSubnets.Any(s => s.Parameters.Over(global).ReservationsGlobal == true);
        if (!used && !config.Reservations.IsEmpty)
        {
            yield return ConfigDiagnostic.Warning(
                config.Origin.Of("reservations"),
                "these global reservations are not used: reservations-global is false",
                "write \"reservations-global\": true");
        }

        foreach (Subnet4 subnet in config.AllSubnets)
        {
            Parameters4 parameters = subnet.Parameters.Over(global);
            if (parameters.ReservationsInSubnet == false && !subnet.Reservations.IsEmpty)
            {
                yield return ConfigDiagnostic.Warning(
                    subnet.Origin.Of("reservations"),
                    $"the reservations of subnet {subnet.Prefix} are not used: reservations-in-subnet is false",
                    "write \"reservations-in-subnet\": true");
            }

            if (parameters.ReservationsOutOfPool != true || parameters.ReservationsInSubnet != true) continue;
            foreach (Reservation4 reservation in subnet.Reservations)
            {
                if (reservation.Address is not { } address || !subnet.Pools.Any(p => p.Range.Contains(address))) continue;
                yield return ConfigDiagnostic.Warning(
                    reservation.Origin.Of("ip-address"),
                    $"reserved address {address} lies in a pool, and reservations-out-of-pool says that none does, so another client may get it",
                    "take it out of the pool, or write \"reservations-out-of-pool\": false");
            }
        }
    }
}
