using Leasehold.Demo;
using Xunit;
using static Leasehold.SystemTests.Dhcp6.ServedNetwork6;

namespace Leasehold.SystemTests.Dhcp6;

/// <summary>Clients and relays of other projects get addresses and prefixes.</summary>
public class ClientTests6
{
    private const string OneLink = """
        { "valid-lifetime": 600, "preferred-lifetime": 400,
          "option-data": [ { "name": "dns-servers", "data": "2001:db8::53" } ],
          "subnet6": [ { "id": 7, "subnet": "2001:db8:1::/64", "interface": "eth0",
            "pools": [ { "pool": "2001:db8:1::100 - 2001:db8:1::109" } ],
            "pd-pools": [ { "prefix": "2001:db8:8000::", "prefix-len": 40, "delegated-len": 56 } ] } ] }
        """;

    [Fact]
    public async Task Dhclient_gets_an_address_and_a_prefix_and_gives_them_back()
    {
        await using ServedNetwork6 network = await Create(OneLink);
        await network.StartServer();

        await network.Dhclient("client", "both", "-1", "-N", "-P");
        string obtained = await File.ReadAllTextAsync(Path.Combine(network.Folder, "both.leases"), Cancel);
        Assert.Contains("iaaddr 2001:db8:1::100", obtained, StringComparison.Ordinal);
        Assert.Contains("iaprefix 2001:db8:8000::/56", obtained, StringComparison.Ordinal);
        Assert.Contains("dhcp6.name-servers 2001:db8::53", obtained, StringComparison.Ordinal);
        IReadOnlyDictionary<string, string[]> leases = network.Leases();
        Assert.Equal(("600", "7", "400", "0", "128", "0"), Columns(leases["2001:db8:1::100"]));
        Assert.Equal(("600", "7", "400", "2", "56", "0"), Columns(leases["2001:db8:8000::"]));

        await network.Dhclient("client", "both", "-r", "-N", "-P");
        await network.Until(() => network.Leases().Values.All(static lease => lease[13] == "3"), "both leases are released");
    }

    [Fact]
    public async Task Dhclient_renews_by_its_own_timer()
    {
        await using ServedNetwork6 network = await Create(OneLink.Replace("\"valid-lifetime\": 600", "\"valid-lifetime\": 600, \"renew-timer\": 3", StringComparison.Ordinal));
        await network.StartServer();
        await network.Dhclient("client", "renewing", "-1");
        string first = network.Leases()["2001:db8:1::100"][3];
        await network.Until(() => network.Leases()["2001:db8:1::100"][3] != first, "the lease ends later than before");
    }

    [Fact]
    public async Task Dhclient_without_wish_for_an_address_gets_options()
    {
        await using ServedNetwork6 network = await Create(OneLink);
        await network.StartServer();
        await network.Dhclient("client", "stateless", "-1", "-S");
        await network.Logged("INFORMATION-REQUEST was answered");
    }

    [Fact]
    public async Task Dhcpcd_gets_an_address_and_a_prefix()
    {
        await using ServedNetwork6 network = await Create(OneLink);
        await network.StartServer();
        string configuration = Path.Combine(network.Folder, "dhcpcd.conf");
        await File.WriteAllTextAsync(configuration, "duid\nnoipv6rs\nnodelay\ninterface eth0\nipv6only\nia_na 1\nia_pd 2/::/56 -\n", Cancel);

        // Its folders are built in; empty ones laid over them are seen by nobody else, as the mount namespace is its own.
        const string OwnFolders = "for folder in /run/dhcpcd /var/lib/dhcpcd; do mkdir -p $folder && mount -t tmpfs tmpfs $folder || exit; done; exec \"$@\"";
        RunningProgram client = network.HostOf("client").Start(
            Path.Combine(network.Folder, "dhcpcd.output"),
            ["unshare", "-m", "sh", "-c", OwnFolders, "sh", "dhcpcd", "-6", "-B", "-d", "-f", configuration, "--script", "/bin/true", "eth0"]);
        await network.Until(() => network.Leases().ContainsKey("2001:db8:1::100") && network.Leases().ContainsKey("2001:db8:8000::"), "both leases are in the file");
        client.Kill();
    }

    [Fact]
    public async Task Client_behind_dhcrelay_gets_an_address_of_its_own_link()
    {
        // The relay sends to the server's own address, which has to be named for that.
        string configuration = OneLink
            .Replace(", \"interface\": \"eth0\"", "", StringComparison.Ordinal)
            .Replace("{ \"valid-lifetime\"", "{ \"interfaces-config\": { \"interfaces\": [ \"eth0/2001:db8:ff::1\" ] }, \"valid-lifetime\"", StringComparison.Ordinal);
        await using ServedNetwork6 network = await WithHosts(configuration, "server", "relay", "client");
        await network.Hosts.Connect("server", "eth0", "2001:db8:ff::1/64", "relay", "eth0", "2001:db8:ff::2/64");
        await network.Hosts.Connect("relay", "eth1", "2001:db8:1::1/64", "client", "eth0", null);
        await network.StartServer();
        RunningProgram relay = network.HostOf("relay").Start(
            Path.Combine(network.Folder, "dhcrelay.output"), ["dhcrelay", "-6", "-d", "-l", "eth1", "-u", "2001:db8:ff::1%eth0"]);

        await network.Dhclient("client", "relayed", "-1");
        Assert.Equal("7", network.Leases()["2001:db8:1::100"][4]);
        relay.Kill();
    }

    [Fact]
    public async Task Perfdhcp_gets_all_that_it_asks_for()
    {
        await using ServedNetwork6 network = await Create(
            """
            { "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0", "pools": [ { "pool": "2001:db8:1::/80" } ],
                             "pd-pools": [ { "prefix": "2001:db8:8000::", "prefix-len": 40, "delegated-len": 64 } ] } ] }
            """);
        await network.StartServer();
        string report = await network.Hosts.Run("client", "perfdhcp", "-6", "-l", "eth0", "-e", "address-and-prefix", "-r", "100", "-R", "200", "-n", "200", "-W", "2000000");
        Assert.Equal(2, report.Split("drops: 0\n").Length - 1);
        Assert.Equal(400, network.Leases().Count);
    }

    private static (string Valid, string Subnet, string Preferred, string Type, string Length, string State) Columns(string[] lease) =>
        (lease[2], lease[4], lease[5], lease[6], lease[8], lease[13]);
}
