using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Leasehold.Engine;
using Leasehold.Protocol.V4;

namespace Leasehold.Serve;

/// <summary>The server's counters, with the established server's names where it has them.</summary>
/// <remarks>Counted by the packet thread alone; others read values that may be some packets old.</remarks>
internal sealed class Dhcp4Statistics
{
    /// <summary>Names in the order in which they are shown.</summary>
    public static readonly ImmutableArray<string> Names =
    [
        "pkt4-received", "pkt4-discover-received", "pkt4-offer-received", "pkt4-request-received", "pkt4-decline-received",
        "pkt4-ack-received", "pkt4-nak-received", "pkt4-release-received", "pkt4-inform-received",
        "pkt4-sent", "pkt4-offer-sent", "pkt4-ack-sent", "pkt4-nak-sent",
        "pkt4-receive-drop", .. PacketEvents.Drops.Select(static d => d.Counter),
        "pkt4-relay-information-omitted",
    ];

    private const int Received = 0;
    private const int Sent = 9;
    private const int OfferSent = 10;
    private const int AckSent = 11;
    private const int NakSent = 12;
    private const int Dropped = 13;

    private readonly long[] counts = new long[Names.Length];

    public long this[string name] => Volatile.Read(ref counts[Names.IndexOf(name)]);

    /// <summary>Counts a packet that came, and its drop when it was one.</summary>
    public void CountReceived(MessageType4 type, DropReason drop)
    {
        counts[Received]++;
        if (type is >= MessageType4.Discover and <= MessageType4.Inform) counts[Received + (int)type]++;
        if (drop != DropReason.None) CountDrop(drop);
    }

    /// <summary>Counts a drop of a packet that has been counted as received, or of its reply.</summary>
    public void CountDrop(DropReason reason)
    {
        counts[Dropped]++;
        counts[Dropped + (int)reason]++;
    }

    public void CountSent(MessageType4 type)
    {
        counts[Sent]++;
        int index = type switch
        {
            MessageType4.Offer => OfferSent,
            MessageType4.Ack => AckSent,
            MessageType4.Nak => NakSent,
            _ => Sent,
        };
        if (index != Sent) counts[index]++;
    }

    /// <summary>Counts a reply without the relay's option 82, which was too long to be sent back (RFC 3046 §2.2).</summary>
    public void CountRelayInformationOmitted() => counts[^1]++;

    /// <summary>"pkt4-received 12, pkt4-sent 10": what is not zero.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] == 0) continue;
            if (text.Length > 0) text.Append(", ");
            text.Append(CultureInfo.InvariantCulture, $"{Names[i]} {counts[i]}");
        }

        return text.Length == 0 ? "nothing was received" : text.ToString();
    }
}
