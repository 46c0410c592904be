using Leasehold.Demo;
using Leasehold.SystemTests.Dhcp4;
using Xunit;
using static Leasehold.SystemTests.Dhcp4.ServedNetwork;

namespace Leasehold.SystemTests.Crash;

/// <summary>A disk below a real file system that is slow, fails once, fails for long, or can only be read; a full one is in <see cref="DiskFullTests"/>.</summary>
public sealed class DiskTroubleTests
{
    private const string Fails = "DHCPSRV_MEMFILE_WRITE_FAIL";
    private const string Recovers = "DHCPSRV_MEMFILE_WRITE_RECOVERED";

    [Fact]
    public async Task On_a_slow_disk_all_clients_are_answered_and_many_share_a_sync()
    {
        await using var trouble = await Trouble.Create("ext4");
        trouble.Disk.SlowDown(milliseconds: 100);
        int syncs = trouble.Disk.Syncs;
        long before = trouble.Ledger.Granted + trouble.Ledger.Renewed;
        trouble.Crowd.RunForAnswers(1500);
        long answers = trouble.Ledger.Granted + trouble.Ledger.Renewed - before;
        syncs = trouble.Disk.Syncs - syncs;
        Assert.True(syncs * 5 < answers, $"{answers} acknowledgements took {syncs} syncs");
        Assert.DoesNotContain(Fails, trouble.Network.Server.Log, StringComparison.Ordinal);
        trouble.AssertNothingLost();
    }

    [Fact]
    public async Task A_sync_that_fails_once_is_told_and_costs_no_acknowledged_lease()
    {
        await using var trouble = await Trouble.Create("ext2");
        trouble.Disk.FailSyncs(1);
        // The one that failed may have been the first with space prepared: that is tried again at once, and then nothing was lost.
        trouble.Crowd.Run(() =>
        {
            if (trouble.Log(Fails) == 0 && trouble.Disk.SyncsToFail == 0) trouble.Disk.FailSyncs(1);
            return trouble.Log(Recovers) == 1;
        }, "a batch fails and the next is stored");
        Assert.Equal(1, trouble.Log(Fails));
        Assert.Contains("fdatasync", trouble.Network.Server.Log, StringComparison.Ordinal);
        trouble.Crowd.RunForAnswers(300);
        trouble.AssertNothingLost();
    }

    [Fact]
    public async Task A_disk_that_fails_for_long_stops_acknowledgements_only_and_is_used_again_when_it_works()
    {
        await using var trouble = await Trouble.Create("ext2");
        trouble.Disk.FailForGood();
        trouble.Crowd.Run(() => trouble.Log(Fails) == 1, "the server tells that it cannot store");
        long answers = trouble.Ledger.Granted + trouble.Ledger.Renewed, offers = trouble.Crowd.Offers;
        trouble.Crowd.Run(() => trouble.Crowd.Offers > offers + 300, "offers go on");
        // Answers that were on their way when the disk failed are in by now; and no more came.
        Assert.True(trouble.Ledger.Granted + trouble.Ledger.Renewed - answers <= ClientCrowd.Window, "a lease was acknowledged that was not stored");
        answers = trouble.Ledger.Granted + trouble.Ledger.Renewed;
        offers = trouble.Crowd.Offers;
        trouble.Crowd.Run(() => trouble.Crowd.Offers > offers + 300, "offers go on");
        Assert.Equal(answers, trouble.Ledger.Granted + trouble.Ledger.Renewed);

        trouble.Disk.Recover();
        trouble.Crowd.RunForAnswers(500);
        Assert.Equal(1, trouble.Log(Recovers));
        trouble.AssertNothingLost();
    }

    [Fact]
    public async Task A_file_system_that_turned_read_only_stops_acknowledgements_and_the_server_lives_on()
    {
        await using var trouble = await Trouble.Create("ext4");
        // What the kernel does when it meets an error in the file system, with errors=remount-ro.
        await File.WriteAllTextAsync($"/sys/fs/ext4/{trouble.Disk.DeviceName}/trigger_fs_error", "1", Cancel);
        trouble.Crowd.Run(() => trouble.Log(Fails) == 1, "the server tells that it cannot store");
        long offers = trouble.Crowd.Offers;
        trouble.Crowd.Run(() => trouble.Crowd.Offers > offers + 300, "offers go on");
        trouble.AssertNothingLost();

        // It is for the administrator now; a start on it says what is wrong, and does not pretend.
        var refused = trouble.Network.Server.Launch();
        await trouble.Network.Until(() => refused.HasExited, "the server ends");
        Assert.Equal(1, refused.ExitStatus);
        Assert.Contains("DHCPSRV_MEMFILE_FAILED_TO_OPEN", refused.Output(), StringComparison.Ordinal);
        Assert.Contains("Read-only file system", refused.Output(), StringComparison.Ordinal);
    }

    /// <summary>A server with some hundred leases on a disk that is about to give trouble.</summary>
    private sealed class Trouble : IAsyncDisposable
    {
        private readonly string leaseFile;

        private Trouble(ServedNetwork network, LossyDisk disk)
        {
            Network = network;
            Disk = disk;
            leaseFile = Path.Combine(disk.Folder, "leases.csv");
            Crowd = new(network, clients: 2000, new Random(1));
        }

        public ServedNetwork Network { get; }

        public LossyDisk Disk { get; }

        public ClientCrowd Crowd { get; }

        public LeaseLedger Ledger => Crowd.Ledger;

        public static async Task<Trouble> Create(string fileSystem)
        {
            var network = await ServedNetwork.Create("{}", $"{ClientCrowd.ServerAddress}/8", $"{ClientCrowd.RelayAddress}/8");
            try
            {
                Trouble made = new(network, await LossyDisk.Create(network.Folder, fileSystem, Cancel));
                network.Configure(
                    $$"""
                    {
                      "valid-lifetime": 36000,
                      "lease-database": { "type": "memfile", "name": "{{made.leaseFile}}", "lfc-interval": 0 },
                      "subnet4": [ { "id": 1, "subnet": "10.0.0.0/8", "pools": [ { "pool": "10.16.0.0 - 10.16.7.255" } ] } ]
                    }
                    """);
                await network.StartServer();
                made.Crowd.RunForAnswers(300);
                return made;
            }
            catch
            {
                await network.DisposeAsync();
                throw;
            }
        }

        /// <summary>How often the server has logged an id.</summary>
        public int Log(string id) => Network.Server.Log.Split(id).Length - 1;

        /// <summary>The server still runs; it is killed, and all that it acknowledged is in its file.</summary>
        public void AssertNothingLost()
        {
            Assert.False(Assert.IsType<RunningProgram>(Network.Server.Running).HasExited, "the server has ended");
            Network.Server.Kill();
            Crowd.TakeLastWords();
            Assert.Empty(Ledger.Broken);
            AcknowledgedLeases.AssertRecorded(Ledger.Held, leaseFile);
        }

        public async ValueTask DisposeAsync()
        {
            Crowd.Dispose();
            Network.Server.Running?.Dispose();
            Disk.Dispose();
            await Network.DisposeAsync();
        }
    }
}
