using Leasehold.Demo;
using Leasehold.Protocol;
using Leasehold.SystemTests.Dhcp4;
using Xunit;
using static Leasehold.SystemTests.Dhcp4.ServedNetwork;

namespace Leasehold.SystemTests.Crash;

/// <summary>
/// Power cuts at random moments of a load, below the file system: what the disk was not told to sync is dropped, torn and reordered,
/// the journal is replayed, and a server starts on what is left.
/// </summary>
public class PowerCutTests(ITestOutputHelper output)
{
    private static readonly int Cuts = Environment.GetEnvironmentVariable("LEASEHOLD_LONG_TESTS") == "1" ? 40 : 5;

    [Theory]
    [InlineData("\"commit\"", 1)]
    [InlineData("{ \"batch-ms\": 3 }", 2)]
    public async Task Every_lease_that_was_acknowledged_before_a_power_cut_is_known_after_it(string durability, int seed)
    {
        Random random = new(seed);
        await using var network = await Create("{}", $"{ClientCrowd.ServerAddress}/8", $"{ClientCrowd.RelayAddress}/8");
        using var disk = await LossyDisk.Create(network.Folder, "ext4", Cancel);
        List<Checkpoint> checkpoints = await Load(network, disk, durability, random);
        int asked = 0;
        for (int cut = 0; cut + 1 < checkpoints.Count; cut++)
        {
            // Any moment between two checkpoints: what clients had at the first and did not give back before the second.
            (Checkpoint before, Checkpoint after) = (checkpoints[cut], checkpoints[cut + 1]);
            var relied = before.HeldUntil(after);
            Assert.NotEmpty(relied);
            asked += relied.Count;
            using MountedImage image = new(disk.AfterPowerCut(random.NextInt64(before.Moment, after.Moment + 1), random), Path.Combine(network.Folder, $"image-{cut}"));
            string leaseFile = Path.Combine(image.Folder, "leases.csv");
            network.Configure(Configuration(leaseFile, durability));
            await network.StartServer();
            network.Server.Kill();
            AcknowledgedLeases.AssertRecorded(relied, leaseFile);
        }

        output.WriteLine($"seed {seed}, {durability}: {checkpoints.Count - 1} power cuts, {asked} acknowledged leases looked for, 0 lost; {disk.Syncs} syncs");
    }

    [Fact]
    public async Task Durability_none_loses_leases_in_a_power_cut_which_shows_that_this_disk_forgets()
    {
        Random random = new(3);
        await using var network = await Create("{}", $"{ClientCrowd.ServerAddress}/8", $"{ClientCrowd.RelayAddress}/8");
        using var disk = await LossyDisk.Create(network.Folder, "ext4", Cancel);
        List<Checkpoint> checkpoints = await Load(network, disk, "\"none\"", random);
        var relied = checkpoints[1].HeldUntil(checkpoints[2]);
        using MountedImage image = new(disk.AfterPowerCut(checkpoints[1].Moment, random), Path.Combine(network.Folder, "image"));
        var recorded = RecordedLeases.Read(Path.Combine(image.Folder, "leases.csv"));
        Assert.Contains(relied, lease => !recorded.ContainsKey(lease.Key));
    }

    private static string Configuration(string leaseFile, string durability) =>
        $$"""
        {
          "valid-lifetime": 36000,
          "lease-database": { "type": "memfile", "name": "{{leaseFile}}", "lfc-interval": 0, "durability": {{durability}} },
          "subnet4": [ { "id": 1, "subnet": "10.0.0.0/8", "pools": [ { "pool": "10.16.0.0 - 10.16.7.255" } ] } ]
        }
        """;

    private static async Task<List<Checkpoint>> Load(ServedNetwork network, LossyDisk disk, string durability, Random random)
    {
        network.Configure(Configuration(Path.Combine(disk.Folder, "leases.csv"), durability));
        await network.StartServer();
        using ClientCrowd crowd = new(network, 2000, random);
        List<Checkpoint> checkpoints = [];
        for (int i = 0; i <= Math.Max(Cuts, 2); i++)
        {
            crowd.RunForAnswers(random.Next(50, 400));
            // First what clients were told, then what the disk was told.
            Dictionary<Ipv4, HardwareAddress> held = new(crowd.Ledger.Held);
            checkpoints.Add(new(held, crowd.Ledger, crowd.Ledger.Released.Count, disk.Moment));
        }

        network.Server.Kill();
        Assert.Empty(crowd.Ledger.Broken);
        return checkpoints;
    }

    /// <param name="Held">Who was told to have which address.</param>
    /// <param name="Released">How many addresses had been given back.</param>
    /// <param name="Moment">The disk's.</param>
    private sealed record Checkpoint(Dictionary<Ipv4, HardwareAddress> Held, LeaseLedger Ledger, int Released, long Moment)
    {
        public Dictionary<Ipv4, HardwareAddress> HeldUntil(Checkpoint later)
        {
            HashSet<Ipv4> released = [.. Ledger.Released.Skip(Released).Take(later.Released - Released)];
            return Held.Where(lease => !released.Contains(lease.Key)).ToDictionary();
        }
    }

    /// <summary>A disk's octets, mounted: the file system replays its journal.</summary>
    private sealed class MountedImage : IDisposable
    {
        private readonly string file;

        /// <param name="path">A name for each image: the kernel may hold the one before a moment longer than the test does.</param>
        public MountedImage(byte[] octets, string path)
        {
            file = path;
            Folder = Directory.CreateDirectory($"{path}-files").FullName;
            File.WriteAllBytes(file, octets);
            ExternalProgram.Run("mount", "-o", "loop", file, Folder);
        }

        public string Folder { get; }

        public void Dispose()
        {
            ExternalProgram.Run("umount", "-l", Folder);
            File.Delete(file);
        }
    }
}
