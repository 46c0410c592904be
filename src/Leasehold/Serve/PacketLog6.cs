using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Leasehold.Engine.V6;
using Leasehold.Leases;
using Leasehold.Log;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;

namespace Leasehold.Serve;

/// <summary>Writes the lines of a DHCPv6 packet: one for each lease that changes, or one for what became of it otherwise. Allocates nothing.</summary>
internal sealed class PacketLog6
{
    private const int MaxText = 2048;

    private readonly Dictionary<string, EventLogger> loggers = new(StringComparer.Ordinal);
    private readonly ImmutableArray<EventLogger> drops;

    public PacketLog6(LogTree log)
    {
        foreach (LogEvent each in PacketEvents6.All) loggers[each.Id] = new(log, each);
        drops = [.. PacketEvents6.Drops.Select(drop => loggers[drop.Event.Id])];
    }

    /// <summary>Writes what became of a packet; nothing when its severity is not wanted.</summary>
    /// <param name="datagram">The packet as it came: the line begins with its client.</param>
    /// <param name="events">What became of leases by it.</param>
    public void Write(in Datagram6 datagram, in PacketRecord6 record, ReadOnlySpan<LeaseEvent6> events)
    {
        if (record.Drop != DropReason6.None)
        {
            WriteDrop(datagram, record);
            return;
        }

        foreach (ref readonly LeaseEvent6 change in events)
        {
            if (PacketEvents6.Of(change.Kind, change.Type) is { } of) WriteChange(loggers[of.Id], datagram, change);
        }

        if (Select(record) is { } other) WriteRest(other, datagram, record);
    }

    /// <summary>Appends the form in which the established server names a client: duid=[00:01:…], tid=0x1234.</summary>
    public static void AppendClient(ref LogLine line, ReadOnlySpan<byte> payload)
    {
        if (!RelayChain.TryParse(payload, out _, out ReadOnlySpan<byte> octets, out _) || !Dhcp6Message.TryParse(octets, out Dhcp6Message message, out _)) return;
        line.Append("duid=["u8);
        if (message.TryGetOption(OptionCode6.ClientId, out ReadOnlySpan<byte> clientId)) line.AppendHex(clientId);
        else line.Append("no info"u8);
        line.Append("], tid=0x"u8);
        line.AppendHex(message.TransactionId);
    }

    private static LogEvent? Select(in PacketRecord6 record) => record.RefusedWith switch
    {
        StatusCode6.NoAddrsAvail => PacketEvents6.NoAddress,
        StatusCode6.NoPrefixAvail => PacketEvents6.NoPrefix,
        StatusCode6.NoBinding => PacketEvents6.NoBinding,
        StatusCode6.NotOnLink => PacketEvents6.NotOnLink,
        _ when record.Status == StatusCode6.UseMulticast => PacketEvents6.MulticastAsked,
        _ => record.Received switch
        {
            MessageType6.Confirm => PacketEvents6.Confirmed,
            MessageType6.InformationRequest => PacketEvents6.Informed,
            _ => null,
        },
    };

    private void WriteRest(LogEvent other, in Datagram6 datagram, in PacketRecord6 record)
    {
        EventLogger logger = loggers[other.Id];
        if (!logger.IsEnabled) return;
        LogLine line = new(stackalloc byte[MaxText]);
        AppendClient(ref line, datagram.Payload);
        line.Append(record.RefusedWith switch
        {
            StatusCode6.NoAddrsAvail => ": no address is free for this client"u8,
            StatusCode6.NoPrefixAvail => ": no prefix is free for this client"u8,
            StatusCode6.NoBinding => ": nothing is leased to an association that it names"u8,
            StatusCode6.NotOnLink => ": requested an address of another link"u8,
            _ when record.Status == StatusCode6.UseMulticast => ": was told to use multicast"u8,
            _ when record.Status == StatusCode6.NotOnLink => ": CONFIRM was answered: not on this link"u8,
            _ when record.Received == MessageType6.Confirm => ": CONFIRM was answered: on this link"u8,
            _ => ": INFORMATION-REQUEST was answered"u8,
        });
        AppendOrigin(ref line, datagram);
        logger.Write(line.Octets);
    }

