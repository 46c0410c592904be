using System.Buffers.Binary;
using Leasehold.Net;
using Leasehold.Protocol;
using Leasehold.SystemTests.Namespaces;
using Xunit;
using static Leasehold.SystemTests.Net.Sockets;

namespace Leasehold.SystemTests.Net;

public class PacketSocketTests
{
    private static readonly HardwareAddress ServerMac = HardwareAddress.Parse("02:00:5e:10:00:01");
    private static readonly HardwareAddress ClientMac = HardwareAddress.Parse("02:00:5e:10:00:02");
    private static readonly HardwareAddress EverybodyMac = HardwareAddress.Parse("ff:ff:ff:ff:ff:ff");

    [Fact]
    public async Task A_reply_to_a_link_address_needs_no_arp_and_has_good_sums()
    {
        await using TestNetwork net = await OneLink();
        using PacketSocket server = net.In("server", () => PacketSocket.OpenForSending(67));
        int index = net.In("server", () => IndexOf("eth0"));
        using Wire client = net.In("client", () => new Wire(IndexOf("eth0")));

        Send(server, [0xaa, 0xbb, 0xcc], new()
        {
            Address = Ip("192.0.2.77"),
            Port = 68,
            Source = Ip("192.0.2.1"),
            InterfaceIndex = index,
            LinkAddress = ClientMac,
        });

        byte[] expected = Convert.FromHexString(
            "02005e100002" + "02005e100001" + "0800" +
            "4500001f" + "00004000" + "4011" + Sum("4500001f0000400040110000c0000201c000024d") + "c0000201" + "c000024d" +
            "00430044000b" + Sum("c0000201c000024d0011000b" + "00430044000b0000" + "aabbcc00") +
            "aabbcc");
        Assert.Equal(expected, client.ReceiveUdp(68));
    }

    [Fact]
    public async Task Link_replies_of_several_interfaces_leave_by_one_socket()
    {
        await using TestNetwork net = await OneLink();
        await net.Connect("server", "eth1", null, "client", "eth1", null);
        using PacketSocket server = net.In("server", () => PacketSocket.OpenForSending(67));
        using Wire first = net.In("client", () => new Wire(IndexOf("eth0")));
        using Wire second = net.In("client", () => new Wire(IndexOf("eth1")));
        Destination to = new() { Address = Ipv4.Broadcast, Port = 68, Source = Ip("192.0.2.1"), LinkAddress = EverybodyMac };
        DatagramBatch batch = new();
        batch.Queue(server, [1], to with { InterfaceIndex = net.In("server", () => IndexOf("eth0")) });
        batch.Queue(server, [2], to with { InterfaceIndex = net.In("server", () => IndexOf("eth1")) });

        Assert.Equal(2, batch.Flush());
        Assert.Equal([1], first.ReceiveUdp(68)[42..]);
        Assert.Equal([2], second.ReceiveUdp(68)[42..]);
    }

    [Fact]
    public async Task Replies_that_cannot_leave_by_the_link_are_named_and_the_others_leave()
    {
        await using TestNetwork net = await OneLink();
        await net.Connect("server", "eth1", null, "client", "eth1", null);
        await net.Ip("server", "link", "set", "eth1", "down");
        using PacketSocket server = net.In("server", () => PacketSocket.OpenForSending(67));
        using Wire client = net.In("client", () => new Wire(IndexOf("eth0")));
        Destination good = new()
        {
            Address = Ip("192.0.2.77"),
            Port = 68,
            Source = Ip("192.0.2.1"),
            LinkAddress = ClientMac,
            InterfaceIndex = net.In("server", () => IndexOf("eth0")),
        };
        DatagramBatch batch = new();
        batch.Queue(server, new byte[1600], good);
        batch.Queue(server, [1], good with { LinkAddress = default });
        batch.Queue(server, [2], good with { InterfaceIndex = 9999 });
        batch.Queue(server, [3], good with { InterfaceIndex = net.In("server", () => IndexOf("eth1")) });
        batch.Queue(server, [4], good);

        Assert.Equal(1, batch.Flush());
        Assert.Equal(
            [new(0, Errno.EMSGSIZE), new(1, Errno.EINVAL), new(2, Errno.ENXIO), new(3, Errno.ENETDOWN)], batch.Failures.ToArray());
        Assert.Equal([4], client.ReceiveUdp(68)[42..]);
    }

