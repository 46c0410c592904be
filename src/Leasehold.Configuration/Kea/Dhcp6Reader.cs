using System.Collections.Immutable;
using System.Globalization;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Kea;

/// <summary>The map "Dhcp6".</summary>
internal static class Dhcp6Reader
{
    /// <summary>The keys of the map.</summary>
    public static readonly KeyTable<Dhcp6Config> Keys = new("\"Dhcp6\"")
    {
        {
            "interfaces-config", "Where the server listens.",
            static (c, v, r) => r.Map(v) is { } map ? c with { Interfaces = InterfacesReader6.Keys.Read(c.Interfaces, map, r) } : c,
            InterfacesReader6.Keys
        },
        {
            "interfaces", "The same list, as the first versions had it.",
            static (c, v, r) => c with { Interfaces = c.Interfaces with { Interfaces = InterfacesReader6.Selectors(v, r) } },
            null, true
        },
        {
            "lease-database", "Where leases are kept.",
            static (c, v, r) => r.Map(v) is { } map ? c with { LeaseDatabase = LeaseDatabaseReader.Keys.Read(c.LeaseDatabase, map, r) } : c,
            LeaseDatabaseReader.Keys
        },
        {
            "data-directory", "Where the lease file and the server's DUID stand. Default: the program's data directory.",
            static (c, v, r) => c with { DataDirectory = r.TextOrNothing(v) }
        },
        {
            "server-id", "The server's DUID, or how it is made.",
            static (c, v, r) => r.Map(v) is { } map ? c with { ServerId = ServerIdReader.Read(c.ServerId, map, r) } : c,
            ServerIdReader.Keys
        },
        {
            "client-classes", "Groups of clients, and what they get.",
            static (c, v, r) => c with { Classes = r.Records(v, ClientClassReader6.Read) },
            ClientClassReader6.Keys, true
        },
        {
            "shared-networks", "Links with several subnets.",
            static (c, v, r) => c with { SharedNetworks = r.Records(v, SharedNetwork6Reader.Read) },
            SharedNetwork6Reader.Keys, true
        },
        {
            "subnet6", "The networks with their pools and reservations.",
            static (c, v, r) => c with { Subnets = r.Records(v, Subnet6Reader.Read) },
            Subnet6Reader.Keys, true
        },
        {
            "reservations", "Reservations that hold in every subnet with reservations-global.",
            static (c, v, r) => c with { Reservations = r.Records(v, ReservationReader6.Read) },
            ReservationReader6.Keys, true
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
            "host-reservation-identifiers", "In which order a client's identifiers are looked up: hw-address, duid, flex-id.",
            static (c, v, r) => c with { ReservationIdentifiers = Dhcp4Reader.Identifiers(v, r, ReservationReader6.Identifiers) },
            null, true
        },
        {
            "mac-sources",
            "Where a client's hardware address is looked for: any (default), raw, duid, ipv6-link-local, client-link-addr-option (rfc6939), remote-id (rfc4649), subscriber-id (rfc4580), docsis-cmts, docsis-modem.",
            static (c, v, r) => c with { MacSources = MacSourcesReader.Read(v, r) },
            null, true
        },
        {
            "early-global-reservations-lookup", "The classes of a global reservation choose the subnet. Default false.",
            static (c, v, r) => c with { EarlyGlobalReservations = r.Boolean(v) ?? false }
        },
        {
            "ip-reservations-unique", "An address or prefix is reserved for one client only; false for one device with several identifiers. Default true.",
            static (c, v, r) => c with { IpReservationsUnique = r.Boolean(v) ?? true }
        },
        {
            "decline-probation-period", "Seconds a declined address is kept from everybody. Default 86400.",
            static (c, v, r) => c with { DeclineProbationPeriod = r.Seconds(v) ?? default }
        },
        {
            "relay-supplied-options", "Options that relays may supply to clients that ask for them (RFC 6422), by code or name. Default: 65 (erp-local-domain-name).",
            static (c, v, r) => c with { RelaySuppliedOptions = RelaySuppliedOptions(v, r) },
            null, true
        },
        {
            "allow-address-registration", "Addresses that hosts made themselves may be registered (RFC 9686). Default true.",
            static (c, v, r) => c with { AllowAddressRegistration = r.Boolean(v) ?? true }
        },
        {
            "expired-leases-processing", "What happens to leases after their end.",
            static (c, v, r) => r.Map(v) is { } map ? c with { ExpiredLeases = ExpiredLeasesReader.Keys.Read(c.ExpiredLeases, map, r) } : c,
            ExpiredLeasesReader.Keys
        },
        {
            "loggers", "What is logged where.",
            static (c, v, r) => c with { Loggers = LoggersReader.ReadAll(v, r, shared: false) },
            LoggersReader.Keys, true
        },
        {
            "hooks-libraries", "Features by the file names of hook libraries: libdhcp_flex_id.so; libraries of commands and databases are taken without effect.",
            HooksReader6.Read,
            HooksReader6.Keys, true
        },
        ParameterRows6.OfGlobal<Dhcp6Config>(static c => c.Parameters, static (c, p) => c with { Parameters = p }),
        GlobalLaterRows.Rows6,
    };

