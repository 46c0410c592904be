using Leasehold.Net;
using Leasehold.Protocol;
using Leasehold.SystemTests.Namespaces;
using Xunit;
using static Leasehold.SystemTests.Net.Sockets;

namespace Leasehold.SystemTests.Net;

public class UdpSocketTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("eth0", "eth0")]
    [InlineData("eth0", null)]
    [InlineData(null, "eth0")]
    public async Task A_second_socket_on_a_port_and_interface_is_refused_by_name(string? first, string? second)
    {
        await using TestNetwork net = await TwoInterfaces();
        net.In("server", () =>
        {
            using UdpSocket one = UdpSocket.Open(Ipv4.Any, 67, first);
            LinuxException refusal = Assert.Throws<LinuxException>(() => UdpSocket.Open(Ipv4.Any, 67, second));
            Assert.Equal(Errno.EADDRINUSE, refusal.Errno);
            Assert.Equal(
                second is null ? "bind 0.0.0.0:67: EADDRINUSE (Address already in use)" : "bind 0.0.0.0:67 on eth0: EADDRINUSE (Address already in use)",
                refusal.Message);
        });
    }

    [Fact]
    public async Task Sockets_on_different_interfaces_share_a_port_and_hear_each_their_own()
    {
        await using TestNetwork net = await TwoInterfaces();
        using UdpSocket first = net.In("server", () => UdpSocket.Open(Ipv4.Any, 67, "eth0"));
        using UdpSocket second = net.In("server", () => UdpSocket.Open(Ipv4.Any, 67, "eth1"));
        using UdpSocket client = net.In("client", () => UdpSocket.Open(Ipv4.Any, 68));

        Send(client, [1], new() { Address = Ipv4.Broadcast, Port = 67, InterfaceIndex = net.In("client", () => IndexOf("eth1")) });

        DatagramBatch batch = new(capacity: 4);
        batch.ReceiveUntil(1, second);
        Assert.Equal(0, batch.Receive(first));
    }

    [Fact]
    public async Task A_broadcast_reaches_an_interface_that_has_no_address()
    {
        await using TestNetwork net = await TestNetwork.Create("server", "client");
        await net.Connect("server", "eth0", null, "client", "eth0", "192.0.2.2/24");
        using UdpSocket server = net.In("server", () => UdpSocket.Open(Ipv4.Any, 67));
        using PacketSocket client = net.In("client", () => PacketSocket.OpenForSending(68));
        int index = net.In("client", () => IndexOf("eth0"));

        // As a client without an address sends it: from 0.0.0.0 (RFC 2131 §4.1).
        Send(client, [1], new()
        {
            Address = Ipv4.Broadcast,
            Port = 67,
            InterfaceIndex = index,
            LinkAddress = HardwareAddress.Parse("ff:ff:ff:ff:ff:ff"),
        });

        DatagramBatch batch = new(capacity: 1);
        batch.ReceiveUntil(1, server);
        Assert.Equal((Ipv4.Any, Ipv4.Broadcast), (batch[0].Source, batch[0].Destination));
        Assert.Equal(net.In("server", () => IndexOf("eth0")), batch[0].InterfaceIndex);
    }

    [Fact]
    public async Task An_interface_or_an_address_that_is_not_there_is_refused_by_name()
    {
        await using TestNetwork net = await TwoInterfaces();
        net.In("server", () =>
        {
            LinuxException noDevice = Assert.Throws<LinuxException>(() => UdpSocket.Open(Ipv4.Any, 67, "eth9"));
            Assert.Equal("setsockopt SO_BINDTODEVICE eth9: ENODEV (No such device)", noDevice.Message);
            LinuxException noAddress = Assert.Throws<LinuxException>(() => UdpSocket.Open(Ip("203.0.113.1"), 67));
            Assert.Equal("bind 203.0.113.1:67: EADDRNOTAVAIL (Cannot assign requested address)", noAddress.Message);
        });
    }

    [Fact]
    public async Task A_socket_whose_interface_vanished_is_silent_and_makes_way_for_one_on_its_successor()
    {
        await using TestNetwork net = await TwoInterfaces();
        using UdpSocket orphan = net.In("server", () => UdpSocket.Open(Ipv4.Any, 67, "eth1"));
        using EventLoop loop = new();
        loop.Add(orphan);
        DatagramBatch batch = new(capacity: 4);

        await net.Ip("server", "link", "del", "eth1");
        Assert.True(loop.Wait(TimeSpan.Zero).IsEmpty);
        Assert.Equal(0, batch.Receive(orphan));
        batch.Queue(orphan, [1], new() { Address = Ip("198.51.100.2"), Port = 68 });
        Assert.Equal(0, batch.Flush());
        Assert.Equal(Errno.ENODEV, batch.Failures[0].Error);

        await net.Connect("server", "eth1", "198.51.100.1/24", "client", "eth1", "198.51.100.2/24");
        using UdpSocket successor = net.In("server", () => UdpSocket.Open(Ipv4.Any, 67, "eth1"));
        using UdpSocket client = net.In("client", () => UdpSocket.Open(Ipv4.Any, 68));
        Send(client, [2], new() { Address = Ip("198.51.100.1"), Port = 67 });
        batch.Clear();
        batch.ReceiveUntil(1, successor);
        Assert.True(loop.Wait(TimeSpan.Zero).IsEmpty);
    }

    [Fact]
    public async Task With_the_privilege_the_buffers_are_what_was_asked_for()
    {
        await using TestNetwork net = await TestNetwork.Create("server");
        using UdpSocket server = net.In("server", () => UdpSocket.Open(Ipv4.Any, 0));
        Assert.Equal(UdpSocket.DefaultReceiveBuffer, server.ReceiveBufferSize);
        Assert.Equal(UdpSocket.DefaultSendBuffer, server.SendBufferSize);
        Assert.NotEqual(0, server.Port);
    }

    private static async Task<TestNetwork> TwoInterfaces()
    {
        TestNetwork net = await TestNetwork.Create("server", "client");
        await net.Connect("server", "eth0", "192.0.2.1/24", "client", "eth0", "192.0.2.2/24");
        await net.Connect("server", "eth1", "198.51.100.1/24", "client", "eth1", "198.51.100.2/24");
        return net;
    }
}
