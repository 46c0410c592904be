using System.Collections.Concurrent;
using Leasehold.Configuration.Model;
using Leasehold.Leases;
using Leasehold.Leases.Memfile;
using Leasehold.Protocol;
using Leasehold.Serve;
using Leasehold.UnitTests.Leases;
using Leasehold.UnitTests.Log;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Leasehold.UnitTests.Serve;

/// <summary>Clean-ups on real files, on their own thread, while another thread stores leases all the time.</summary>
public sealed class LeaseCleanerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder folder = new();
    private readonly RememberedLog log = new();

    private string FilePath => folder.At("leases4.csv");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Under_load_no_lease_is_lost_and_the_files_have_a_line_for_each()
    {
        Dhcp4Config config = new() { LeaseDatabase = new() { LfcInterval = 1 } };
        Dictionary<Ipv4, LeaseRow> stored = [];
        using (LeaseStore4 store = Open(config))
        {
            PacketThread packets = new(store, stored);
            using (LeaseCleaner? cleaner = LeaseCleaner.Start(store, config.LeaseDatabase, config.ExpiredLeases, packets.Post, TimeProvider.System, log))
            {
                Assert.NotNull(cleaner);
                packets.RunUntil(() => log.CountOf("LFC_TERMINATE") >= 2, Patience);
            }

            packets.Batches(3);
        }

        Assert.Empty(log.Errors);
        Assert.Equal(log.CountOf("DHCPSRV_MEMFILE_LFC_START"), log.CountOf("LFC_TERMINATE"));
        Assert.False(File.Exists($"{FilePath}.pid"));
        Assert.Equal("leases4.csv leases4.csv.2 leases4.csv.lock", string.Join(' ', Directory.GetFiles(Path.GetDirectoryName(FilePath) ?? "").Select(Path.GetFileName).Order(StringComparer.Ordinal)));
        string[] merged = File.ReadAllLines($"{FilePath}.2");
        Assert.Equal(merged.Length - 1, merged.Skip(1).Select(line => line.Split(',')[0]).Distinct(StringComparer.Ordinal).Count());
        AssertStored(stored, config);
    }

    [Fact]
    public void What_a_crash_interrupted_is_finished_at_once()
    {
        File.WriteAllText($"{FilePath}.completed", $"{LeaseLine4.Header}\n192.0.2.1,01,,3600,4000000000,1,0,0,,0,,0\n");
        File.WriteAllText($"{FilePath}.1", $"{LeaseLine4.Header}\n192.0.2.2,02,,3600,4000000000,1,0,0,,0,,0\n");
        Dhcp4Config config = new() { LeaseDatabase = new() { LfcInterval = 100_000 } };
        using LeaseStore4 store = Open(config);
        PacketThread packets = new(store, []);
        using (LeaseCleaner.Start(store, config.LeaseDatabase, config.ExpiredLeases, packets.Post, TimeProvider.System, log))
        {
            packets.RunUntil(() => log.CountOf("LFC_TERMINATE") >= 1, Patience);
        }

        Assert.False(File.Exists($"{FilePath}.completed"));
        Assert.False(File.Exists($"{FilePath}.1"));
        Assert.StartsWith($"{LeaseLine4.Header}\n192.0.2.1,01,", File.ReadAllText($"{FilePath}.2"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_end_while_the_packet_thread_is_gone_withdraws_the_switch()
    {
        Dhcp4Config config = new() { LeaseDatabase = new() { LfcInterval = 1 } };
        ConcurrentQueue<Action> posted = new();
        Dictionary<Ipv4, LeaseRow> stored = [];
        using (LeaseStore4 store = Open(config))
        {
            using (LeaseCleaner.Start(store, config.LeaseDatabase, config.ExpiredLeases, posted.Enqueue, TimeProvider.System, log))
            {
                Assert.True(SpinWait.SpinUntil(() => !posted.IsEmpty, Patience));
            }

            Assert.True(posted.TryDequeue(out Action? late));
            late();
            Assert.False(File.Exists($"{FilePath}.1"));
            Assert.False(File.Exists($"{FilePath}.new"));
            new PacketThread(store, stored).Batches(2);
        }

        AssertStored(stored, config);
    }

    private void AssertStored(Dictionary<Ipv4, LeaseRow> stored, Dhcp4Config config)
    {
        using LeaseStore4 again = Open(config);
        Assert.Equal(
            stored.Values.Where(row => row.State != LeaseState.Released).OrderBy(row => row.Address),
            LeaseRow.All(again.Table.All()).OrderBy(row => row.Address));
    }

    private LeaseStore4 Open(Dhcp4Config config) =>
        LeaseStore4.TryOpen(FilePath, config.LeaseDatabase, log, progress: null) ?? throw new InvalidOperationException(string.Join('\n', log.Errors));

    /// <summary>Stores batches of leases, and between them does what is posted: this test's own thread.</summary>
    private sealed class PacketThread(LeaseStore4 store, Dictionary<Ipv4, LeaseRow> stored)
    {
        private readonly ConcurrentQueue<Action> posted = new();
        private readonly Random random = new(1);
        private uint next;

        public void Post(Action message) => posted.Enqueue(message);

        public void RunUntil(Func<bool> done, TimeSpan patience)
        {
            long deadline = Environment.TickCount64 + (long)patience.TotalMilliseconds;
            while (!done())
            {
                Assert.True(Environment.TickCount64 < deadline, "no clean-up came to its end");
                Batches(1);
                while (posted.TryDequeue(out Action? message)) message();
                Thread.Sleep(1);
            }
        }

        public void Batches(int count)
        {
            Instant now = new(1_700_000_000);
            for (; count > 0; count--)
            {
                List<LeaseRow> batch = [];
                for (int i = 0; i < 50; i++)
                {
                    // Some new addresses, and many that had a lease before.
                    uint number = random.Next(4) == 0 ? next++ : (uint)random.Next((int)next + 1);
                    LeaseRow row = new()
                    {
                        Address = new(0x0a000000 + number),
                        HardwareAddress = new(1, [2, 0, 0, 0, (byte)(number >> 8), (byte)number]),
                        Hostname = $"host-{random.Next(1000)}",
                        Expire = new(4_000_000_000),
                        State = random.Next(8) == 0 ? LeaseState.Released : LeaseState.Assigned,
                    };
                    LeaseChange4 change = new() { Kind = row.State == LeaseState.Released ? LeaseChangeKind.Release : LeaseChangeKind.Commit, Lease = row.ToLease() };
                    store.Append(change, now);
                    store.Table.Apply(change, now);
                    batch.Add(row);
                }

                Assert.True(store.TryCommit(now));
                store.Table.Accept();
                foreach (LeaseRow row in batch) stored[row.Address] = row;
            }
        }
    }

    /// <summary>What was logged.</summary>
    private sealed class RememberedLog : ILogger
    {
        private readonly ConcurrentQueue<(LogLevel Level, string Id, string Text)> lines = new();

        public IEnumerable<string> Errors => lines.Where(line => line.Level >= LogLevel.Warning).Select(line => line.Text);

        public int CountOf(string id) => lines.Count(line => line.Id == id);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue((logLevel, eventId.Name ?? "", formatter(state, exception)));
    }
}
