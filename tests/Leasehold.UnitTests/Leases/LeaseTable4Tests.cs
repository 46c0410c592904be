using Leasehold.Leases;
using Leasehold.Leases.Memfile;
using Leasehold.Protocol;
using Leasehold.UnitTests.Leases.Memfile;
using Xunit;

namespace Leasehold.UnitTests.Leases;

/// <summary>The table's rules one by one, and its promises about size and allocation.</summary>
public sealed class LeaseTable4Tests
{
    private static readonly Instant Now = new(1_700_000_000);
    private static readonly Ipv4Range Range = new(Ipv4.Parse("192.0.2.10"), Ipv4.Parse("192.0.2.20"));

    private static readonly LeaseRow Lease = new()
    {
        Address = Ipv4.Parse("192.0.2.10"),
        HardwareAddress = HardwareAddress.Parse("02:00:5e:10:00:01"),
        ClientId = "client",
        Hostname = "printer",
        ValidLifetime = new(3600),
        Expire = Now + new Lifetime(3600),
    };

    private readonly LeaseTable4 table = new();

    public LeaseTable4Tests() => table.SetPools([Range], []);

    [Fact]
    public void An_offer_over_a_lease_that_is_not_over_changes_nothing()
    {
        Apply(LeaseChangeKind.Commit, Lease);
        Apply(LeaseChangeKind.Offer, Lease with { ClientId = "other", Expire = Now + new Lifetime(10) });
        Assert.Equal(Lease, Get());
    }

    [Fact]
    public void An_offer_that_runs_out_frees_its_address()
    {
        Apply(LeaseChangeKind.Offer, Lease with { Expire = Now + new Lifetime(10) });
        Assert.False(table.Pool(Range).IsFree(Lease.Address));
        Advance(10);
        Assert.False(table.Pool(Range).IsFree(Lease.Address));
        Advance(11);
        Assert.True(table.Pool(Range).IsFree(Lease.Address));
        Assert.Equal(0, table.Count);
    }

    [Fact]
    public void A_lease_that_is_over_frees_its_address_at_once_and_is_remembered_for_the_hold_time()
    {
        Apply(LeaseChangeKind.Commit, Lease);
        Advance(3600);
        Assert.Equal(Lease, Get());
        Advance(3601);
        Assert.True(table.Pool(Range).IsFree(Lease.Address));
        Assert.Equal(Lease with { State = LeaseState.ExpiredReclaimed }, Get());
        Advance(3600 + 99);
        Assert.Equal(1, table.Count);
        Advance(3600 + 100);
        Assert.Equal(0, table.Count);
    }

    [Fact]
    public void A_remembered_lease_goes_when_another_client_gets_the_address()
    {
        Apply(LeaseChangeKind.Commit, Lease);
        Apply(LeaseChangeKind.Release, Lease);
        Apply(LeaseChangeKind.Commit, Lease with { ClientId = "other" });
        Assert.False(table.ByClientId("client"u8).MoveNext());
        Assert.True(table.ByClientId("other"u8).MoveNext());
    }

    [Fact]
    public void A_declined_address_belongs_to_nobody_and_is_free_after_its_end()
    {
        Apply(LeaseChangeKind.Commit, Lease);
        Apply(LeaseChangeKind.Decline, Lease);
        Assert.False(table.ByClientId("client"u8).MoveNext());
        Assert.False(table.ByHardwareAddress(Lease.HardwareAddress).MoveNext());
        Assert.Equal(new LeaseCounts(Assigned: 0, Declined: 1, Offered: 0, Remembered: 0), table.CountsOf(1));
        Advance(3600);
        Assert.False(table.Pool(Range).IsFree(Lease.Address));
        Advance(3601);
        Assert.True(table.Pool(Range).IsFree(Lease.Address));
        Assert.Equal(0, table.Count);
    }

    [Fact]
    public void A_reserved_address_is_not_free_though_nobody_has_it_and_is_again_when_it_is_no_longer_reserved()
    {
        table.SetPools([Range], [Lease.Address]);
        Assert.False(table.Pool(Range).IsFree(Lease.Address));
        Apply(LeaseChangeKind.Commit, Lease);
        Apply(LeaseChangeKind.Release, Lease);
        Assert.False(table.Pool(Range).IsFree(Lease.Address));
        table.SetPools([Range], []);
        Assert.True(table.Pool(Range).IsFree(Lease.Address));
    }

    [Fact]
    public void An_infinite_lease_stays()
    {
        Apply(LeaseChangeKind.Commit, Lease with { ValidLifetime = Lifetime.Infinite, Expire = Instant.Never });
        Advance(int.MaxValue);
        Assert.Equal(LeaseState.Assigned, Get().State);
    }

    [Fact]
    public void Advance_handles_no_more_than_its_limit()
    {
        Advance(0);
        for (uint i = 0; i < 10; i++) Apply(LeaseChangeKind.Commit, Lease with { Address = new(Lease.Address.Value + i) });
        Instant over = Now + new Lifetime(3601);
        Assert.Equal(4, table.Advance(over, new(1000), limit: 4));
        Assert.Equal(new LeaseCounts(Assigned: 6, Declined: 0, Offered: 0, Remembered: 4), table.CountsOf(1));
        Assert.Equal(4, table.Advance(over, new(1000), limit: 4));
        Assert.Equal(2, table.Advance(over, new(1000), limit: 4));
    }

