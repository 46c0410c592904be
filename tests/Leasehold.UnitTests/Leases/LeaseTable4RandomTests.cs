using Leasehold.Leases;
using Leasehold.Protocol;
using Xunit;

namespace Leasehold.UnitTests.Leases;

/// <summary>Thousands of random operations on the table and on <see cref="NaiveLeases"/>, compared after each batch.</summary>
public sealed class LeaseTable4RandomTests
{
    private static readonly Ipv4Range First = new(Ipv4.Parse("192.0.2.10"), Ipv4.Parse("192.0.2.90"));
    private static readonly Ipv4Range Second = new(Ipv4.Parse("198.51.100.0"), Ipv4.Parse("198.51.100.31"));
    private static readonly Ipv4Range Overlapping = new(Ipv4.Parse("192.0.2.80"), Ipv4.Parse("192.0.2.120"));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Any_history_leaves_what_a_dictionary_has(int seed)
    {
        Random random = new(seed);
        LeaseTable4 table = new((ulong)seed);
        NaiveLeases model = new();
        SetPools(random, table, model);
        Instant now = new(1_700_000_000);
        Lifetime holdFor = new(500);

        for (int batch = 0; batch < 700; batch++)
        {
            for (int change = random.Next(12); change > 0; change--) Apply(random, table, model, now);
            if (random.Next(4) == 0)
            {
                table.Rollback();
                model.Rollback();
            }
            else
            {
                table.Accept();
                model.Accept();
            }

            if (random.Next(3) == 0)
            {
                // Sometimes a long sleep, so that the wheel turns more than once.
                now = new(now.Seconds + random.Next(random.Next(20) == 0 ? 200_000 : 200));
                while (table.Advance(now, holdFor, limit: 7) == 7)
                {
                }

                model.Advance(now, holdFor);
            }

            if (random.Next(40) == 0) SetPools(random, table, model);
            Compare(table, model, random);
        }
    }

    private static void SetPools(Random random, LeaseTable4 table, NaiveLeases model)
    {
        List<Ipv4Range> pools = [First];
        if (random.Next(3) != 0) pools.Add(Second);
        if (random.Next(2) == 0) pools.Add(Overlapping);
        List<Ipv4> reserved = [.. Enumerable.Range(0, random.Next(6)).Select(_ => Address(random)).Distinct()];
        table.SetPools(pools, reserved);
        model.SetPools(pools, reserved);
    }

    private static Ipv4 Address(Random random)
    {
        Ipv4Range range = random.Next(4) == 0 ? Second : new(First.First, new(Overlapping.Last.Value + 5));
        return new((uint)(range.First.Value + random.NextInt64(range.Count)));
    }

    private static void Apply(Random random, LeaseTable4 table, NaiveLeases model, Instant now)
    {
        int client = random.Next(40);
        Lifetime lifetime = random.Next(15) == 0 ? Lifetime.Infinite : new((uint)random.Next(1, random.Next(10) == 0 ? 300_000 : 1000));
        Ipv4 address = Address(random);
        FreeAddresses pool = table.Pool(First);
        // Most addresses come from a search, as the engine's do.
        if (random.Next(2) == 0 && pool.TryNext(pool.Cursor, out Ipv4 found)) address = found;
        LeaseRow row = new()
        {
            Address = address,
            HardwareAddress = random.Next(10) == 0 ? default : new((byte)random.Next(1, 3), [2, 0, 0, 0, 0, (byte)client]),
            ClientId = random.Next(3) == 0 ? "" : new string((char)(65 + client), random.Next(1, 3) * (client + 1)),
            Hostname = random.Next(2) == 0 ? "" : $"host-{client}",
            UserContext = random.Next(8) == 0 ? new string('x', random.Next(3000)) : "",
            ValidLifetime = lifetime,
            Expire = now + lifetime,
            SubnetId = (uint)random.Next(1, 4),
            PoolId = (uint)random.Next(2),
            FqdnForward = random.Next(2) == 0,
            FqdnReverse = random.Next(2) == 0,
        };
        LeaseChangeKind kind = random.Next(12) switch
        {
            0 => LeaseChangeKind.None,
            1 or 2 or 3 => LeaseChangeKind.Offer,
            4 => LeaseChangeKind.Release,
            5 => LeaseChangeKind.Decline,
            6 => LeaseChangeKind.Delete,
            _ => LeaseChangeKind.Commit,
        };
        Ipv4? vacates = random.Next(4) == 0 ? Address(random) : null;
        // A renewal: the same lease, later.
        if (random.Next(3) == 0 && model.Get(address) is { State: LeaseState.Assigned } known) row = known with { Expire = now + lifetime, ValidLifetime = lifetime };
        table.Apply(new() { Kind = kind, Lease = row.ToLease(), Vacates = vacates }, now);
        model.Apply(kind, row, vacates, now);
    }

    private static void Compare(LeaseTable4 table, NaiveLeases model, Random random)
    {
        List<LeaseRow> expected = [.. model.Rows.OrderBy(row => row.Address)];
        Assert.Equal(expected, LeaseRow.All(table.All()).OrderBy(row => row.Address));
        Assert.Equal(expected.Count, table.Count);
        foreach (LeaseRow row in expected)
        {
            Assert.True(table.TryGet(row.Address, out Lease4 lease));
            Assert.Equal(row, LeaseRow.Of(lease));
        }

        Assert.False(table.TryGet(Ipv4.Parse("203.0.113.1"), out _));
        foreach (LeaseRow sample in expected.Take(5))
        {
            byte[] clientId = System.Text.Encoding.Latin1.GetBytes(sample.ClientId);
            if (clientId.Length != 0)
                Assert.Equal(model.LatestFirst(row => row.ClientId == sample.ClientId), LeaseRow.All(table.ByClientId(clientId)));
            if (!sample.HardwareAddress.IsEmpty)
                Assert.Equal(model.LatestFirst(row => row.HardwareAddress == sample.HardwareAddress), LeaseRow.All(table.ByHardwareAddress(sample.HardwareAddress)));
        }

        foreach (Ipv4Range range in model.Pools)
        {
            FreeAddresses pool = table.Pool(range);
            Assert.Equal(model.CountFree(range), pool.Count);
            Assert.Equal(model.Cursor(range), pool.Cursor);
            Ipv4 from = new((uint)(range.First.Value + random.NextInt64(range.Count)));
            Assert.Equal(model.IsFree(from), pool.IsFree(from));
            Assert.Equal(model.Next(range, from), pool.TryNext(from, out Ipv4 found) ? found : null);
        }

        for (uint subnet = 1; subnet < 4; subnet++)
        {
            int Of(LeaseState state) => expected.Count(row => row.SubnetId == subnet && row.State == state);
            Assert.Equal(
                new LeaseCounts(Of(LeaseState.Assigned), Of(LeaseState.Declined), Of(LeaseState.Offered), Of(LeaseState.Released) + Of(LeaseState.ExpiredReclaimed)),
                table.CountsOf(subnet));
        }
    }
}
