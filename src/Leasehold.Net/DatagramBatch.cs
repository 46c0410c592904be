using Leasehold.Net.Interop;

namespace Leasehold.Net;

/// <summary>Datagrams that are received together, and the replies that leave together.</summary>
/// <remarks>
/// A turn: <see cref="Clear"/>; <see cref="Receive"/> for each ready socket; for each datagram write a reply into
/// <see cref="ReplySlot"/> and <see cref="Queue"/> it; <see cref="Flush()"/>. Nothing is copied and nothing is allocated.
/// Used by one thread.
/// </remarks>
public sealed unsafe partial class DatagramBatch
{
    /// <summary>The most datagrams that one system call takes (UIO_MAXIOV).</summary>
    public const int MaxCapacity = Libc.MaxMessages;

    /// <summary>Enough for what a link with jumbo frames can carry in one DHCP message without being absurd.</summary>
    public const int DefaultDatagramSize = 4096;

    /// <summary>Octets kept free before a reply's payload, for the headers that a packet socket writes.</summary>
    internal const int Headroom = 64;

    /// <summary>What a received packet's own headers may take: 60 and 8 octets.</summary>
    private const int TailRoom = 128;

    /// <summary>sockaddr_in, sockaddr_in6, or sockaddr_ll with 16 octets of address.</summary>
    private const int NameSize = 32;

    /// <summary>IPV6_PKTINFO, IP_PKTINFO or PACKET_AUXDATA, and SO_RXQ_OVFL: 40 and 24 octets at most.</summary>
    private const int ControlSize = 64;

    private readonly int stride;

    /// <summary>Makes the buffers.</summary>
    /// <param name="capacity">Datagrams, and likewise replies: 1 to 1,024.</param>
    /// <param name="datagramSize">Octets of payload, each way. What is longer arrives truncated.</param>
    public DatagramBatch(int capacity = MaxCapacity, int datagramSize = DefaultDatagramSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MaxCapacity);
        ArgumentOutOfRangeException.ThrowIfLessThan(datagramSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(datagramSize, ushort.MaxValue);
        Capacity = capacity;
        DatagramSize = datagramSize;
        // Slots do not start a power of two apart: their heads, which are read most, must not share cache sets.
        stride = Headroom + ((datagramSize + 63) & ~63) + TailRoom;
        incoming = new(capacity, stride);
        outgoing = new(capacity, stride);
        received = new Received[capacity];
        queued = new Queued[capacity];
        pending = new int[capacity];
        sending = new int[capacity];
        failures = new SendFailure[capacity];
        for (int i = 0; i < capacity; i++) ArmReceiveSlot(i);
    }

    public int Capacity { get; }
    public int DatagramSize { get; }

    /// <summary>Forgets what was received and what was queued, for the next turn.</summary>
    public void Clear()
    {
        for (int i = 0; i < usedSlots; i++) ArmReceiveSlot(i);
        usedSlots = 0;
        Array.Clear(received, 0, Count);
        Count = 0;
        Array.Clear(queued, 0, QueuedCount);
        QueuedCount = 0;
        failureCount = 0;
    }

    /// <summary>The kernel's view of a row of slots: heads, vectors, names, control data and the octets themselves.</summary>
    private readonly struct Slots(int capacity, int stride)
    {
        private readonly Pinned<MMsgHdr> messages = new(capacity);
        private readonly Pinned<IoVec> vectors = new(capacity);
        private readonly Pinned<byte> names = new(capacity * NameSize);
        private readonly Pinned<byte> controls = new(capacity * ControlSize);
        private readonly Pinned<byte> octets = new(capacity * stride);

        public MMsgHdr* Message(int index) => messages.Start + index;
        public IoVec* Vector(int index) => vectors.Start + index;
        public byte* Name(int index) => names.Start + (index * NameSize);
        public byte* Control(int index) => controls.Start + (index * ControlSize);
        public byte* Octets(int index) => octets.Start + (index * stride);
        public Span<byte> Slice(int index, int start, int length) => octets.Slice((index * stride) + start, length);
    }
}
