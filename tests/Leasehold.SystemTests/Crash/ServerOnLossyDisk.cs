using Leasehold.Demo;
using Leasehold.SystemTests.Dhcp4;
using Xunit;
using static Leasehold.SystemTests.Dhcp4.ServedNetwork;

namespace Leasehold.SystemTests.Crash;

/// <summary>A server with some hundred leases on a disk that can be watched and can give trouble, and its clients.</summary>
public sealed class ServerOnLossyDisk : IAsyncDisposable
{
    private readonly string leaseFile;

    private ServerOnLossyDisk(ServedNetwork network, LossyDisk disk)
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

    /// <summary>How many acknowledgements clients have got.</summary>
    public long Answers => Ledger.Granted + Ledger.Renewed;

    /// <param name="fileSystem">See <see cref="LossyDisk.Create"/>.</param>
    /// <param name="durability">Its value in the configuration.</param>
    public static async Task<ServerOnLossyDisk> Create(string fileSystem, string durability = "\"commit\"")
    {
        var network = await ServedNetwork.Create("{}", $"{ClientCrowd.ServerAddress}/8", $"{ClientCrowd.RelayAddress}/8");
        try
        {
            ServerOnLossyDisk made = new(network, await LossyDisk.Create(network.Folder, fileSystem, Cancel));
            network.Configure(
                $$"""
                {
                  "valid-lifetime": 36000,
                  "lease-database": { "type": "memfile", "name": "{{made.leaseFile}}", "lfc-interval": 0, "durability": {{durability}} },
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
        if (Network.Server.Running is { HasExited: false } running) running.Kill();
        Disk.Dispose();
        await Network.DisposeAsync();
    }
}
