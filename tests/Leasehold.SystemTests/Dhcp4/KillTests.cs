using Leasehold.Protocol.V4;
using Xunit;
using static Leasehold.SystemTests.Dhcp4.ServedNetwork;

namespace Leasehold.SystemTests.Dhcp4;

/// <summary>SIGKILL in the middle of a load: what was acknowledged is kept.</summary>
public class KillTests
{
    private const int Kills = 3;

    /// <summary>Octets of captured replies between two kills: some thousand messages.</summary>
    private const long RepliesBetweenKills = 1 << 20;

    /// <summary>How many of the acknowledged clients are asked about at the end; each must be acknowledged again.</summary>
    private const int AskedAgain = 100;

    [Fact]
    public async Task No_acknowledged_lease_is_lost_by_kills_under_load()
    {
        await using var network = await Create(
            """
            {
              "valid-lifetime": 3600,
              "subnet4": [ { "id": 1, "subnet": "10.0.0.0/8", "pools": [ { "pool": "10.16.0.0 - 10.31.255.255" } ] } ]
            }
            """,
            "10.0.0.1/8",
            "10.0.0.2/8");
        await network.StartServer();
        var capture = await Capture.OfReplies(network, "client");
        var load = network.ClientHost.Start(
            Path.Combine(network.Folder, "perfdhcp"),
            ["perfdhcp", "-4", "-l", "10.0.0.2", "-r", "2000", "-p", "600", "-R", "1000000", "10.0.0.1"]);

        for (int kill = 1; kill <= Kills; kill++)
        {
            long enough = capture.Length + RepliesBetweenKills;
            await network.Until(() => capture.Length > enough, $"the load brings replies before kill {kill}");
            network.Server.Kill();
            // The last one is the check's: nothing may repair the file before it is read.
            if (kill < Kills) await network.StartServer();
        }

        load.Kill();
        var acknowledged = AcknowledgedLeases.In(await capture.End(Cancel));
        Assert.True(acknowledged.Count > 1000, $"only {acknowledged.Count} clients were acknowledged");
        AcknowledgedLeases.AssertRecorded(acknowledged, network.Server.LeaseFile);

        await network.StartServer();
        using var relay = new RelayedClient(network, "client", "10.0.0.2", "10.0.0.1");
        foreach (var (address, client) in acknowledged.TakeLast(AskedAgain))
            Assert.Equal((MessageType4.Ack, address), relay.Reboot(client, address));
    }
}
