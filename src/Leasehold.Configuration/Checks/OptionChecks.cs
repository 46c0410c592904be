using System.Buffers.Binary;
using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.Configuration.Checks;

/// <summary>Options: each once a level, and none that cannot reach a client.</summary>
internal static class OptionChecks
{
    /// <summary>RFC 8925 §3.4: MIN_V6ONLY_WAIT, in seconds.</summary>
    private const uint LeastIpv6OnlyWait = 300;

    public static IEnumerable<ConfigDiagnostic> Run(Dhcp4Config config) => Run(Levels(config), Family.V4);

    public static IEnumerable<ConfigDiagnostic> Run(Dhcp6Config config) => Run(Levels(config), Family.V6);

    private static IEnumerable<ConfigDiagnostic> Run(IEnumerable<ImmutableArray<OptionData>> all, Family family)
    {
        List<ImmutableArray<OptionData>> levels = [.. all];
        HashSet<string> carried =
        [
            family.OptionSpace,
            .. levels.SelectMany(level => level).Select(option => option.Encapsulates).OfType<string>(),
        ];

        // Option 43 carries its space without an entry of its own.
        if (family == Family.V4) carried.Add(OptionSpace.VendorEncapsulated);
        return levels.SelectMany(level => Level(level, carried, family));
    }

    private static IEnumerable<ImmutableArray<OptionData>> Levels(Dhcp4Config config)
    {
        yield return config.Options;
        foreach (Reservation4 reservation in config.Reservations) yield return reservation.Options;
        foreach (ClientClass4 found in config.Classes) yield return found.Options;
        foreach (SharedNetwork4 network in config.SharedNetworks) yield return network.Options;
        foreach (Subnet4 subnet in config.AllSubnets)
        {
            yield return subnet.Options;
            foreach (Pool4 pool in subnet.Pools) yield return pool.Options;
            foreach (Reservation4 reservation in subnet.Reservations) yield return reservation.Options;
        }
    }

    private static IEnumerable<ImmutableArray<OptionData>> Levels(Dhcp6Config config)
    {
        yield return config.Options;
        foreach (Reservation6 reservation in config.Reservations) yield return reservation.Options;
        foreach (ClientClass6 found in config.Classes) yield return found.Options;
        foreach (SharedNetwork6 network in config.SharedNetworks) yield return network.Options;
        foreach (Subnet6 subnet in config.AllSubnets)
        {
            yield return subnet.Options;
            foreach (Pool6 pool in subnet.Pools) yield return pool.Options;
            foreach (PdPool6 pool in subnet.PdPools) yield return pool.Options;
            foreach (Reservation6 reservation in subnet.Reservations) yield return reservation.Options;
        }
    }

    private static IEnumerable<ConfigDiagnostic> Level(ImmutableArray<OptionData> options, HashSet<string> carried, Family family)
    {
        Dictionary<(string, uint), OptionData> seen = [];
        foreach (OptionData option in options)
        {
            string name = $"option {option.Code}{(option.Space == family.OptionSpace ? "" : $" of space {option.Space}")}";

            // Option 125 (17) stands once for each enterprise.
            bool severalAllowed = option.Space == family.OptionSpace
                ? option.Code == family.VendorOptions || family.Repeated.Contains(option.Code)
                : family.RepeatedSpaces.Contains(option.Space);

            // One that is for some classes leaves the others to those after it.
            bool isFirst = option.Classes.IsEmpty ? seen.TryAdd((option.Space, option.Code), option) : !seen.ContainsKey((option.Space, option.Code));
            if (!isFirst && !severalAllowed)
                yield return Warning(
                    option,
                    $"{name} is given twice at this level, the first at {seen[(option.Space, option.Code)].Origin} is sent",
                    "remove one");

            if (option.Space == family.OptionSpace && family.ServerOwn.Contains(option.Code))
                yield return Warning(
                    option,
                    $"{name} ({family.ByCode(option.Space, option.Code)?.Name}) has no effect: the server fills it in by itself",
                    "remove it");

            if (IsShortWait(option))
                yield return Warning(
                    option,
                    $"{name} is {BinaryPrimitives.ReadUInt32BigEndian(option.Data.AsSpan())} seconds, and clients wait {LeastIpv6OnlyWait} at least (RFC 8925 §3.4)",
                    "write 300 or more, or 0 for what clients take by themselves");

            if (option is { AlwaysSend: true, NeverSend: true })
                yield return Warning(option, $"{name} is both always and never sent; never wins", "keep one of always-send and never-send");

            bool reaches = carried.Contains(option.Space) || option.Space.StartsWith(OptionSpace.VendorPrefix, StringComparison.Ordinal);
            if (!reaches)
                yield return Warning(
                    option,
                    $"{name} is not sent: no option that is given carries space {option.Space}",
                    "add the option that encapsulates the space");
        }
    }

    private static bool IsShortWait(OptionData option) =>
        option is { Space: OptionSpace.Dhcp4, Code: OptionCode4.Ipv6OnlyPreferred, Data.Length: 4 }
        && BinaryPrimitives.ReadUInt32BigEndian(option.Data.AsSpan()) is > 0 and < LeastIpv6OnlyWait;

    private static ConfigDiagnostic Warning(OptionData option, string message, string remedy) =>
        ConfigDiagnostic.Warning(option.Origin, message, remedy);
}
