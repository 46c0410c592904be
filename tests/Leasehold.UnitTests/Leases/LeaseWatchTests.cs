using System.Text;
using Leasehold.Leases;
using Leasehold.Protocol;
using Xunit;

namespace Leasehold.UnitTests.Leases;

/// <summary>What is told of leases with a user context adds up, and pools tell when an address has become free.</summary>
public sealed class LeaseWatchTests
{
    private static readonly Ipv4Range Range = new(Ipv4.Parse("192.0.2.10"), Ipv4.Parse("192.0.2.29"));

    private readonly LeaseTable4 table = new();
    private readonly Dictionary<string, int> counts = [];
    private long now = 1_700_000_000;

    public LeaseWatchTests() => table.SetPools([Range], []);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Counts_are_those_of_the_table_whatever_happened(int seed)
    {
        Random random = new(seed);
        for (int step = 0; step < 2000; step++)
        {
            if (step == 100) table.Watch(Count);
            for (int change = random.Next(4); change > 0; change--) Change(random);
            if (random.Next(4) == 0) table.Rollback();
            else table.Accept();
            now += random.Next(10);
            table.Advance(new(now), new((uint)random.Next(30)), limit: random.Next(5));
            if (step >= 100) Assert.Equal(Recount(), Told());
        }

        Assert.NotEmpty(Told());
    }

    [Fact]
    public void Nobody_is_told_any_more()
    {
        table.Watch(Count);
        table.Watch(null);
        Apply(LeaseChangeKind.Commit, "192.0.2.10", "a");
        table.Accept();
        Assert.Empty(counts);
    }

    [Fact]
    public void Pool_tells_when_an_address_has_become_free_until_the_pools_are_set_anew()
    {
        int freed = 0;
        table.Pool(Range).OnFreed(() => freed++);
        Apply(LeaseChangeKind.Commit, "192.0.2.10", "a");
        table.Accept();
        Assert.Equal(0, freed);
        Apply(LeaseChangeKind.Release, "192.0.2.10", "a");
        Assert.Equal(1, freed);
        table.Rollback();
        Apply(LeaseChangeKind.Commit, "192.0.2.11", "a");
        table.Rollback();
        Assert.Equal(2, freed);
        table.SetPools([Range], []);
        Apply(LeaseChangeKind.Delete, "192.0.2.10", "a");
        table.Accept();
        Assert.Equal(2, freed);
    }

    private void Change(Random random)
    {
        LeaseChangeKind kind = (LeaseChangeKind)random.Next((int)LeaseChangeKind.Offer, (int)LeaseChangeKind.Delete + 1);
        Apply(kind, new Ipv4(Range.First.Value + (uint)random.Next(20)).ToString(), ((string[])["", "a", "b"])[random.Next(3)], (uint)random.Next(1, 60));
    }

    private void Apply(LeaseChangeKind kind, string address, string context, uint lasts = 3600) => table.Apply(
        new()
        {
            Kind = kind,
            Lease = new()
            {
                Address = Ipv4.Parse(address),
                HardwareAddress = HardwareAddress.Parse("02:00:5e:10:00:01"),
                UserContext = Encoding.UTF8.GetBytes(context),
                SubnetId = 7,
                ValidLifetime = new(lasts),
                Expire = new(now + lasts),
            },
        },
        new(now));

    private void Count(ReadOnlySpan<byte> context, uint subnetId, int difference)
    {
        Assert.Equal(7u, subnetId);
        string name = Encoding.UTF8.GetString(context);
        counts[name] = counts.GetValueOrDefault(name) + difference;
    }

    private SortedDictionary<string, int> Told() => new(counts.Where(count => count.Value != 0).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);

    private SortedDictionary<string, int> Recount()
    {
        SortedDictionary<string, int> found = new(StringComparer.Ordinal);
        foreach (Lease4 lease in table.All())
        {
            if (lease.UserContext.IsEmpty || lease.State is not (LeaseState.Assigned or LeaseState.Offered)) continue;
            string name = Encoding.UTF8.GetString(lease.UserContext);
            found[name] = found.GetValueOrDefault(name) + 1;
        }

        return found;
    }
}
