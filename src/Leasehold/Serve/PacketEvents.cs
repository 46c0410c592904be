using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Engine;
using Leasehold.Log;

namespace Leasehold.Serve;

/// <summary>What a drop is called: in the counters and in the log.</summary>
/// <param name="Counter">The counter's name.</param>
/// <param name="Event">The log line.</param>
/// <param name="Text">What the line says after the client.</param>
internal sealed record DropRow(DropReason Reason, string Counter, LogEvent Event, string Text);

/// <summary>The log lines of the packet path, one a packet, and the one place that joins each reason to its counter and its id.</summary>
internal static class PacketEvents
{
    private const string Server = "dhcp4";
    private const string Leases = "leases";
    private const string Packets = "packets";
    private const string BadPackets = "bad-packets";
    private const string Allocation = "alloc-engine";
    private const string Limits = "limits-hooks";
    private const string PingCheck = "ping-check-hooks";

    public static readonly LogEvent Offered = new("DHCP4_LEASE_OFFER", Leases, LogSeverity.Info);
    public static readonly LogEvent Allocated = new("DHCP4_LEASE_ALLOC", Leases, LogSeverity.Info);
    public static readonly LogEvent Reused = new("DHCP4_LEASE_REUSE", Leases, LogSeverity.Info);

    /// <summary>For an offer that tells a client to do without IPv4.</summary>
    public static readonly LogEvent OfferedNoAddress = new("DHCP4_V6_ONLY_OFFER", Leases, LogSeverity.Info);

    /// <summary>For a packet that waits until it is known whether somebody uses its address.</summary>
    public static readonly LogEvent Probing = new("PING_CHECK_MGR_START_PING_CHECK", PingCheck, LogSeverity.Debug, NamedLogger.PacketLevel);

    public static readonly LogEvent Released = new("DHCP4_RELEASE", Leases, LogSeverity.Info);
    public static readonly LogEvent Declined = new("DHCP4_DECLINE_LEASE", Leases, LogSeverity.Info);
    public static readonly LogEvent Informed = new("DHCP4_INFORM_DIRECT_REPLY", Packets, LogSeverity.Info);

    /// <summary>For a DECLINE by somebody who does not have the address; the table's row is for RELEASE.</summary>
    public static readonly LogEvent DeclineMismatch = new("DHCP4_DECLINE_LEASE_MISMATCH", Leases, LogSeverity.Warn);

    /// <summary>One row a <see cref="NakReason"/> in the order of its values; None has no line of its own.</summary>
    public static readonly ImmutableArray<(NakReason Reason, LogEvent Event, string Text)> Naks =
    [
        (NakReason.WrongNetwork, new("DHCP4_PACKET_NAK_0002", BadPackets, LogSeverity.Info), "does not belong to the network the client is on"),
        (NakReason.AddressTaken, new("DHCP4_PACKET_NAK_0004", BadPackets, LogSeverity.Info), "is held by another client, or kept for one"),
        (NakReason.NotInPool, new("ALLOC_ENGINE_V4_REQUEST_OUT_OF_POOL", Allocation, LogSeverity.Info), "is in no pool, and not kept for this client"),
        (NakReason.OtherAddress, new("DHCP4_NAK_OTHER_ADDRESS", BadPackets, LogSeverity.Info), "is not the one this client has or is to have"),
        (NakReason.UnknownLease, new("DHCP4_UNKNOWN_ADDRESS_REQUESTED", BadPackets, LogSeverity.Info), "is not leased to this client"),
        (NakReason.LimitReached, new("LIMITS_LEASE_LIMIT_EXCEEDED", Limits, LogSeverity.Info), "is not given: a limit of leases is reached"),
    ];