    [Fact]
    public async Task An_interface_without_an_address_hears_broadcasts_and_packets_to_any_address()
    {
        await using TestNetwork net = await OneLink();
        int index = net.In("client", () => IndexOf("eth0"));
        using PacketSocket client = net.In("client", () => PacketSocket.OpenForReceiving(68, index));
        using PacketSocket server = net.In("server", () => PacketSocket.OpenForSending(67));
        using UdpSocket udp = net.In("server", () => UdpSocket.Open(Ipv4.Any, 67));
        int serverIndex = net.In("server", () => IndexOf("eth0"));

        // The kernel leaves the sum of the first to a device that a virtual cable does not have.
        Send(udp, [1], new() { Address = Ipv4.Broadcast, Port = 68, InterfaceIndex = serverIndex });
        Send(udp, [9], new() { Address = Ipv4.Broadcast, Port = 69, InterfaceIndex = serverIndex });
        Send(server, [2, 2], new()
        {
            Address = Ip("192.0.2.77"),
            Port = 68,
            Source = Ip("192.0.2.1"),
            InterfaceIndex = serverIndex,
            LinkAddress = ClientMac,
        });

        DatagramBatch batch = new(capacity: 4);
        batch.ReceiveUntil(2, client);
        Assert.Equal([1], batch[0].Payload.ToArray());
        Assert.Equal(
            (Ip("192.0.2.1"), (ushort)67, Ipv4.Broadcast, index),
            (batch[0].Source, batch[0].SourcePort, batch[0].Destination, batch[0].InterfaceIndex));
        Assert.Equal([2, 2], batch[1].Payload.ToArray());
        Assert.Equal(Ip("192.0.2.77"), batch[1].Destination);
        Assert.Equal(0, client.Malformed);
    }

    [Fact]
    public async Task Padding_of_the_link_and_ip_options_are_not_payload()
    {
        await using TestNetwork net = await OneLink();
        using PacketSocket client = net.In("client", () => PacketSocket.OpenForReceiving(68, IndexOf("eth0")));
        using Wire server = net.In("server", () => new Wire(IndexOf("eth0")));
        byte[] padded = new byte[60];
        Frame("0102", broadcast: true).CopyTo(padded, 0);
        padded[59] = 0xee;

        server.Send(padded);
        server.Send(Frame("03", broadcast: true, options: "01010101"));

        DatagramBatch batch = new(capacity: 4);
        batch.ReceiveUntil(2, client);
        Assert.Equal([1, 2], batch[0].Payload.ToArray());
        Assert.Equal([3], batch[1].Payload.ToArray());
    }

    [Fact]
    public async Task Damaged_packets_are_counted_and_others_are_not_seen()
    {
        await using TestNetwork net = await OneLink();
        using PacketSocket client = net.In("client", () => PacketSocket.OpenForReceiving(68, IndexOf("eth0")));
        using Wire server = net.In("server", () => new Wire(IndexOf("eth0")));
        byte[] good = Frame("0a", broadcast: true);
        byte[] Changed(int index, byte value)
        {
            byte[] frame = [.. good];
            frame[index] = value;
            return frame;
        }

        // Damaged: seen by the socket, and refused.
        server.Send(Changed(42, 0x0b));             // UDP sum
        server.Send(Changed(24, 0xff));             // IP sum
        server.Send(Changed(38, 0x7f));             // UDP length beyond the packet
        server.Send(good.AsSpan(0, good.Length - 1)); // IP length beyond the packet
        // Not for us: the filter lets none of them through.
        server.Send(Changed(37, 67));               // another port
        server.Send(Changed(23, 6));                // TCP
        server.Send(Changed(20, 0x20));             // a fragment
        server.Send(Frame("0c", broadcast: false)); // to another station, as a switch may flood it
        byte[] tagged = [.. good[..12], 0x81, 0, 0, 42, .. good[12..]];
        server.Send(tagged);                        // of a VLAN that we are not in
        server.Send(good);

        DatagramBatch batch = new(capacity: 16);
        batch.ReceiveUntil(1, client);
        Assert.Equal([0x0a], batch[0].Payload.ToArray());
        Assert.Equal(4, client.Malformed);
    }

