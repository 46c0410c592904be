using Leasehold.Configuration.Model;
using Leasehold.Leases;
using Leasehold.Leases.Memfile;
using Leasehold.Protocol;
using Leasehold.Serve;
using Leasehold.UnitTests.Leases;
using Leasehold.UnitTests.Leases.Memfile;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Leasehold.UnitTests.Serve;

/// <summary>A store over a disk that fails: what is acknowledged, and what the administrator reads.</summary>
public sealed class LeaseStore4Tests
{
    private const string Name = "leases4.csv";
    private const string Path = "/var/lib/leasehold/leases4.csv";
    private static readonly Instant Start = new(1_700_000_000);

    private readonly SimulatedDisk disk = new(new Random(1));
    private readonly RecordedLines lines = new();

    [Fact]
    public void A_sync_that_fails_once_costs_one_batch_and_two_lines()
    {
        LeaseStore4 store = Open();
        // The commit with prepared space fails, and the one without it that follows at once.
        disk.FailSyncs = 2;
        Assert.False(Commit(store, 1, Start));
        Assert.True(Commit(store, 2, Start + new Lifetime(3)));
        Assert.True(Commit(store, 3, Start + new Lifetime(4)));
        Assert.Equal(
            [
                $"Error leases cannot be stored, so no client gets an acknowledgement: Input/output error ({Path}; 1 batches failed so far)",
                $"Warning leases are stored again in {Path}, after 3 s and 1 failed batches",
            ],
            lines.Taken);
        AssertSurvivesPowerCut("192.0.2.2", "192.0.2.3");
    }

    [Fact]
    public void A_disk_that_fails_for_good_is_told_at_once_and_every_minute_and_nothing_is_acknowledged()
    {
        LeaseStore4 store = Open();
        Assert.True(Commit(store, 1, Start));
        disk.FailWrites = int.MaxValue;
        for (uint second = 0; second <= 150; second++) Assert.False(Commit(store, 2, Start + new Lifetime(second)));
        Assert.Equal(["1 batches", "61 batches", "121 batches"], lines.Taken.Select(line => line[(line.IndexOf("; ", StringComparison.Ordinal) + 2)..line.IndexOf(" failed", StringComparison.Ordinal)]));
        Assert.All(lines.Taken, line => Assert.StartsWith("Error ", line));
        AssertSurvivesPowerCut("192.0.2.1");
    }

    [Fact]
    public void A_disk_that_recovers_after_a_long_time_is_used_again_without_a_restart()
    {
        LeaseStore4 store = Open();
        disk.FailWrites = int.MaxValue;
        disk.FailLengths = int.MaxValue;
        for (uint second = 0; second < 200; second++) Assert.False(Commit(store, 1, Start + new Lifetime(second)));
        disk.FailWrites = disk.FailLengths = 0;
        lines.Taken.Clear();
        Assert.True(Commit(store, 1, Start + new Lifetime(200)));
        Assert.Equal([$"Warning leases are stored again in {Path}, after 200 s and 200 failed batches"], lines.Taken);
        AssertSurvivesPowerCut("192.0.2.1");
    }

    [Fact]
    public void Durability_none_writes_each_batch_syncs_none_and_says_so()
    {
        LeaseStore4 store = Open();
        store.Use(new() { Durability = Durability.None });
        (int writes, int syncs) = (disk.Writes, disk.Syncs);
        for (byte client = 1; client <= 5; client++) Assert.True(Commit(store, client, Start));
        Assert.Equal((writes + 5, syncs), (disk.Writes, disk.Syncs));
        string line = Assert.Single(lines.Taken);
        Assert.Equal($"Warning leases in {Path} are not synced to stable storage (lease-database, durability none): a power cut loses acknowledged leases", line);
    }

    [Fact]
    public void Going_back_to_commit_brings_what_was_written_before_to_stable_storage_too()
    {
        LeaseStore4 store = Open();
        store.Use(new() { Durability = Durability.None });
        Assert.True(Commit(store, 1, Start));
        store.Use(new() { Durability = Durability.Commit });
        Assert.True(Commit(store, 2, Start));
        AssertSurvivesPowerCut("192.0.2.1", "192.0.2.2");
    }

    [Fact]
    public void A_clean_end_syncs_what_durability_none_has_written()
    {
        LeaseStore4 store = Open();
        store.Use(new() { Durability = Durability.None });
        Assert.True(Commit(store, 1, Start));
        store.Dispose();
        AssertSurvivesPowerCut("192.0.2.1");
    }

    private LeaseStore4 Open()
    {
        LeaseTable4 table = new();
        LeaseLog4.Open(disk, Name, table, new() { PrepareAhead = 4096 }, out LeaseLog4? log);
        return new(table, log, fileLock: null, Path, lines);
    }

    private static bool Commit(LeaseStore4 store, byte client, Instant now)
    {
        LeaseChange4 change = new()
        {
            Kind = LeaseChangeKind.Commit,
            Lease = new LeaseRow { Address = Ipv4.Parse($"192.0.2.{client}"), HardwareAddress = new(1, [2, 0, 0, 0, 0, client]), Expire = now + new Lifetime(3600) }.ToLease(),
        };
        store.Append(change, now);
        store.Table.Apply(change, now);
        bool stored = store.TryCommit(now);
        if (stored) store.Table.Accept();
        else store.Table.Rollback();
        return stored;
    }

    private void AssertSurvivesPowerCut(params string[] addresses)
    {
        disk.Crash();
        // The machine comes back with a disk that works: without one no server starts.
        disk.FailWrites = disk.FailSyncs = disk.FailLengths = disk.FailNames = disk.FailDirectorySyncs = 0;
        LeaseTable4 table = new();
        LeaseLoadReport report = LeaseLog4.Open(disk, Name, table, new(), out _);
        Assert.True(report.Succeeded);
        Assert.Equal(addresses, LeaseRow.All(table.All()).Select(row => row.Address.ToString()).Order(StringComparer.Ordinal));
    }

    /// <summary>What was logged, each line with its level.</summary>
    private sealed class RecordedLines : ILogger
    {
        public List<string> Taken { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Taken.Add($"{logLevel} {formatter(state, exception)}");
    }
}
