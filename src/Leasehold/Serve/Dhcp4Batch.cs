using Leasehold.Engine;
using Leasehold.Engine.V4;
using Leasehold.Net;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Microsoft.Extensions.Logging;

namespace Leasehold.Serve;

/// <summary>One batch of packets: decided one by one, stored together, answered together.</summary>
/// <remarks>
/// A reply leaves only when the batch is stored: also one that needs no storage itself, since it may rest on a change before it
/// (an offer of an address that somebody released a moment ago). When storing fails everything is undone and the packets are
/// decided again, this time without those that need storage; so what leaves then rests on stored leases alone.
/// </remarks>
internal sealed class Dhcp4Batch(LeaseStore4 store, Listeners listeners, PacketLog packetLog, Dhcp4Statistics statistics, ILogger log)
{
    private const int NoRecord = -1;

    private readonly DatagramBatch batch = new();
    private readonly PacketRecord[] records = new PacketRecord[DatagramBatch.MaxCapacity];

    /// <summary>Which record a queued reply answers.</summary>
    private readonly int[] replyRecords = new int[DatagramBatch.MaxCapacity];

    private Listener? lastListener;

    /// <summary>Decides. Replaced by a reload, between batches.</summary>
    public required Server4 Server { get; set; }

    /// <summary>How many packets were received since <see cref="Clear"/>.</summary>
    public int Packets => batch.Count;

    /// <summary>True when packets wait to be served, and more of them could be taken.</summary>
    public bool HasRoomForMore => batch.Count > 0 && !batch.IsFull;

    public void Clear()
    {
        batch.Clear();
        lastListener = null;
    }

    public void Receive(DatagramSocket socket) => batch.Receive(socket);

    /// <summary>Decides, stores, sends, counts and logs what was received.</summary>
    /// <returns>True when there was something to store.</returns>
    public bool Serve(Instant now)
    {
        if (batch.Count == 0) return false;
        int durable = Decide(now, mayStore: true);
        if (durable > 0 && !store.TryCommit(now))
        {
            store.Table.Rollback();
            batch.WithdrawAll();
            Decide(now, mayStore: false);
        }

        store.Table.Accept();
        batch.Flush();
        foreach (SendFailure failure in batch.Failures)
        {
            ref PacketRecord record = ref records[replyRecords[failure.Index]];
            record.Drop = DropReason.SendFailed;
            record.SendError = failure.Error;
        }

        for (int i = 0; i < batch.Count; i++)
        {
            if (records[i].Index == NoRecord) continue;
            Count(records[i]);
            ReceivedDatagram datagram = batch[i];
            if (ListenerOf(datagram.Socket) is { } listener) packetLog.Write(View(datagram, listener.Interface), records[i]);
        }

        return durable > 0;
    }

    /// <summary>Decides every packet of the batch, applies the changes and queues the replies.</summary>
    /// <param name="mayStore">False when storing has just failed: what needs it is dropped.</param>
    /// <returns>How many changes wait to be stored.</returns>
    private int Decide(Instant now, bool mayStore)
    {
        int durable = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            records[i] = new() { Index = NoRecord };
            ReceivedDatagram received = batch[i];
            if (ListenerOf(received.Socket) is not { } listener || listener.Wanted.Ignored.Contains(received.Destination)) continue;
            if (received.Truncated)
            {
                records[i] = new() { Index = i, Drop = DropReason.Malformed, Error = new(WireErrorKind.OptionTooLong, received.Payload.Length) };
                continue;
            }

            Datagram datagram = View(received, listener.Interface);
            scoped Outcome4 outcome;
            try
            {
                outcome = Server.Handle(datagram, now, batch.ReplySlot);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // A bug of the decision must not be a way to stop the server: the packet is dropped, and told with its octets.
                Dhcp4Messages.PacketException(log, listener.Interface.Name, Convert.ToHexStringLower(received.Payload), exception);
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

    private void Queue(int record, UdpSocket socket, in Outcome4 outcome)
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

        replyRecords[batch.Queue(sender, outcome.ReplyLength, destination)] = record;
    }

    private void Count(in PacketRecord record)
    {
        statistics.CountReceived(record.Received, record.Drop);
        if (record.Sent != MessageType4.None && record.Drop == DropReason.None) statistics.CountSent(record.Sent);
        if (record.RelayInformationOmitted) statistics.CountRelayInformationOmitted();
    }

    // Packets of one socket come one after the other.
    private Listener? ListenerOf(DatagramSocket socket)
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
