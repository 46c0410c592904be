using Leasehold.Configuration.Model;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Checks;

/// <summary>Reservations: in their subnet, each client and each address once.</summary>
internal static class ReservationChecks
{
    public static IEnumerable<ConfigDiagnostic> Run(Dhcp4Config config)
    {
        foreach (ConfigDiagnostic diagnostic in Unique(config, config.Reservations, "the global reservations")) yield return diagnostic;
        foreach (Subnet4 subnet in config.AllSubnets)
        {
            foreach (ConfigDiagnostic diagnostic in Unique(config, subnet.Reservations, $"subnet {subnet.Prefix}")) yield return diagnostic;
            foreach (Reservation4 reservation in subnet.Reservations)
            {
                if (reservation.Address is { } address && AddressProblem(address, subnet) is { } problem)
                    yield return new(
                        reservation.Origin.Of("ip-address"),
                        problem,
                        Remedy(subnet));
            }
        }

        foreach (ConfigDiagnostic diagnostic in Identifiers(config)) yield return diagnostic;
        foreach (ConfigDiagnostic diagnostic in ReservationFlagChecks.Run(config)) yield return diagnostic;
    }

    /// <summary>Why no client can have this address of the subnet; null when one can.</summary>
    public static string? AddressProblem(Ipv4 address, Subnet4 subnet)
    {
        if (!subnet.Prefix.Contains(address)) return $"reserved address {address} is not in subnet {subnet.Prefix}";
        if (subnet.Prefix.Length > 30) return null;
        if (address == subnet.Prefix.Network) return $"reserved address {address} is the network's own";
        return address == subnet.Prefix.Last ? $"reserved address {address} is the network's broadcast address" : null;
    }

    /// <summary>Which addresses of the subnet a client can have.</summary>
    public static string Remedy(Subnet4 subnet)
    {
        uint edge = subnet.Prefix.Length > 30 ? 0u : 1u;
        return $"use an address from {new Ipv4(subnet.Prefix.Network.Value + edge)} to {new Ipv4(subnet.Prefix.Last.Value - edge)}";
    }

    private static IEnumerable<ConfigDiagnostic> Unique(Dhcp4Config config, IEnumerable<Reservation4> reservations, string place)
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

            if (!config.IpReservationsUnique || reservation.Address is not { } address || addresses.TryAdd(address, reservation)) continue;
            yield return new(
                reservation.Origin.Of("ip-address"),
                $"address {address} is reserved twice in {place}, first at {addresses[address].Origin.Of("ip-address")}",
                "give each client its own address, or write \"ip-reservations-unique\": false for one device with several hardware addresses");
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
}
