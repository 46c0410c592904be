using Leasehold.Leases;

namespace Leasehold.ConformanceTests.Allocation;

/// <summary>expired-leases-processing: how long a lease is remembered after its end; decline-probation-period.</summary>
public class ExpiredLeaseTests
{
    private static Network With(string processing) => Serving.Lan(global: $$""" "valid-lifetime": 100, "expired-leases-processing": { {{processing}} } """);

    [Theory]
    [InlineData("\"hold-reclaimed-time\": 50", 149, true)]
    [InlineData("\"hold-reclaimed-time\": 50", 150, false)]
    [InlineData("\"hold-reclaimed-time\": 0", 102, false)]
    [InlineData("\"flush-reclaimed-timer-wait-time\": 0", 102, false)]
    [InlineData("\"reclaim-timer-wait-time\": 0, \"hold-reclaimed-time\": 50", 1_000_000, true)]
    [InlineData("\"reclaim-timer-wait-time\": 3, \"flush-reclaimed-timer-wait-time\": 5, \"max-reclaim-leases\": 100, \"max-reclaim-time\": 250, \"unwarned-reclaim-cycles\": 5", 3000, true)]
    public void Ended_lease_is_remembered_as_long_as_it_should_be(string processing, long after, bool remembered)
    {
        Network network = With(processing);
        Serving.Nth(network, 1).Dora();
        Serving.Nth(network, 2).Dora();
        network.Pass(101);
        network.Pass(after - 101);
        Assert.Equal(remembered ? LeaseState.ExpiredReclaimed : null, network.StateOf("192.0.2.11"));
        Assert.Equal(remembered ? "192.0.2.11" : "192.0.2.12", Serving.Nth(network, 2).Dora().Yiaddr.ToString());
    }

    [Fact]
    public void Ended_lease_is_anybodys_at_once()
    {
        Network network = Serving.Lan(global: """ "valid-lifetime": 100, "expired-leases-processing": { "reclaim-timer-wait-time": 0 } """, pool: "192.0.2.10/32");
        Serving.Nth(network, 1).Dora();
        network.Pass(101);
        Assert.Equal("192.0.2.10", Serving.Nth(network, 2).Dora().Yiaddr.ToString());
    }

    [Theory]
    [InlineData(300, 300, false)]
    [InlineData(300, 301, true)]
    [InlineData(0, 1, true)]
    public void Declined_address_comes_back_after_its_probation(uint probation, long after, bool free)
    {
        Network network = Serving.Lan(global: $$""" "decline-probation-period": {{probation}} """, pool: "192.0.2.10/32");
        Client client = Serving.Nth(network, 1);
        client.Dora();
        client.Decline("192.0.2.10");
        network.Pass(after);
        Assert.Equal(free ? null : LeaseState.Declined, network.StateOf("192.0.2.10"));
    }
}
