using Leasehold.Leases;
using Leasehold.Protocol;
using Xunit;

namespace Leasehold.UnitTests.Leases;

/// <summary>Thousands of random operations on the table and on <see cref="NaiveLeases6"/>, compared after each batch.</summary>
public sealed class LeaseTable6RandomTests
{
    private static readonly LeasePool6 Three = LeasePool6.Addresses(new(Ipv6.Parse("2001:db8::ffff"), Ipv6.Parse("2001:db8::1:1")));
    private static readonly LeasePool6 Odd = LeasePool6.Addresses(new(Ipv6.Parse("2001:db8::10"), Ipv6.Parse("2001:db8::99")));
    private static readonly LeasePool6 Overlapping = LeasePool6.Addresses(new(Ipv6.Parse("2001:db8::90"), Ipv6.Parse("2001:db8::e0")));
    private static readonly Ipv6Prefix Block = Prefix("2001:db8:100::/48");
    private static readonly LeasePool6 Delegated = LeasePool6.Prefixes(Block, 56);

    /// <summary>The same prefixes as before a change of delegated-len: most leases are of another length than the pool's.</summary>
    private static readonly LeasePool6 Longer = LeasePool6.Prefixes(Prefix("2001:db8:100::/51"), 60);

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
        LeaseTable6 table = new((ulong)seed);
        NaiveLeases6 model = new();
        SetPools(random, table, model);
        Instant now = new(1_700_000_000);
        Lifetime holdFor = new(500);
        for (int batch = 0; batch < 300; batch++)
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

