using Leasehold.Leases;
using Leasehold.Protocol;
using Xunit;

namespace Leasehold.UnitTests.Leases;

/// <summary>The table's rules one by one, and its promises about size and allocation.</summary>
public sealed class LeaseTable6Tests
{
    private static readonly Instant Now = new(1_700_000_000);
    private static readonly LeasePool6 Pool = LeasePool6.Addresses(new(Ipv6.Parse("2001:db8::10"), Ipv6.Parse("2001:db8::20")));

    private static readonly LeaseRow6 Lease = new()
    {
        Address = Ipv6.Parse("2001:db8::10"),
        Duid = "client",
        Iaid = 7,
        HardwareAddress = "\x02\x00\x5e\x10\x00\x01",
        HardwareType = 1,
        HardwareSource = HardwareSource6.Duid,
        Hostname = "printer",
        ValidLifetime = new(3600),
        Expire = Now + new Lifetime(3600),
    };

    private readonly LeaseTable6 table = new();

    public LeaseTable6Tests() => table.SetPools([Pool], [], []);

    [Fact]
    public void An_offer_over_a_lease_that_is_not_over_changes_nothing()
    {
        Apply(LeaseChangeKind.Commit, Lease);
        Apply(LeaseChangeKind.Offer, Lease with { Duid = "other", Expire = Now + new Lifetime(10) });
        Assert.Equal(Lease, Get());
    }

    [Fact]
    public void An_offer_that_is_given_up_leaves_nothing_and_need_not_be_stored()
    {
        Apply(LeaseChangeKind.Offer, Lease);
        LeaseRow6 offered = Get();
        Assert.Equal(LeaseState.Offered, offered.State);
        LeaseChange6 givenUp = new() { Kind = LeaseChangeKind.Delete, Lease = offered.ToLease() };
        Assert.False(givenUp.IsDurable);
        table.Apply(givenUp, Now);
        table.Accept();
        Assert.Equal(0, table.Count);
        Assert.True(table.Pool(Pool).IsFree(Lease.Prefix));
    }

    [Fact]
    public void A_temporary_and_a_non_temporary_lease_of_one_address_are_one()
    {
        Apply(LeaseChangeKind.Commit, Lease);
        Apply(LeaseChangeKind.Commit, Lease with { Type = LeaseType6.Temporary, Duid = "other" });
        Assert.Equal(1, table.Count);
        Assert.False(table.ByDuid("client"u8).MoveNext());
        Assert.True(table.ByAssociation(LeaseType6.Temporary, "other"u8, 7).MoveNext());
        Assert.False(table.ByAssociation(LeaseType6.NonTemporary, "other"u8, 7).MoveNext());
    }

    [Fact]
    public void An_association_has_several_leases_and_a_client_several_associations()
    {
        LeaseRow6 second = Lease with { Address = Ipv6.Parse("2001:db8::11") };
        LeaseRow6 other = Lease with { Address = Ipv6.Parse("2001:db8::12"), Iaid = 8 };
        LeaseRow6 prefix = Lease with { Type = LeaseType6.Prefix, Address = Ipv6.Parse("2001:db8:1::"), PrefixLength = 56 };
        foreach (LeaseRow6 row in (LeaseRow6[])[Lease, second, other, prefix]) Apply(LeaseChangeKind.Commit, row);
        Assert.Equal([second, Lease], LeaseRow6.All(table.ByAssociation(LeaseType6.NonTemporary, "client"u8, 7)));
        Assert.Equal([prefix], LeaseRow6.All(table.ByAssociation(LeaseType6.Prefix, "client"u8, 7)));
        Assert.Equal([prefix, other, second, Lease], LeaseRow6.All(table.ByDuid("client"u8)));
    }

    [Fact]
    public void A_declined_address_belongs_to_nobody_and_is_free_after_its_end()
    {
        Apply(LeaseChangeKind.Commit, Lease);
        Apply(LeaseChangeKind.Decline, Lease);
        Assert.False(table.ByDuid("client"u8).MoveNext());
        Assert.Equal(Lease.Declined(), Get());
        Assert.Equal(new LeaseCounts(Assigned: 0, Declined: 1, Offered: 0, Remembered: 0), table.CountsOf(LeaseType6.NonTemporary, 1));
        Advance(3600);
        Assert.False(table.Pool(Pool).IsFree(Lease.Prefix));
        Advance(3601);
        Assert.True(table.Pool(Pool).IsFree(Lease.Prefix));
        Assert.Equal(0, table.Count);
    }

    [Fact]
    public void A_lease_that_is_over_is_free_at_once_and_is_remembered_for_the_hold_time()
    {
        Apply(LeaseChangeKind.Commit, Lease);
        Advance(3601);
        Assert.True(table.Pool(Pool).IsFree(Lease.Prefix));
        Assert.Equal(Lease with { State = LeaseState.ExpiredReclaimed }, Get());
        Advance(3600 + 100);
        Assert.Equal(0, table.Count);
    }

