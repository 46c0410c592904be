using Leasehold.Leases;
using Leasehold.Leases.Memfile;
using Leasehold.Protocol;
using Xunit;

namespace Leasehold.UnitTests.Leases.Memfile;

/// <summary>Batches, faults and power cuts in random order. After each cut: what was acknowledged is there.</summary>
public sealed class LeaseLogCrashTests
{
    private const string Name = "kea-leases.csv";
    private static readonly Instant Now = new(1_700_000_000);

    [Theory]
    [InlineData(4, 0)]
    [InlineData(4, 8192)]
    [InlineData(6, 0)]
    [InlineData(6, 8192)]
    public void Every_acknowledged_change_survives_every_crash(int family, int prepareAhead)
    {
        int crashes = 0;
        int failures = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            Random random = new(seed);
            SimulatedDisk disk = new(random);
            AcknowledgedLeases history = new();
            for (int life = 0; life < 12; life++)
            {
                var keeper = LeaseKeeper.Of(family);
                LeaseLoadReport report = keeper.Open(disk, Name, new() { PrepareAhead = prepareAhead });
                Assert.True(report.Succeeded, $"seed {seed}, life {life}: {string.Join('\n', report.Findings)}");
                history.Check(keeper, $"seed {seed}, life {life}");
                for (int batch = random.Next(12); batch >= 0; batch--)
                {
                    SetFaults(disk, random);
                    if (!history.Batch(random, keeper)) failures++;
                }

                ClearFaults(disk);
                if (random.Next(3) == 0) history.AppendOnly(random, keeper);
                if (random.Next(4) == 0) keeper.Log.Dispose();
                else crashes++;
                disk.Crash();
            }
        }

        Assert.True(crashes > 50, "crashes were simulated");
        Assert.True(failures > 50, "failures were simulated");
    }

    [Fact]
    public void A_failed_batch_leaves_the_file_as_it_was_and_the_next_one_works()
    {
        SimulatedDisk disk = new(new(1));
        LeaseTable4 table = new();
        _ = LeaseLog4.Open(disk, Name, table, new(), out LeaseLog4? log);
        string before = disk.Text(Name);
        disk.FailWrites = 1;
        log!.Append(Commit("192.0.2.1", 1), Now);
        Assert.False(log.TryCommit(out string? error));
        Assert.Equal("No space left on device", error);
        Assert.Equal(before, disk.Text(Name));

        log.Append(Commit("192.0.2.2", 2), Now);
        Assert.True(log.TryCommit(out _));
        Assert.Equal($"{before}192.0.2.2,02:00:00:00:00:02,,3600,1700003600,1,0,0,,0,,0\n", disk.Text(Name));
    }

    [Fact]
    public void While_the_cut_after_a_failure_fails_nothing_is_written_and_nothing_is_acknowledged()
    {
        SimulatedDisk disk = new(new(1));
        LeaseTable4 table = new();
        _ = LeaseLog4.Open(disk, Name, table, new(), out LeaseLog4? log);
        string before = disk.Text(Name);
        disk.FailSyncs = 1;
        disk.FailLengths = 3;
        for (int batch = 0; batch < 3; batch++)
        {
            log!.Append(Commit("192.0.2.1", 1), Now);
            Assert.False(log.TryCommit(out _));
        }

        Assert.Equal(0, disk.FailLengths);
        log!.Append(Commit("192.0.2.2", 2), Now);
        Assert.True(log.TryCommit(out _));
        Assert.Equal($"{before}192.0.2.2,02:00:00:00:00:02,,3600,1700003600,1,0,0,,0,,0\n", disk.Text(Name));
    }

    [Fact]
    public void A_full_disk_takes_leases_again_when_there_is_space()
    {
        SimulatedDisk disk = new(new(1));
        LeaseTable4 table = new();
        _ = LeaseLog4.Open(disk, Name, table, new(), out LeaseLog4? log);
        disk.Capacity = log!.DurableLength;
        for (int batch = 0; batch < 5; batch++)
        {
            LeaseChange4 change = Commit("192.0.2.1", 1);
            log.Append(change, Now);
            table.Apply(change, Now);
            Assert.False(log.TryCommit(out _));
            table.Rollback();
            Assert.Equal(0, table.Count);
        }

        disk.Capacity = long.MaxValue;
        log.Append(Commit("192.0.2.1", 1), Now);
        Assert.True(log.TryCommit(out _));
    }

    [Fact]
    public void A_batch_is_one_write_and_one_sync()
    {
        SimulatedDisk disk = new(new(1));
        _ = LeaseLog4.Open(disk, Name, new(), new(), out LeaseLog4? log);
        (int writes, int syncs) = (disk.Writes, disk.Syncs);
        for (byte i = 0; i < 200; i++) log!.Append(Commit($"192.0.2.{i}", i), Now);
        Assert.True(log!.TryCommit(out _));
        Assert.Equal((writes + 1, syncs + 1), (disk.Writes, disk.Syncs));
    }

    [Fact]
    public void A_batch_of_offers_is_neither_written_nor_synced()
    {
        SimulatedDisk disk = new(new(1));
        _ = LeaseLog4.Open(disk, Name, new(), new(), out LeaseLog4? log);
        (int writes, int syncs) = (disk.Writes, disk.Syncs);
        log!.Append(new() { Kind = LeaseChangeKind.Offer, Lease = new LeaseRow { Address = Ipv4.Parse("192.0.2.1") }.ToLease() }, Now);
        Assert.True(log.TryCommit(out _));
        Assert.Equal((writes, syncs), (disk.Writes, disk.Syncs));
    }

    [Fact]
    public void Space_prepared_ahead_is_zero_and_is_cut_off_at_a_clean_end()
    {
        SimulatedDisk disk = new(new(1));
        _ = LeaseLog4.Open(disk, Name, new(), new() { PrepareAhead = 1000 }, out LeaseLog4? log);
        log!.Append(Commit("192.0.2.1", 1), Now);
        Assert.True(log.TryCommit(out _));
        Assert.Equal(log.DurableLength + 1000, disk.Text(Name).Length);
        Assert.Equal(new string('\0', 1000), disk.Text(Name)[(int)log.DurableLength..]);
        int length = disk.Text(Name).Length;
        log.Append(Commit("192.0.2.2", 2), Now);
        Assert.True(log.TryCommit(out _));
        Assert.Equal(length, disk.Text(Name).Length);
        log.Dispose();
        Assert.EndsWith("\n", disk.Text(Name));
    }

    private static LeaseChange4 Commit(string address, byte client) => new()
    {
        Kind = LeaseChangeKind.Commit,
        Lease = new LeaseRow { Address = Ipv4.Parse(address), HardwareAddress = new(1, [2, 0, 0, 0, 0, client]), Expire = new(1_700_003_600) }.ToLease(),
    };

    private static void SetFaults(SimulatedDisk disk, Random random)
    {
        disk.FailWrites = random.Next(6) == 0 ? random.Next(3) : 0;
        disk.FailSyncs = random.Next(6) == 0 ? random.Next(3) : 0;
        disk.FailLengths = random.Next(6) == 0 ? random.Next(3) : 0;
    }

    private static void ClearFaults(SimulatedDisk disk) => disk.FailWrites = disk.FailSyncs = disk.FailLengths = 0;
}