            if (random.Next(20) == 0) SetPools(random, table, model);
            Compare(table, model, random);
        }
    }

    private static Ipv6Prefix Prefix(string text)
    {
        Assert.True(Ipv6Prefix.TryParse(text, out Ipv6Prefix prefix, out _));
        return prefix;
    }

    private static void SetPools(Random random, LeaseTable6 table, NaiveLeases6 model)
    {
        List<LeasePool6> pools = [Odd];
        foreach (LeasePool6 pool in (LeasePool6[])[Three, Overlapping, Delegated, Longer])
        {
            if (random.Next(3) != 0) pools.Add(pool);
        }

        List<Ipv6> addresses = [.. Enumerable.Range(0, random.Next(6)).Select(_ => Within(random, Odd, 128).Network).Distinct()];
        List<Ipv6Prefix> prefixes = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Within(random, Delegated, random.Next(49, 66))).Distinct()];
        table.SetPools(pools, addresses, prefixes);
        model.SetPools(pools, addresses, prefixes);
        foreach (LeasePool6 pool in pools)
        {
            if (random.Next(2) == 0) table.Pool(pool).KeepOrder();
        }
    }

    private static Ipv6Prefix Within(Random random, LeasePool6 pool, int length)
    {
        UInt128 size = pool.Range.Last.Value - pool.Range.First.Value + 6;
        UInt128 at = new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64()) % size;
        return new(new(pool.Range.First.Value + at), length);
    }

    private static void Apply(Random random, LeaseTable6 table, NaiveLeases6 model, Instant now)
    {
        int client = random.Next(30);
        Lifetime lifetime = random.Next(15) == 0 ? Lifetime.Infinite : new((uint)random.Next(1, random.Next(10) == 0 ? 300_000 : 1000));
        LeasePool6 pool = model.Pools[random.Next(model.Pools.Count)];
        bool isPrefix = pool.Type == LeaseType6.Prefix;
        int length = !isPrefix ? 128 : random.Next(4) == 0 ? random.Next(46, 66) : pool.PrefixLength;
        Ipv6Prefix prefix = Within(random, pool, length);
        FreePrefixes free = table.Pool(pool);
        // Most come from a search, as the engine's do.
        Ipv6Prefix found = default;
        bool searched = random.Next(6) switch
        {
            0 or 1 => free.TryNext(free.Cursor, out found),
            2 => free.TryRandom(random, out found),
            3 => free.TryOldest(out found),
            _ => false,
        };
        if (searched)
        {
            Assert.True(free.IsFree(found));
            prefix = found;
        }

        LeaseRow6 row = new()
        {
            Type = isPrefix ? LeaseType6.Prefix : (LeaseType6)random.Next(2),
            Address = prefix.Network,
            PrefixLength = (byte)prefix.Length,
            Duid = random.Next(20) == 0 ? "" : new string((char)(65 + client), random.Next(1, 3) * (client + 1)),
            Iaid = (uint)random.Next(3),
            Hostname = random.Next(2) == 0 ? "" : $"host-{client}",
            HardwareAddress = random.Next(2) == 0 ? "" : $"{client:D6}",
            HardwareType = (ushort)random.Next(300),
            HardwareSource = (HardwareSource6)(1 << random.Next(8)),
            UserContext = random.Next(8) == 0 ? new string('x', random.Next(3000)) : "",
            ValidLifetime = lifetime,
            PreferredLifetime = lifetime.Part(0.5),
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
            7 => LeaseChangeKind.Register,
            _ => LeaseChangeKind.Commit,
        };
        // A renewal: the same lease, later.
        if (random.Next(3) == 0 && model.Get(row.Key) is { State: LeaseState.Assigned } known) row = known with { Expire = now + lifetime, ValidLifetime = lifetime };
        LeaseChanges6 changes = new();
        changes.Add(new() { Kind = kind, Lease = row.ToLease() });
        table.Apply(changes[0], now);
        model.Apply(kind, row, now);
    }

    private static void Compare(LeaseTable6 table, NaiveLeases6 model, Random random)
    {
        List<LeaseRow6> expected = [.. model.Rows.OrderBy(row => row.Key)];
        Assert.Equal(expected, LeaseRow6.All(table.All()).OrderBy(row => row.Key));
        Assert.Equal(expected.Count, table.Count);
        foreach (LeaseRow6 row in expected)
        {
            Assert.True(table.TryGet(row.Type, row.Address, out Lease6 lease));
            Assert.Equal(row, LeaseRow6.Of(lease));
        }

        Assert.False(table.TryGet(LeaseType6.NonTemporary, Ipv6.Parse("2001:db8:ffff::1"), out _));
        foreach (LeaseRow6 sample in expected.Where(row => row.Duid.Length != 0).Take(5))
        {
            byte[] duid = System.Text.Encoding.Latin1.GetBytes(sample.Duid);
            Assert.Equal(model.LatestFirst(row => row.Duid == sample.Duid), LeaseRow6.All(table.ByDuid(duid)));
            Assert.Equal(
                model.LatestFirst(row => row.Duid == sample.Duid && row.Iaid == sample.Iaid && row.Type == sample.Type),
                LeaseRow6.All(table.ByAssociation(sample.Type, duid, sample.Iaid)));
        }

        foreach (LeasePool6 pool in model.Pools) Compare(table.Pool(pool), model.Free(pool), random);
        for (uint subnet = 1; subnet < 4; subnet++)
        {
            Assert.Equal(model.LatestFirst(row => row.SubnetId == subnet), LeaseRow6.All(table.BySubnet(subnet)));
            foreach (LeaseType6 type in Enum.GetValues<LeaseType6>())
            {
                List<LeaseRow6> rows = [.. expected.Where(row => row.SubnetId == subnet && row.Type == type)];
                Assert.Equal(Counts(rows), table.CountsOf(type, subnet));
                Assert.Equal(Counts([.. rows.Where(row => row.PoolId == 1)]), table.CountsOf(type, subnet, poolId: 1));
            }
        }
    }

    private static void Compare(FreePrefixes pool, List<Ipv6Prefix> free, Random random)
    {
        Ipv6Prefix[] all = [.. NaiveLeases6.Places(pool.Pool)];
        Ipv6 from = all[random.Next(all.Length)].Network;
        Ipv6Prefix? next = free.Count == 0 ? null : free.Cast<Ipv6Prefix?>().FirstOrDefault(one => one?.Network >= from) ?? free[0];
        Assert.Equal(next, pool.TryNext(from, out Ipv6Prefix found) ? found : null);
        foreach (Ipv6Prefix sample in all.Where((_, i) => i % 7 == 0)) Assert.Equal(free.Contains(sample), pool.IsFree(sample));
        Assert.False(pool.IsFree(new(from, pool.Pool.PrefixLength - 1)));
        Assert.Equal(free.Count != 0, pool.TryRandom(random, out Ipv6Prefix any));
        if (free.Count != 0) Assert.Contains(any, free);
        Assert.Equal(free.Count != 0, pool.TryOldest(out Ipv6Prefix oldest));
        if (free.Count != 0) Assert.Contains(oldest, free);
    }

    private static LeaseCounts Counts(List<LeaseRow6> rows)
    {
        int Of(LeaseState state) => rows.Count(row => row.State == state);
        return new(Of(LeaseState.Assigned), Of(LeaseState.Declined), Of(LeaseState.Offered), Of(LeaseState.Released) + Of(LeaseState.ExpiredReclaimed))
        {
            Registered = Of(LeaseState.Registered),
        };
    }
}
