using Leasehold.Engine;
using Leasehold.Protocol.V4;
using Leasehold.Serve;
using Xunit;

namespace Leasehold.UnitTests.Serve;

public sealed class Dhcp4StatisticsTests
{
    private readonly Dhcp4Statistics statistics = new();

    [Theory]
    [InlineData(MessageType4.Discover, "pkt4-discover-received")]
    [InlineData(MessageType4.Offer, "pkt4-offer-received")]
    [InlineData(MessageType4.Request, "pkt4-request-received")]
    [InlineData(MessageType4.Decline, "pkt4-decline-received")]
    [InlineData(MessageType4.Ack, "pkt4-ack-received")]
    [InlineData(MessageType4.Nak, "pkt4-nak-received")]
    [InlineData(MessageType4.Release, "pkt4-release-received")]
    [InlineData(MessageType4.Inform, "pkt4-inform-received")]
    public void A_packet_counts_for_its_type_and_for_all(MessageType4 type, string name)
    {
        statistics.CountReceived(type, DropReason.None);
        Assert.Equal($"pkt4-received 1, {name} 1", statistics.ToString());
    }

    [Theory]
    [InlineData(MessageType4.Offer, "pkt4-offer-sent")]
    [InlineData(MessageType4.Ack, "pkt4-ack-sent")]
    [InlineData(MessageType4.Nak, "pkt4-nak-sent")]
    public void A_reply_counts_for_its_type_and_for_all(MessageType4 type, string name)
    {
        statistics.CountSent(type);
        Assert.Equal($"pkt4-sent 1, {name} 1", statistics.ToString());
    }

    [Fact]
    public void A_drop_counts_for_its_reason_and_for_all()
    {
        foreach (DropRow row in PacketEvents.Drops) statistics.CountReceived(MessageType4.Release, row.Reason);
        Assert.Equal(PacketEvents.Drops.Length, statistics["pkt4-receive-drop"]);
        Assert.All(PacketEvents.Drops, row => Assert.Equal(1, statistics[row.Counter]));
    }

    /// <summary>RFC 3046 §2.2: "… and SHOULD increment an error counter for the situation."</summary>
    [Fact]
    public void Relay_information_that_was_left_out_is_counted()
    {
        statistics.CountRelayInformationOmitted();
        Assert.Equal("pkt4-relay-information-omitted 1", statistics.ToString());
    }

    [Fact]
    public void Nothing_received_is_said_in_words() => Assert.Equal("nothing was received", statistics.ToString());
}
