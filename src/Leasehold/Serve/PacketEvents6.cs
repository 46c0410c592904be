using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Engine.V6;
using Leasehold.Leases;
using Leasehold.Log;

namespace Leasehold.Serve;

/// <summary>What a drop of a DHCPv6 packet is called: in the counters and in the log.</summary>
/// <param name="Counter">The counter's name.</param>
/// <param name="Event">The log line.</param>
/// <param name="Text">What the line says after the client.</param>
internal sealed record DropRow6(DropReason6 Reason, string Counter, LogEvent Event, string Text);

/// <summary>The log lines of the DHCPv6 packet path, and the one place that joins each reason to its counter and its id.</summary>
internal static class PacketEvents6
{
    private const string Server = "dhcp6";
    private const string Leases = "leases";
    private const string Packets = "packets";
    private const string BadPackets = "bad-packets";
    private const string Allocation = "alloc-engine";

    public static readonly LogEvent Confirmed = new("DHCP6_CONFIRM_ANSWERED", Packets, LogSeverity.Info);
    public static readonly LogEvent Informed = new("DHCP6_INFORMATION_ANSWERED", Packets, LogSeverity.Info);
    public static readonly LogEvent MulticastAsked = new("DHCP6_USE_MULTICAST_SENT", Packets, LogSeverity.Info);

    /// <summary>An association that got nothing: of addresses, of prefixes, and one that is not known or not on the link.</summary>
    public static readonly LogEvent NoAddress = new("ALLOC_ENGINE_V6_ALLOC_FAIL", Allocation, LogSeverity.Warn);
    public static readonly LogEvent NoPrefix = new("DHCP6_PD_LEASE_ALLOC_FAIL", Leases, LogSeverity.Warn);
    public static readonly LogEvent NoBinding = new("DHCP6_NO_BINDING", Leases, LogSeverity.Info);
    public static readonly LogEvent NotOnLink = new("DHCP6_NOT_ON_LINK", BadPackets, LogSeverity.Info);

    // By address, then by prefix.
    private static readonly (LogEvent Address, LogEvent Prefix) Advertised =
        (new("DHCP6_LEASE_ADVERT", Leases, LogSeverity.Info), new("DHCP6_PD_LEASE_ADVERT", Leases, LogSeverity.Info));

    private static readonly (LogEvent Address, LogEvent Prefix) Allocated =
        (new("DHCP6_LEASE_ALLOC", Leases, LogSeverity.Info), new("DHCP6_PD_LEASE_ALLOC", Leases, LogSeverity.Info));

    private static readonly (LogEvent Address, LogEvent Prefix) Released =
        (new("DHCP6_RELEASE_NA", Leases, LogSeverity.Info), new("DHCP6_RELEASE_PD", Leases, LogSeverity.Info));

    private static readonly LogEvent Registered = new("DHCP6_ADDR_REG_INFORM", Leases, LogSeverity.Info);
    private static readonly LogEvent Declined = new("DHCP6_DECLINE_LEASE", Leases, LogSeverity.Info);

