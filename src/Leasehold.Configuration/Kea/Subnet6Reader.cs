using System.Collections.Immutable;
using System.Text;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Kea;

/// <summary>An element of "subnet6".</summary>
internal static class Subnet6Reader
{
    /// <summary>An interface id that a relay can send fits into a datagram with everything else; a limit of ours.</summary>
    private const int MaxInterfaceId = 1024;

    /// <summary>The keys of "relay".</summary>
    public static readonly KeyTable<ImmutableArray<Ipv6>> RelayKeys = new("\"relay\"")
    {
        {
            "ip-addresses", "Relays (link-address) whose clients belong here although the address lies outside the subnet.",
            static (found, v, r) => found.AddRange(Addresses(v, r)),
            null, true
        },
        {
            "ip-address", "The older form, for one relay.",
            static (found, v, r) => r.Address6(v) is { IsAny: false } one ? found.Add(one) : found
        },
    };

    /// <summary>The keys of a subnet.</summary>
    public static readonly KeyTable<Subnet6> Keys = new("a subnet")
    {
        { "subnet", "The network, such as 2001:db8:1::/64.", static (s, v, r) => r.Prefix6(v) is { } prefix ? s with { Prefix = prefix } : s },
        {
            "id", "A number of its own, 1 to 4294967294, stored with every lease. 0 or nothing: numbered in the order of the file.",
            static (s, v, r) => s with { Id = r.UInt32(v, 0, Subnet4Reader.MaxId) ?? 0 }
        },
        {
            "pools", "Addresses for clients without a reservation.",
            static (s, v, r) => s with { Pools = r.Records(v, Pool6Reader.Read) },
            Pool6Reader.Keys, true
        },
        {
            "pd-pools", "Prefixes for delegation, inside the subnet or outside.",
            static (s, v, r) => s with { PdPools = r.Records(v, PdPool6Reader.Read) },
            PdPool6Reader.Keys, true
        },
        {
            "reservations", "What particular clients get.",
            static (s, v, r) => s with { Reservations = r.Records(v, ReservationReader6.Read) },
            ReservationReader6.Keys, true
        },
        {
            "relay", "Relays that serve this subnet.",
            static (s, v, r) => s with { RelayAddresses = r.Map(v) is { } map ? RelayKeys.Read([], map, r) : [] },
            RelayKeys
        },
        { "interface", "The interface whose direct clients belong here.", static (s, v, r) => s with { Interface = Subnet4Reader.Interface(v, r) } },
        {
            "interface-id", "The interface id (option 18) of a relay whose clients belong here, as characters.",
            static (s, v, r) => s with { InterfaceId = InterfaceId(v, r) }
        },
        {
            "option-data", "Options of the subnet.",
            static (s, v, r) => s with { Options = OptionDataReader.ReadAll(v, r) },
            OptionDataReader.Keys, true
        },
        ClassRows.In<Subnet6>(static s => s.Classes, static (s, rules) => s with { Classes = rules }),
        ParameterRows6.OfLinks<Subnet6>(static s => s.Parameters, static (s, p) => s with { Parameters = p }),
    };

    /// <summary>Reads a subnet; null when it has no usable prefix.</summary>
    public static Subnet6? Read(ConfigMap map, Reading reading)
    {
        Subnet6 subnet = Keys.Read(new Subnet6 { Id = 0, Prefix = default, Origin = reading.OriginOf(map) }, map, reading);
        ClassRows.CheckOnce(map, reading);
        CheckLink(subnet.Interface, subnet.InterfaceId, map, reading);
        if (map.Find("subnet") is not ConfigString { Value.Length: > 0 })
        {
            if (map.Find("subnet") is null or ConfigString)
                reading.Error(
                    map.Position,
                    "this subnet has no \"subnet\", so nobody knows which network it is",
                    "add \"subnet\": \"2001:db8:1::/64\" with your network");
            return null;
        }

        // The default value tells that the text was no prefix.
        return subnet.Prefix == default ? null : subnet with { Parameters = ParameterRows6.Complete(subnet.Parameters, map, reading) };
    }

    /// <summary>An interface id's octets; empty for an empty text.</summary>
    public static ImmutableArray<byte> InterfaceId(ConfigNode value, Reading reading)
    {
        if (reading.TextOrNothing(value) is not { } text) return [];
        byte[] octets = Encoding.UTF8.GetBytes(text);
        if (octets.Length <= MaxInterfaceId) return [.. octets];
        reading.Error(value.Position, $"the interface id has {octets.Length} octets, and at most {MaxInterfaceId} are possible", "shorten it");
        return [];
    }

    /// <summary>Tells of a network that is on a link of this machine and behind a relay at once.</summary>
    public static void CheckLink(string? name, ImmutableArray<byte> interfaceId, ConfigMap map, Reading reading)
    {
        if (name is null || interfaceId.IsEmpty) return;
        reading.Error(
            map.Find("interface-id")?.Position ?? map.Position,
            "interface (for clients on a link of this machine) and interface-id (for clients behind a relay) exclude each other",
            "keep the one by which clients come");
    }

    private static IEnumerable<Ipv6> Addresses(ConfigNode value, Reading reading)
    {
        foreach (ConfigNode item in reading.List(value)?.Items ?? [])
        {
            if (reading.Address6(item) is { IsAny: false } address) yield return address;
        }
    }
}
