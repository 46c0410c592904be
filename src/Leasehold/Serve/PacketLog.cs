using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Leasehold.Engine;
using Leasehold.Engine.V4;
using Leasehold.Leases;
using Leasehold.Log;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.Serve;

/// <summary>Writes the one line that a packet gets. Allocates nothing.</summary>
internal sealed class PacketLog(LogTree log)
{
    private const int MaxText = 2048;

    private readonly EventLogger offered = new(log, PacketEvents.Offered);
    private readonly EventLogger allocated = new(log, PacketEvents.Allocated);
    private readonly EventLogger probing = new(log, PacketEvents.Probing);
    private readonly EventLogger reused = new(log, PacketEvents.Reused);
    private readonly EventLogger offeredNoAddress = new(log, PacketEvents.OfferedNoAddress);
    private readonly EventLogger released = new(log, PacketEvents.Released);
    private readonly EventLogger declined = new(log, PacketEvents.Declined);
    private readonly EventLogger informed = new(log, PacketEvents.Informed);
    private readonly EventLogger declineMismatch = new(log, PacketEvents.DeclineMismatch);
    private readonly ImmutableArray<EventLogger> naks = [.. PacketEvents.Naks.Select(n => new EventLogger(log, n.Event))];
    private readonly ImmutableArray<EventLogger> drops = [.. PacketEvents.Drops.Select(d => new EventLogger(log, d.Event))];

    /// <summary>Writes what became of a packet; nothing when its severity is not wanted.</summary>
    /// <param name="datagram">The packet as it came: the line begins with its client.</param>
    public void Write(in Datagram datagram, in PacketRecord record)
    {
        EventLogger? logger = Select(record);
        if (logger is null || !logger.IsEnabled) return;
        LogLine line = new(stackalloc byte[MaxText]);
        if (record.Drop == DropReason.Malformed)
        {
            AppendMalformed(ref line, datagram, record.Error);
        }
        else
        {
            AppendClient(ref line, datagram.Payload);
            line.Append(": "u8);
            AppendText(ref line, datagram, record);
        }

        logger.Write(line.Octets);
    }

    /// <summary>Appends the form in which the established server names a client: [hwtype=1 02:00:5e:10:00:01], cid=[01:…], tid=0x1234.</summary>
    public static void AppendClient(ref LogLine line, ReadOnlySpan<byte> payload)
    {
        if (!Dhcp4Message.TryParse(payload, lenient: true, out Dhcp4Message message, out _)) return;
        HardwareAddress hardware = message.Chaddr;
        line.Append("[hwtype="u8);
        line.Append(hardware.Type);
        line.Append(' ');
        line.AppendHex(hardware.Octets);
        line.Append("], cid=["u8);
        if (message.TryGetOption(OptionCode4.ClientIdentifier, out ReadOnlySpan<byte> clientId)) line.AppendHex(clientId);
        else line.Append("no info"u8);
        line.Append("], tid=0x"u8);
        line.AppendHex(message.Xid);
    }

    private EventLogger? Select(in PacketRecord record)
    {
        if (record.Drop == DropReason.NotTheHolder && record.Received == MessageType4.Decline) return declineMismatch;
        if (record.Drop != DropReason.None) return drops[(int)record.Drop - 1];
        if (record.Nak != NakReason.None) return naks[(int)record.Nak - 1];
        if (record.Probe is not null) return probing;
        if (record.Sent == MessageType4.Offer) return record.IsWithoutAddress ? offeredNoAddress : offered;
        if (record.IsReuse) return reused;
        return record.Change switch
        {
            LeaseChangeKind.Commit => allocated,
            LeaseChangeKind.Release => released,
            LeaseChangeKind.Decline => declined,
            _ => record.Sent == MessageType4.Ack ? informed : null,
        };
    }

    private static void AppendText(ref LogLine line, in Datagram datagram, in PacketRecord record)
    {
        if (record.Drop != DropReason.None)
        {
            if (record.Drop is DropReason.NotTheHolder or DropReason.UnknownClient or DropReason.NotStored && !record.Address.IsAny)
            {
                line.Append("address "u8);
                line.Append(record.Address);
                line.Append(record.Drop == DropReason.NotTheHolder ? " "u8 : ": "u8);
            }

            line.Append(PacketEvents.Of(record.Drop).Text);
            if (record.Drop == DropReason.SendFailed)
            {
                line.Append(": "u8);
                line.Append(record.SendError.ToString());
            }

            if (record.Drop is DropReason.NoSubnet or DropReason.NoFreeAddress or DropReason.UnexpectedMessageType) AppendOrigin(ref line, datagram, record.Received);
            return;
        }

        if (record.Nak != NakReason.None)
        {
            line.Append("address "u8);
            line.Append(record.Address);
            line.Append(' ');
            line.Append(PacketEvents.Naks[(int)record.Nak - 1].Text);
            return;
        }

        switch (record.Change)
        {
            case var _ when record.Sent == MessageType4.Offer:
                if (record.IsWithoutAddress)
                {
                    line.Append("no address is offered: the client can do without IPv4 here"u8);
                    break;
                }

                line.Append("lease "u8);
                line.Append(record.Address);
                line.Append(" will be offered"u8);
                break;
            case var _ when record.Probe is { } probe:
                line.Append("address "u8);
                line.Append(record.Address);
                line.Append(probe.Method == ProbeMethod.Arp ? " is asked for by ARP before it is offered"u8 : " is asked for by ICMP before it is offered"u8);
                break;
            case var _ when record.IsReuse:
                line.Append("lease "u8);
                line.Append(record.Address);
                line.Append(" has been reused for "u8);
                AppendSeconds(ref line, record.Lifetime);
                break;
            case LeaseChangeKind.Commit:
                line.Append("lease "u8);
                line.Append(record.Address);
                line.Append(" has been allocated for "u8);
                AppendSeconds(ref line, record.Lifetime);
                break;
            case LeaseChangeKind.Release:
                line.Append("address "u8);
                line.Append(record.Address);
                line.Append(" was released properly."u8);
                break;
            case LeaseChangeKind.Decline:
                line.Append("address "u8);
                line.Append(record.Address);
                line.Append(" was declined: in use by somebody else; nobody gets it for "u8);
                AppendSeconds(ref line, record.Lifetime);
                break;
            default:
                line.Append(record.Received == MessageType4.None ? "BOOTREQUEST from "u8 : "DHCPINFORM from "u8);
                line.Append(record.Address.IsAny ? datagram.Source : record.Address);
                line.Append(" was answered"u8);
                break;
        }
    }

    private static void AppendMalformed(ref LogLine line, in Datagram datagram, WireError error)
    {
        line.Append("failed to parse packet from "u8);
        line.Append(datagram.Source);
        line.Append(" to "u8);
        line.Append(datagram.Destination);
        line.Append(", received over interface "u8);
        line.Append(datagram.Interface.Name);
        line.Append(", reason: "u8);

        // A stranger's garbage may come in floods, but this line is for debugging: its words may cost a string.
        line.Append(error.ToString());
    }

    private static void AppendOrigin(ref LogLine line, in Datagram datagram, MessageType4 type)
    {
        line.Append(", type "u8);
        line.Append((byte)type);
        line.Append(", from "u8);
        line.Append(datagram.Source);
        if (Dhcp4Message.TryParse(datagram.Payload, lenient: true, out Dhcp4Message message, out _) && !message.Giaddr.IsAny)
        {
            line.Append(" by relay "u8);
            line.Append(message.Giaddr);
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