    [Fact]
    public async Task A_packet_without_a_udp_sum_is_taken()
    {
        await using TestNetwork net = await OneLink();
        using PacketSocket client = net.In("client", () => PacketSocket.OpenForReceiving(68, IndexOf("eth0")));
        using Wire server = net.In("server", () => new Wire(IndexOf("eth0")));
        byte[] frame = Frame("0a", broadcast: true);
        frame[40] = 0;
        frame[41] = 0;

        server.Send(frame);

        DatagramBatch batch = new(capacity: 1);
        batch.ReceiveUntil(1, client);
        Assert.Equal([0x0a], batch[0].Payload.ToArray());
    }

    [Fact]
    public async Task A_packet_that_exceeds_the_slot_is_counted_as_damaged()
    {
        await using TestNetwork net = await OneLink();
        using PacketSocket client = net.In("client", () => PacketSocket.OpenForReceiving(68, IndexOf("eth0")));
        using UdpSocket server = net.In("server", () => UdpSocket.Open(Ipv4.Any, 67));
        Destination to = new() { Address = Ipv4.Broadcast, Port = 68, InterfaceIndex = net.In("server", () => IndexOf("eth0")) };

        Send(server, new byte[1200], to);
        Send(server, new byte[576], to);

        DatagramBatch batch = new(capacity: 2, datagramSize: 576);
        batch.ReceiveUntil(1, client);
        Assert.Equal(576, batch[0].Payload.Length);
        Assert.False(batch[0].Truncated);
        Assert.Equal(1, client.Malformed);
    }

    [Fact]
    public async Task An_interface_that_goes_down_while_it_is_listened_to_is_heard_again_when_it_is_up()
    {
        await using TestNetwork net = await OneLink();
        using PacketSocket client = net.In("client", () => PacketSocket.OpenForReceiving(68, IndexOf("eth0")));
        using UdpSocket server = net.In("server", () => UdpSocket.Open(Ipv4.Any, 67));
        int serverIndex = net.In("server", () => IndexOf("eth0"));
        DatagramBatch batch = new(capacity: 4);

        await net.Ip("client", "link", "set", "eth0", "down");
        Assert.Equal(0, batch.Receive(client));
        Assert.Equal(1, client.ReceiveErrors);
        await net.Ip("client", "link", "set", "eth0", "up");
        Send(server, [5], new() { Address = Ipv4.Broadcast, Port = 68, InterfaceIndex = serverIndex });

        batch.ReceiveUntil(1, client);
        Assert.Equal([5], batch[0].Payload.ToArray());
    }

    private static async Task<TestNetwork> OneLink()
    {
        TestNetwork net = await TestNetwork.Create("server", "client");
        await net.Connect("server", "eth0", "192.0.2.1/24", "client", "eth0", null);
        await net.Ip("server", "link", "set", "eth0", "address", ServerMac.ToString());
        await net.Ip("client", "link", "set", "eth0", "address", ClientMac.ToString());
        return net;
    }

    /// <summary>An Ethernet frame with UDP from 192.0.2.1:67 to 255.255.255.255:68.</summary>
    private static byte[] Frame(string payload, bool broadcast, string options = "")
    {
        int udpLength = 8 + (payload.Length / 2);
        int ipLength = 20 + (options.Length / 2);
        string ip = $"4{ipLength / 4:x}00{ipLength + udpLength:x4}0000400040110000c0000201ffffffff{options}";
        string udp = $"00430044{udpLength:x4}";
        string padded = payload.Length % 4 == 0 ? payload : payload + "00";
        string udpSum = Sum($"c0000201ffffffff0011{udpLength:x4}{udp}0000{padded}");
        string link = (broadcast ? "ffffffffffff" : "02005e1000ee") + "02005e1000010800";
        return Convert.FromHexString($"{link}{ip[..20]}{Sum(ip)}{ip[24..]}{udp}{udpSum}{payload}");
    }

    /// <summary>The internet checksum (RFC 1071 §1) of whole 16-bit words, the plain way: bit for bit as the RFC says.</summary>
    private static string Sum(string hex)
    {
        byte[] octets = Convert.FromHexString(hex);
        uint sum = 0;
        for (int i = 0; i < octets.Length; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(octets.AsSpan(i));
            if (sum > ushort.MaxValue) sum -= ushort.MaxValue;
        }

        return $"{(ushort)~sum:x4}";
    }
}
