using Leasehold.Net.Interop;

namespace Leasehold.Net;

// What goes out.
public sealed unsafe partial class DatagramBatch
{
    /// <summary>How long a flush waits in all for sockets that are full: long for a wire, short for the clients that wait.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromMilliseconds(20);

    private readonly Slots outgoing;
    private readonly Queued[] queued;

    /// <summary>Replies not handed to the kernel yet, by index.</summary>
    private readonly int[] pending;

    /// <summary>The reply behind each message of the call that is being made.</summary>
    private readonly int[] sending;

    private readonly SendFailure[] failures;
    private int failureCount;

    /// <summary>Replies queued since <see cref="Clear"/>, also those withdrawn or sent.</summary>
    public int QueuedCount { get; private set; }

    /// <summary>True when no further reply can be queued before <see cref="Clear"/>.</summary>
    public bool IsQueueFull => QueuedCount == Capacity;

    /// <summary>Where the next reply's payload is to be written; <see cref="DatagramSize"/> octets of anything.</summary>
    /// <remarks>It stays the same until <see cref="Queue"/>, so a reply that is not queued costs nothing.</remarks>
    /// <exception cref="InvalidOperationException">The queue is full.</exception>
    public Span<byte> ReplySlot => IsQueueFull
        ? throw new InvalidOperationException("The queue of replies is full.")
        : outgoing.Slice(QueuedCount, Headroom, DatagramSize);

    /// <summary>Why replies were not sent by the last flush; empty when all were. Valid until the next flush.</summary>
    public ReadOnlySpan<SendFailure> Failures => failures.AsSpan(0, failureCount);

    /// <summary>Queues what was written into <see cref="ReplySlot"/>.</summary>
    /// <param name="socket">What sends it.</param>
    /// <param name="length">Octets of payload.</param>
    /// <param name="to">Where it goes.</param>
    /// <returns>The reply's index, counted from 0 since <see cref="Clear"/>.</returns>
    public int Queue(DatagramSocket socket, int length, in Destination to)
    {
        if (IsQueueFull) throw new InvalidOperationException("The queue of replies is full.");
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)DatagramSize, nameof(length));
        queued[QueuedCount] = new() { Socket = socket, Length = length, To = to };
        return QueuedCount++;
    }

    /// <summary>Takes back a reply that must not leave. Does nothing for one that was sent.</summary>
    public void Withdraw(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)QueuedCount, nameof(index));
        queued[index].Socket = null;
    }

    /// <summary>Takes back every reply; the next one has index 0 again. What was received stays.</summary>
    public void WithdrawAll()
    {
        Array.Clear(queued, 0, QueuedCount);
        QueuedCount = 0;
    }

    /// <summary>Sends what is queued, with <see cref="DefaultPatience"/>.</summary>
    public int Flush() => Flush(DefaultPatience);

    /// <summary>Sends what is queued, with one call for each socket when all goes well.</summary>
    /// <param name="patience">How long to wait, in all, for sockets whose buffer is full; the rest then fails with EAGAIN.</param>
    /// <returns>How many were handed to the kernel; the others are in <see cref="Failures"/>. None is tried again.</returns>
    public int Flush(TimeSpan patience)
    {
        failureCount = 0;
        int rest = 0;
        for (int i = 0; i < QueuedCount; i++)
        {
            if (queued[i].Socket is not null) pending[rest++] = i;
        }

        int sent = 0;
        Deadline deadline = new(patience);
        while (rest > 0 && queued[pending[0]].Socket is { } socket)
        {
            int count = 0;
            int others = 0;
            for (int i = 0; i < rest; i++)
            {
                int index = pending[i];
                if (ReferenceEquals(queued[index].Socket, socket))
                {
                    PrepareMessage(socket, index, count);
                    sending[count++] = index;
                }
                else pending[others++] = index;
            }

            sent += Send(socket, count, ref deadline);
            rest = others;
        }

        return sent;
    }

    /// <summary>Sends the first messages of the row. One that fails is noted and passed over.</summary>
    private int Send(DatagramSocket socket, int count, ref Deadline deadline)
    {
        int done = 0;
        int sent = 0;
        while (done < count)
        {
            int now = Libc.SendMmsg(
                socket.Descriptor, outgoing.Message(done), (uint)(count - done), Libc.MSG_DONTWAIT | Libc.MSG_NOSIGNAL);
            if (now > 0)
            {
                // The kernel stops at the first that fails and says why only when asked again.
                for (int i = done; i < done + now; i++) queued[sending[i]].Socket = null;
                done += now;
                sent += now;
                continue;
            }

            Errno errno = now == 0 ? Errno.EIO : LinuxException.LastErrno;
            if (errno == Errno.EINTR || (errno == Errno.EAGAIN && deadline.AwaitRoom(socket.Descriptor))) continue;
            // Nobody's buffer becomes empty by asking on: what is left of this socket fails as well.
            int failed = errno == Errno.EAGAIN ? count - done : 1;
            for (int i = 0; i < failed; i++) Fail(sending[done++], errno);
        }

        return sent;
    }

    private void Fail(int index, Errno errno)
    {
        queued[index].Socket = null;
        failures[failureCount++] = new(index, errno);
    }

    private void PrepareMessage(DatagramSocket socket, int index, int place)
    {
        ref MMsgHdr message = ref *outgoing.Message(place);
        message = new()
        {
            Header = new()
            {
                Name = outgoing.Name(index),
                Vectors = outgoing.Vector(index),
                VectorCount = 1,
                Control = outgoing.Control(index),
            },
        };
        socket.Prepare(ref message.Header, outgoing.Octets(index) + Headroom, queued[index].Length, in queued[index].To);
    }

    private struct Queued
    {
        /// <summary>Null once it was sent, withdrawn or failed.</summary>
        public DatagramSocket? Socket;

        public int Length;
        public Destination To;
    }

    /// <summary>The time left to wait for sockets; it starts to run at the first wait.</summary>
    private struct Deadline(TimeSpan patience)
    {
        private long end = -1;

        /// <summary>Waits until a socket has room. False when the time is up.</summary>
        public bool AwaitRoom(Descriptor socket)
        {
            long now = Environment.TickCount64;
            if (end < 0) end = now + (long)Math.Clamp(patience.TotalMilliseconds, 0, int.MaxValue);
            if (now >= end) return false;
            bool referenced = false;
            try
            {
                socket.DangerousAddRef(ref referenced);
                PollFd waiting = new() { Descriptor = (int)socket.DangerousGetHandle(), Events = Libc.POLLOUT };
                int ready = Libc.Poll(&waiting, 1, (int)(end - now));
                return ready > 0 || (ready < 0 && LinuxException.LastErrno == Errno.EINTR);
            }
            finally
            {
                if (referenced) socket.DangerousRelease();
            }
        }
    }
}

/// <summary>A reply that was not sent.</summary>
/// <param name="Index">What <see cref="DatagramBatch.Queue"/> returned for it.</param>
/// <param name="Error">
/// ENETUNREACH: no route, or the source is no address of this machine (any more), for which older kernels say EINVAL.
/// EINVAL: no link address either. ENOBUFS: the interface's queue is full. EPERM: a firewall. EACCES: a route forbids it. EMSGSIZE: longer than the link. ENETDOWN, ENXIO, ENODEV: the interface is
/// down or gone. EAGAIN: the socket's buffer stayed full.
/// </param>
public readonly record struct SendFailure(int Index, Errno Error);
