using System.Diagnostics;
using Xunit;

namespace Leasehold.SystemTests.Crash;

/// <summary>What "durability" makes of the same load. That nothing is lost in a power cut is in <see cref="PowerCutTests"/>.</summary>
public class DurabilityModeTests
{
    [Fact]
    public async Task Batch_ms_commits_at_most_once_in_so_many_milliseconds_and_answers_all()
    {
        const int Milliseconds = 200;
        // Without a journal, nobody but the server syncs.
        await using var server = await ServerOnLossyDisk.Create("ext2", $$"""{ "batch-ms": {{Milliseconds}} }""");
        int syncs = server.Disk.Syncs;
        var watch = Stopwatch.StartNew();
        server.Crowd.RunForAnswers(1000);
        syncs = server.Disk.Syncs - syncs;
        // No limit to the machine's speed: the slower it is, the more commits are allowed. One more at each end.
        long most = (watch.ElapsedMilliseconds / Milliseconds) + 2;
        Assert.InRange(syncs, 1, most);
        server.AssertNothingLost();
    }

    [Fact]
    public async Task None_never_syncs_and_loses_nothing_when_the_server_is_killed()
    {
        await using var server = await ServerOnLossyDisk.Create("ext2", "\"none\"");
        Assert.Equal(1, server.Log("DHCPSRV_MEMFILE_NOT_SYNCED"));
        int syncs = server.Disk.Syncs;
        server.Crowd.RunForAnswers(1000);
        Assert.Equal(syncs, server.Disk.Syncs);
        server.AssertNothingLost();
    }
}
