using Leasehold.Demo;
using Leasehold.Demo.Clients;
using Leasehold.Protocol;
using Xunit;
using static Leasehold.SystemTests.Dhcp4.ServedNetwork;

namespace Leasehold.SystemTests.Dhcp4;

/// <summary>From Kea and back with configuration and lease file in place.</summary>
public class MoveOverTests
{
    private const string MacA = "02:00:5e:10:00:0a";
    private const string MacB = "02:00:5e:10:00:0b";
    private const string MacC = "02:00:5e:10:00:0c";

    [Fact]
    public async Task Each_server_knows_the_leases_of_the_other()
    {
        await using var network = await Create(
            """
            {
              "valid-lifetime": 600,
              "subnet4": [ { "id": 7, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.100 - 192.0.2.109" } ] } ]
            }
            """);
        var kea = network.Kea();

        await kea.StartAsync(Cancel);
        Ipv4 a = await Obtain(network, MacA);
        await End(kea);

        await network.StartServer();
        Ipv4 b = await Obtain(network, MacB);
        Assert.NotEqual(a, b);
        Assert.Equal(a, await Obtain(network, MacA));
        await End(network.Server);

        await kea.StartAsync(Cancel);
        Ipv4 c = await Obtain(network, MacC);
        Assert.NotEqual(a, c);
        Assert.NotEqual(b, c);
        Assert.Equal(a, await Obtain(network, MacA));
        Assert.Equal(b, await Obtain(network, MacB));
        Assert.DoesNotContain("ROW_ERROR", kea.Log, StringComparison.Ordinal);
        await End(kea);
    }

    /// <summary>A machine that has just been switched on and remembers nothing: the server must know it.</summary>
    private static async Task<Ipv4> Obtain(ServedNetwork network, string mac)
    {
        await network.Hosts.Ip("client", "link", "set", "dev", "eth0", "address", mac);
        var client = new Udhcpc($"host-{mac[^1]}", network.ClientHost, "eth0", network.Folder);
        var obtained = await client.ObtainAsync(Cancel);
        client.Kill();
        await network.Hosts.Ip("client", "address", "flush", "dev", "eth0");
        return Assert.NotNull(obtained.Address);
    }

    private static Task End(ServerProcess server) => Assert.IsType<RunningProgram>(server.Running).TerminateAsync(Cancel);
}
