using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Leasehold.Demo;
using Leasehold.SystemTests.Dhcp4;
using Leasehold.SystemTests.Namespaces;
using Xunit;

namespace Leasehold.SystemTests.Perf;

/// <summary><c>leasehold perf</c> against servers in namespaces: its figures are those of the server and of perfdhcp.</summary>
public partial class PerfTests
{
    private const string Configuration =
        """
        {
          "valid-lifetime": 3600,
          "subnet4": [ { "id": 1, "subnet": "10.0.0.0/8", "pools": [ { "pool": "10.16.0.0 - 10.31.255.255" } ] } ]
        }
        """;

    private const string ServerAddress = "10.0.0.1";

    [GeneratedRegex(@"^sent packets: (?<sent>\d+)\r?\nreceived packets: (?<received>\d+)", RegexOptions.Multiline)]
    private static partial Regex Totals { get; }

    [Fact]
    public async Task Every_exchange_that_is_counted_is_a_lease_of_the_server()
    {
        await using ServedNetwork network = await Served();
        await network.StartServer();

        JsonNode report = await Measure(network, "-r", "500", "-R", "100000", "-n", "1000", ServerAddress);

        Assert.Equal(1000, (int?)report["completed"]);
        Assert.Equal((1000, 1000), Counted(report, "DISCOVER-OFFER"));
        Assert.Equal((1000, 1000), Counted(report, "REQUEST-ACK"));
        Assert.Equal(1000, RecordedLeases.Read(network.Server.LeaseFile).Values.Count(static lease => lease.IsInUse));
        Assert.All(report["violations"]!.AsObject(), static violation => Assert.Equal(0, (int?)violation.Value));
    }

    [Fact]
    public async Task Renewals_are_answered_and_releases_end_leases()
    {
        await using ServedNetwork network = await Served();
        await network.StartServer();

        JsonNode report = await Measure(network, "-r", "200", "-f", "100", "-F", "50", "-R", "100000", "-p", "2", "-u", ServerAddress);

        (int renewed, int answered) = Counted(report, "REQUEST-ACK (renewal)");
        int released = Counted(report, "RELEASE").Sent;
        Assert.Equal(renewed, answered);
        Assert.InRange(renewed, 1, 200);
        Assert.InRange(released, 1, 100);
        int completed = (int?)report["completed"] ?? 0;
        await network.Until(
            () => RecordedLeases.Read(network.Server.LeaseFile).Values.Count(static lease => lease.IsInUse) == completed - released,
            $"{completed} leases less {released} are in use");
    }

    [Fact]
    public async Task Clients_on_the_link_are_served_without_a_relay()
    {
        await using ServedNetwork network = await ServedNetwork.Create(Configuration, $"{ServerAddress}/8", clientAddress: null);
        await network.StartServer();

        JsonNode report = await Measure(network, "-r", "200", "-R", "1000", "-n", "300", "--direct", "-l", "eth0");

        Assert.Equal(300, (int?)report["completed"]);
        Assert.Equal(300, RecordedLeases.Read(network.Server.LeaseFile).Values.Count(static lease => lease.IsInUse));
    }

    [Fact]
    public async Task Of_an_avalanche_everybody_is_served()
    {
        await using ServedNetwork network = await Served();
        await network.StartServer();

        JsonNode report = await Measure(network, "-R", "2000", "--scenario", "avalanche", ServerAddress);

        Assert.Equal(2000, (int?)report["completed"]);
        Assert.Equal("all clients were served", (string?)report["end"]);
        Assert.Equal(2000, RecordedLeases.Read(network.Server.LeaseFile).Values.Count(static lease => lease.IsInUse));
    }

    [Fact]
    public async Task Without_a_server_everything_is_lost_and_the_exit_status_says_so()
    {
        await using ServedNetwork network = await Served();
        HostProcess perf = network.Hosts.Start("client", ServedNetwork.Program, "perf", "-4", "-r", "100", "-n", "20", "-d", "0.2", ServerAddress);

        Assert.Equal(3, await perf.WaitForExit(ServedNetwork.Patience));
        Assert.Contains("sent packets: 20\nreceived packets: 0\ndrops: 20\ndrops ratio: 100.000 %\n", perf.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kea_serves_what_is_counted()
    {
        await using ServedNetwork network = await Served();
        HostProcess kea = StartKea(network);
        await kea.WaitForText("DHCP4_STARTED", ServedNetwork.Patience);

        JsonNode report = await Measure(network, "-r", "500", "-R", "100000", "-n", "1000", ServerAddress);

        Assert.Equal(1000, (int?)report["completed"]);
        Assert.Equal(1000, RecordedLeases.Read(network.Server.LeaseFile).Values.Count(static lease => lease.IsInUse));
    }

    [Fact]
    public async Task Beside_perfdhcp_the_figures_are_the_same()
    {
        await using ServedNetwork network = await Served();
        await network.StartServer();
        string[] load = ["-4", "-r", "2000", "-R", "1000000", "-p", "3", "-W", "1000000"];

        string theirs = await PrintedBy(network, "perfdhcp", [.. load, "-b", "mac=02:00:00:00:00:00", ServerAddress]);
        string ours = await PrintedBy(network, ServedNetwork.Program, ["perf", .. load, "-b", "mac=02:00:01:00:00:00", ServerAddress]);

        MatchCollection their = Totals.Matches(theirs);
        MatchCollection our = Totals.Matches(ours);
        Assert.Equal(2, their.Count);
        Assert.Equal(2, our.Count);
        for (int i = 0; i < 2; i++)
        {
            // How many are answered depends on the machine; that both count alike shows below, by the lease file.
            Assert.Equal(6000, Number(our[i], "sent"));
            Assert.InRange(Number(their[i], "received"), 1, 6001);
            Assert.InRange(Number(our[i], "received"), 1, 6000);
        }

        int inUse = RecordedLeases.Read(network.Server.LeaseFile).Values.Count(static lease => lease.IsInUse);
        Assert.InRange(inUse, Number(their[1], "received") + Number(our[1], "received"), Number(their[1], "sent") + Number(our[1], "sent"));
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static Task<ServedNetwork> Served() => ServedNetwork.Create(Configuration, $"{ServerAddress}/8", "10.0.0.2/8");

    /// <summary>Runs a load in the client's namespace; it must end well.</summary>
    private static async Task<JsonNode> Measure(ServedNetwork network, params string[] arguments) =>
        JsonNode.Parse(await network.Hosts.Run("client", ServedNetwork.Program, ["perf", "--json", .. arguments]))!;

    /// <summary>What a program printed, whether or not a packet was lost.</summary>
    private static async Task<string> PrintedBy(ServedNetwork network, string program, string[] arguments)
    {
        HostProcess process = network.Hosts.Start("client", program, arguments);
        Assert.Contains(await process.WaitForExit(ServedNetwork.Patience), (int[])[0, 3]);
        return process.Output;
    }

    private static (int Sent, int Received) Counted(JsonNode report, string name)
    {
        JsonNode exchange = report["exchanges"]!.AsArray().Single(e => (string?)e!["name"] == name)!;
        return ((int?)exchange["sent"] ?? -1, (int?)exchange["received"] ?? -1);
    }

    private static HostProcess StartKea(ServedNetwork network) => network.Hosts.Start(
        "server", "env", $"KEA_PIDFILE_DIR={network.Folder}", $"KEA_LOCKFILE_DIR={network.Folder}", "kea-dhcp4", "-c", network.Server.ConfigurationFile);
}
