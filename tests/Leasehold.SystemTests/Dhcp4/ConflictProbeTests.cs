using Leasehold.Demo.Clients;
using Leasehold.Protocol;
using Xunit;
using static Leasehold.SystemTests.Dhcp4.ServedNetwork;

namespace Leasehold.SystemTests.Dhcp4;

/// <summary>Somebody has set an address of the pool by hand: the server finds out and offers another.</summary>
public class ConflictProbeTests
{
    private const string Asking =
        """
        {
          "hooks-libraries": [ { "library": "libdhcp_ping_check.so", "parameters": { "reply-timeout": 200 } } ],
          "subnet4": [
            { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.100 - 192.0.2.109" } ] },
            { "id": 2, "subnet": "198.51.100.0/24", "pools": [ { "pool": "198.51.100.100 - 198.51.100.109" } ] }
          ]
        }
        """;

    [Fact]
    public async Task Squatter_on_the_link_is_found_by_arp()
    {
        await using var network = await WithHosts(Asking, "server", "client", "squatter");
        await network.Hosts.Connect("server", "port1", null, "client", "eth0", null);
        await network.Hosts.Connect("server", "port2", null, "squatter", "eth0", "192.0.2.100/24");
        await network.Hosts.Ip("server", "link", "add", "eth0", "type", "bridge");
        foreach (string port in (string[])["port1", "port2"]) await network.Hosts.Ip("server", "link", "set", port, "master", "eth0");
        await network.Hosts.Ip("server", "address", "add", "192.0.2.1/24", "broadcast", "+", "dev", "eth0");
        await network.Hosts.Ip("server", "link", "set", "eth0", "up");

        // It answers no ping, as many a device does not.
        network.Hosts.In("squatter", () => File.WriteAllText("/proc/sys/net/ipv4/icmp_echo_ignore_all", "1"));
        await network.StartServer();
        var client = new Udhcpc("host-a", network.ClientHost, "eth0", network.Folder);

        var obtained = await client.ObtainAsync(Cancel);

        Assert.Equal(Ipv4.Parse("192.0.2.101"), obtained.Address);
        string squatter = network.HostOf("squatter").Run("cat", "/sys/class/net/eth0/address").Trim();
        await network.Logged($"DHCP4_SERVER_INITIATED_DECLINE address 192.0.2.100 is in use by {squatter}");
        await network.Recorded(Ipv4.Parse("192.0.2.100"), lease => lease.State == 1, "is declined");
    }

    [Fact]
    public async Task Squatter_behind_a_router_is_found_by_ping()
    {
        await using var network = await WithHosts(Asking, "server", "relay", "client");
        await network.Hosts.Connect("server", "eth0", "192.0.2.1/24", "relay", "eth0", "192.0.2.2/24");
        await network.Hosts.Connect("relay", "eth1", "198.51.100.1/24", "client", "eth0", null);
        await network.Hosts.Ip("relay", "address", "add", "198.51.100.100/24", "dev", "eth1");
        await network.Hosts.Ip("server", "route", "add", "198.51.100.0/24", "via", "192.0.2.2");
        network.Hosts.In("relay", () => File.WriteAllText("/proc/sys/net/ipv4/ip_forward", "1"));
        await network.StartServer();
        network.HostOf("relay").Start(Path.Combine(network.Folder, "dhcrelay"), ["dhcrelay", "-4", "-d", "--no-pid", "-id", "eth1", "-iu", "eth0", "192.0.2.1"]);
        var client = new Udhcpc("host-a", network.ClientHost, "eth0", network.Folder);

        var obtained = await client.ObtainAsync(Cancel);

        Assert.Equal(Ipv4.Parse("198.51.100.101"), obtained.Address);
        await network.Logged("DHCP4_SERVER_INITIATED_DECLINE address 198.51.100.100 is in use by somebody who answers to ICMP");
        await network.Recorded(Ipv4.Parse("198.51.100.100"), lease => lease.State == 1, "is declined");
    }
}