    private static void WriteChange(EventLogger logger, in Datagram6 datagram, in LeaseEvent6 change)
    {
        if (!logger.IsEnabled) return;
        LogLine line = new(stackalloc byte[MaxText]);
        AppendClient(ref line, datagram.Payload);
        line.Append(change.Kind is LeaseChangeKind.Decline or LeaseChangeKind.Register ? ": address "u8 : change.Type == LeaseType6.Prefix ? ": prefix "u8 : ": lease for address "u8);
        line.Append(change.Prefix.Network);
        if (change.Type == LeaseType6.Prefix)
        {
            line.Append('/');
            line.Append((uint)change.Prefix.Length);
        }

        if (change.Kind is not (LeaseChangeKind.Decline or LeaseChangeKind.Register))
        {
            line.Append(" and iaid="u8);
            line.Append(change.Iaid);
        }

        switch (change.Kind)
        {
            case LeaseChangeKind.Offer:
                line.Append(" will be advertised"u8);
                break;
            case LeaseChangeKind.Commit:
                line.Append(" has been allocated for "u8);
                AppendSeconds(ref line, change.Lifetime);
                break;
            case LeaseChangeKind.Register:
                line.Append(" was registered by its host for "u8);
                AppendSeconds(ref line, change.Lifetime);
                break;
            case LeaseChangeKind.Release:
                line.Append(" was released properly."u8);
                break;
            default:
                line.Append(" was declined: in use by somebody else; nobody gets it for "u8);
                AppendSeconds(ref line, change.Lifetime);
                break;
        }

        logger.Write(line.Octets);
    }

    private void WriteDrop(in Datagram6 datagram, in PacketRecord6 record)
    {
        EventLogger logger = drops[(int)record.Drop - 1];
        if (!logger.IsEnabled) return;
        LogLine line = new(stackalloc byte[MaxText]);
        if (record.Drop == DropReason6.Malformed)
        {
            line.Append("failed to parse packet, reason: "u8);

            // A stranger's garbage may come in floods, but this line is for debugging: its words may cost a string.
            line.Append(record.Error.ToString());
        }
        else
        {
            AppendClient(ref line, datagram.Payload);
            line.Append(": "u8);
            line.Append(PacketEvents6.Of(record.Drop).Text);
            if (record.Drop == DropReason6.SendFailed)
            {
                line.Append(": "u8);
                line.Append(record.SendError.ToString());
            }
        }

        line.Append(", type "u8);
        line.Append((byte)record.Received);
        AppendOrigin(ref line, datagram);
        logger.Write(line.Octets);
    }

    private static void AppendOrigin(ref LogLine line, in Datagram6 datagram)
    {
        line.Append(", from "u8);
        line.Append(datagram.Source);
        if (RelayChain.TryParse(datagram.Payload, out RelayChain relays, out _, out _) && relays.Count > 0)
        {
            line.Append(" by relay on link "u8);
            line.Append(relays[relays.Count - 1].LinkAddress);
        }

        line.Append(", interface "u8);
        line.Append(datagram.Interface.Name);
    }

    private static void AppendSeconds(ref LogLine line, Lifetime lifetime)
    {
        if (lifetime.IsInfinite)
        {
            line.Append("ever"u8);
            return;
        }

        line.Append(lifetime.Seconds);
        line.Append(" seconds"u8);
    }

    /// <summary>An event and the logger it goes to.</summary>
    private sealed class EventLogger(LogTree log, LogEvent @event)
    {
        private readonly NamedLogger logger = log.Get(@event.Component);

        public bool IsEnabled => logger.IsEnabled(@event.Severity, @event.DebugLevel);

        public void Write(ReadOnlySpan<byte> text) => logger.Write(@event.Severity, ImmutableCollectionsMarshal.AsArray(@event.Utf8Id), text);
    }
}
