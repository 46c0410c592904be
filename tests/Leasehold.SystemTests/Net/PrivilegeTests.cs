using System.Runtime.CompilerServices;
using Leasehold.Net;
using Leasehold.Protocol;
using Leasehold.SystemTests.Namespaces;
using Xunit;
using static Leasehold.SystemTests.Net.Sockets;

namespace Leasehold.SystemTests.Net;

/// <summary>What a process may do with few capabilities.</summary>
/// <remarks>
/// A test starts itself again in a namespace, by setpriv(1), which takes the capabilities away for good; what it is about
/// then happens in that process.
/// </remarks>
public class PrivilegeTests
{
    private const string InsideVariable = "LEASEHOLD_TEST_INSIDE";

    [Fact]
    public Task Without_any_capability_a_high_port_works_and_the_rest_is_refused_by_name() => Inside("-all", () =>
    {
        Assert.Equal(new Capabilities(0), Capabilities.OfThisThread());
        Assert.Equal(
            "socket AF_PACKET: EPERM (Operation not permitted)",
            Assert.Throws<LinuxException>(() => PacketSocket.OpenForSending(6767)).Message);
        Assert.Equal("bind 0.0.0.0:67: EACCES (Permission denied)", Assert.Throws<LinuxException>(() => UdpSocket.Open(Ipv4.Any, 67)).Message);

        using UdpSocket server = UdpSocket.Open(Ipv4.Any, 6767, "eth0");
        Assert.True(server.ReceiveBufferSize > 0);
        Send(server, [1], new() { Address = Ipv4.Broadcast, Port = 6868, Source = Ip("192.0.2.1"), InterfaceIndex = IndexOf("eth0") });
    });

    [Fact]
    public Task With_net_raw_and_net_bind_service_everything_works() => Inside("-all,+net_raw,+net_bind_service", () =>
    {
        Capabilities capabilities = Capabilities.OfThisThread();
        Assert.True(capabilities.NetRaw);
        Assert.True(capabilities.NetBindService);
        Assert.False(capabilities.NetAdmin);

        using UdpSocket udp = UdpSocket.Open(Ipv4.Any, 67, "eth0");
        using PacketSocket link = PacketSocket.OpenForSending(67);
        Destination to = new()
        {
            Address = Ip("192.0.2.9"),
            Port = 68,
            Source = Ip("192.0.2.1"),
            InterfaceIndex = IndexOf("eth0"),
            LinkAddress = HardwareAddress.Parse("02:00:5e:10:00:09"),
        };
        Send(link, [1], to);
        Send(udp, [2], to with { Address = Ipv4.Broadcast });
        using PacketSocket receiving = PacketSocket.OpenForReceiving(68, IndexOf("eth0"));
    });

    private static async Task Inside(string boundingSet, Action body, [CallerMemberName] string test = "")
    {
        if (Environment.GetEnvironmentVariable(InsideVariable) == test)
        {
            body();
            return;
        }

        await using TestNetwork net = await TestNetwork.Create("server", "client");
        await net.Connect("server", "eth0", "192.0.2.1/24", "client", "eth0", "192.0.2.2/24");
        DirectoryInfo results = Directory.CreateTempSubdirectory("leasehold-test-");
        try
        {
            // Root's capabilities after exec are the bounding set; the user id stays, so that the files can be read.
            string output = await net.Run(
                "server", "env", $"{InsideVariable}={test}",
                "setpriv", $"--bounding-set={boundingSet}", "--inh-caps=-all", "--no-new-privs",
                "dotnet", typeof(PrivilegeTests).Assembly.Location,
                "--filter-method", $"{typeof(PrivilegeTests).FullName}.{test}", "--results-directory", results.FullName);
            Assert.Contains("succeeded: 1", output, StringComparison.Ordinal);
        }
        finally
        {
            results.Delete(recursive: true);
        }
    }
}
