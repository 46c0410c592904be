using Leasehold.Net;
using Leasehold.Protocol;
using Xunit;

namespace Leasehold.SystemTests.Net;

/// <summary>On the loopback interface and free ports: nothing here is DHCP, and nothing leaves the machine.</summary>
public class EventLoopTests
{
    private static readonly Ipv4 Loopback = Ipv4.Parse("127.0.0.1");

    [Fact]
    public void A_wait_without_traffic_ends_with_nothing_ready()
    {
        using EventLoop loop = new();
        using UdpSocket socket = UdpSocket.Open(Loopback, 0);
        loop.Add(socket);
        Assert.True(loop.Wait(TimeSpan.Zero).IsEmpty);
        Assert.True(loop.Wait(TimeSpan.FromMilliseconds(1)).IsEmpty);
        Assert.False(loop.Woken);
    }

    [Fact]
    public void What_is_readable_is_ready_until_it_is_read()
    {
        using EventLoop loop = new();
        using UdpSocket first = UdpSocket.Open(Loopback, 0);
        using UdpSocket second = UdpSocket.Open(Loopback, 0);
        loop.Add(first);
        loop.Add(second);
        Sockets.Send(first, [1], new() { Address = Loopback, Port = second.Port });

        Assert.Equal([second], loop.Wait(Sockets.Patience).ToArray());
        Assert.Equal([second], loop.Wait(Sockets.Patience).ToArray());
        new DatagramBatch(capacity: 1).Receive(second);
        Assert.True(loop.Wait(TimeSpan.Zero).IsEmpty);
    }

    [Fact]
    public void A_removed_source_is_not_waited_for_and_its_place_is_free()
    {
        using EventLoop loop = new();
        using UdpSocket first = UdpSocket.Open(Loopback, 0);
        using UdpSocket second = UdpSocket.Open(Loopback, 0);
        loop.Add(first);
        Sockets.Send(second, [1], new() { Address = Loopback, Port = first.Port });
        loop.Remove(first);
        loop.Remove(first);
        loop.Add(second);
        Assert.True(loop.Wait(TimeSpan.Zero).IsEmpty);
        loop.Add(first);
        Assert.Equal([first], loop.Wait(Sockets.Patience).ToArray());
        Assert.Throws<InvalidOperationException>(() => loop.Add(first));
    }

    [Fact]
    public async Task Another_thread_ends_a_wait_that_has_no_end()
    {
        using EventLoop loop = new();
        Task<bool> waiting = Task.Factory.StartNew(
            () =>
            {
                // A wait may end without a cause.
                do loop.Wait(timeout: null);
                while (!loop.Woken);
                return loop.Woken;
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        loop.Wake();
        Assert.True(await waiting.WaitAsync(Sockets.Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_wake_before_the_wait_is_not_lost_and_counts_once()
    {
        EventLoop loop = new();
        loop.Wake();
        loop.Wake();
        Assert.True(loop.Wait(timeout: null).IsEmpty);
        Assert.True(loop.Woken);
        loop.Wait(TimeSpan.Zero);
        Assert.False(loop.Woken);
        loop.Dispose();
        loop.Wake();
    }
}
