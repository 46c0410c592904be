using Leasehold.Engine;
using Leasehold.Engine.V4;
using Leasehold.Leases;
using Leasehold.Net;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Leasehold.Serve.Probing;
using Microsoft.Extensions.Logging;

namespace Leasehold.Serve;

/// <summary>A batch of DHCPv4 packets.</summary>
internal sealed class Dhcp4Batch(LeaseStore4 store, Listeners listeners, ConflictProbes probes, PacketLog packetLog, Dhcp4Statistics statistics, ILogger log) : PacketBatch
{
    private const int NoRecord = -1;

    /// <summary>Packets that waited, decided in one batch at most; their records stand behind those of the received ones.</summary>
    private const int MaxReplays = 64;

    private readonly PacketRecord[] records = new PacketRecord[DatagramBatch.MaxCapacity + MaxReplays];

    /// <summary>Which record a queued reply answers.</summary>
    private readonly int[] replyRecords = new int[DatagramBatch.MaxCapacity];

    private Listener<WantedInterface>? lastListener;
    private int replays;

    /// <summary>Decides. Replaced by a reload, between batches.</summary>
    public required Server4 Server { get; set; }

    public override void Clear()
    {
        base.Clear();
        lastListener = null;
    }

    protected override int Begin()
    {
        replays = Math.Min(Math.Min(probes.Ready.Count, MaxReplays), Datagrams.Capacity - Datagrams.Count);
        return Datagrams.Count + replays;
    }

    protected override bool TryCommit(Instant now) => store.TryCommit(now);

    protected override void Rollback()
    {
        store.Table.Rollback();
        ForgetProbes();
    }

    protected override void Accept() => store.Table.Accept();

    protected override void NoteSendFailure(SendFailure failure)
    {
        ref PacketRecord record = ref records[replyRecords[failure.Index]];
        record.Drop = DropReason.SendFailed;
        record.SendError = failure.Error;
    }

    protected override void Report(bool stored)
    {
        for (int i = 0; i < replays; i++) FinishReplay(i, stored);
        for (int i = 0; i < Datagrams.Count; i++)
        {
            if (records[i].Index == NoRecord) continue;
            ReceivedDatagram datagram = Datagrams[i];
            if (ListenerOf(datagram.Socket) is { } listener) Finish(View(datagram, listener.Wanted.Interface), listener.Socket, records[i]);
        }

        probes.Return(replays);
    }

    protected override int Decide(Instant now, bool mayStore)
    {
        int durable = 0;
        for (int i = 0; i < replays; i++) durable += Replay(i, now, mayStore);
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

            durable += Decide(i, View(received, listener.Wanted.Interface), listener.Socket, new() { Pending = probes.Pending }, now, mayStore);
        }

        return durable;
    }

    /// <summary>Decides one packet.</summary>
    /// <returns>How many changes wait to be stored because of it.</returns>
    private int Decide(int index, in Datagram datagram, DatagramSocket socket, ProbeKnowledge known, Instant now, bool mayStore)
    {
        scoped Outcome4 outcome;
        try
        {
            outcome = Server.Handle(datagram, now, Datagrams.ReplySlot, known);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A bug of the decision must not be a way to stop the server: the packet is dropped, and told with its octets.
            Dhcp4Messages.PacketException(log, datagram.Interface.Name, Convert.ToHexStringLower(datagram.Payload), exception);
            return 0;
        }

        records[index] = PacketRecord.Of(index, outcome, now);
        ref PacketRecord record = ref records[index];
        int durable = 0;
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
            if (outcome.ReplyLength > 0) Queue(index, socket, outcome);
            if (outcome.Probe is { } probe) probes.Pending.Add(probe.Address);
        }

        return durable;
    }

    /// <summary>Decides a packet that waited, with the answer to its question. An address that somebody has is taken from everybody first.</summary>
    private int Replay(int place, Instant now, bool mayStore)
    {
        ParkedPacket parked = probes.Ready[place];
        int index = DatagramBatch.MaxCapacity + place;
        records[index] = new() { Index = NoRecord };
        probes.Pending.Remove(parked.Order.Address);
        int durable = 0;
        if (parked.Holder is not null)
        {
            // When that cannot be stored, nothing is offered: the client asks again.
            if (!mayStore) return 0;
            LeaseChange4 declined = Server.Decline(parked.Order.Address, now);
            store.Append(declined, now);
            store.Table.Apply(declined, now);
            durable++;
        }

        if (parked.Socket is null || ListenerOf(parked.Socket) is not { } listener) return durable;
        ProbeKnowledge known = new() { IsReplay = true, Free = parked.Holder is null ? parked.Order.Address : null, Pending = probes.Pending };
        return durable + Decide(index, parked.View(listener.Wanted.Interface), listener.Socket, known, now, mayStore);
    }

    /// <summary>The batch is decided anew: what it wanted to ask is not asked yet.</summary>
    private void ForgetProbes()
    {
        foreach (PacketRecord record in records.AsSpan(0, Datagrams.Count)) Forget(record);
        foreach (PacketRecord record in records.AsSpan(DatagramBatch.MaxCapacity, replays)) Forget(record);

        void Forget(in PacketRecord record)
        {
            if (record is { Index: not NoRecord, Probe: { } probe }) probes.Pending.Remove(probe.Address);
        }
    }

    private void FinishReplay(int place, bool stored)
    {
        ParkedPacket parked = probes.Ready[place];
        if (parked.Holder is { } holder && stored) Dhcp4Messages.ServerInitiatedDecline(log, parked.Order.Address.ToString(), holder);
        PacketRecord record = records[DatagramBatch.MaxCapacity + place];
        if (record.Index == NoRecord || parked.Socket is null || ListenerOf(parked.Socket) is not { } listener) return;
        Finish(parked.View(listener.Wanted.Interface), listener.Socket, record, again: true);
    }

    /// <summary>Counts and logs a packet, and lets it wait when something is to be asked first.</summary>
    private void Finish(in Datagram datagram, DatagramSocket socket, in PacketRecord record, bool again = false)
    {
        Count(record, again);
        packetLog.Write(datagram, record);
        if (record.Probe is { } probe) probes.Park(datagram, socket, probe);
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

    /// <param name="again">It was counted as received when it came.</param>
    private void Count(in PacketRecord record, bool again)
    {
        if (!again) statistics.CountReceived(record.Received, record.Drop);
        else if (record.Drop != DropReason.None) statistics.CountDrop(record.Drop);
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
