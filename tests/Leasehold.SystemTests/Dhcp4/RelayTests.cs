using Leasehold.Demo.Clients;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Xunit;
using static Leasehold.SystemTests.Dhcp4.ServedNetwork;

namespace Leasehold.SystemTests.Dhcp4;

/// <summary>Clients behind ISC's relay: a host with two links that routes between them.</summary>
public class RelayTests
{
    private const byte RelayAgentInformation = 82;

    // The server's own link comes first, so that only giaddr leads to the right subnet.
    private const string TwoSubnets =
        """
        {
          "authoritative": true,
          "subnet4": [
            { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.100 - 192.0.2.109" } ] },
            {
              "id": 2, "subnet": "198.51.100.0/24", "pools": [ { "pool": "198.51.100.100 - 198.51.100.109" } ],
              "option-data": [ { "name": "routers", "data": "198.51.100.1" } ]
            }
          ]
        }
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_behind_a_relay_obtains_renews_and_releases(bool withAgentInformation)
    {
        await using var network = await Relayed();
        await network.StartServer();
        var capture = await Capture.OfReplies(network, "server");
        string[] append = withAgentInformation ? ["-a"] : [];
        network.HostOf("relay").Start(
            Path.Combine(network.Folder, "dhcrelay"), ["dhcrelay", "-4", "-d", "--no-pid", .. append, "-id", "eth1", "-iu", "eth0", "192.0.2.1"]);
        var client = new Udhcpc("host-a", network.ClientHost, "eth0", network.Folder);

        var obtained = await client.ObtainAsync(Cancel);
        Ipv4 address = Assert.NotNull(obtained.Address);
        AssertWithin("198.51.100.100", "198.51.100.109", address);
        Assert.Equal(Ipv4.Parse("192.0.2.1"), obtained.Server);
        var recorded = await network.Recorded(address, lease => lease.IsInUse, "is in use");
        Assert.Equal($"{client.HardwareAddress}", recorded.HardwareAddress);

        // By unicast, through the relay's host as a router and past the relay itself (RFC 2131 §4.3.2, RENEWING).
        var renewed = await client.RenewAsync(Cancel);
        Assert.Equal(address, renewed.Address);
        await client.ReleaseAsync(Cancel);
        await network.Recorded(address, lease => !lease.IsInUse, "is released");

        var replies = await capture.EndAfter(network, reply => reply.Destination == address && reply.Type == MessageType4.Ack);
        var relayed = replies.Where(reply => reply.Destination == Ipv4.Parse("198.51.100.1")).ToList();
        Assert.Contains(relayed, reply => reply.Type == MessageType4.Offer);
        Assert.Contains(relayed, reply => reply.Type == MessageType4.Ack);
        // RFC 3046 §2.2: the server echoes the option as it came, or sends none.
        Assert.All(relayed, reply => Assert.Equal(withAgentInformation, reply.Has(RelayAgentInformation)));
    }

    [Fact]
    public async Task A_client_that_was_moved_behind_the_relay_is_refused_its_old_address_and_gets_a_new_one()
    {
        await using var network = await Relayed();
        await network.StartServer();
        network.HostOf("relay").Start(Path.Combine(network.Folder, "dhcrelay"), ["dhcrelay", "-4", "-d", "--no-pid", "-id", "eth1", "-iu", "eth0", "192.0.2.1"]);
        var client = new Dhclient("host-a", network.ClientHost, "eth0", network.Folder);
        client.Remember(Ipv4.Parse("192.0.2.105"), Ipv4.Parse("192.0.2.1"));

        var obtained = await client.ObtainAsync(Cancel);

        Assert.Contains("DHCPNAK", client.Output, StringComparison.Ordinal);
        AssertWithin("198.51.100.100", "198.51.100.109", obtained.Address);
    }

    private static async Task<ServedNetwork> Relayed()
    {
        var network = await WithHosts(TwoSubnets, "server", "relay", "client");
        await network.Hosts.Connect("server", "eth0", "192.0.2.1/24", "relay", "eth0", "192.0.2.2/24");
        await network.Hosts.Connect("relay", "eth1", "198.51.100.1/24", "client", "eth0", null);
        await network.Hosts.Ip("server", "route", "add", "198.51.100.0/24", "via", "192.0.2.2");
        network.Hosts.In("relay", () => File.WriteAllText("/proc/sys/net/ipv4/ip_forward", "1"));
        return network;
    }
}
