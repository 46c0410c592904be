using System.Collections.Immutable;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Model;

/// <summary>All that a DHCPv4 server is told: immutable, checked, replaced whole by a reload.</summary>
/// <remarks>
/// Values that may be given at several levels are null where the level does not give them; <see cref="Parameters4.Over"/>
/// joins two levels. Defaults stand only in <see cref="Parameters4.Default"/>.
/// </remarks>
public sealed record Dhcp4Config
{
    public InterfacesConfig Interfaces { get; init; } = new();
    public LeaseDatabaseConfig LeaseDatabase { get; init; } = new();

    /// <summary>What the global level gives.</summary>
    public Parameters4 Parameters { get; init; } = Parameters4.None;

    /// <summary>Options of the global level.</summary>
    public ImmutableArray<OptionData> Options { get; init; } = [];

    /// <summary>Definitions of the administrator, beside the standard ones.</summary>
    public ImmutableArray<OptionDefinition> OptionDefinitions { get; init; } = [];

    /// <summary>In the order of the file, which is the order in which they are looked at.</summary>
    public ImmutableArray<ClientClass4> Classes { get; init; } = [];

    /// <summary>Links with several subnets; names are unique.</summary>
    public ImmutableArray<SharedNetwork4> SharedNetworks { get; init; } = [];

    /// <summary>Subnets in no shared network, in the order of the file.</summary>
    public ImmutableArray<Subnet4> Subnets { get; init; } = [];

    /// <summary>Every subnet, those in shared networks first; ids are unique, and so are prefixes.</summary>
    public IEnumerable<Subnet4> AllSubnets => SharedNetworks.SelectMany(network => network.Subnets).Concat(Subnets);

    /// <summary>Reservations outside any subnet.</summary>
    public ImmutableArray<Reservation4> Reservations { get; init; } = [];

    /// <summary>In which order a client's identifiers are looked up among the reservations.</summary>
    public ImmutableArray<ReservationIdentifierType> ReservationIdentifiers { get; init; } =
        [ReservationIdentifierType.HardwareAddress, ReservationIdentifierType.Duid, ReservationIdentifierType.CircuitId, ReservationIdentifierType.ClientId];

    /// <summary>early-global-reservations-lookup: global reservations are looked up before the subnet is chosen, so that their classes choose it.</summary>
    public bool EarlyGlobalReservations { get; init; }

    /// <summary>ip-reservations-unique. False: several reservations of a subnet may name one address, for a device with several hardware addresses.</summary>
    public bool IpReservationsUnique { get; init; } = true;

    /// <summary>stash-agent-options: a renewal past the relay is treated as if it had the relay information of the exchange through the relay.</summary>
    public bool StashAgentOptions { get; init; }

    public Compatibility4 Compatibility { get; init; } = new();

    /// <summary>RFC 6842: the client identifier is sent back to the client.</summary>
    public bool EchoClientId { get; init; } = true;

    /// <summary>Clients that speak BOOTP alone are served: the hook library libdhcp_bootp.so is named.</summary>
    public bool ServesBootp { get; init; }

    /// <summary>How long a declined address is kept from everybody.</summary>
    public Lifetime DeclineProbationPeriod { get; init; } = new(86400);

    /// <summary>dhcp-ddns/enable-updates: what option 81 answers depends on it (RFC 4702 §4). False for every file that is read today.</summary>
    public bool DnsUpdates { get; init; }

    public ExpiredLeasesConfig ExpiredLeases { get; init; } = new();

    public SanityChecks SanityChecks { get; init; } = new();

    /// <summary>Whether somebody is asked for before an address is offered; null when the feature's library is not named.</summary>
    public ProbeParameters? Probe { get; init; }

    /// <summary>How many packets may wait for an answer at one time; int.MaxValue for any number.</summary>
    public int ParkedPacketLimit { get; init; } = 256;

    public FloodProtection FloodProtection { get; init; } = FloodProtection.None;

    /// <summary>The server's loggers; empty means the built-in default (INFO to standard output).</summary>
    public ImmutableArray<LoggerConfig> Loggers { get; init; } = [];

    /// <summary>What gives a client its flex-id, for reservations by FlexId; null when the configuration names no expression.</summary>
    public Expressions.OctetsExpression? FlexIdentifierExpression { get; init; }

