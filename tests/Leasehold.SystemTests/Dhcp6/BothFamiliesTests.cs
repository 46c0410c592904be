using Leasehold.Demo;
using Leasehold.SystemTests.Dhcp4;
using Xunit;
using static Leasehold.SystemTests.Dhcp6.ServedNetwork6;

namespace Leasehold.SystemTests.Dhcp6;

/// <summary>leasehold serve: one process, one file, both families.</summary>
public class BothFamiliesTests
{
    [Fact]
    public async Task One_process_serves_both_families_and_ends_with_both()
    {
        await using ServedNetwork6 network = await Create("{ }", serverAddress: "192.0.2.1/24");
        string file = Path.Combine(network.Folder, "both.json");
        string Leases(int family) => Path.Combine(network.Folder, $"both{family}.csv");
        await File.WriteAllTextAsync(
            file,
            $$"""
            {
              "Dhcp4": { "interfaces-config": { "interfaces": [ "eth0" ] }, "lease-database": { "type": "memfile", "name": "{{Leases(4)}}", "lfc-interval": 0 },
                         "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.100 - 192.0.2.109" } ] } ] },
              "Dhcp6": { "interfaces-config": { "interfaces": [ "eth0" ] }, "lease-database": { "type": "memfile", "name": "{{Leases(6)}}", "lfc-interval": 0 },
                         "server-id": { "type": "LL", "persist": false },
                         "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0", "pools": [ { "pool": "2001:db8:1::100 - 2001:db8:1::109" } ] } ] }
            }
            """,
            Cancel);
        RunningProgram server = network.HostOf("server").Start(
            Path.Combine(network.Folder, "both.log"), [ServedNetwork.Program, "serve", "-c", file], network.Server.Environs());
        await network.Until(
            () => server.Output().Contains("DHCP4_STARTED", StringComparison.Ordinal) && server.Output().Contains("DHCP6_STARTED", StringComparison.Ordinal),
            "both servers start");

        await network.Dhclient("client", "six", "-1");
        await network.Hosts.Run(
            "client", "dhclient", "-4", "-1", "-sf", "/bin/true", "-lf", Path.Combine(network.Folder, "four.leases"), "-pf", Path.Combine(network.Folder, "four.pid"), "eth0");
        Assert.Contains("\n2001:db8:1::100,", await File.ReadAllTextAsync(Leases(6), Cancel), StringComparison.Ordinal);
        Assert.Contains("\n192.0.2.100,", await File.ReadAllTextAsync(Leases(4), Cancel), StringComparison.Ordinal);

        server.Signal("TERM");
        await network.Until(() => server.HasExited, "the process ends");
        Assert.Equal(0, server.ExitStatus);
        Assert.Contains("DHCP4_SHUTDOWN server shutdown", server.Output(), StringComparison.Ordinal);
        Assert.Contains("DHCP6_SHUTDOWN server shutdown", server.Output(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_that_is_taken_in_one_family_ends_the_other()
    {
        await using ServedNetwork6 network = await Create(
            """{ "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0", "pools": [ { "pool": "2001:db8:1::100 - 2001:db8:1::109" } ] } ] }""",
            serverAddress: "192.0.2.1/24");
        await network.StartServer();
        string file = Path.Combine(network.Folder, "both.json");
        await File.WriteAllTextAsync(
            file,
            """
            {
              "Dhcp4": { "interfaces-config": { "interfaces": [ "eth0" ] }, "lease-database": { "type": "memfile", "persist": false } },
              "Dhcp6": { "interfaces-config": { "interfaces": [ "eth0" ] }, "lease-database": { "type": "memfile", "persist": false }, "server-id": { "type": "LL", "persist": false } }
            }
            """,
            Cancel);
        RunningProgram second = network.HostOf("server").Start(
            Path.Combine(network.Folder, "both.log"), [ServedNetwork.Program, "serve", "-c", file], network.Server.Environs());
        await network.Until(() => second.HasExited, "the second process ends");
        Assert.Equal(1, second.ExitStatus);
        Assert.Contains("DHCP6_INIT_FAIL", second.Output(), StringComparison.Ordinal);
        Assert.Contains("EADDRINUSE", second.Output(), StringComparison.Ordinal);
        Assert.Contains("DHCP4_SHUTDOWN server shutdown", second.Output(), StringComparison.Ordinal);
    }
}
