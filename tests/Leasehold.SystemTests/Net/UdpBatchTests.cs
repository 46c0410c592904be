using Leasehold.Net;
using Leasehold.Protocol;
using Leasehold.SystemTests.Namespaces;
using Xunit;
using static Leasehold.SystemTests.Net.Sockets;

namespace Leasehold.SystemTests.Net;

public class UdpBatchTests
{
    [Fact]
    public async Task A_datagram_tells_where_it_came_from_where_it_was_sent_and_where_it_arrived()
    {
        await using TestNetwork net = await TwoLinks();
        using UdpSocket server = net.In("server", () => UdpSocket.Open(Ipv4.Any, 6767));
        int eth0 = net.In("server", () => IndexOf("eth0"));
        int eth1 = net.In("server", () => IndexOf("eth1"));
        using UdpSocket client = net.In("client", () => UdpSocket.Open(Ipv4.Any, 6868));
        int clientEth1 = net.In("client", () => IndexOf("eth1"));

        Send(client, [1], new() { Address = Ip("192.0.2.1"), Port = 6767 });
        Send(client, [2, 2], new() { Address = Ip("198.51.100.255"), Port = 6767, Source = Ip("198.51.100.2") });
        Send(client, [3, 3, 3], new() { Address = Ipv4.Broadcast, Port = 6767, InterfaceIndex = clientEth1 });

        DatagramBatch batch = new(capacity: 8);
        batch.ReceiveUntil(3, server);
        AssertDatagram(batch[0], [1], "192.0.2.2", "192.0.2.1", eth0);
        AssertDatagram(batch[1], [2, 2], "198.51.100.2", "198.51.100.255", eth1);
        AssertDatagram(batch[2], [3, 3, 3], "198.51.100.2", "255.255.255.255", eth1);
        Assert.Equal(6868, batch[0].SourcePort);
        Assert.Same(server, batch[0].Socket);
    }

    [Fact]
    public async Task Replies_leave_from_the_address_and_by_the_interface_they_name()
    {
        await using TestNetwork net = await TwoLinks();
        await net.Ip("server", "address", "add", "192.0.2.7/24", "dev", "eth0");
        using UdpSocket server = net.In("server", () => UdpSocket.Open(Ipv4.Any, 6767));
        int serverEth1 = net.In("server", () => IndexOf("eth1"));
        using UdpSocket client = net.In("client", () => UdpSocket.Open(Ipv4.Any, 6868));
        int eth0 = net.In("client", () => IndexOf("eth0"));
        int eth1 = net.In("client", () => IndexOf("eth1"));

        DatagramBatch batch = new();
        batch.Queue(server, [1], new() { Address = Ip("192.0.2.2"), Port = 6868, Source = Ip("192.0.2.7") });
        batch.Queue(server, [2], new() { Address = Ipv4.Broadcast, Port = 6868, Source = Ip("198.51.100.1"), InterfaceIndex = serverEth1 });
        Assert.Equal(2, batch.Flush());

        batch.ReceiveUntil(2, client);
        AssertDatagram(batch[0], [1], "192.0.2.7", "192.0.2.2", eth0);
        AssertDatagram(batch[1], [2], "198.51.100.1", "255.255.255.255", eth1);
    }

    [Fact]
    public async Task Several_sockets_fill_one_batch_and_what_has_no_room_waits()
    {
        await using TestNetwork net = await TwoLinks();
        using UdpSocket first = net.In("server", () => UdpSocket.Open(Ipv4.Any, 6767, "eth0"));
        using UdpSocket second = net.In("server", () => UdpSocket.Open(Ipv4.Any, 6767, "eth1"));
        using UdpSocket client = net.In("client", () => UdpSocket.Open(Ipv4.Any, 6868));
        for (byte i = 0; i < 3; i++)
        {
            Send(client, [i], new() { Address = Ip("192.0.2.1"), Port = 6767 });
            Send(client, [(byte)(10 + i)], new() { Address = Ip("198.51.100.1"), Port = 6767 });
        }

        DatagramBatch batch = new(capacity: 4);
        batch.ReceiveUntil(3, first);
        batch.ReceiveUntil(4, second);
        Assert.True(batch.IsFull);
        Assert.Equal(0, batch.Receive(second));
        Assert.Equal([0, 1, 2, 10], Enumerable.Range(0, 4).Select(i => batch[i].Payload[0]));
        Assert.Same(second, batch[3].Socket);

        batch.Clear();
        batch.ReceiveUntil(2, second);
        Assert.Equal(0, batch.Receive(first));
        Assert.Equal([11, 12], Enumerable.Range(0, 2).Select(i => batch[i].Payload[0]));
    }

