using Leasehold.Engine.V6;
using Leasehold.Protocol.V6;
using Leasehold.Serve;
using Xunit;

namespace Leasehold.UnitTests.Serve;

public sealed class PacketEvents6Tests
{
    [Fact]
    public void Every_reason_has_its_row_in_its_place() => Assert.Equal(
        Enum.GetValues<DropReason6>().Where(static reason => reason != DropReason6.None),
        PacketEvents6.Drops.Select(static row => row.Reason));

    [Fact]
    public void Every_counter_is_counted_once() => Assert.Distinct(Dhcp6Statistics.Names);

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_drop_is_counted_under_its_name_and_in_the_sum(DropReason6 reason)
    {
        Dhcp6Statistics statistics = new();
        statistics.CountReceived(MessageType6.Renew, reason);
        Assert.Equal((1, 1, 1), (statistics[PacketEvents6.Of(reason).Counter], statistics["pkt6-receive-drop"], statistics["pkt6-renew-received"]));
    }

    [Theory]
    [InlineData(MessageType6.Solicit, "pkt6-solicit-received")]
    [InlineData(MessageType6.Decline, "pkt6-decline-received")]
    [InlineData(MessageType6.InformationRequest, "pkt6-infrequest-received")]
    public void A_packet_is_counted_by_its_type(MessageType6 type, string counter)
    {
        Dhcp6Statistics statistics = new();
        statistics.CountReceived(type, DropReason6.None);
        statistics.CountSent(MessageType6.Reply);
        Assert.Equal((1, 1, 1), (statistics[counter], statistics["pkt6-received"], statistics["pkt6-reply-sent"]));
        Assert.Equal(0, statistics["pkt6-receive-drop"]);
    }

    public static TheoryData<DropReason6> Reasons => [.. Enum.GetValues<DropReason6>().Where(static reason => reason != DropReason6.None)];
}
