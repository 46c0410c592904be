using Leasehold.Leases;
using Leasehold.Protocol;
using Xunit;

namespace Leasehold.UnitTests.Leases;

/// <summary>Pools as networks have them: huge and sparse, tiny, nearly full, with reservations in them.</summary>
public sealed class FreePrefixesTests
{
    private static readonly Instant Now = new(1_700_000_000);
    private readonly LeaseTable6 table = new();

    [Theory]
    [InlineData("2001:db8:1:2::/64", 128, "2001:db8:1:2::")]
    [InlineData("2001:db8::/48", 128, "2001:db8::")]
    [InlineData("2001:d00::/40", 56, "2001:d00::")]
    [InlineData("2001:db8::/32", 64, "2001:db8::")]
    [InlineData("2000::/3", 64, "2000::")]
    [InlineData("::/0", 128, "::")]
    public void A_huge_pool_takes_memory_for_its_leases_only(string network, int length, string first)
    {
        FreePrefixes pool = PoolOf(network, length);
        long empty = table.Size;
        Assert.True(pool.TryNext(pool.Cursor, out Ipv6Prefix next));
        Assert.Equal(new(Ipv6.Parse(first), length), next);
        Random random = new(1);
        HashSet<Ipv6Prefix> given = [];
        for (int i = 0; i < 3000; i++)
        {
            Ipv6Prefix prefix = default;
            Assert.True((i % 3) switch
            {
                0 => pool.TryNext(pool.Cursor, out prefix),
                1 => pool.TryRandom(random, out prefix),
                _ => pool.TryOldest(out prefix),
            });
            Assert.True(pool.Pool.Offers(prefix));
            Assert.True(given.Add(prefix));
            Commit(prefix);
            Assert.False(pool.IsFree(prefix));
        }

        // 4,096 slots of everything, and the blocks of twice 1,000 lone places at the most.
        Assert.InRange(table.Size - empty, 1, 1_500_000);
    }

    [Fact]
    public void A_pool_of_65536_that_is_full_but_for_66_gives_just_these_and_then_none()
    {
        FreePrefixes pool = PoolOf("2001:db8::/112", 128);
        HashSet<Ipv6Prefix> left = [];
        for (uint i = 0; i < 65_536; i++)
        {
            Ipv6Prefix address = new(new(pool.Pool.Range.First.Value + i), 128);
            if (i % 997 == 5) left.Add(address);
            else Commit(address);
        }

        Assert.Equal(66, left.Count);
        Random random = new(2);
        bool byChance = false;
        while (byChance ? pool.TryRandom(random, out Ipv6Prefix found) : pool.TryNext(pool.Cursor, out found))
        {
            Assert.True(left.Remove(found));
            Commit(found);
            byChance = !byChance;
        }

        Assert.Empty(left);
        Assert.False(pool.TryNext(pool.Cursor, out _));
        Assert.False(pool.TryRandom(random, out _));
        Assert.False(pool.TryOldest(out _));
    }

    [Fact]
    public void Three_addresses_go_round()
    {
        FreePrefixes pool = Set(LeasePool6.Addresses(new(Ipv6.Parse("2001:db8::fffe"), Ipv6.Parse("2001:db8::1:0"))));
        List<string> given = [];
        for (int i = 0; i < 3; i++)
        {
            Assert.True(pool.TryNext(pool.Cursor, out Ipv6Prefix next));
            given.Add(next.Network.ToString());
            Commit(next);
        }

        Assert.Equal(["2001:db8::fffe", "2001:db8::ffff", "2001:db8::1:0"], given);
        Assert.False(pool.TryNext(pool.Cursor, out _));
        Delete("2001:db8::ffff/128");
        Assert.True(pool.TryNext(pool.Cursor, out Ipv6Prefix freed));
        Assert.Equal("2001:db8::ffff/128", freed.ToString());
    }

    [Fact]
    public void The_oldest_prefix_is_the_one_freed_first()
    {
        FreePrefixes pool = PoolOf("2001:db8::/62", 64);
        pool.KeepOrder();
        for (int i = 0; i < 4; i++) Commit(Oldest(pool));
        Assert.False(pool.TryOldest(out _));
        foreach (string prefix in (string[])["2001:db8:0:2::/64", "2001:db8::/64", "2001:db8:0:3::/64"]) Delete(prefix);
        Assert.Equal("2001:db8:0:2::/64", Oldest(pool).ToString());
        Commit(Oldest(pool));
        Assert.Equal("2001:db8::/64", Oldest(pool).ToString());
    }

