using System.Text.Json.Nodes;
using Leasehold.SystemTests.Dhcp4;
using Leasehold.SystemTests.Namespaces;
using Xunit;

namespace Leasehold.SystemTests.Perf;

/// <summary><c>leasehold perf -6</c> against Kea's DHCPv6 server: what is counted is what the server's lease file says.</summary>
public sealed class Perf6Tests : IDisposable
{
    private const int Address = 0;
    private const int ValidLifetime = 2;
    private const int LeaseType = 6;

    private static readonly string[] Places = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), "/usr/sbin"];

    private readonly string folder = Directory.CreateTempSubdirectory("leasehold-test-").FullName;

    private string LeaseFile => Path.Combine(folder, "leases6.csv");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_exchange_that_is_counted_is_a_lease_of_the_server(bool relayed)
    {
        await using TestNetwork network = await Served();
        string[] way = relayed ? ["-A", "1"] : [];

        JsonNode report = await Measure(network, [.. way, "-r", "300", "-R", "100000", "-n", "600", "-l", "eth0", "all"]);

        Assert.Equal(600, (int?)report["completed"]);
        Assert.All(report["exchanges"]!.AsArray(), static e => Assert.Equal((600, 600), ((int?)e!["sent"], (int?)e["received"])));
        Assert.Equal(600, InUse().Count(static line => line[LeaseType] == "0"));
    }

    [Fact]
    public async Task Addresses_and_prefixes_are_renewed_and_released()
    {
        await using TestNetwork network = await Served();

        JsonNode report = await Measure(network, "-r", "200", "-f", "80", "-F", "40", "-R", "100000", "-p", "2", "-e", "address-and-prefix", "-l", "eth0");

        JsonArray exchanges = report["exchanges"]!.AsArray();
        Assert.Equal(["SOLICIT-ADVERTISE", "REQUEST-REPLY", "RENEW-REPLY", "RELEASE-REPLY"], exchanges.Select(static e => (string?)e!["name"]));
        Assert.All(exchanges, static e => Assert.Equal((int?)e!["sent"], (int?)e["received"]));
        int released = (int?)exchanges[3]!["received"] ?? 0;
        Assert.InRange(released, 1, 80);
        int left = ((int?)report["completed"] ?? 0) - released;
        Assert.Equal(left, InUse().Count(static line => line[LeaseType] == "0"));
        Assert.Equal(left, InUse().Count(static line => line[LeaseType] == "2"));
    }

    [Fact]
    public async Task With_rapid_commit_two_messages_make_a_lease()
    {
        await using TestNetwork network = await Served();

        JsonNode report = await Measure(network, "-r", "200", "-R", "100000", "-n", "200", "-c", "-l", "eth0");

        Assert.Equal(200, (int?)report["completed"]);
        Assert.Equal(0, (int?)report["exchanges"]![1]!["sent"]);
        Assert.Equal(200, InUse().Count());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>The last line of each lease that has a lifetime.</summary>
    private IEnumerable<string[]> InUse() => File.ReadLines(LeaseFile).Skip(1).Select(static line => line.Split(','))
        .GroupBy(static line => line[Address]).Select(static lines => lines.Last()).Where(static line => line[ValidLifetime] != "0");

    private static async Task<JsonNode> Measure(TestNetwork network, params string[] arguments) =>
        JsonNode.Parse(await network.Run("client", ServedNetwork.Program, ["perf", "--json", "-6", .. arguments]))!;

    /// <summary>Two hosts and Kea on one of them. Skips the test where Kea is not installed.</summary>
    private async Task<TestNetwork> Served()
    {
        Assert.SkipUnless(Places.Any(static place => File.Exists(Path.Combine(place, "kea-dhcp6"))), "There is no kea-dhcp6.");
        TestNetwork network = await TestNetwork.Create("server", "client");
        try
        {
            await network.Connect("server", "eth0", null, "client", "eth0", null);
            await network.Ip("server", "address", "add", "2001:db8::1/32", "dev", "eth0");
            await network.Ip("client", "address", "add", "2001:db8::2/32", "dev", "eth0");
            string file = Path.Combine(folder, "dhcp6.json");
            await File.WriteAllTextAsync(file, Configuration());
            HostProcess kea = network.Start("server", "env", $"KEA_PIDFILE_DIR={folder}", $"KEA_LOCKFILE_DIR={folder}", "kea-dhcp6", "-c", file);
            await kea.WaitForText("DHCP6_STARTED", ServedNetwork.Patience);
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    private string Configuration() =>
        $$"""
        { "Dhcp6": {
          "interfaces-config": { "interfaces": [ "eth0" ] },
          "lease-database": { "type": "memfile", "name": "{{LeaseFile}}", "lfc-interval": 0 },
          "server-id": { "type": "EN", "enterprise-id": 2495, "identifier": "0123456789", "persist": false },
          "preferred-lifetime": 3000, "valid-lifetime": 4000,
          "subnet6": [ {
            "id": 1, "subnet": "2001:db8::/32", "interface": "eth0", "rapid-commit": true,
            "pools": [ { "pool": "2001:db8:1::/64" } ],
            "pd-pools": [ { "prefix": "2001:db8:8000::", "prefix-len": 33, "delegated-len": 56 } ]
          } ],
          "loggers": [ { "name": "kea-dhcp6", "severity": "INFO", "output_options": [ { "output": "stdout" } ] } ]
        } }
        """;
}
