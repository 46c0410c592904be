using System.Diagnostics;
using Leasehold.SystemTests.Dhcp4;
using Xunit;

namespace Leasehold.SystemTests.Crash;

/// <summary>
/// SIGKILL at random moments, under a load of new leases, renewals and releases, in every durability: each keeps its promise against
/// the death of the process. LEASEHOLD_LONG_TESTS=1 kills 200 times, LEASEHOLD_CRASH_SEED=N takes another seed.
/// </summary>
public class KillUnderLoadTests(ITestOutputHelper output)
{
    private const int KillsPerSeed = 10;
    private const int LongSeeds = 20;

    /// <summary>Fewer addresses than a careless server could spare: those that are released are soon given to others.</summary>
    private const int Clients = 2000;
    private const string Pool = "10.16.0.0 - 10.16.7.255";

    public static TheoryData<int> Seeds
    {
        get
        {
            if (Environment.GetEnvironmentVariable("LEASEHOLD_CRASH_SEED") is { Length: > 0 } given) return [int.Parse(given, System.Globalization.CultureInfo.InvariantCulture)];
            return [.. Enumerable.Range(1, Environment.GetEnvironmentVariable("LEASEHOLD_LONG_TESTS") == "1" ? LongSeeds : 1)];
        }
    }

    [Theory]
    [MemberData(nameof(Seeds), DisableDiscoveryEnumeration = true)]
    public async Task No_acknowledged_lease_is_lost_and_no_address_given_twice(int seed)
    {
        Random random = new(seed);
        await using var network = await ServedNetwork.Create("{}", $"{ClientCrowd.ServerAddress}/8", $"{ClientCrowd.RelayAddress}/8");
        using var crowd = new ClientCrowd(network, Clients, random);
        for (int kill = 1; kill <= KillsPerSeed; kill++)
        {
            string durability = random.Next(4) switch { 0 => "\"none\"", 1 => "{ \"batch-ms\": 3 }", _ => "\"commit\"" };
            Configure(network, durability);
            await network.StartServer();
            long before = crowd.Ledger.Granted;
            RunUntilKill(network, crowd, random);
            crowd.TakeLastWords();
            output.WriteLine($"seed {seed}, kill {kill}, {durability}: {crowd.Ledger.Granted - before} new leases, {crowd.Ledger.Held.Count} held");
            // What was acknowledged must be in the file as the kill left it, before any server has repaired it.
            AcknowledgedLeases.AssertRecorded(crowd.Ledger.Held, network.Server.LeaseFile);
            Assert.Empty(crowd.Ledger.Broken);
        }

        Configure(network, "\"commit\"");
        await network.StartServer();
        Assert.True(crowd.AskForAll(ServedNetwork.Patience), "some clients were not answered");
        Assert.Empty(crowd.Ledger.Broken);
        Assert.True(crowd.Ledger is { Granted: > 500, Renewed: > 500, Released.Count: > 100 }, "there was no load to speak of");
        TestContext.Current.SendDiagnosticMessage(
            $"seed {seed}: {KillsPerSeed} kills; {crowd.Ledger.Granted} leases acknowledged, {crowd.Ledger.Renewed} renewed, {crowd.Ledger.Released.Count} released; 0 lost, 0 given twice");
    }

    private static void Configure(ServedNetwork network, string durability) => network.Configure(
        $$"""
        {
          "valid-lifetime": 36000,
          "lease-database": { "type": "memfile", "name": "{{network.Server.LeaseFile}}", "lfc-interval": 0, "durability": {{durability}} },
          "subnet4": [ { "id": 1, "subnet": "10.0.0.0/8", "pools": [ { "pool": "{{Pool}}" } ] } ]
        }
        """);

    private static void RunUntilKill(ServedNetwork network, ClientCrowd crowd, Random random)
    {
        crowd.RunForAnswers(random.Next(20, 600));
        // A full window to work on, and a moment of which nobody knows what the server does in it.
        crowd.Fill();
        long moment = Stopwatch.GetTimestamp() + (random.Next(3000) * Stopwatch.Frequency / 1_000_000);
        while (Stopwatch.GetTimestamp() < moment) Thread.SpinWait(10);
        network.Server.Kill();
    }
}
