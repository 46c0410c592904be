using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;

namespace Leasehold.Configuration.Kea;

/// <summary>The map "Dhcp4".</summary>
internal static class Dhcp4Reader
{
    /// <summary>The keys of the map.</summary>
    public static readonly KeyTable<Dhcp4Config> Keys = new("\"Dhcp4\"")
    {
        {
            "interfaces-config", "Where the server listens.",
            static (c, v, r) => r.Map(v) is { } map ? c with { Interfaces = InterfacesReader.Keys.Read(c.Interfaces, map, r) } : c,
            InterfacesReader.Keys
        },
        {
            "interfaces", "The same list, as the first versions had it.",
            static (c, v, r) => c with { Interfaces = c.Interfaces with { Interfaces = InterfacesReader.Selectors(v, r) } },
            null, true
        },
        {
            "lease-database", "Where leases are kept.",
            static (c, v, r) => r.Map(v) is { } map ? c with { LeaseDatabase = LeaseDatabaseReader.Keys.Read(c.LeaseDatabase, map, r) } : c,
            LeaseDatabaseReader.Keys
        },
        BootSectionReader.Row<Dhcp4Config>(),
        {
            "client-classes", "Groups of clients, and what they get.",
            static (c, v, r) => c with { Classes = r.Records(v, ClientClassReader4.Read) },
            ClientClassReader4.Keys, true
        },
        {
            "shared-networks", "Links with several subnets.",
            static (c, v, r) => c with { SharedNetworks = r.Records(v, SharedNetwork4Reader.Read) },
            SharedNetwork4Reader.Keys, true
        },
        {
            "subnet4", "The networks with their pools and reservations.",
            static (c, v, r) => c with { Subnets = r.Records(v, Subnet4Reader.Read) },
            Subnet4Reader.Keys, true
        },
        {
            "reservations", "Reservations that hold in every subnet with reservations-global.",
            static (c, v, r) => c with { Reservations = r.Records(v, ReservationReader4.Read) },
            ReservationReader4.Keys, true
        },
        {
            "option-data", "Options for all subnets.",
            static (c, v, r) => c with { Options = OptionDataReader.ReadAll(v, r) },
            OptionDataReader.Keys, true
        },
        {
            "option-def", "Options of your own.",
            static (c, v, r) => c with { OptionDefinitions = r.Options.Custom },
            OptionDefReader.Keys, true
        },
        {
            "host-reservation-identifiers", "In which order a client's identifiers are looked up.",
            static (c, v, r) => c with { ReservationIdentifiers = Identifiers(v, r) },
            null, true
        },
        {
            "early-global-reservations-lookup", "Global reservations are looked up before the subnet is chosen, so that their classes choose it. Default false.",
            static (c, v, r) => c with { EarlyGlobalReservations = r.Boolean(v) ?? false }
        },
        {
            "ip-reservations-unique", "False: several reservations of a subnet may name one address, for a device with several hardware addresses. Default true.",
            static (c, v, r) => c with { IpReservationsUnique = r.Boolean(v) ?? true }
        },
        {
            "stash-agent-options", "A renewal past the relay is treated as if it had the relay information that store-extended-info kept. Default false.",
            static (c, v, r) => c with { StashAgentOptions = r.Boolean(v) ?? false }
        },
        {
            "compatibility", "Exceptions from the RFCs, for clients and relays that cannot be mended.",
            static (c, v, r) => r.Map(v) is { } map ? c with { Compatibility = CompatibilityReader4.Keys.Read(c.Compatibility, map, r) } : c,
            CompatibilityReader4.Keys
        },
        {
            "echo-client-id", "The client identifier is sent back (RFC 6842 §3). Default true.",
            static (c, v, r) => c with { EchoClientId = r.Boolean(v) ?? true }
        },
        {
            "decline-probation-period", "Seconds a declined address is kept from everybody. Default 86400.",
            static (c, v, r) => c with { DeclineProbationPeriod = r.Seconds(v) ?? default }
        },
        {
            "expired-leases-processing", "What happens to leases after their end.",
            static (c, v, r) => r.Map(v) is { } map ? c with { ExpiredLeases = ExpiredLeasesReader.Keys.Read(c.ExpiredLeases, map, r) } : c,
            ExpiredLeasesReader.Keys
        },
        {
            "parked-packet-limit", "Packets that may wait at one time until it is known whether an address is in use, 0 for any number. Default 256.",
            static (c, v, r) => c with { ParkedPacketLimit = r.Integer(v, 0, int.MaxValue) is { } limit and not 0 ? (int)limit : int.MaxValue }
        },
        {
            "flood-protection", "What one port of a relay may take, so that a flood of made-up clients does not take every address.",
            static (c, v, r) => r.Map(v) is { } map ? c with { FloodProtection = FloodProtectionReader.Keys.Read(c.FloodProtection, map, r) } : c,
            FloodProtectionReader.Keys
        },
        {
            "sanity-checks", "What is done at start about leases of the file that do not fit the configuration.",
            static (c, v, r) => r.Map(v) is { } map ? c with { SanityChecks = SanityChecksReader.Keys.Read(c.SanityChecks, map, r) } : c,
            SanityChecksReader.Keys
        },
        {
            "loggers", "What is logged where.",
            static (c, v, r) => c with { Loggers = LoggersReader.ReadAll(v, r, shared: false) },
            LoggersReader.Keys, true
        },
        {
            "hooks-libraries",
            "Features by the file names of hook libraries: libdhcp_flex_id.so, libdhcp_flex_option.so, libdhcp_bootp.so, libdhcp_limits.so, libdhcp_ping_check.so; libraries of commands and databases are taken without effect.",
            HooksReader.Read,
            HooksReader.Keys, true
        },
        {
            "dhcp-ddns", "The connection to a DNS updater, which is not built in yet; the keys about names are those of the global map with older names.",
            DhcpDdnsReader.Read,
            DhcpDdnsReader.Keys
        },
        ParameterRows.In<Dhcp4Config>(static c => c.Parameters, static (c, p) => c with { Parameters = p }),
        LaterRows.Of<Dhcp4Config>(LaterRows.Level.Global),
        GlobalLaterRows.Rows4,
    };

