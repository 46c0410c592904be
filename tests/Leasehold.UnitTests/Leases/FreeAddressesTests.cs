using Leasehold.Leases;
using Leasehold.Protocol;
using Xunit;

namespace Leasehold.UnitTests.Leases;

/// <summary>The pools of a table against a list of booleans.</summary>
public sealed class FreeAddressesTests
{
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("192.0.2.0", "192.0.2.63")]
    [InlineData("192.0.2.1", "192.0.2.65")]
    [InlineData("10.0.0.250", "10.0.17.9")]
    [InlineData("255.255.255.0", "255.255.255.255")]
    [InlineData("0.0.0.0", "0.0.0.100")]
    public void Random_changes_leave_what_a_plain_list_has(string first, string last)
    {
        Ipv4Range range = new(Ipv4.Parse(first), Ipv4.Parse(last));
        LeaseTable4 table = new();
        table.SetPools([range], []);
        FreeAddresses pool = table.Pool(range);
        int size = (int)range.Count;
        bool[] free = [.. Enumerable.Repeat(element: true, size)];
        int cursor = 0;
        Random random = new(size);

        // Three phases: filling, emptying, both at once.
        for (int step = 0; step < size * 6; step++)
        {
            int at = random.Next(3) == 0 ? cursor : random.Next(size);
            bool take = step < size * 2 || (step > size * 4 && random.Next(2) == 0);
            Ipv4 address = new((uint)(range.First.Value + at));
            if (take)
            {
                if (free[at] && Next(free, cursor) == at) cursor = (at + 1) % size;
                free[at] = false;
                table.Apply(new() { Kind = LeaseChangeKind.Commit, Lease = new() { Address = address, Expire = new(2000) } }, new(1000));
            }
            else
            {
                free[at] = true;
                table.Apply(new() { Kind = LeaseChangeKind.Delete, Lease = new() { Address = address } }, new(1000));
            }

            table.Accept();
            Assert.Equal(free.Count(one => one), pool.Count);
            Assert.Equal(new Ipv4((uint)(range.First.Value + cursor)), pool.Cursor);
            int from = random.Next(size);
            int expected = Next(free, from);
            Assert.Equal(free[from], pool.IsFree(new((uint)(range.First.Value + from))));
            Assert.Equal(expected >= 0, pool.TryNext(new((uint)(range.First.Value + from)), out Ipv4 found));
            if (expected >= 0) Assert.Equal(new Ipv4((uint)(range.First.Value + expected)), found);
        }
    }

    [Fact]
    public void The_last_free_address_of_a_slash_8_is_found_from_anywhere()
    {
        FreeAddresses pool = new(new Ipv4Prefix(Ipv4.Parse("10.0.0.0"), 8).Range, new(default));
        Ipv4 last = Ipv4.Parse("10.200.3.77");
        for (uint address = pool.Range.First.Value; address <= pool.Range.Last.Value; address++)
        {
            if (address != last.Value) pool.Places.HoldQuietly(pool.PlaceOf(new(address)));
        }

        Assert.Equal(1, pool.Count);
        foreach (string from in (string[])["10.0.0.0", "10.200.3.77", "10.200.3.78", "10.255.255.255", "192.0.2.1"])
        {
            Assert.True(pool.TryNext(Ipv4.Parse(from), out Ipv4 found));
            Assert.Equal(last, found);
        }

        pool.Places.HoldQuietly(pool.PlaceOf(last));
        Assert.False(pool.TryNext(last, out _));
    }

    [Fact]
    public void An_address_outside_the_range_is_never_free()
    {
        FreeAddresses pool = new(new(Ipv4.Parse("192.0.2.10"), Ipv4.Parse("192.0.2.20")), new(default));
        Assert.False(pool.IsFree(Ipv4.Parse("192.0.2.9")));
        Assert.False(pool.IsFree(Ipv4.Parse("192.0.2.21")));
        Assert.True(pool.IsFree(Ipv4.Parse("192.0.2.10")));
        Assert.True(pool.IsFree(Ipv4.Parse("192.0.2.20")));
    }

    [Fact]
    public void A_renewal_of_the_address_at_the_cursor_leaves_the_cursor()
    {
        LeaseTable4 table = new();
        Ipv4Range range = new(Ipv4.Parse("192.0.2.10"), Ipv4.Parse("192.0.2.12"));
        table.SetPools([range], []);
        foreach (string address in (string[])["192.0.2.10", "192.0.2.11", "192.0.2.12", "192.0.2.10"])
        {
            table.Apply(new() { Kind = LeaseChangeKind.Commit, Lease = new() { Address = Ipv4.Parse(address), Expire = new(9) } }, new(1));
            table.Accept();
        }

        Assert.Equal(Ipv4.Parse("192.0.2.10"), table.Pool(range).Cursor);
    }

    private static int Next(bool[] free, int from)
    {
        for (int i = 0; i < free.Length; i++)
        {
            if (free[(from + i) % free.Length]) return (from + i) % free.Length;
        }

        return -1;
    }
}
