using Leasehold.Engine.V6;
using Leasehold.Leases;
using Leasehold.Net;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;
using Microsoft.Extensions.Logging;

namespace Leasehold.Serve;

/// <summary>A batch of DHCPv6 packets.</summary>
internal sealed class Dhcp6Batch(
    LeaseStore6 store, InterfaceSockets<WantedInterface6> sockets, PacketLog6 packetLog, Dhcp6Statistics statistics, ILogger log) : PacketBatch
{
    private readonly PacketRecord6[] records = new PacketRecord6[DatagramBatch.MaxCapacity];

    /// <summary>What became of leases, for the log: each packet has a part of it.</summary>
    private readonly List<LeaseEvent6> events = [];

    /// <summary>Which record a queued reply answers.</summary>
    private readonly int[] replyRecords = new int[DatagramBatch.MaxCapacity];

    private Listener<WantedInterface6>? lastListener;

    /// <summary>Decides. Replaced by a reload, between batches.</summary>
    public required Server6 Server { get; set; }

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
        ref PacketRecord6 record = ref records[replyRecords[failure.Index]];
        record.Drop = DropReason6.SendFailed;
        record.SendError = failure.Error;
    }

    protected override void Report(bool stored)
    {
        for (int i = 0; i < Datagrams.Count; i++)
        {
            if (!records[i].IsServed) continue;
            Count(records[i]);
            ReceivedDatagram datagram = Datagrams[i];
            if (ListenerOf(datagram.Socket) is not { } listener) continue;
            packetLog.Write(View(datagram, listener.Wanted.Interface), records[i], EventsOf(records[i]));
        }
    }

    protected override int Decide(Instant now, bool mayStore)
    {
        int durable = 0;
        events.Clear();
        for (int i = 0; i < Datagrams.Count; i++)
        {
            records[i] = default;
            ReceivedDatagram received = Datagrams[i];
            if (ListenerOf(received.Socket) is not { } listener || !listener.Wanted.Hears(received.Destination6)) continue;
            if (received.Truncated)
            {
                records[i] = new() { IsServed = true, Drop = DropReason6.Malformed, Error = new(WireErrorKind.OptionTooLong, received.Payload.Length) };
                continue;
            }

            Datagram6 datagram = View(received, listener.Wanted.Interface);
            scoped Outcome6 outcome;
            try
            {
                outcome = Server.Handle(datagram, now, Datagrams.ReplySlot);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // A bug of the decision must not be a way to stop the server: the packet is dropped, and told with its octets.
                Dhcp6Messages.PacketException(log, listener.Wanted.Name, Convert.ToHexStringLower(received.Payload), exception);
                continue;
            }

            PacketRecord6 record = PacketRecord6.Of(outcome, events.Count);
            if (outcome.Changes.IsDurable && !mayStore) record.Drop = DropReason6.NotStored;
            else Apply(outcome, now, ref durable);

            // A drop may change something too: a client that chose another server no longer needs what this one held for it.
            if (record.Drop != DropReason6.NotStored && outcome.ReplyLength > 0)
            {
                ReplyAddress6 to = outcome.Destination;
                Destination destination = new() { Address6 = to.Address, Port = to.Port, Source6 = to.Source, InterfaceIndex = to.InterfaceIndex };
                replyRecords[Datagrams.Queue(listener.Socket, outcome.ReplyLength, destination)] = i;
            }

            record.EventCount = events.Count - record.FirstEvent;
            records[i] = record;
        }

        return durable;
    }

    private void Apply(scoped in Outcome6 outcome, Instant now, ref int durable)
    {
        if (outcome.Changes.IsDurable) durable++;
        for (int i = 0; i < outcome.Changes.Count; i++)
        {
            LeaseChange6 change = outcome.Changes[i];
            events.Add(LeaseEvent6.Of(change));
            if (change.IsDurable) store.Append(change, now);
            store.Table.Apply(change, now);
        }
    }

    private ReadOnlySpan<LeaseEvent6> EventsOf(in PacketRecord6 record) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(events).Slice(record.FirstEvent, record.EventCount);

    private void Count(in PacketRecord6 record)
    {
        statistics.CountReceived(record.Received, record.Drop);
        if (record.Sent != MessageType6.None && record.Drop == DropReason6.None) statistics.CountSent(record.Sent);
    }

    // Packets of one socket come one after the other.
    private Listener<WantedInterface6>? ListenerOf(DatagramSocket socket)
    {
        if (lastListener is null || !ReferenceEquals(lastListener.Socket, socket)) lastListener = sockets.Of(socket);
        return lastListener;
    }

    private static Datagram6 View(scoped in ReceivedDatagram received, ServedInterface6 served) => new()
    {
        Payload = received.Payload,
        Source = received.Source6,
        SourcePort = received.SourcePort,
        Destination = received.Destination6,
        Interface = served,
    };
}
