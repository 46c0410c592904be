using Leasehold.Leases.Storage;
using Xunit;

namespace Leasehold.UnitTests.Leases.Storage;

/// <summary>Places that are held once, several times, or many at once, against a list of numbers.</summary>
public sealed class SparsePlacesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData((64 * 64 * 5) + 17)]
    public void Random_changes_leave_what_a_plain_list_has(int size)
    {
        Random random = new(size);
        SparseBlocks blocks = new(new(1, 2));
        SparsePlaces other = new(blocks, (ulong)size);
        SparsePlaces places = new(blocks, (ulong)size - 1);
        int[] holds = new int[size];
        List<(int First, int Bits)> held = [];
        for (int step = 0; step < 6000; step++)
        {
            // Three phases: filling, emptying, both at once.
            if (random.Next(10) < (step < 3000 ? 8 : step < 5000 ? 2 : 5))
            {
                int bits = random.Next(3) == 0 ? random.Next(14) : 0;
                int first = random.Next(size) >> bits << bits;
                if (first + (1 << bits) > size) continue;
                held.Add((first, bits));
                Change(places, first, bits, hold: true);
                for (int i = 0; i < 1 << bits; i++) holds[first + i]++;
            }
            else if (held.Count != 0)
            {
                int which = random.Next(held.Count);
                (int first, int bits) = held[which];
                held.RemoveAt(which);
                Change(places, first, bits, hold: false);
                for (int i = 0; i < 1 << bits; i++) holds[first + i]--;
            }

            if (random.Next(4) == 0) other.Hold((ulong)random.Next(size));
            int from = random.Next(size);
            int expected = Array.IndexOf(holds, 0, from);
            Assert.Equal(expected, places.TryNext((ulong)from, out ulong found) ? (int)found : -1);
            Assert.Equal(holds[from] == 0, places.IsFree((ulong)from));
        }

        foreach ((int first, int bits) in held) Change(places, first, bits, hold: false);
        other.Forget();
        Assert.False(places.TryNext((ulong)size, out _));
        for (int i = 0; i < size; i++) Assert.True(places.IsFree((ulong)i));
        // Nothing is left of it: all blocks can be used by another pool.
        long before = blocks.Size;
        SparsePlaces again = new(blocks, (ulong)size - 1);
        for (int i = 0; i < size; i++) Assert.True(again.Hold((ulong)i));
        Assert.False(again.TryNext(0, out _));
        Assert.True(blocks.Size <= Math.Max(before, 300_000));
    }

    [Fact]
    public void The_ends_of_two_to_the_64_places_are_places_as_others()
    {
        SparsePlaces places = new(new(new(1, 2)), ulong.MaxValue);
        Assert.True(places.Hold(ulong.MaxValue));
        Assert.False(places.Hold(ulong.MaxValue));
        Assert.False(places.TryNext(ulong.MaxValue, out _));
        Assert.True(places.TryNext(ulong.MaxValue - 1, out ulong found));
        Assert.Equal(ulong.MaxValue - 1, found);
        Assert.False(places.Release(ulong.MaxValue));
        Assert.True(places.Release(ulong.MaxValue));
        places.Cover(0, 63);
        Assert.True(places.TryNext(0, out found));
        Assert.Equal(1UL << 63, found);
        places.Cover(1UL << 63, 63);
        Assert.False(places.TryNext(0, out _));
        places.Cover(0, 64);
        places.Uncover(0, 63);
        places.Uncover(1UL << 63, 63);
        Assert.False(places.TryNext(5, out _));
        places.Uncover(0, 64);
        Assert.True(places.TryNext(5, out found));
        Assert.Equal(5UL, found);
    }

    [Fact]
    public void A_copy_holds_once_what_is_held_and_goes_its_own_way()
    {
        SparsePlaces places = new(new(default), 1000);
        for (ulong i = 0; i < 130; i++) places.Hold(i);
        places.Hold(7);
        IPlaceSet copy = places.Copy();
        Assert.True(copy.TryNext(0, out ulong found));
        Assert.Equal(130UL, found);
        Assert.True(copy.Release(7));
        Assert.False(places.IsFree(7));
        copy.Forget();
        Assert.False(places.IsFree(129));
    }

    [Fact]
    public void The_order_of_freeing_forgets_the_oldest_when_it_would_grow_without_end()
    {
        PlaceJournal journal = new(default);
        SparsePlaces places = new(new(default), 1UL << 40);
        FreePlaces pool = new(places, journal);
        pool.KeepOrder();
        for (ulong i = 5; i <= FreedOrder.MaxPlaces + 5; i++)
        {
            pool.HoldQuietly(i);
            pool.ReleaseQuietly(i);
            journal.Accept();
        }

        // 5 counts as never taken again, 6 is the oldest that is remembered.
        for (ulong i = 0; i < 5; i++) pool.HoldQuietly(i);
        Assert.True(pool.TryOldest(out ulong oldest));
        Assert.Equal(5UL, oldest);
        pool.HoldQuietly(5);
        Assert.True(pool.TryOldest(out oldest));
        Assert.Equal(FreedOrder.MaxPlaces + 6UL, oldest);
    }

    private static void Change(SparsePlaces places, int first, int bits, bool hold)
    {
        if (bits > SparsePlaces.MaxSingleBits)
        {
            if (hold) places.Cover((ulong)first, bits);
            else places.Uncover((ulong)first, bits);
            return;
        }

        for (int i = 0; i < 1 << bits; i++)
        {
            if (hold) places.Hold((ulong)(first + i));
            else places.Release((ulong)(first + i));
        }
    }
}
