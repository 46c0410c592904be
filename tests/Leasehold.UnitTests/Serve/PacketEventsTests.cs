using Leasehold.Configuration.Model;
using Leasehold.Engine;
using Leasehold.Serve;
using Xunit;

namespace Leasehold.UnitTests.Serve;

/// <summary>One value is one reason, one counter and one log id.</summary>
public sealed class PacketEventsTests
{
    public static TheoryData<DropReason> Reasons => [.. Enum.GetValues<DropReason>().Where(static r => r != DropReason.None)];

    public static TheoryData<NakReason> Naks => [.. Enum.GetValues<NakReason>().Where(static r => r != NakReason.None)];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Every_drop_reason_has_its_own_row(DropReason reason) => Assert.Equal(reason, PacketEvents.Of(reason).Reason);

    [Theory]
    [MemberData(nameof(Naks))]
    public void Every_nak_reason_has_its_own_row(NakReason reason) => Assert.Equal(reason, PacketEvents.Naks[(int)reason - 1].Reason);

    [Fact]
    public void There_are_as_many_rows_as_reasons()
    {
        Assert.Equal(Reasons.Count, PacketEvents.Drops.Length);
        Assert.Equal(Naks.Count, PacketEvents.Naks.Length);
    }

    [Fact]
    public void No_two_reasons_share_a_counter_or_an_id()
    {
        Assert.Distinct(PacketEvents.Drops.Select(static d => d.Counter), StringComparer.Ordinal);
        Assert.Distinct(PacketEvents.All.Select(static e => e.Id), StringComparer.Ordinal);
        Assert.Distinct(Dhcp4Statistics.Names, StringComparer.Ordinal);
    }

    [Fact]
    public void Only_debug_events_have_a_debug_level() =>
        Assert.All(PacketEvents.All, static e => Assert.Equal(e.Severity == LogSeverity.Debug, e.DebugLevel > 0));
}
