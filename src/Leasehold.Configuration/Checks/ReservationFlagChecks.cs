using Leasehold.Configuration.Model;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Checks;

/// <summary>Reservations that the flags of their place turn off, or that no place can honour.</summary>
internal static class ReservationFlagChecks
{
    public static IEnumerable<ConfigDiagnostic> Run(Dhcp4Config config)
    {
        List<(Subnet4 Subnet, Parameters4 Parameters)> places = [.. Places(config)];
        return GlobalOnes(config, places).Concat(places.SelectMany(static place => InSubnet(place.Subnet, place.Parameters))).Concat(ClientIds(config, places));
    }

    /// <summary>Every subnet with what holds in it, all levels joined.</summary>
    private static IEnumerable<(Subnet4 Subnet, Parameters4 Parameters)> Places(Dhcp4Config config)
    {
        Parameters4 global = config.Parameters.Over(Parameters4.Default);
        foreach (SharedNetwork4 network in config.SharedNetworks)
        {
            Parameters4 around = network.Parameters.Over(global);
            foreach (Subnet4 subnet in network.Subnets) yield return (subnet, subnet.Parameters.Over(around));
        }

        foreach (Subnet4 subnet in config.Subnets) yield return (subnet, subnet.Parameters.Over(global));
    }

    private static IEnumerable<ConfigDiagnostic> GlobalOnes(Dhcp4Config config, List<(Subnet4 Subnet, Parameters4 Parameters)> places)
    {
        if (config.Reservations.IsEmpty || places.Count == 0) yield break;
        Subnet4[] honouring = [.. places.Where(static p => p.Parameters.ReservationsGlobal == true).Select(static p => p.Subnet).OrderBy(static s => s.Prefix.Network)];
        if (honouring.Length == 0)
        {
            // Their classes choose the subnet even where nothing else of them counts.
            if (config.EarlyGlobalReservations) yield break;
            yield return ConfigDiagnostic.Warning(
                config.Origin.Of("reservations"),
                "these global reservations are not used: reservations-global is false",
                "write \"reservations-global\": true");
            yield break;
        }

        Dictionary<Ipv4, Reservation4> inSubnets = [];
        foreach (Reservation4 reservation in places.Where(static p => p.Parameters.ReservationsInSubnet == true).SelectMany(static p => p.Subnet.Reservations))
        {
            if (reservation.Address is { } address) inSubnets.TryAdd(address, reservation);
        }

        Ipv4[] starts = [.. honouring.Select(static s => s.Prefix.Network)];
        foreach (Reservation4 reservation in config.Reservations)
        {
            if (reservation.Address is not { } address) continue;
            int at = Array.BinarySearch(starts, address);
            Subnet4? holds = at >= 0 ? honouring[at] : at == -1 ? null : honouring[~at - 1];
            if (holds is null || !holds.Prefix.Contains(address))
            {
                yield return ConfigDiagnostic.Warning(
                    reservation.Origin.Of("ip-address"),
                    $"reserved address {address} lies in no subnet with reservations-global, so the client gets another one",
                    "use an address of such a subnet, or leave ip-address out");
            }
            else if (ReservationChecks.AddressProblem(address, holds) is { } problem)
            {
                yield return new(
                    reservation.Origin.Of("ip-address"),
                    problem,
                    ReservationChecks.Remedy(holds));
            }
            else if (config.IpReservationsUnique && inSubnets.TryGetValue(address, out Reservation4? other) && !IsSameClient(reservation, other))
            {
                yield return ConfigDiagnostic.Warning(
                    reservation.Origin.Of("ip-address"),
                    $"address {address} is reserved for another client at {other.Origin.Of("ip-address")}, so whoever comes first has it",
                    "give each client its own address");
            }
        }
    }

    private static bool IsSameClient(Reservation4 one, Reservation4 other) =>
        one.IdentifierType == other.IdentifierType && one.Identifier.AsSpan().SequenceEqual(other.Identifier.AsSpan());

    private static IEnumerable<ConfigDiagnostic> InSubnet(Subnet4 subnet, Parameters4 parameters)
    {
        if (parameters.ReservationsInSubnet == false && !subnet.Reservations.IsEmpty)
        {
            yield return ConfigDiagnostic.Warning(
                subnet.Origin.Of("reservations"),
                $"the reservations of subnet {subnet.Prefix} are not used: reservations-in-subnet is false",
                "write \"reservations-in-subnet\": true");
        }

        if (parameters.ReservationsOutOfPool != true || parameters.ReservationsInSubnet != true) yield break;
        foreach (Reservation4 reservation in subnet.Reservations)
        {
            if (reservation.Address is not { } address || !subnet.Pools.Any(p => p.Range.Contains(address))) continue;
            yield return ConfigDiagnostic.Warning(
                reservation.Origin.Of("ip-address"),
                $"reserved address {address} lies in a pool, and reservations-out-of-pool says that none does, so another client may get it",
                "take it out of the pool, or write \"reservations-out-of-pool\": false");
        }
    }

    private static IEnumerable<ConfigDiagnostic> ClientIds(Dhcp4Config config, List<(Subnet4 Subnet, Parameters4 Parameters)> places)
    {
        if (!config.ReplaceClientId || places.Find(static p => p.Parameters.MatchClientId == false) is not { Subnet: { } subnet }) yield break;
        TextPosition at = subnet.Origin.Has("match-client-id") ? subnet.Origin.Of("match-client-id") : config.Origin.Of("match-client-id");
        yield return ConfigDiagnostic.Warning(
            at,
            $"match-client-id is false in subnet {subnet.Prefix}, so replace-client-id has no effect there: the hardware address alone identifies a client",
            "remove one of the two");
    }
}