    [Fact]
    public void A_reserved_prefix_of_any_length_keeps_all_that_it_has_an_address_in_common_with()
    {
        LeasePool6 pool = LeasePool6.Prefixes(Prefix("2001:db8::/32"), 56);
        table.SetPools([pool], [], [Prefix("2001:db8::/40"), Prefix("2001:db8:100:40::/60"), Prefix("2001:db8:100:f00::/56")]);
        FreePrefixes free = table.Pool(pool);
        Assert.True(free.TryNext(free.Cursor, out Ipv6Prefix next));
        Assert.Equal("2001:db8:100:100::/56", next.ToString());
        Assert.False(free.IsFree(Prefix("2001:db8:ff:ff00::/56")));
        Assert.False(free.IsFree(Prefix("2001:db8:100:f00::/56")));
        Assert.True(free.IsFree(Prefix("2001:db8:101::/56")));

        // Its owner gets it and gives it back: it is still not for others.
        Apply(LeaseChangeKind.Commit, Prefix("2001:db8::/40"));
        Apply(LeaseChangeKind.Release, Prefix("2001:db8::/40"));
        Assert.False(free.IsFree(Prefix("2001:db8:ff:ff00::/56")));
        table.SetPools([pool], [], []);
        Assert.True(free.IsFree(Prefix("2001:db8:ff:ff00::/56")));
    }

    [Fact]
    public void Leases_from_before_a_change_of_the_delegated_length_are_in_nobodys_way()
    {
        Ipv6Prefix block = Prefix("2001:db8::/48");
        table.SetPools([LeasePool6.Prefixes(block, 56)], [], []);
        Apply(LeaseChangeKind.Commit, Prefix("2001:db8:0:100::/56"));
        FreePrefixes longer = Set(LeasePool6.Prefixes(block, 64));
        Assert.False(longer.IsFree(Prefix("2001:db8:0:1ff::/64")));
        Assert.True(longer.IsFree(Prefix("2001:db8:0:200::/64")));
        Assert.True(longer.TryNext(Ipv6.Parse("2001:db8:0:100::"), out Ipv6Prefix behind));
        Assert.Equal("2001:db8:0:200::/64", behind.ToString());
        Apply(LeaseChangeKind.Commit, Prefix("2001:db8:0:341::/64"));
        Apply(LeaseChangeKind.Commit, Prefix("2001:db8:0:342::/64"));
        FreePrefixes shorter = Set(LeasePool6.Prefixes(block, 56));
        Assert.False(shorter.IsFree(Prefix("2001:db8:0:300::/56")));
        Delete("2001:db8:0:341::/64");
        Assert.False(shorter.IsFree(Prefix("2001:db8:0:300::/56")));
        Delete("2001:db8:0:342::/64");
        Assert.True(shorter.IsFree(Prefix("2001:db8:0:300::/56")));
    }

    [Fact]
    public void An_address_and_a_prefix_that_begins_with_it_are_apart()
    {
        LeasePool6 addresses = LeasePool6.Addresses(Prefix("2001:db8::/120").Range);
        LeasePool6 prefixes = LeasePool6.Prefixes(Prefix("2001:db8::/48"), 64);
        table.SetPools([addresses, prefixes], [], []);
        Apply(LeaseChangeKind.Commit, Prefix("2001:db8::/64"));
        Assert.True(table.Pool(addresses).IsFree(Prefix("2001:db8::/128")));
        Apply(LeaseChangeKind.Commit, Prefix("2001:db8::/128"));
        Assert.Equal(2, table.Count);
        Assert.True(table.TryGet(LeaseType6.Prefix, Ipv6.Parse("2001:db8::"), out Lease6 prefix));
        Assert.Equal(64, prefix.PrefixLength);
        Assert.True(table.TryGet(LeaseType6.NonTemporary, Ipv6.Parse("2001:db8::"), out Lease6 address));
        Assert.Equal(128, address.PrefixLength);
    }

    private static Ipv6Prefix Prefix(string text)
    {
        Assert.True(Ipv6Prefix.TryParse(text, out Ipv6Prefix prefix, out _));
        return prefix;
    }

    private static Ipv6Prefix Oldest(FreePrefixes pool)
    {
        Assert.True(pool.TryOldest(out Ipv6Prefix prefix));
        return prefix;
    }

    private FreePrefixes PoolOf(string network, int length) =>
        Set(length == 128 ? LeasePool6.Addresses(Prefix(network).Range) : LeasePool6.Prefixes(Prefix(network), length));

    private FreePrefixes Set(LeasePool6 pool)
    {
        table.SetPools([pool], [], []);
        return table.Pool(pool);
    }

    private void Commit(Ipv6Prefix prefix) => Apply(LeaseChangeKind.Commit, prefix);

    private void Delete(string prefix) => Apply(LeaseChangeKind.Delete, Prefix(prefix));

    private void Apply(LeaseChangeKind kind, Ipv6Prefix prefix)
    {
        LeaseChange6 change = new()
        {
            Kind = kind,
            Lease = new()
            {
                Type = prefix.Length == 128 ? LeaseType6.NonTemporary : LeaseType6.Prefix,
                Address = prefix.Network,
                PrefixLength = (byte)prefix.Length,
                Duid = [0, 1, 2],
                ValidLifetime = new(3600),
                Expire = new(Now.Seconds + 3600),
            },
        };
        table.Apply(change, Now);
        table.Accept();
    }
}
