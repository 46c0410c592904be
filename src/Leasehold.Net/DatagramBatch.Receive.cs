using Leasehold.Net.Interop;
using Leasehold.Protocol;

namespace Leasehold.Net;

// What comes in.
public sealed unsafe partial class DatagramBatch
{
    /// <summary>A socket whose interface goes down tells so once; more in a row is left for the next turn.</summary>
    private const int MaxPassingErrors = 4;

    private readonly Slots incoming;
    private readonly Received[] received;

    /// <summary>Slots that the kernel has filled since Clear; one that was to be ignored is used up too.</summary>
    private int usedSlots;

    /// <summary>Datagrams received since <see cref="Clear"/>.</summary>
    public int Count { get; private set; }

    /// <summary>True when nothing more can be received before <see cref="Clear"/>.</summary>
    public bool IsFull => usedSlots == Capacity;

    /// <summary>A datagram, in the order of arrival at each socket. Valid until <see cref="Clear"/>.</summary>
    public ReceivedDatagram this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            ref readonly Received item = ref received[index];
            return new(in item, incoming.Slice(item.Slot, Headroom + item.Start, item.Length));
        }
    }

    /// <summary>Takes what waits at a socket, without waiting, as far as there is room.</summary>
    /// <returns>How many datagrams were added; 0 when none was there.</returns>
    /// <exception cref="LinuxException">The socket cannot be received from. Passing errors are counted by the socket instead.</exception>
    public int Receive(DatagramSocket socket)
    {
        int before = Count;
        int errors = 0;
        while (usedSlots < Capacity)
        {
            int got = Libc.RecvMmsg(
                socket.Descriptor, incoming.Message(usedSlots), (uint)(Capacity - usedSlots), Libc.MSG_DONTWAIT, timeout: null);
            if (got >= 0)
            {
                for (int i = 0; i < got; i++) Take(socket);
                break;
            }

            Errno errno = LinuxException.LastErrno;
            if (errno == Errno.EAGAIN) break;
            if (errno == Errno.EINTR) continue;
            if (!IsPassing(errno)) throw new LinuxException("recvmmsg", errno);
            socket.ReceiveErrors++;
            if (++errors == MaxPassingErrors) break;
        }

        return Count - before;
    }

    /// <summary>What befalls an interface or a peer, not the socket.</summary>
    private static bool IsPassing(Errno errno) => errno
        is Errno.ENETDOWN or Errno.ENETUNREACH or Errno.EHOSTUNREACH or Errno.EHOSTDOWN or Errno.ECONNREFUSED
        or Errno.ENODEV or Errno.ENXIO or Errno.ENOMEM or Errno.ENOBUFS or Errno.EMSGSIZE or Errno.EPROTO;

    private void Take(DatagramSocket socket)
    {
        int slot = usedSlots++;
        ref Received item = ref received[Count];
        item = new() { Socket = socket, Slot = slot };
        if (!socket.Decode(in *incoming.Message(slot), incoming.Octets(slot) + Headroom, ref item)) return;
        if (item.Length > DatagramSize)
        {
            item.Length = DatagramSize;
            item.Truncated = true;
        }

        Count++;
    }

    /// <summary>Writes what the kernel overwrites with each datagram.</summary>
    private void ArmReceiveSlot(int slot)
    {
        IoVec* vector = incoming.Vector(slot);
        vector->Start = incoming.Octets(slot) + Headroom;
        // A packet socket's headers are in the slot too.
        vector->Length = (nuint)(stride - Headroom);
        *incoming.Message(slot) = new()
        {
            Header = new()
            {
                Name = incoming.Name(slot),
                NameLength = NameSize,
                Vectors = vector,
                VectorCount = 1,
                Control = incoming.Control(slot),
                ControlLength = ControlSize,
            },
        };
    }
}

/// <summary>A UDP datagram in a <see cref="DatagramBatch"/>. Valid until the batch is cleared.</summary>
public readonly ref struct ReceivedDatagram
{
    private readonly ref readonly Received item;

    internal ReceivedDatagram(in Received item, ReadOnlySpan<byte> payload)
    {
        this.item = ref item;
        Payload = payload;
    }

    /// <summary>The UDP payload, or its beginning when <see cref="Truncated"/>.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    public Ipv4 Source => item.Source;
    public ushort SourcePort => item.SourcePort;

    /// <summary>The destination in the IP header: the limited broadcast, a directed broadcast, or an address of this machine.</summary>
    public Ipv4 Destination => item.Destination;

    /// <summary>The source where it came over IPv6.</summary>
    public Ipv6 Source6 => item.Source6;

    /// <summary>The destination in the IP header where it came over IPv6: a multicast group, or an address of this machine.</summary>
    public Ipv6 Destination6 => item.Destination6;

    /// <summary>The kernel's index of the interface where it arrived.</summary>
    public int InterfaceIndex => item.InterfaceIndex;

    /// <summary>True when it was longer than the slot.</summary>
    public bool Truncated => item.Truncated;

    /// <summary>Where it was received.</summary>
    public DatagramSocket Socket => item.Socket;
}