    [Fact]
    public async Task A_datagram_that_exceeds_the_slot_is_marked_truncated_and_does_not_touch_its_neighbour()
    {
        await using TestNetwork net = await TwoLinks();
        using UdpSocket server = net.In("server", () => UdpSocket.Open(Ipv4.Any, 6767));
        using UdpSocket client = net.In("client", () => UdpSocket.Open(Ipv4.Any, 6868));
        Destination to = new() { Address = Ip("192.0.2.1"), Port = 6767 };
        foreach (int length in (int[])[100, 101, 1000, 0]) Send(client, Enumerable.Repeat((byte)length, length).ToArray(), to);

        DatagramBatch batch = new(capacity: 4, datagramSize: 100);
        batch.ReceiveUntil(4, server);
        Assert.Equal([(100, false), (100, true), (100, true), (0, false)], Enumerable.Range(0, 4).Select(i => (batch[i].Payload.Length, batch[i].Truncated)));
        Assert.True(batch[1].Payload.IndexOfAnyExcept((byte)101) < 0);
    }

    [Fact]
    public async Task A_datagram_in_fragments_arrives_whole()
    {
        await using TestNetwork net = await TwoLinks();
        using UdpSocket server = net.In("server", () => UdpSocket.Open(Ipv4.Any, 6767));
        using UdpSocket client = net.In("client", () => UdpSocket.Open(Ipv4.Any, 6868));
        byte[] payload = [.. Enumerable.Range(0, 4000).Select(i => (byte)i)];

        Send(client, payload, new() { Address = Ip("192.0.2.1"), Port = 6767 });

        DatagramBatch batch = new(capacity: 1);
        batch.ReceiveUntil(1, server);
        Assert.Equal(payload, batch[0].Payload.ToArray());
    }

    [Fact]
    public async Task What_the_kernel_throws_away_is_counted()
    {
        await using TestNetwork net = await TwoLinks();
        using UdpSocket server = net.In("server", () => UdpSocket.Open(Ipv4.Any, 6767, receiveBuffer: 4096));
        using UdpSocket client = net.In("client", () => UdpSocket.Open(Ipv4.Any, 6868));
        Destination to = new() { Address = Ip("192.0.2.1"), Port = 6767 };
        for (int i = 0; i < 100; i++) Send(client, new byte[300], to);

        // The kernel tells of a loss with the next datagram that it keeps.
        DatagramBatch batch = new();
        int sent = 100;
        int kept = 0;
        DateTime end = DateTime.UtcNow + Patience;
        do
        {
            Send(client, [7], to);
            sent++;
            batch.Clear();
            SpinWait.SpinUntil(() => batch.Receive(server) > 0, Patience);
            kept += batch.Count;
        }
        while (kept + server.KernelDrops < sent && DateTime.UtcNow < end);
        Assert.True(server.KernelDrops > 0);
        Assert.Equal(sent, kept + server.KernelDrops);
    }

    [Fact]
    public async Task Replies_that_fail_are_named_and_the_others_leave()
    {
        await using TestNetwork net = await TwoLinks();
        using UdpSocket server = net.In("server", () => UdpSocket.Open(Ipv4.Any, 6767));
        using UdpSocket client = net.In("client", () => UdpSocket.Open(Ipv4.Any, 6868));
        Destination good = new() { Address = Ip("192.0.2.2"), Port = 6868 };

        DatagramBatch batch = new();
        batch.Queue(server, [0], good);
        int unreachable = batch.Queue(server, [1], good with { Address = Ip("203.0.113.9") });
        int withdrawn = batch.Queue(server, [2], good);
        batch.Queue(server, [3], good);
        int notOurs = batch.Queue(server, [4], good with { Source = Ip("192.0.2.99") });
        int vanished = batch.Queue(server, [5], good with { Address = Ipv4.Broadcast, InterfaceIndex = 9999 });
        batch.Queue(server, [6], good);
        batch.Withdraw(withdrawn);

        Assert.Equal(3, batch.Flush());
        SendFailure[] failures = batch.Failures.ToArray();
        Assert.Equal([unreachable, notOurs, vanished], failures.Select(failure => failure.Index));
        Assert.Equal(Errno.ENETUNREACH, failures[0].Error);
        Assert.Contains(failures[1].Error, (Errno[])[Errno.EINVAL, Errno.ENETUNREACH]); // older and newer kernels
        Assert.Equal(Errno.ENODEV, failures[2].Error);
        batch.ReceiveUntil(3, client);
        Assert.Equal([0, 3, 6], Enumerable.Range(0, 3).Select(i => batch[i].Payload[0]));
        Assert.Equal(0, batch.Flush());
        Assert.True(batch.Failures.IsEmpty);
    }