    /// <summary>The keys of "compatibility".</summary>
    private static readonly KeyTable<Dhcp6Config> CompatibilityKeys = new("\"compatibility\"");

    static Dhcp6Reader()
    {
        CompatibilityKeys.AddUnsupported("lenient-option-parsing", "see the map", Nothing.False);
        Keys.AddUnsupported(
            "compatibility",
            "the exceptions from the RFCs are not built in yet",
            static value => value is ConfigMap map && map.Members.All(m => Nothing.False(m.Value)),
            CompatibilityKeys);
        Keys.AddUnsupported(
            "dhcp4o6-port",
            "DHCPv4 over DHCPv6 is not built in yet",
            Nothing.Zero,
            keep: static (c, v, r) => c with { Dhcp4o6Port = r.UInt32(v, 0, ushort.MaxValue) is > 0 and var port ? (ushort)port : null });
    }

    /// <summary>Reads the map; what is wrong is told, and the rest is read all the same.</summary>
    public static Dhcp6Config Read(ConfigMap map, Reading reading)
    {
        // Definitions first, wherever they stand: option-data at every level needs them.
        if (map.Find("option-def") is { } definitions) reading.Options.Define(reading.Records(definitions, OptionDefReader.Read), reading);

        Dhcp6Config config = Keys.Read(new Dhcp6Config { Origin = reading.OriginOf(map) }, map, reading);
        if (map.Find("interfaces") is { } old && map.Find("interfaces-config") is { } newer)
            reading.Error(
                old.Position,
                $"interfaces and interfaces-config at {newer.Position} say the same thing twice",
                "keep interfaces-config");
        return Numbered(config with { Parameters = ParameterRows6.Complete(config.Parameters, map, reading) }, reading);
    }

    private static Dhcp6Config Numbered(Dhcp6Config config, Reading reading)
    {
        var ids = new Queue<uint>(SubnetNumbers.Of([.. config.AllSubnets.Select(s => (s.Id, $"{s.Prefix}", s.Origin))], reading));
        return config with
        {
            SharedNetworks = [.. config.SharedNetworks.Select(network => network with { Subnets = [.. network.Subnets.Select(Number)] })],
            Subnets = [.. config.Subnets.Select(Number)],
        };

        Subnet6 Number(Subnet6 subnet) => subnet with { Id = ids.Dequeue() };
    }

    private static ImmutableArray<ushort> RelaySuppliedOptions(ConfigNode value, Reading reading)
    {
        var found = ImmutableArray.CreateBuilder<ushort>();
        foreach (ConfigNode item in reading.List(value)?.Items ?? [])
        {
            if (RelaySuppliedOption(item, reading) is { } code && !found.Contains(code)) found.Add(code);
        }

        return found.DrainToImmutable();
    }

    private static ushort? RelaySuppliedOption(ConfigNode item, Reading reading)
    {
        if (item is ConfigNumber) return (ushort?)reading.UInt32(item, 1, ushort.MaxValue);
        if (reading.Text(item)?.Trim() is not { } text) return null;
        if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort code) && code > 0) return code;

        // An option without a value in this dialect still has a name here: erp-local-domain-name, of which RFC 6422 §4 is.
        uint? named = reading.Options.Find(OptionSpace.Dhcp6, text)?.Code ?? reading.Family.ByName(OptionSpace.Dhcp6, text)?.Code;
        if (named is { } known) return (ushort)known;
        string? near = NearestName.Of(text, reading.Options.NamesOf(OptionSpace.Dhcp6));
        reading.Error(item.Position, $"\"{text}\" is neither an option's code nor its name", near is null ? "write a code from 1 to 65535" : $"did you mean \"{near}\"?");
        return null;
    }
}