    /// <summary>One row a <see cref="DropReason"/> in the order of its values, from the one after None.</summary>
    public static readonly ImmutableArray<DropRow> Drops =
    [
        Drop(DropReason.Malformed, "pkt4-parse-failed", "DHCP4_PACKET_DROP_0001", BadPackets, "failed to parse the packet"),
        Drop(DropReason.NotARequest, "pkt4-not-a-request", "DHCP4_NOT_A_REQUEST", BadPackets, "is a reply of a server, not a request"),
        Drop(DropReason.BootpNotServed, "pkt4-bootp-not-served", "DHCP4_PACKET_DROP_0009", BadPackets, "option 53 is missing; BOOTP clients are not served"),
        Drop(DropReason.UnexpectedMessageType, "pkt4-unknown-received", "DHCP4_PACKET_DROP_0005", BadPackets, "a server does not answer this message type"),
        Drop(DropReason.NoClientIdentity, "pkt4-rfc-violation", "DHCP4_NO_CLIENT_IDENTITY", BadPackets, "neither a client identifier nor a hardware address"),
        Drop(DropReason.NoSubnet, "pkt4-no-subnet", "DHCP4_SUBNET_SELECTION_FAILED", BadPackets, "failed to select a subnet", LogSeverity.Warn),
        Drop(DropReason.DropClass, "pkt4-drop-class", "DHCP4_PACKET_DROP_0010", BadPackets, "the client is in class DROP"),
        Drop(DropReason.SubnetNotForClient, "pkt4-subnet-not-for-client", "DHCP4_SUBNET_NOT_FOR_CLIENT", BadPackets, "the subnets here are for clients of other classes"),
        Drop(DropReason.OtherServerChosen, "pkt4-not-for-us", "DHCP4_PACKET_DROP_0003", Packets, "the client chose another server"),
        Drop(DropReason.OtherServerAddressed, "pkt4-other-server-addressed", "DHCP4_OTHER_SERVER_ADDRESSED", Packets, "names another server"),
        Drop(DropReason.NoFreeAddress, "v4-allocation-fail", "ALLOC_ENGINE_V4_ALLOC_FAIL", Allocation, "no address is free for this client", LogSeverity.Warn),
        Drop(DropReason.UnknownClient, "pkt4-unknown-client", "DHCP4_NO_LEASE_INIT_REBOOT", Packets, "no record of this client, so no answer"),
        Drop(DropReason.InconsistentRequest, "pkt4-inconsistent-request", "DHCP4_INCONSISTENT_REQUEST", BadPackets, "a REQUEST that fits no state of a client"),
        Drop(DropReason.NotTheHolder, "pkt4-not-the-holder", "DHCP4_RELEASE_FAIL_WRONG_CLIENT", Leases, "is not leased to this client", LogSeverity.Warn),
        Drop(DropReason.ReplyTooLarge, "pkt4-reply-too-large", "DHCP4_PACKET_PACK_FAIL", Server, "the reply does not fit into what the client can receive", LogSeverity.Error),
        Drop(DropReason.NotStored, "pkt4-not-stored", "DHCP4_LEASE_NOT_STORED", Leases, "the lease could not be stored, so it is not acknowledged", LogSeverity.Warn),
        Drop(DropReason.SendFailed, "pkt4-send-failed", "DHCP4_PACKET_SEND_FAIL", Server, "failed to send the reply", LogSeverity.Error),
        Drop(DropReason.ClassRateLimit, "pkt4-class-rate-limit", "LIMITS_PACKET_WITH_CLIENT_CLASSES_RATE_LIMIT_DROPPED", Limits, "the rate-limit of a class of the client is reached"),
        Drop(DropReason.SubnetRateLimit, "pkt4-subnet-rate-limit", "LIMITS_PACKET_WITH_SUBNET_ID_RATE_LIMIT_DROPPED", Limits, "the rate-limit of the subnet is reached"),
        Drop(DropReason.PortRateLimit, "pkt4-port-rate-limit", "LIMITS_NEW_CLIENTS_PER_PORT_EXCEEDED", Limits, "too many new clients at this port of the relay"),
        Drop(DropReason.ClassLeaseLimit, "v4-class-lease-limit", "LIMITS_CLASS_LEASE_LIMIT_EXCEEDED", Limits, "a class of the client has all the leases that it may have", LogSeverity.Info),
        Drop(DropReason.SubnetLeaseLimit, "v4-subnet-lease-limit", "LIMITS_SUBNET_LEASE_LIMIT_EXCEEDED", Limits, "the subnet has all the leases that it may have", LogSeverity.Info),
        Drop(DropReason.PortLeaseLimit, "v4-port-lease-limit", "LIMITS_LEASES_PER_PORT_EXCEEDED", Limits, "the clients at this port of the relay have all the leases that they may have", LogSeverity.Info),
        Drop(DropReason.ProbePending, "pkt4-probe-pending", "PING_CHECK_DUPLICATE_CHECK", PingCheck, "it is still being found out whether somebody uses the address for this client"),
        Drop(DropReason.TooManyParked, "pkt4-parked-limit", "DHCP4_HOOK_LEASE4_OFFER_PARKING_LOT_FULL", Packets, "as many packets wait as parked-packet-limit allows", LogSeverity.Warn),
    ];

    /// <summary>Every event of the packet path, for the test that looks for its section in docs/messages.md.</summary>
    public static IEnumerable<LogEvent> All =>
        [Offered, OfferedNoAddress, Probing, Allocated, Reused, Released, Declined, Informed, DeclineMismatch, .. Naks.Select(static n => n.Event), .. Drops.Select(static d => d.Event)];

    public static DropRow Of(DropReason reason) => Drops[(int)reason - 1];

    public static DropRow? Find(DropReason reason) => reason == DropReason.None ? null : Of(reason);

    // A drop in the ordinary course of the protocol is a debug message, as with the established server.
    private static DropRow Drop(DropReason reason, string counter, string id, string component, string text, LogSeverity severity = LogSeverity.Debug) =>
        new(reason, counter, new(id, component, severity, severity == LogSeverity.Debug ? NamedLogger.PacketLevel : 0), text);
}