    /// <summary>replace-client-id: leases are kept by the flex-id instead of the client identifier.</summary>
    public bool ReplaceClientId { get; init; }

    /// <summary>What expressions do to the options of replies, in the order of the file.</summary>
    public ImmutableArray<FlexOption4> FlexOptions { get; init; } = [];

    /// <summary>Where the Dhcp4 map stands in the configuration's text.</summary>
    public Origin Origin { get; init; } = Origin.Nowhere;

    /// <summary>Warnings found while reading: accepted, but the administrator should know.</summary>
    public ImmutableArray<ConfigDiagnostic> Warnings { get; init; } = [];
}

/// <summary>Which interfaces are served, and how sockets are opened on them.</summary>
public sealed record InterfacesConfig
{
    /// <summary>Empty: the server listens nowhere, and says so.</summary>
    public ImmutableArray<InterfaceSelector> Interfaces { get; init; } = [];

    /// <summary>True for raw (the default): clients without an address are reached on the link. False for udp: relayed clients only.</summary>
    public bool RawSockets { get; init; } = true;

    /// <summary>Interfaces are watched for as long as the server runs, not only at start and reload.</summary>
    public bool ReDetect { get; init; } = true;

    /// <summary>Every interface must be usable at start, or the server does not start.</summary>
    public bool RequireAll { get; init; }

    /// <summary>outbound-interface use-routing: replies to relays and to clients with an address leave where the kernel routes them. False: where the query came in.</summary>
    public bool UseRouting { get; init; }

    /// <summary>service-sockets-max-retries: how often a socket that failed is tried again. Null: until it works.</summary>
    public uint? MaxRetries { get; init; }

    /// <summary>service-sockets-retry-wait-time: milliseconds from one try to the next.</summary>
    public uint RetryWaitMs { get; init; } = 5000;
}

/// <summary>"*", "eth0" or "eth0/192.0.2.1".</summary>
/// <param name="Name">The interface's name; null for "*", every interface that is up, no loopback, and has an IPv4 address.</param>
/// <param name="Address">The one address to serve on it; null for all.</param>
public sealed record InterfaceSelector(string? Name, Ipv4? Address);

/// <summary>Where leases are kept.</summary>
public sealed record LeaseDatabaseConfig
{
    /// <summary>Path of the CSV file; null for the default name in the data directory.</summary>
    public string? Name { get; init; }

    /// <summary>False: leases live in memory only and are gone with the process. For tests and labs.</summary>
    public bool Persist { get; init; } = true;

    /// <summary>Seconds between clean-ups of the lease file; 0 turns them off.</summary>
    public uint LfcInterval { get; init; } = 3600;

    public Durability Durability { get; init; }

    /// <summary>With <see cref="Durability.Batch"/>: milliseconds from one commit to the next at least. Otherwise 0.</summary>
    public uint BatchMs { get; init; }

    /// <summary>Damaged lines that are skipped, with a log line each, before the start is refused. 0 here means none; the file's own 0 means no limit and is int.MaxValue here.</summary>
    public int MaxRowErrors { get; init; }
}

/// <summary>What an acknowledgement waits for.</summary>
public enum Durability
{
    /// <summary>Its lease is on stable storage; what arrived together is stored together.</summary>
    Commit,

    /// <summary>The same, but packets are gathered for some milliseconds under load, so that more of them share a sync.</summary>
    Batch,

    /// <summary>Its lease was handed to the operating system, which writes it when it likes: a power cut loses acknowledged leases.</summary>
    None,
}

/// <summary>What happens to leases after their end. They end at the second of their end, whatever stands here.</summary>
public sealed record ExpiredLeasesConfig
{
    /// <summary>False for a reclaim-timer-wait-time of 0: the established server then never clears up after leases, so that they are remembered for good.</summary>
    public bool Reclaims { get; init; } = true;

    /// <summary>False for a flush-reclaimed-timer-wait-time of 0: ended leases are not remembered.</summary>
    public bool Remembers { get; init; } = true;

    /// <summary>hold-reclaimed-time.</summary>
    public Lifetime HoldReclaimedTime { get; init; } = new(3600);

    /// <summary>How long an ended lease is remembered, so that its client gets the same address again.</summary>
    public Lifetime RememberedFor => !Reclaims ? Lifetime.Infinite : Remembers ? HoldReclaimedTime : default;
}
