using Leasehold.Demo;
using Leasehold.Demo.Clients;
using Xunit;
using static Leasehold.SystemTests.Dhcp4.ServedNetwork;

namespace Leasehold.SystemTests.Dhcp4;

/// <summary>The server as another user than root, with the two capabilities it needs, and with none.</summary>
public class PrivilegeTests
{
    private const string Nobody = "65534";

    private static readonly string[] AsNobody = ["setpriv", "--reuid", Nobody, "--regid", Nobody, "--clear-groups", "--no-new-privs"];

    [Fact]
    public async Task With_two_capabilities_and_without_root_it_serves_a_client_without_an_address()
    {
        await using var network = await Create(
            """{ "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.100 - 192.0.2.109" } ] } ] }""");
        var server = Start(network, "+net_raw,+net_bind_service", "dhcp4", "-c", network.Server.ConfigurationFile);
        await Serves(network, server);

        var obtained = await new Udhcpc("host-a", network.ClientHost, "eth0", network.Folder).ObtainAsync(Cancel);

        Assert.True(RecordedLeases.Read(network.Server.LeaseFile)[Assert.NotNull(obtained.Address)].IsInUse);
        Assert.Equal(("65534", "0000000000002400"), (StatusOf(server, "Uid:"), StatusOf(server, "CapEff:")));
    }

    [Fact]
    public async Task On_a_high_port_with_udp_sockets_it_serves_without_any_capability()
    {
        await using var network = await Create(
            """
            {
              "interfaces-config": { "interfaces": [ "eth0" ], "dhcp-socket-type": "udp" },
              "subnet4": [ { "id": 1, "subnet": "10.0.0.0/8", "pools": [ { "pool": "10.16.0.0 - 10.31.255.255" } ] } ]
            }
            """,
            "10.0.0.1/8",
            "10.0.0.2/8");
        var server = Start(network, null, "dhcp4", "-c", network.Server.ConfigurationFile, "-p", "6767", "-P", "6768");
        await Serves(network, server);
        Assert.Equal(("65534", "0000000000000000"), (StatusOf(server, "Uid:"), StatusOf(server, "CapEff:")));

        // One relayed exchange for each of 20 clients; perfdhcp fails unless all are completed.
        network.ClientHost.Run(
            "perfdhcp", "-4", "-l", "10.0.0.2", "-L", "6768", "-N", "6767", "-n", "20", "-r", "100", "-R", "1000000", "-W", "5000000", "10.0.0.1");

        Assert.Equal(20, RecordedLeases.Read(network.Server.LeaseFile).Count);
    }

    private static RunningProgram Start(ServedNetwork network, string? capabilities, params string[] arguments)
    {
        string test = $"{string.Join(' ', AsNobody)} test -r {Program}";
        Assert.SkipUnless(
            ExternalProgram.TryRun("sh", "-c", test).Status == 0, $"{Program} is in a folder that only root may enter, so no other user can run it.");
        ExternalProgram.Run("chown", "-R", $"{Nobody}:{Nobody}", network.Folder);
        string[] granted = capabilities is null
            ? ["--inh-caps", "-all", "--bounding-set", "-all"]
            : ["--inh-caps", $"-all,{capabilities}", "--ambient-caps", $"-all,{capabilities}", "--bounding-set", $"-all,{capabilities}"];
        return network.ServerHost.Start(
            Path.Combine(network.Folder, "server.log"), [.. AsNobody, .. granted, Program, .. arguments], network.Server.Environs());
    }

    private static async Task Serves(ServedNetwork network, RunningProgram server)
    {
        await network.Until(() => server.HasExited || server.Output().Contains("DHCP4_STARTED", StringComparison.Ordinal), "the server starts");
        Assert.False(server.HasExited, server.Output());
    }

    /// <summary>The first value of a line of /proc/PID/status.</summary>
    private static string StatusOf(RunningProgram server, string field) =>
        File.ReadLines($"/proc/{server.Id}/status").First(line => line.StartsWith(field, StringComparison.Ordinal)).Split('\t')[1];
}