    /// <summary>One row a <see cref="DropReason6"/> in the order of its values, from the one after None.</summary>
    public static readonly ImmutableArray<DropRow6> Drops =
    [
        Drop(DropReason6.Malformed, "pkt6-parse-failed", "DHCP6_PACKET_DROP_PARSE_FAIL", BadPackets, "failed to parse the packet"),
        Drop(DropReason6.NotForServers, "pkt6-not-for-servers", "DHCP6_NOT_FOR_SERVERS", BadPackets, "is a message of a server, or to a relay"),
        Drop(DropReason6.UnknownMessageType, "pkt6-unknown-received", "DHCP6_UNKNOWN_MSG_RECEIVED", BadPackets, "a server does not know this message type"),
        Drop(DropReason6.ClientIdMissing, "pkt6-client-id-missing", "DHCP6_CLIENT_ID_MISSING", BadPackets, "has no client identifier"),
        Drop(DropReason6.ServerIdMissing, "pkt6-server-id-missing", "DHCP6_SERVER_ID_MISSING", BadPackets, "has no server identifier"),
        Drop(DropReason6.ServerIdUnexpected, "pkt6-server-id-unexpected", "DHCP6_SERVER_ID_UNEXPECTED", BadPackets, "has a server identifier, although it goes to all servers"),
        Drop(DropReason6.OtherServerChosen, "pkt6-not-for-us", "DHCP6_PACKET_DROP_SERVERID_MISMATCH", Packets, "names another server"),
        Drop(DropReason6.SentByUnicast, "pkt6-sent-by-unicast", "DHCP6_PACKET_DROP_UNICAST", Packets, "was sent by unicast, and must go to all servers"),
        Drop(DropReason6.AssociationUnexpected, "pkt6-association-unexpected", "DHCP6_ASSOCIATION_UNEXPECTED", BadPackets, "asks for addresses, although it is an INFORMATION-REQUEST"),
        Drop(DropReason6.NoSubnet, "pkt6-no-subnet", "DHCP6_SUBNET_SELECTION_FAILED", BadPackets, "failed to select a subnet", LogSeverity.Warn),
        Drop(DropReason6.SubnetNotForClient, "pkt6-subnet-not-for-client", "DHCP6_SUBNET_NOT_FOR_CLIENT", Packets, "no subnet there is for this client's classes"),
        Drop(DropReason6.DropClass, "pkt6-drop-class", "DHCP6_PACKET_DROP_DROP_CLASS", Packets, "is in class DROP"),
        Drop(DropReason6.NothingToConfirm, "pkt6-nothing-to-confirm", "DHCP6_NOTHING_TO_CONFIRM", BadPackets, "has no address to confirm"),
        Drop(DropReason6.UnknownBinding, "pkt6-unknown-binding", "DHCP6_UNKNOWN_BINDING", Packets, "nothing that it rebinds is known here, so no answer"),
        Drop(DropReason6.RegistrationInvalid, "pkt6-registration-invalid", "DHCP6_ADDR_REG_INFORM_FAIL", BadPackets, "registers no address, or not its own"),
        Drop(DropReason6.RegistrationNotOnLink, "pkt6-registration-not-on-link", "DHCP6_ADDR_REG_NOT_ON_LINK", BadPackets, "registers an address of another link", LogSeverity.Warn),
        Drop(DropReason6.RegistrationOfLease, "pkt6-registration-of-lease", "DHCP6_ADDR_REG_OF_LEASE", BadPackets, "registers an address that is leased or declined", LogSeverity.Warn),
        Drop(DropReason6.RegistrationDisabled, "pkt6-registration-disabled", "DHCP6_ADDR6_REGISTER_DISABLED_DROP", Packets, "registers an address, which is not allowed here"),
        Drop(DropReason6.ReplyTooLarge, "pkt6-reply-too-large", "DHCP6_PACK_FAIL", Server, "the reply does not fit into a datagram", LogSeverity.Error),
        Drop(DropReason6.NotStored, "pkt6-not-stored", "DHCP6_LEASE_NOT_STORED", Leases, "the leases could not be stored, so they are not given", LogSeverity.Warn),
        Drop(DropReason6.SendFailed, "pkt6-send-failed", "DHCP6_PACKET_SEND_FAIL", Server, "failed to send the reply", LogSeverity.Error),
    ];

    /// <summary>Every event of the packet path, for the test that looks for its section in docs/messages.md.</summary>
    public static IEnumerable<LogEvent> All =>
    [
        Advertised.Address, Advertised.Prefix, Allocated.Address, Allocated.Prefix, Released.Address, Released.Prefix, Declined, Registered,
        Confirmed, Informed, MulticastAsked, NoAddress, NoPrefix, NoBinding, NotOnLink, .. Drops.Select(static d => d.Event),
    ];

    public static DropRow6 Of(DropReason6 reason) => Drops[(int)reason - 1];

    /// <summary>The event of a lease change; null for one that nobody needs to know of.</summary>
    public static LogEvent? Of(LeaseChangeKind kind, LeaseType6 type)
    {
        bool isPrefix = type == LeaseType6.Prefix;
        return kind switch
        {
            LeaseChangeKind.Offer => isPrefix ? Advertised.Prefix : Advertised.Address,
            LeaseChangeKind.Commit => isPrefix ? Allocated.Prefix : Allocated.Address,
            LeaseChangeKind.Release => isPrefix ? Released.Prefix : Released.Address,
            LeaseChangeKind.Decline => Declined,
            LeaseChangeKind.Register => Registered,
            _ => null,
        };
    }

    // A drop in the ordinary course of the protocol is a debug message, as with the established server.
    private static DropRow6 Drop(DropReason6 reason, string counter, string id, string component, string text, LogSeverity severity = LogSeverity.Debug) =>
        new(reason, counter, new(id, component, severity, severity == LogSeverity.Debug ? NamedLogger.PacketLevel : 0), text);
}
