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
        await using var server = await ServerOnLossyDisk.Create("ext4");
        server.Disk.SlowDown(milliseconds: 100);
        int syncs = server.Disk.Syncs;
        long before = server.Answers;
        server.Crowd.RunForAnswers(1500);
        long answers = server.Answers - before;
        syncs = server.Disk.Syncs - syncs;
        Assert.True(syncs * 5 < answers, $"{answers} acknowledgements took {syncs} syncs");
        Assert.DoesNotContain(Fails, server.Network.Server.Log, StringComparison.Ordinal);
        server.AssertNothingLost();
    }

    [Fact]
    public async Task A_sync_that_fails_once_is_told_and_costs_no_acknowledged_lease()
    {
        await using var server = await ServerOnLossyDisk.Create("ext2");
        server.Disk.FailSyncs(1);
        // The one that failed may have been the first with space prepared: that is tried again at once, and then nothing was lost.
        server.Crowd.Run(() =>
        {
            if (server.Log(Fails) == 0 && server.Disk.SyncsToFail == 0) server.Disk.FailSyncs(1);
            return server.Log(Recovers) == 1;
        }, "a batch fails and the next is stored");
        Assert.Equal(1, server.Log(Fails));
        Assert.Contains("fdatasync", server.Network.Server.Log, StringComparison.Ordinal);
        server.Crowd.RunForAnswers(300);
        server.AssertNothingLost();
    }

    [Fact]
    public async Task A_disk_that_fails_for_long_stops_acknowledgements_only_and_is_used_again_when_it_works()
    {
        await using var server = await ServerOnLossyDisk.Create("ext2");
        server.Disk.FailForGood();
        server.Crowd.Run(() => server.Log(Fails) == 1, "the server tells that it cannot store");
        long answers = server.Answers, offers = server.Crowd.Offers;
        server.Crowd.Run(() => server.Crowd.Offers > offers + ClientCrowd.Window, "offers go on");
        // Answers that were on their way when the disk failed are in by now; and no more came.
        Assert.True(server.Answers - answers <= ClientCrowd.Window, "a lease was acknowledged that was not stored");
        answers = server.Answers;
        offers = server.Crowd.Offers;
        server.Crowd.Run(() => server.Crowd.Offers > offers + ClientCrowd.Window, "offers go on");
        Assert.Equal(answers, server.Answers);

        server.Disk.Recover();
        server.Crowd.RunForAnswers(500);
        Assert.Equal(1, server.Log(Recovers));
        server.AssertNothingLost();
    }

    [Fact]
    public async Task A_file_system_that_turned_read_only_stops_acknowledgements_and_the_server_lives_on()
    {
        await using var server = await ServerOnLossyDisk.Create("ext4");
        // What the kernel does when it meets an error in the file system, with errors=remount-ro.
        await File.WriteAllTextAsync($"/sys/fs/ext4/{server.Disk.DeviceName}/trigger_fs_error", "1", Cancel);
        server.Crowd.Run(() => server.Log(Fails) == 1, "the server tells that it cannot store");
        long offers = server.Crowd.Offers;
        server.Crowd.Run(() => server.Crowd.Offers > offers + ClientCrowd.Window, "offers go on");
        server.AssertNothingLost();

        // It is for the administrator now; a start on it says what is wrong, and does not pretend.
        var refused = server.Network.Server.Launch();
        await server.Network.Until(() => refused.HasExited, "the server ends");
        Assert.Equal(1, refused.ExitStatus);
        Assert.Contains("DHCPSRV_MEMFILE_FAILED_TO_OPEN", refused.Output(), StringComparison.Ordinal);
        Assert.Contains("Read-only file system", refused.Output(), StringComparison.Ordinal);
    }
}
