using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Kea;

/// <summary>An element of "subnet4".</summary>
internal static class Subnet4Reader
{
    /// <summary>An interface name of Linux has at most 15 octets (IFNAMSIZ with its closing zero is 16).</summary>
    public const int MaxInterfaceName = 15;

    /// <summary>The last id that a lease may carry.</summary>
    public const uint MaxId = 4294967294;

    /// <summary>The keys of "relay".</summary>
    public static readonly KeyTable<ImmutableArray<Ipv4>> RelayKeys = new("\"relay\"")
    {
        {
            "ip-addresses", "Relays (giaddr) whose clients belong here although the address lies outside the subnet.",
            static (found, v, r) => found.AddRange(Addresses(v, r)),
            null, true
        },
        {
            "ip-address", "The older form, for one relay.",
            static (found, v, r) => r.Address(v) is { IsAny: false } one ? found.Add(one) : found
        },
    };

    /// <summary>The keys of a subnet.</summary>
    public static readonly KeyTable<Subnet4> Keys = new("a subnet")
    {
        { "subnet", "The network, such as 192.0.2.0/24.", static (s, v, r) => Prefix(v, r) is { } prefix ? s with { Prefix = prefix } : s },
        {
            "id", "A number of its own, 1 to 4294967294, stored with every lease. 0 or nothing: numbered in the order of the file.",
            static (s, v, r) => s with { Id = r.UInt32(v, 0, MaxId) ?? 0 }
        },
        {
            "pools", "Addresses for clients without a reservation.",
            static (s, v, r) => s with { Pools = r.Records(v, Pool4Reader.Read) },
            Pool4Reader.Keys, true
        },
        {
            "reservations", "What particular clients get.",
            static (s, v, r) => s with { Reservations = r.Records(v, ReservationReader4.Read) },
            ReservationReader4.Keys, true
        },
        {
            "relay", "Relays that serve this subnet.",
            static (s, v, r) => s with { RelayAddresses = r.Map(v) is { } map ? RelayKeys.Read([], map, r) : [] },
            RelayKeys
        },
        { "interface", "The interface whose direct clients belong here.", static (s, v, r) => s with { Interface = Interface(v, r) } },
        {
            "option-data", "Options of the subnet.",
            static (s, v, r) => s with { Options = OptionDataReader.ReadAll(v, r) },
            OptionDataReader.Keys, true
        },
        BootSectionReader.Row<Subnet4>(),
        ClassRows.In<Subnet4>(static s => s.Classes, static (s, rules) => s with { Classes = rules }),
        ParameterRows.In<Subnet4>(static s => s.Parameters, static (s, p) => s with { Parameters = p }),
        LaterRows.Of<Subnet4>(LaterRows.Level.Subnet),
    };

    /// <summary>Reads a subnet; null when it has no usable prefix.</summary>
    public static Subnet4? Read(ConfigMap map, Reading reading)
    {
        Subnet4 subnet = Keys.Read(new Subnet4 { Id = 0, Prefix = default, Origin = reading.OriginOf(map) }, map, reading);
        ClassRows.CheckOnce(map, reading);
        if (map.Find("subnet") is null)
        {
            reading.Error(
                map.Position,
                "this subnet has no \"subnet\", so nobody knows which network it is",
                "add \"subnet\": \"192.0.2.0/24\" with your network");
            return null;
        }

        subnet = subnet with { Limits = LimitsReader.Of(map, reading), Probe = PingCheckReader.Of(map, reading) };

        // The default value tells that the text was no prefix; 0.0.0.0/0 was reported there as well.
        return subnet.Prefix == default ? null : subnet with { Parameters = ParameterRows.Complete(subnet.Parameters, map, reading) };
    }

    /// <summary>An interface's name; null for an empty text.</summary>
    public static string? Interface(ConfigNode value, Reading reading)
    {
        if (reading.TextOrNothing(value) is not { } name) return null;
        if (name.Length <= MaxInterfaceName && !name.Contains('/') && !name.Any(char.IsWhiteSpace)) return name;
        reading.Error(
            value.Position,
            $"\"{name}\" cannot be an interface: a name has at most {MaxInterfaceName} characters, no '/' and no blanks",
            "'ip link' shows the names");
        return null;
    }

    private static Ipv4Prefix? Prefix(ConfigNode value, Reading reading)
    {
        if (reading.Text(value) is not { } text) return null;
        if (!Ipv4Prefix.TryParse(text.Trim(), out Ipv4Prefix prefix, out bool hostBits))
        {
            reading.Error(value.Position, $"\"{text}\" is not an IPv4 network", "write address and length, such as 192.0.2.0/24");
            return null;
        }

        if (prefix.Length == 0)
        {
            reading.Error(value.Position, $"\"{text}\" is the whole internet", "write the network that the clients are on");
            return null;
        }

        if (hostBits)
            reading.Warning(value.Position, $"{text} has bits set after its length, it is read as {prefix}", $"write {prefix}");
        return prefix;
    }

    private static IEnumerable<Ipv4> Addresses(ConfigNode value, Reading reading)
    {
        foreach (ConfigNode item in reading.List(value)?.Items ?? [])
        {
            if (reading.Address(item) is { IsAny: false } address) yield return address;
        }
    }
}