    /// <summary>Reads the map; what is wrong is told, and the rest is read all the same.</summary>
    public static Dhcp4Config Read(ConfigMap map, Reading reading)
    {
        // What the libraries are for may stand in user contexts everywhere.
        reading.Libraries = HooksReader.Libraries(map);

        // Definitions first, wherever they stand: option-data at every level needs them.
        if (map.Find("option-def") is { } definitions) reading.Options.Define(reading.Records(definitions, OptionDefReader.Read), reading);

        Dhcp4Config config = Keys.Read(new Dhcp4Config { Origin = reading.OriginOf(map) }, map, reading);
        if (map.Find("interfaces") is { } old && map.Find("interfaces-config") is { } newer)
            reading.Error(
                old.Position,
                $"interfaces and interfaces-config at {newer.Position} say the same thing twice",
                "keep interfaces-config");
        return Numbered(config with { Parameters = ParameterRows.Complete(config.Parameters, map, reading) }, reading);
    }

    private static Dhcp4Config Numbered(Dhcp4Config config, Reading reading)
    {
        var ids = new Queue<uint>(SubnetNumbers.Of([.. config.AllSubnets.Select(s => (s.Id, $"{s.Prefix}", s.Origin))], reading));
        return config with
        {
            SharedNetworks = [.. config.SharedNetworks.Select(network => network with { Subnets = [.. network.Subnets.Select(Number)] })],
            Subnets = [.. config.Subnets.Select(Number)],
        };

        Subnet4 Number(Subnet4 subnet) => ids.Dequeue() is var id && id == subnet.Id ? subnet : subnet with { Id = id };
    }

    private static ImmutableArray<ReservationIdentifierType> Identifiers(ConfigNode value, Reading reading) =>
        Identifiers(value, reading, ReservationReader4.Identifiers);

    /// <summary>"host-reservation-identifiers": some of the kinds that a family has, each once.</summary>
    public static ImmutableArray<ReservationIdentifierType> Identifiers(
        ConfigNode value, Reading reading, ImmutableArray<(string Word, ReservationIdentifierType Value)> kinds)
    {
        var found = ImmutableArray.CreateBuilder<ReservationIdentifierType>();
        ConfigList? list = reading.List(value);
        foreach (ConfigNode item in list?.Items ?? [])
        {
            if (reading.OneOf(item, kinds.AsSpan()) is not { } type) continue;
            if (found.Contains(type)) reading.Error(item.Position, $"{((ConfigString)item).Value} is named twice", "remove one");
            else found.Add(type);
        }

        if (list is { Items.Length: 0 })
            reading.Error(value.Position, "without an identifier no reservation would be found", "name one, or remove the key");
        return found.DrainToImmutable();
    }
}