    [Fact]
    public void Forty_thousand_leases_are_all_found_by_every_key_and_all_end()
    {
        const int count = 40_000;
        for (int i = 0; i < count; i++) table.Load(Numbered(i).ToLease());
        Assert.Equal(count, table.Count);
        for (int i = 0; i < count; i += 7)
        {
            LeaseRow6 row = Numbered(i);
            byte[] duid = System.Text.Encoding.Latin1.GetBytes(row.Duid);
            Assert.True(table.TryGet(row.Type, row.Address, out Lease6 lease));
            Assert.Equal(row, LeaseRow6.Of(lease));
            Assert.Equal([row], LeaseRow6.All(table.ByDuid(duid)));
            Assert.Equal([row], LeaseRow6.All(table.ByAssociation(row.Type, duid, row.Iaid)));
        }

        table.Advance(Now + new Lifetime(count / 2), new(1_000_000), limit: int.MaxValue);
        Assert.Equal(new LeaseCounts(Assigned: count / 2, Declined: 0, Offered: 0, Remembered: count / 2), table.CountsOf(LeaseType6.NonTemporary, 1));
        table.Advance(Now + new Lifetime(2_000_000), new(1_000_000), limit: int.MaxValue);
        Assert.Equal(0, table.Count);
    }

    /// <summary>With a DUID-LLT, a link-layer address and a name, in the worst place: alone in its 64 addresses of a /64.</summary>
    [Fact]
    public void A_lease_takes_at_most_240_octets_of_memory_its_place_in_the_pool_included()
    {
        const int count = 100_000;
        LeaseTable6 big = new();
        big.SetPools([LeasePool6.Addresses(new(Ipv6.Parse("2001:db8::"), Ipv6.Parse("2001:db8::ffff:ffff:ffff:ffff")))], [], []);
        Random random = new(1);
        for (int i = 0; i < count; i++)
        {
            LeaseRow6 row = Numbered(i) with { Duid = $"\x01\x01{i:D12}", Hostname = $"host-{i}", Address = new(Ipv6.Parse("2001:db8::").Value + (ulong)random.NextInt64()) };
            big.Load(row.ToLease());
        }

        Assert.InRange(big.Size / count, 100, 240);
    }

    [Fact]
    public void Lookups_renewals_and_offers_allocate_nothing_in_steady_state()
    {
        LeaseTable6 leases = new();
        LeasePool6 pool = LeasePool6.Addresses(new(Ipv6.Parse("2001:db8:2::"), Ipv6.Parse("2001:db8:2::ffff:ffff:ffff:ffff")));
        LeasePool6 delegated = LeasePool6.Prefixes(new(Ipv6.Parse("2001:db8:4000::"), 36), 56);
        leases.SetPools([pool, delegated], [], []);
        for (int i = 0; i < 1000; i++) leases.Load(Numbered(i).ToLease());
        byte[] duid = [.. "duid-7"u8];
        Ipv6 renewed = Numbered(900).Address;
        LeaseChanges6 changes = new();
        Random random = new(1);

        long Round(int round)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Instant now = new(Now.Seconds + round);
            for (int i = 0; i < 100; i++)
            {
                foreach (Lease6 each in leases.ByDuid(duid)) GC.KeepAlive(changes);
                foreach (Lease6 each in leases.ByAssociation(LeaseType6.NonTemporary, duid, 7)) GC.KeepAlive(changes);
                FreePrefixes free = leases.Pool(i % 2 == 0 ? pool : delegated);
                Ipv6Prefix found = default;
                Assert.True((i % 3) switch { 0 => free.TryNext(free.Cursor, out found), 1 => free.TryRandom(random, out found), _ => free.TryOldest(out found) });
                changes.Clear();
                changes.Add(new()
                {
                    Kind = i % 5 == 0 ? LeaseChangeKind.Commit : LeaseChangeKind.Offer,
                    Lease = new() { Type = free.Pool.Type, Address = found.Network, PrefixLength = (byte)found.Length, Duid = duid, Iaid = 9, Expire = now, SubnetId = 1 },
                });
                leases.Apply(changes[0], now);
                Assert.True(leases.TryGet(LeaseType6.NonTemporary, renewed, out Lease6 lease));
                leases.Apply(new() { Kind = LeaseChangeKind.Commit, Lease = lease }, now);
            }

            if (round == 4) leases.Rollback();
            else leases.Accept();
            leases.Advance(new(now.Seconds + 1), new(0), limit: 1000);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        for (int round = 0; round < 12; round++) Round(round);
        Assert.Equal(0, Round(12));
    }

    private static LeaseRow6 Numbered(int i) => Lease with
    {
        Address = new(Ipv6.Parse("2001:db8:1::").Value + (ulong)i),
        Duid = $"duid-{i}",
        Iaid = (uint)i,
        Hostname = $"host-{i}",
        Expire = new(Now.Seconds + i),
    };

    private LeaseRow6 Get()
    {
        Assert.True(table.TryGet(LeaseType6.NonTemporary, Lease.Address, out Lease6 lease));
        return LeaseRow6.Of(lease);
    }

    private void Apply(LeaseChangeKind kind, LeaseRow6 row)
    {
        table.Apply(new() { Kind = kind, Lease = row.ToLease() }, Now);
        table.Accept();
    }

    /// <summary>Advances to a moment after Now, remembering for 100 seconds.</summary>
    private void Advance(uint seconds)
    {
        while (table.Advance(Now + new Lifetime(seconds), new(100), limit: 100) == 100)
        {
        }
    }
}
