using System.Buffers.Binary;
using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.Configuration.Checks;

/// <summary>Options: each once a level, and none that cannot reach a client.</summary>
internal static class OptionChecks
{
    /// <summary>What the server says by itself, from the exchange and the lease times.</summary>
    private static readonly ImmutableArray<uint> ServerOwn =
    [
        OptionCode4.RequestedAddress, OptionCode4.LeaseTime, OptionCode4.ParameterRequestList,
        OptionCode4.MaxMessageSize, OptionCode4.RenewalTime, OptionCode4.RebindingTime, OptionCode4.ClientIdentifier,
        OptionCode4.RelayAgentInformation, OptionCode4.SubnetSelection,
    ];

    /// <summary>RFC 8925 §3.4: MIN_V6ONLY_WAIT, in seconds.</summary>
    private const uint LeastIpv6OnlyWait = 300;

    public static IEnumerable<ConfigDiagnostic> Run(Dhcp4Config config)
    {
        List<ImmutableArray<OptionData>> levels = [.. Levels(config)];
        HashSet<string> carried =
        [
            OptionSpace.Dhcp4, OptionSpace.VendorEncapsulated,
            .. levels.SelectMany(level => level).Select(option => option.Encapsulates).OfType<string>(),
        ];
        return levels.SelectMany(level => Level(level, carried));
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

    private static IEnumerable<ConfigDiagnostic> Level(ImmutableArray<OptionData> options, HashSet<string> carried)
    {
        Dictionary<(string, uint), OptionData> seen = [];
        foreach (OptionData option in options)
        {
            string name = $"option {option.Code}{(option.Space == OptionSpace.Dhcp4 ? "" : $" of space {option.Space}")}";

            // Option 125 stands once for each enterprise.
            bool severalAllowed = option is { Space: OptionSpace.Dhcp4, Code: OptionCode4.VendorIdentifyingOptions };

            // One that is for some classes leaves the others to those after it.
            bool isFirst = option.Classes.IsEmpty ? seen.TryAdd((option.Space, option.Code), option) : !seen.ContainsKey((option.Space, option.Code));
            if (!isFirst && !severalAllowed)
                yield return Warning(
                    option,
                    $"{name} is given twice at this level, the first at {seen[(option.Space, option.Code)].Origin} is sent",
                    "remove one");

            if (option.Space == OptionSpace.Dhcp4 && ServerOwn.Contains(option.Code))
                yield return Warning(
                    option,
                    $"{name} ({OptionTable4.Find((byte)option.Code)?.Name}) has no effect: the server fills it in by itself",
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
