using Leasehold.Net;
using Leasehold.Protocol;
using Xunit;

namespace Leasehold.SystemTests.Net;

/// <summary>What the tests of sockets do again and again.</summary>
internal static class Sockets
{
    /// <summary>Longer than any machine takes, so that only a failure waits for it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Receives until so many datagrams are there.</summary>
    public static void ReceiveUntil(this DatagramBatch batch, int count, params DatagramSocket[] sockets)
    {
        using EventLoop loop = new();
        foreach (DatagramSocket socket in sockets) loop.Add(socket);
        DateTime end = DateTime.UtcNow + Patience;
        while (batch.Count < count && DateTime.UtcNow < end)
        {
            foreach (PollSource ready in loop.Wait(TimeSpan.FromMilliseconds(200))) batch.Receive(Assert.IsAssignableFrom<DatagramSocket>(ready));
        }

        foreach (DatagramSocket socket in sockets) loop.Remove(socket);
        Assert.Equal(count, batch.Count);
    }

    /// <summary>Queues a payload.</summary>
    public static int Queue(this DatagramBatch batch, DatagramSocket socket, ReadOnlySpan<byte> payload, in Destination to)
    {
        payload.CopyTo(batch.ReplySlot);
        return batch.Queue(socket, payload.Length, to);
    }

    /// <summary>Sends one payload that must leave.</summary>
    public static void Send(DatagramSocket socket, ReadOnlySpan<byte> payload, in Destination to)
    {
        DatagramBatch batch = new(capacity: 1);
        batch.Queue(socket, payload, to);
        Assert.Equal(1, batch.Flush());
    }

    public static Ipv4 Ip(string text) => Ipv4.Parse(text);

    /// <summary>The index of an interface of the calling thread's namespace.</summary>
    public static int IndexOf(string name) => Assert.IsType<Leasehold.Net.Netlink.NetworkLink>(Leasehold.Net.Netlink.LinkTable.Read().Find(name)).Index;
}
