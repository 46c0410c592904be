using System.Collections.Immutable;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;

namespace Leasehold.Configuration.Model;

/// <summary>All that a DHCPv6 server is told: immutable, checked, replaced whole by a reload.</summary>
/// <remarks>
/// Values that may be given at several levels are null where the level does not give them; <see cref="Parameters6.Over"/>
/// joins two levels. Defaults stand only in <see cref="Parameters6.Default"/>.
/// </remarks>
public sealed record Dhcp6Config
{
    public InterfacesConfig6 Interfaces { get; init; } = new();
    public LeaseDatabaseConfig LeaseDatabase { get; init; } = new();

    /// <summary>data-directory: where the lease file and the server's DUID stand when their names have no directory. Null: the program's default.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>The server's own DUID.</summary>
    public ServerIdConfig ServerId { get; init; } = new();

    /// <summary>What the global level gives.</summary>
    public Parameters6 Parameters { get; init; } = Parameters6.None;

    /// <summary>Options of the global level.</summary>
    public ImmutableArray<OptionData> Options { get; init; } = [];

    /// <summary>Definitions of the administrator, beside the standard ones.</summary>
    public ImmutableArray<OptionDefinition> OptionDefinitions { get; init; } = [];

    /// <summary>In the order of the file, which is the order in which they are looked at.</summary>
    public ImmutableArray<ClientClass6> Classes { get; init; } = [];

    /// <summary>Links with several subnets; names are unique.</summary>
    public ImmutableArray<SharedNetwork6> SharedNetworks { get; init; } = [];

    /// <summary>Subnets in no shared network, in the order of the file.</summary>
    public ImmutableArray<Subnet6> Subnets { get; init; } = [];

    /// <summary>Every subnet, those in shared networks first; ids are unique, and so are prefixes.</summary>
    public IEnumerable<Subnet6> AllSubnets => SharedNetworks.SelectMany(network => network.Subnets).Concat(Subnets);

    /// <summary>Reservations outside any subnet.</summary>
    public ImmutableArray<Reservation6> Reservations { get; init; } = [];

    /// <summary>In which order a client's identifiers are looked up among the reservations. Of the types HardwareAddress, Duid and FlexId.</summary>
    public ImmutableArray<ReservationIdentifierType> ReservationIdentifiers { get; init; } =
        [ReservationIdentifierType.HardwareAddress, ReservationIdentifierType.Duid];

    /// <summary>early-global-reservations-lookup: global reservations are looked up before the subnet is chosen, so that their classes choose it.</summary>
    public bool EarlyGlobalReservations { get; init; }

    /// <summary>ip-reservations-unique. False: several reservations of a subnet may name one address or prefix.</summary>
    public bool IpReservationsUnique { get; init; } = true;

    /// <summary>Where a client's hardware address is looked for, the first that has one wins. Never empty; "any" of the file is written out here.</summary>
    public ImmutableArray<MacSource> MacSources { get; init; } = MacSourceOrder.Any;

    /// <summary>Codes of options that a relay may supply in RSOO (RFC 6422 §6); each at most 65535.</summary>
    public ImmutableArray<ushort> RelaySuppliedOptions { get; init; } = [OptionCode6.ErpLocalDomainName];

    /// <summary>allow-address-registration: addresses that clients made themselves may be registered (RFC 9686).</summary>
    public bool AllowAddressRegistration { get; init; } = true;

    /// <summary>The first of the two ports between the two servers of DHCPv4-over-DHCPv6 (RFC 7341); null for none.</summary>
    public ushort? Dhcp4o6Port { get; init; }

    /// <summary>How long a declined address is kept from everybody.</summary>
    public Lifetime DeclineProbationPeriod { get; init; } = new(86400);

    public ExpiredLeasesConfig ExpiredLeases { get; init; } = new();

    /// <summary>The server's loggers; empty means the built-in default (INFO to standard output).</summary>
    public ImmutableArray<LoggerConfig> Loggers { get; init; } = [];

    /// <summary>What gives a client its flex-id, for reservations by FlexId; null when the configuration names no expression.</summary>
    public Expressions.OctetsExpression? FlexIdentifierExpression { get; init; }

    /// <summary>Where the Dhcp6 map stands in the configuration's text.</summary>
    public Origin Origin { get; init; } = Origin.Nowhere;

    /// <summary>Warnings found while reading: accepted, but the administrator should know.</summary>
    public ImmutableArray<ConfigDiagnostic> Warnings { get; init; } = [];
}

/// <summary>Which interfaces the DHCPv6 server serves.</summary>
public sealed record InterfacesConfig6
{
    /// <summary>Empty: the server listens nowhere, and says so.</summary>
    public ImmutableArray<InterfaceSelector6> Interfaces { get; init; } = [];

    /// <summary>Interfaces are watched for as long as the server runs, not only at start and reload.</summary>
    public bool ReDetect { get; init; } = true;

    /// <summary>Every interface must be usable at start, or the server does not start.</summary>
    public bool RequireAll { get; init; }

    /// <summary>service-sockets-max-retries: how often a socket that failed is tried again. Null: until it works.</summary>
    public uint? MaxRetries { get; init; }

    /// <summary>service-sockets-retry-wait-time: milliseconds from one try to the next.</summary>
    public uint RetryWaitMs { get; init; } = 5000;
}

/// <summary>"*", "eth0" or "eth0/2001:db8::1".</summary>
/// <param name="Name">The interface's name; null for "*", every interface that is up, no loopback, and has a link-local address.</param>
/// <param name="Unicast">An address where the server is reached by unicast, beside multicast on the interface; null for multicast alone. Never with "*".</param>
public sealed record InterfaceSelector6(string? Name, Ipv6? Unicast);
