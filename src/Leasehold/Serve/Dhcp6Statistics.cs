using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Leasehold.Engine.V6;
using Leasehold.Protocol.V6;

namespace Leasehold.Serve;

/// <summary>The DHCPv6 server's counters, with the established server's names where it has them.</summary>
/// <remarks>Counted by the packet thread alone; others read values that may be some packets old.</remarks>
internal sealed class Dhcp6Statistics
{
    /// <summary>Names in the order in which they are shown.</summary>
    public static readonly ImmutableArray<string> Names =
    [
        "pkt6-received", "pkt6-solicit-received", "pkt6-advertise-received", "pkt6-request-received", "pkt6-confirm-received",
        "pkt6-renew-received", "pkt6-rebind-received", "pkt6-reply-received", "pkt6-release-received", "pkt6-decline-received",
        "pkt6-reconfigure-received", "pkt6-infrequest-received",
        "pkt6-sent", "pkt6-advertise-sent", "pkt6-reply-sent",
        "pkt6-addr-reg-inform-received", "pkt6-addr-reg-reply-sent",
        "pkt6-receive-drop", .. PacketEvents6.Drops.Select(static d => d.Counter),
    ];

    private const int Received = 0;
    private const int Sent = 12;
    private const int AdvertiseSent = 13;
    private const int ReplySent = 14;
    private const int RegistrationReceived = 15;
    private const int RegistrationSent = 16;
    private const int Dropped = 17;

    private readonly long[] counts = new long[Names.Length];

    public long this[string name] => Volatile.Read(ref counts[Names.IndexOf(name)]);

    /// <summary>Counts a packet that came, and its drop when it was one.</summary>
    public void CountReceived(MessageType6 type, DropReason6 drop)
    {
        counts[Received]++;
        if (type is >= MessageType6.Solicit and <= MessageType6.InformationRequest) counts[Received + (int)type]++;
        if (type == MessageType6.AddressRegistrationInform) counts[RegistrationReceived]++;
        if (drop == DropReason6.None) return;
        counts[Dropped]++;
        counts[Dropped + (int)drop]++;
    }

    public void CountSent(MessageType6 type)
    {
        counts[Sent]++;
        counts[type switch
        {
            MessageType6.Advertise => AdvertiseSent,
            MessageType6.AddressRegistrationReply => RegistrationSent,
            _ => ReplySent,
        }]++;
    }

    /// <summary>"pkt6-received 12, pkt6-sent 10": what is not zero.</summary>
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
