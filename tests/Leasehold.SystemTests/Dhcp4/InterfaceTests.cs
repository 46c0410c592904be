using Leasehold.Demo;
using Leasehold.Demo.Clients;
using Leasehold.Protocol;
using Xunit;
using static Leasehold.SystemTests.Dhcp4.ServedNetwork;

namespace Leasehold.SystemTests.Dhcp4;

/// <summary>Interfaces that come, go and change their address while the server runs.</summary>
public class InterfaceTests
{
    [Theory]
    [InlineData("eth0")]
    [InlineData("*")]
    public async Task An_interface_that_appears_is_served_and_again_after_it_vanished(string interfaces)
    {
        await using var network = await WithHosts(TwoSubnets(interfaces), "server", "client");
        await network.StartServer();

        await network.Hosts.Connect("server", "eth0", "192.0.2.1/24", "client", "eth0", null);
        var first = await Obtain(network, "host-a");
        Assert.Equal(Ipv4.Parse("192.0.2.1"), first.Server);

        // A veth takes its peer with it: the client's end vanishes, too.
        await network.Hosts.Ip("server", "link", "delete", "eth0");
        await network.Hosts.Connect("server", "eth0", "198.51.100.1/24", "client", "eth0", null);
        var second = await Obtain(network, "host-b");
        Assert.Equal(Ipv4.Parse("198.51.100.1"), second.Server);
        AssertWithin("198.51.100.100", "198.51.100.109", second.Address);
        Assert.False(Assert.IsType<RunningProgram>(network.Server.Running).HasExited);
    }

    [Fact]
    public async Task An_interface_that_gets_another_address_is_served_with_it()
    {
        await using var network = await Create(TwoSubnets("eth0"));
        await network.StartServer();
        var first = await Obtain(network, "host-a");
        Assert.Equal(Ipv4.Parse("192.0.2.1"), first.Server);

        await network.Hosts.Ip("server", "address", "delete", "192.0.2.1/24", "dev", "eth0");
        await network.Hosts.Ip("server", "address", "add", "198.51.100.7/24", "dev", "eth0");

        var second = await Obtain(network, "host-b");
        Assert.Equal(Ipv4.Parse("198.51.100.7"), second.Server);
        AssertWithin("198.51.100.100", "198.51.100.109", second.Address);
    }

    [Fact]
    public async Task An_interface_that_is_down_is_served_when_it_comes_up()
    {
        await using var network = await Create(TwoSubnets("eth0"));
        await network.Hosts.Ip("server", "link", "set", "eth0", "down");
        await network.StartServer();

        await network.Hosts.Ip("server", "link", "set", "eth0", "up");

        var served = await Obtain(network, "host-a");
        Assert.Equal(Ipv4.Parse("192.0.2.1"), served.Server);
    }

    /// <summary>A new client each time: one that keeps asking until it is served, and then ends.</summary>
    private static async Task<ClientEvent> Obtain(ServedNetwork network, string name)
    {
        var client = new Udhcpc(name, network.ClientHost, "eth0", network.Folder);
        var obtained = await client.ObtainAsync(Cancel);
        client.Kill();
        return obtained;
    }

    private static string TwoSubnets(string interfaces) =>
        $$"""
        {
          "interfaces-config": { "interfaces": [ "{{interfaces}}" ] },
          "subnet4": [
            { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.100 - 192.0.2.109" } ] },
            { "id": 2, "subnet": "198.51.100.0/24", "pools": [ { "pool": "198.51.100.100 - 198.51.100.109" } ] }
          ]
        }
        """;
}
