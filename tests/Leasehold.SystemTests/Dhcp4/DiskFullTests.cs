using Leasehold.Demo;
using Leasehold.Demo.Clients;
using Xunit;
using static Leasehold.SystemTests.Dhcp4.ServedNetwork;

namespace Leasehold.SystemTests.Dhcp4;

/// <summary>A lease file on a disk that fills up: nothing is promised that cannot be kept, and the server lives on.</summary>
public class DiskFullTests
{
    // Of 1 MiB; what is left holds some hundred leases.
    private const int Filler = (1024 - 64) * 1024;

    [Fact]
    public async Task Nothing_is_acknowledged_on_a_full_disk_and_service_returns_with_the_space()
    {
        await using var network = await Create("{}", "10.0.0.1/8", "10.0.0.2/8");
        string disk = Directory.CreateDirectory(Path.Combine(network.Folder, "disk")).FullName;
        ExternalProgram.Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk);
        try
        {
            await FillAndFree(network, disk);
        }
        finally
        {
            network.Server.Running?.Kill();
            ExternalProgram.Run("umount", disk);
        }
    }

    private static async Task FillAndFree(ServedNetwork network, string disk)
    {
        string leaseFile = Path.Combine(disk, "leases.csv");
        string filler = Path.Combine(disk, "filler");
        network.Configure(
            $$"""
            {
              "lease-database": { "type": "memfile", "name": "{{leaseFile}}", "lfc-interval": 0 },
              "subnet4": [ { "id": 1, "subnet": "10.0.0.0/8", "pools": [ { "pool": "10.16.0.0 - 10.31.255.255" } ] } ]
            }
            """);
        await network.StartServer();
        await File.WriteAllBytesAsync(filler, new byte[Filler], Cancel);

        var capture = await Capture.OfReplies(network, "client");
        var load = network.ClientHost.Start(
            Path.Combine(network.Folder, "perfdhcp"),
            ["perfdhcp", "-4", "-l", "10.0.0.2", "-r", "500", "-p", "600", "-R", "1000000", "10.0.0.1"]);
        await network.Logged("No space left on device");
        // The load goes on: hundreds of clients ask while nothing can be written.
        long afterwards = capture.Length + (100 << 10);
        await network.Until(() => capture.Length > afterwards, "clients are still offered addresses");
        load.Kill();

        var acknowledged = AcknowledgedLeases.In(await capture.End(Cancel));
        Assert.NotEmpty(acknowledged);
        AcknowledgedLeases.AssertRecorded(acknowledged, leaseFile);

        File.Delete(filler);
        var served = await new Udhcpc("host-a", network.ClientHost, "eth0", network.Folder).ObtainAsync(Cancel);
        Assert.True(RecordedLeases.Read(leaseFile)[Assert.NotNull(served.Address)].IsInUse);
        Assert.False(Assert.IsType<RunningProgram>(network.Server.Running).HasExited, "the server that met the full disk is the one that serves");
    }
}