    [Fact]
    public async Task A_reply_to_a_prohibited_network_fails_alone()
    {
        await using TestNetwork net = await TwoLinks();
        await net.Ip("server", "route", "add", "prohibit", "203.0.113.0/24");
        using UdpSocket server = net.In("server", () => UdpSocket.Open(Ipv4.Any, 6767));

        DatagramBatch batch = new();
        batch.Queue(server, [1], new() { Address = Ip("203.0.113.9"), Port = 68 });
        batch.Queue(server, [2], new() { Address = Ip("192.0.2.2"), Port = 68 });

        Assert.Equal(1, batch.Flush());
        Assert.Equal([new(0, Errno.EACCES)], batch.Failures.ToArray());
    }

    [Fact]
    public async Task A_full_socket_does_not_block_and_does_not_keep_another_from_sending()
    {
        await using TestNetwork net = await TwoLinks();
        // Nobody answers ARP for this neighbour, so what is sent to it stays in the socket's account.
        using UdpSocket stuck = net.In("server", () => UdpSocket.Open(Ipv4.Any, 6767, "eth0", sendBuffer: 8192));
        using UdpSocket free = net.In("server", () => UdpSocket.Open(Ipv4.Any, 6767, "eth1"));
        using UdpSocket client = net.In("client", () => UdpSocket.Open(Ipv4.Any, 6868));

        DatagramBatch batch = new();
        for (int i = 0; i < 200; i++) batch.Queue(stuck, new byte[1000], new() { Address = Ip("192.0.2.200"), Port = 68 });
        batch.Queue(free, [7], new() { Address = Ip("198.51.100.2"), Port = 6868 });
        int sent = batch.Flush(TimeSpan.FromMilliseconds(5));

        Assert.InRange(sent, 2, 200);
        Assert.Equal(201 - sent, batch.Failures.Length);
        Assert.All(batch.Failures.ToArray(), failure => Assert.Equal(Errno.EAGAIN, failure.Error));
        batch.ReceiveUntil(1, client);
        Assert.Equal([7], batch[0].Payload.ToArray());
    }

    [Fact]
    public async Task Turns_of_full_batches_allocate_nothing()
    {
        await using TestNetwork net = await TwoLinks();
        using UdpSocket server = net.In("server", () => UdpSocket.Open(Ipv4.Any, 6767));
        using UdpSocket client = net.In("client", () => UdpSocket.Open(Ipv4.Any, 6868));
        DatagramBatch asking = new(capacity: 64);
        DatagramBatch answering = new(capacity: 64);
        using EventLoop loop = new();
        loop.Add(server);
        void Turn()
        {
            asking.Clear();
            while (!asking.IsQueueFull) asking.Queue(client, 300, new() { Address = Ip("192.0.2.1"), Port = 6767 });
            asking.Flush();
            answering.Clear();
            foreach (PollSource ready in loop.Wait(Patience))
            {
                if (ready is DatagramSocket socket) answering.Receive(socket);
            }

            for (int i = 0; i < answering.Count; i++)
            {
                ReceivedDatagram datagram = answering[i];
                datagram.Payload.CopyTo(answering.ReplySlot);
                answering.Queue(datagram.Socket, datagram.Payload.Length, new() { Address = datagram.Source, Port = 6868, Source = datagram.Destination });
            }

            Assert.True(answering.Flush() > 0);
        }

        for (int i = 0; i < 10; i++) Turn();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++) Turn();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static async Task<TestNetwork> TwoLinks()
    {
        TestNetwork net = await TestNetwork.Create("server", "client");
        await net.Connect("server", "eth0", "192.0.2.1/24", "client", "eth0", "192.0.2.2/24");
        await net.Connect("server", "eth1", "198.51.100.1/24", "client", "eth1", "198.51.100.2/24");
        return net;
    }

    private static void AssertDatagram(ReceivedDatagram datagram, byte[] payload, string source, string destination, int interfaceIndex)
    {
        Assert.Equal(payload, datagram.Payload.ToArray());
        Assert.Equal(Ip(source), datagram.Source);
        Assert.Equal(Ip(destination), datagram.Destination);
        Assert.Equal(interfaceIndex, datagram.InterfaceIndex);
        Assert.False(datagram.Truncated);
    }
}