    [Fact]
    public void A_clock_that_goes_back_ends_nothing_early_and_nothing_late()
    {
        Advance(10_000);
        Apply(LeaseChangeKind.Commit, Lease);
        for (uint at = 0; at <= 3600; at += 100) table.Advance(Now + new Lifetime(at), new(100), limit: 100);
        Assert.Equal(LeaseState.Assigned, Get().State);
        Advance(3601);
        Assert.Equal(LeaseState.ExpiredReclaimed, Get().State);
        Assert.True(table.Pool(Range).IsFree(Lease.Address));
        Advance(3700);
        Assert.Equal(0, table.Count);
    }

    [Fact]
    public void Advance_and_loading_while_changes_wait_are_bugs()
    {
        table.Apply(new() { Kind = LeaseChangeKind.Commit, Lease = Lease.ToLease() }, Now);
        Assert.Throws<InvalidOperationException>(() => table.Advance(Now, new(1), limit: 1));
        Assert.Throws<InvalidOperationException>(() => table.Load(Lease.ToLease()));
        Assert.Throws<InvalidOperationException>(() => table.SetPools([], []));
        table.Accept();
        table.Advance(Now, new(1), limit: 1);
    }

    [Fact]
    public void Forty_thousand_leases_are_all_found_by_every_key_and_all_end()
    {
        const int count = 40_000;
        for (int i = 0; i < count; i++) table.Load(Numbered(i).ToLease());
        Assert.Equal(count, table.Count);
        for (int i = 0; i < count; i += 7)
        {
            LeaseRow row = Numbered(i);
            Assert.True(table.TryGet(row.Address, out Lease4 lease));
            Assert.Equal(row, LeaseRow.Of(lease));
            Assert.Equal([row], LeaseRow.All(table.ByHardwareAddress(row.HardwareAddress)));
            Assert.Equal([row], LeaseRow.All(table.ByClientId(System.Text.Encoding.Latin1.GetBytes(row.ClientId))));
        }

        table.Advance(Now + new Lifetime(count / 2), new(1_000_000), limit: int.MaxValue);
        Assert.Equal(new LeaseCounts(Assigned: count / 2, Declined: 0, Offered: 0, Remembered: count / 2), table.CountsOf(1));
        table.Advance(Now + new Lifetime(2_000_000), new(1_000_000), limit: int.MaxValue);
        Assert.Equal(0, table.Count);
    }

    [Fact]
    public void A_lease_takes_at_most_160_octets_of_memory()
    {
        const int count = 100_000;
        LeaseTable4 big = new();
        for (int i = 0; i < count; i++) big.Load(Numbered(i).ToLease());
        Assert.InRange(big.Size / count, 60, 160);
    }

    [Fact]
    public void Lookups_renewals_offers_and_their_lines_allocate_nothing_in_steady_state()
    {
        SimulatedDisk disk = new(new(1));
        LeaseTable4 leases = new();
        leases.SetPools([new(new(10 << 24), new((10 << 24) + 2000))], []);
        _ = LeaseLog4.Open(disk, "leases", leases, new(), out LeaseLog4? log);
        for (int i = 0; i < 1000; i++) leases.Load(Numbered(i).ToLease());
        byte[] clientId = [.. "client-7"u8];
        HardwareAddress hardware = Numbered(7).HardwareAddress;

        long Round(int round)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Instant now = new(Now.Seconds + round);
            for (uint i = 0; i < 100; i++)
            {
                Ipv4 address = new((10u << 24) + i);
                Assert.True(leases.TryGet(address, out Lease4 lease));
                foreach (Lease4 each in leases.ByHardwareAddress(hardware)) GC.KeepAlive(log);
                foreach (Lease4 each in leases.ByClientId(clientId)) GC.KeepAlive(log);
                LeaseChange4 renewal = new()
                {
                    Kind = LeaseChangeKind.Commit,
                    Lease = new()
                    {
                        Address = address,
                        HardwareAddress = lease.HardwareAddress,
                        ClientId = lease.ClientId,
                        Hostname = lease.Hostname,
                        ValidLifetime = new(3600),
                        Expire = now + new Lifetime(3600),
                        SubnetId = 1,
                    },
                };
                log!.Append(renewal, now);
                leases.Apply(renewal, now);
                LeaseChange4 offer = new()
                {
                    Kind = LeaseChangeKind.Offer,
                    Lease = new() { Address = new((10u << 24) + 1100 + i), HardwareAddress = hardware, ClientId = clientId, Expire = now, SubnetId = 1 },
                };
                leases.Apply(offer, now);
            }

            if (round == 4) leases.Rollback();
            else leases.Accept();
            leases.Advance(now, new(0), limit: 1000);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        for (int round = 0; round < 5; round++)
        {
            Round(round);
            Assert.True(log!.TryCommit(out _));
        }

        Assert.Equal(0, Round(5));
    }

    private static LeaseRow Numbered(int i) => Lease with
    {
        Address = new((10u << 24) + (uint)i),
        HardwareAddress = new(1, [2, 0, 0, (byte)(i >> 16), (byte)(i >> 8), (byte)i]),
        ClientId = $"client-{i}",
        Hostname = $"host-{i}",
        Expire = new(Now.Seconds + i),
    };

    private LeaseRow Get()
    {
        Assert.True(table.TryGet(Lease.Address, out Lease4 lease));
        return LeaseRow.Of(lease);
    }

    private void Apply(LeaseChangeKind kind, LeaseRow row)
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
