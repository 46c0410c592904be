using Leasehold.Demo;
using Leasehold.Demo.Clients;
using Leasehold.Net;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Xunit;
using static Leasehold.SystemTests.Dhcp4.ServedNetwork;

namespace Leasehold.SystemTests.Dhcp4;

/// <summary>The keys of interfaces-config that a network shows: where replies leave, and sockets that cannot be opened at once.</summary>
public class SocketSettingTests
{
    private static string WithRetries(int retries, int wait) =>
        $$"""
        {
          "interfaces-config": { "interfaces": [ "eth0" ], "service-sockets-max-retries": {{retries}}, "service-sockets-retry-wait-time": {{wait}} },
          "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.100 - 192.0.2.109" } ] } ]
        }
        """;

    [Fact]
    public async Task A_port_that_becomes_free_while_tries_are_left_is_served()
    {
        await using var network = await Create(WithRetries(retries: 1000, wait: 50));
        using (network.Hosts.In("server", () => UdpSocket.Open(Ipv4.Any, 67)))
        {
            network.Server.Launch();
            await network.Logged("DHCPSRV_OPEN_SOCKET_FAIL");
        }

        await network.Logged("DHCPSRV_CFGMGR_ADD_IFACE");
        var served = await new Udhcpc("host-a", network.ClientHost, "eth0", network.Folder).ObtainAsync(Cancel);
        AssertWithin("192.0.2.100", "192.0.2.109", served.Address);
    }

    [Fact]
    public async Task A_server_that_used_up_its_tries_ends_with_the_reason()
    {
        await using var network = await Create(WithRetries(retries: 2, wait: 50));
        using UdpSocket other = network.Hosts.In("server", () => UdpSocket.Open(Ipv4.Any, 67));
        RunningProgram server = network.Server.Launch();
        await network.Until(() => server.HasExited, "the server ends");

        Assert.Equal(1, server.ExitStatus);
        Assert.Contains("DHCP4_INIT_FAIL", server.Output(), StringComparison.Ordinal);
        Assert.Contains("EADDRINUSE", server.Output(), StringComparison.Ordinal);
    }

    /// <summary>The relay's address is behind another link than the one by which its queries come.</summary>
    [Fact]
    public async Task With_use_routing_a_reply_takes_the_kernels_route()
    {
        await using var network = await WithHosts(
            """
            {
              "authoritative": true,
              "interfaces-config": { "interfaces": [ "eth0" ], "outbound-interface": "use-routing" },
              "subnet4": [ { "id": 1, "subnet": "198.51.100.0/24", "pools": [ { "pool": "198.51.100.100 - 198.51.100.109" } ] } ]
            }
            """,
            "server",
            "relay");
        await network.Hosts.Connect("server", "eth0", "192.0.2.1/24", "relay", "eth0", "192.0.2.2/24");
        await network.Hosts.Connect("server", "eth1", "203.0.113.1/24", "relay", "eth1", "203.0.113.2/24");
        await network.Hosts.Ip("relay", "address", "add", "198.51.100.1/32", "dev", "lo");
        await network.Hosts.Ip("server", "route", "add", "198.51.100.0/24", "via", "203.0.113.2");
        foreach (string link in (string[])["all", "eth0", "eth1"])
        {
            network.Hosts.In("server", () => File.WriteAllText($"/proc/sys/net/ipv4/conf/{link}/rp_filter", "0"));
            network.Hosts.In("relay", () => File.WriteAllText($"/proc/sys/net/ipv4/conf/{link}/rp_filter", "0"));
        }

        await network.StartServer();
        var capture = await Capture.OfReplies(network, "relay", "eth1");
        using RelayedClient relay = new(network, "relay", "198.51.100.1", "192.0.2.1");
        var answer = relay.Reboot(HardwareAddress.Parse("02:00:5e:10:00:01"), Ipv4.Parse("203.0.113.99"));

        Assert.Equal(MessageType4.Nak, answer?.Type);
        var replies = await capture.EndAfter(network, reply => reply.Type == MessageType4.Nak);
        Assert.Contains(replies, reply => reply.Destination == Ipv4.Parse("198.51.100.1"));
    }
}
