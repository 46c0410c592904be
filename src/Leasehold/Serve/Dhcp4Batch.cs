using Leasehold.Engine;
using Leasehold.Engine.V4;
using Leasehold.Net;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Microsoft.Extensions.Logging;

namespace Leasehold.Serve;

/// <summary>A batch of DHCPv4 packets.</summary>
internal sealed class Dhcp4Batch(LeaseStore4 store, Listeners listeners, PacketLog packetLog, Dhcp4Statistics statistics, ILogger log) : PacketBatch
{
    private const int NoRecord = -1;

    private readonly PacketRecord[] records = new PacketRecord[DatagramBatch.MaxCapacity];

    /// <summary>Which record a queued reply answers.</summary>
    private readonly int[] replyRecords = new int[DatagramBatch.MaxCapacity];

    private Listener<WantedInterface>? lastListener;

    /// <summary>Decides. Replaced by a reload, between batches.</summary>
    public required Server4 Server { get; set; }

    public override void Clear()
    {
        base.Clear();
        lastListener = null;
    }

    protected override bool TryCommit(Instant now) => store.TryCommit(now);

    protected override void Rollback() => store.Table.Rollback();

    protected override void Accept() => store.Table.Accept();

    protected override void NoteSendFailure(SendFailure failure)
    {
        ref PacketRecord record = ref records[replyRecords[failure.Index]];
        record.Drop = DropReason.SendFailed;
        record.SendError = failure.Error;
    }

    protected override void Report()
    {
        for (int i = 0; i < Datagrams.Count; i++)
        {
            if (records[i].Index == NoRecord) continue;
            Count(records[i]);
            ReceivedDatagram datagram = Datagrams[i];
            if (ListenerOf(datagram.Socket) is { } listener) packetLog.Write(View(datagram, listener.Wanted.Interface), records[i]);
        }
    }

    protected override int Decide(Instant now, bool mayStore)
    {
        int durable = 0;
        for (int i = 0; i < Datagrams.Count; i++)
        {
            records[i] = new() { Index = NoRecord };
            ReceivedDatagram received = Datagrams[i];
            if (ListenerOf(received.Socket) is not { } listener || listener.Wanted.Ignored.Contains(received.Destination)) continue;
            if (received.Truncated)
            {
                records[i] = new() { Index = i, Drop = DropReason.Malformed, Error = new(WireErrorKind.OptionTooLong, received.Payload.Length) };
                continue;
            }

            Datagram datagram = View(received, listener.Wanted.Interface);
            scoped Outcome4 outcome;
            try
            {
                outcome = Server.Handle(datagram, now, Datagrams.ReplySlot);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // A bug of the decision must not be a way to stop the server: the packet is dropped, and told with its octets.
                Dhcp4Messages.PacketException(log, listener.Wanted.Name, Convert.ToHexStringLower(received.Payload), exception);
                continue;
            }

            PacketRecord record = PacketRecord.Of(i, outcome, now);
            if (outcome.Change.IsDurable)
            {
                if (mayStore)
                {
                    store.Append(outcome.Change, now);
                    durable++;
                }
                else
                {
                    record.Drop = DropReason.NotStored;
                }
            }

            // A drop may change something too: a client that chose another server no longer needs what this one held for it.
            if (record.Drop != DropReason.NotStored)
            {
                store.Table.Apply(outcome.Change, now);
                if (outcome.ReplyLength > 0) Queue(i, listener.Socket, outcome);
            }

            records[i] = record;
        }

        return durable;
    }

    private void Queue(int record, DatagramSocket socket, in Outcome4 outcome)
    {
        ReplyAddress to = outcome.Destination;
        Destination destination = new() { Address = to.Address, Port = to.Port, Source = to.Source };
        DatagramSocket sender = socket;
        switch (to.Path)
        {
            case ReplyPath.Link when listeners.LinkSender is { } link:
                sender = link;
                destination = destination with { InterfaceIndex = to.InterfaceIndex, LinkAddress = to.LinkAddress };
                break;
            case ReplyPath.Link or ReplyPath.Broadcast:
                destination = destination with { InterfaceIndex = to.InterfaceIndex, Address = Ipv4.Broadcast };
                break;
            default:
                // Routed: the socket is bound to the interface that the query came in by, or the kernel's routes decide.
                if (listeners.RoutedSender is { } routed) sender = routed;
                break;
        }

        replyRecords[Datagrams.Queue(sender, outcome.ReplyLength, destination)] = record;
    }

    private void Count(in PacketRecord record)
    {
        statistics.CountReceived(record.Received, record.Drop);
        if (record.Sent != MessageType4.None && record.Drop == DropReason.None) statistics.CountSent(record.Sent);
        if (record.RelayInformationOmitted) statistics.CountRelayInformationOmitted();
    }

    // Packets of one socket come one after the other.
    private Listener<WantedInterface>? ListenerOf(DatagramSocket socket)
    {
        if (lastListener is null || !ReferenceEquals(lastListener.Socket, socket)) lastListener = listeners.Of(socket);
        return lastListener;
    }

    private static Datagram View(scoped in ReceivedDatagram received, ServedInterface served) => new()
    {
        Payload = received.Payload,
        Source = received.Source,
        SourcePort = received.SourcePort,
        Destination = received.Destination,
        Interface = served,
    };
}
