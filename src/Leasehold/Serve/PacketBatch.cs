using Leasehold.Net;
using Leasehold.Protocol;

namespace Leasehold.Serve;

/// <summary>One batch of packets of one address family: decided one by one, stored together, answered together.</summary>
/// <remarks>
/// A reply leaves only when the batch is stored: also one that needs no storage itself, since it may rest on a change before it
/// (an offer of an address that somebody released a moment ago). When storing fails everything is undone and the packets are
/// decided again, this time without those that need storage; so what leaves then rests on stored leases alone.
/// Packets that waited for something come first, and are decided like any other.
/// </remarks>
internal abstract class PacketBatch
{
    /// <summary>How many packets were received since <see cref="Clear"/>.</summary>
    public int Packets => Datagrams.Count;

    /// <summary>True when packets wait to be served, and more of them could be taken.</summary>
    public bool HasRoomForMore => Datagrams.Count > 0 && !Datagrams.IsFull;

    protected DatagramBatch Datagrams { get; } = new();

    public virtual void Clear() => Datagrams.Clear();

    public void Receive(DatagramSocket socket) => Datagrams.Receive(socket);

    /// <summary>Decides, stores, sends, counts and logs what was received.</summary>
    /// <returns>True when there was something to store.</returns>
    public bool Serve(Instant now)
    {
        if (Begin() == 0) return false;
        int durable = Decide(now, mayStore: true);
        bool stored = durable == 0 || TryCommit(now);
        if (!stored)
        {
            Rollback();
            Datagrams.WithdrawAll();
            Decide(now, mayStore: false);
        }

        Accept();
        Datagrams.Flush();
        foreach (SendFailure failure in Datagrams.Failures) NoteSendFailure(failure);
        Report(stored);
        return durable > 0;
    }

    /// <summary>Looks what is to be decided.</summary>
    /// <returns>How many packets: those that were received, and those that waited.</returns>
    protected virtual int Begin() => Datagrams.Count;

    /// <summary>Decides every packet of the batch, applies the changes and queues the replies.</summary>
    /// <param name="mayStore">False when storing has just failed: what needs it is dropped.</param>
    /// <returns>How many packets wait for their changes to be stored.</returns>
    protected abstract int Decide(Instant now, bool mayStore);

    protected abstract bool TryCommit(Instant now);

    protected abstract void Rollback();

    protected abstract void Accept();

    protected abstract void NoteSendFailure(SendFailure failure);

    /// <summary>Counts and logs each packet.</summary>
    /// <param name="stored">False when storing has failed.</param>
    protected abstract void Report(bool stored);
}
