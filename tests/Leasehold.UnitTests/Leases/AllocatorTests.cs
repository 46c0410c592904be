using Leasehold.Leases;
using Leasehold.Protocol;
using Xunit;

namespace Leasehold.UnitTests.Leases;

/// <summary>The allocators "random" and "flq" of a pool of IPv4 addresses.</summary>
public sealed class AllocatorTests
{
    private static readonly Ipv4 First = Ipv4.Parse("192.0.2.0");
    private readonly LeaseTable4 table = new();

    [Fact]
    public void Random_gives_every_free_address_of_a_nearly_full_pool_and_no_other()
    {
        FreeAddresses pool = PoolOf(65_536);
        HashSet<uint> free = [9000, 9777, 30_000, 65_535];
        for (uint i = 0; i < 65_536; i++)
        {
            if (!free.Contains(i)) Commit(i);
        }

        Random random = new(7);
        HashSet<uint> found = [];
        for (int i = 0; i < 5000 && found.Count < free.Count; i++)
        {
            Assert.True(pool.TryRandom(random, out Ipv4 address));
            Assert.Contains(PlaceOf(address), free);
            found.Add(PlaceOf(address));
        }

        Assert.Equal(free, found);
    }

    [Fact]
    public void Random_spreads_over_an_empty_pool_and_is_the_same_for_the_same_numbers()
    {
        FreeAddresses pool = PoolOf(1000);
        int[] tenths = new int[10];
        Random first = new(3);
        Random second = new(3);
        for (int i = 0; i < 5000; i++)
        {
            Assert.True(pool.TryRandom(first, out Ipv4 address));
            Assert.True(pool.TryRandom(second, out Ipv4 same));
            Assert.Equal(address, same);
            tenths[PlaceOf(address) / 100]++;
        }

        Assert.All(tenths, count => Assert.InRange(count, 400, 600));
    }

    [Fact]
    public void A_full_pool_has_none_for_any_allocator()
    {
        FreeAddresses pool = PoolOf(70);
        pool.KeepOrder();
        for (uint i = 0; i < 70; i++) Commit(i);
        Assert.False(pool.TryNext(pool.Cursor, out _));
        Assert.False(pool.TryRandom(new(1), out _));
        Assert.False(pool.TryOldest(out _));
    }

    [Fact]
    public void Oldest_gives_what_was_never_taken_and_then_what_was_freed_first()
    {
        FreeAddresses pool = PoolOf(4);
        pool.KeepOrder();
        Assert.Equal(0u, Oldest(pool));
        Commit(0);
        Commit(2);
        Delete(0);
        Assert.Equal(1u, Oldest(pool));
        Commit(1);
        Assert.Equal(3u, Oldest(pool));
        Commit(3);
        Assert.Equal(0u, Oldest(pool));
        foreach (uint place in (uint[])[3, 1, 2]) Delete(place);
        Assert.Equal(0u, Oldest(pool));
        // A client that comes back gets its address out of the middle.
        Commit(1);
        Commit(0);
        Assert.Equal(3u, Oldest(pool));
        Commit(3);
        Assert.Equal(2u, Oldest(pool));
    }

    [Fact]
    public void An_address_is_freed_when_its_lease_ends_and_when_it_is_no_longer_reserved()
    {
        FreeAddresses pool = PoolOf(3, reserved: 1);
        pool.KeepOrder();
        Commit(0);
        Commit(2);
        table.SetPools([pool.Range], []);
        Assert.Equal(1u, Oldest(pool));
        table.Advance(new(3000), Lifetime.Infinite, limit: 10);
        Commit(1);
        Assert.Contains(Oldest(pool), (uint[])[0, 2]);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 64)]
    [InlineData(3, 100)]
    [InlineData(4, 1000)]
    public void Random_changes_leave_the_order_that_a_plain_list_has(int seed, int size)
    {
        Random random = new(seed);
        FreeAddresses pool = PoolOf((uint)size);
        Ipv4Range other = new(new(First.Value + (uint)size), new(First.Value + (uint)size + 50));
        table.SetPools([pool.Range, other], []);
        if (seed % 2 == 0) pool.KeepOrder();
        // A second pool in between shares the lists.
        table.Pool(other).KeepOrder();
        NaiveOrder order = new(size);
        NaiveOrder before = order.Copy();
        for (int batch = 0; batch < 2000; batch++)
        {
            for (int change = random.Next(6); change > 0; change--)
            {
                int place = random.Next(3) == 0 && order.Oldest() is { } oldest ? oldest : random.Next(size);
                if (random.Next(2) == 0) order.Take(place);
                else order.Free(place);
                Apply(order.IsHeld(place) ? LeaseChangeKind.Commit : LeaseChangeKind.Delete, (uint)place);
                Apply(random.Next(2) == 0 ? LeaseChangeKind.Commit : LeaseChangeKind.Delete, (uint)(size + random.Next(50)));
                Assert.Equal(order.Oldest(), pool.TryOldest(out Ipv4 within) ? (int)PlaceOf(within) : null);
            }

            if (random.Next(3) == 0)
            {
                table.Rollback();
                order = before;
            }
            else
            {
                table.Accept();
            }

            before = order.Copy();
            Assert.Equal(order.Oldest(), pool.TryOldest(out Ipv4 found) ? (int)PlaceOf(found) : null);
        }
    }

    private FreeAddresses PoolOf(uint size, params uint[] reserved)
    {
        Ipv4Range range = new(First, new(First.Value + size - 1));
        table.SetPools([range], reserved.Select(place => new Ipv4(First.Value + place)));
        return table.Pool(range);
    }

    private static uint PlaceOf(Ipv4 address) => address.Value - First.Value;

    private static uint Oldest(FreeAddresses pool)
    {
        Assert.True(pool.TryOldest(out Ipv4 address));
        return PlaceOf(address);
    }

    private void Commit(uint place)
    {
        Apply(LeaseChangeKind.Commit, place);
        table.Accept();
    }

    private void Delete(uint place)
    {
        Apply(LeaseChangeKind.Delete, place);
        table.Accept();
    }

    private void Apply(LeaseChangeKind kind, uint place) =>
        table.Apply(new() { Kind = kind, Lease = new() { Address = new(First.Value + place), Expire = new(2000) } }, new(1000));

    /// <summary>What a queue of free places must do, in the plainest way.</summary>
    private sealed class NaiveOrder(int size)
    {
        private readonly List<int> freed = [];
        private readonly HashSet<int> held = [];
        private readonly HashSet<int> fresh = [.. Enumerable.Range(0, size)];
        private int cursor;

        public bool IsHeld(int place) => held.Contains(place);

        public int? Oldest() => Next(fresh) ?? (freed.Count == 0 ? null : freed[0]);

        public void Take(int place)
        {
            if (held.Contains(place)) return;
            if (Next([.. Enumerable.Range(0, size).Except(held)]) == place) cursor = (place + 1) % size;
            held.Add(place);
            fresh.Remove(place);
            freed.Remove(place);
        }

        public void Free(int place)
        {
            if (held.Remove(place)) freed.Add(place);
        }

        public NaiveOrder Copy()
        {
            NaiveOrder copy = new(size) { cursor = cursor };
            copy.freed.AddRange(freed);
            copy.held.UnionWith(held);
            copy.fresh.IntersectWith(fresh);
            return copy;
        }

        private int? Next(HashSet<int> among)
        {
            for (int i = 0; i < size; i++)
            {
                if (among.Contains((cursor + i) % size)) return (cursor + i) % size;
            }

            return null;
        }
    }
}
