using Leasehold.Net.Interop;
using Leasehold.Protocol;

namespace Leasehold.Net;

/// <summary>A socket that a <see cref="DatagramBatch"/> receives from and sends by.</summary>
public abstract class DatagramSocket : PollSource
{
    private uint lastOverflow;

    private protected DatagramSocket(Descriptor descriptor, ushort port)
        : base(descriptor) => Port = port;

    /// <summary>The local UDP port: what comes in goes to it, what goes out comes from it.</summary>
    public ushort Port { get; }

    /// <summary>Datagrams that the kernel threw away since the socket was opened because its buffer was full.</summary>
    /// <remarks>Known when the next datagram comes after the loss.</remarks>
    public long KernelDrops { get; private set; }

    /// <summary>Packets received that were damaged (sums, lengths), too long for the slot or of another VLAN; only packet sockets see any.</summary>
    public long Malformed { get; private protected set; }

    /// <summary>Receive calls that failed for a passing reason, such as an interface that went down.</summary>
    public long ReceiveErrors { get; internal set; }

    /// <summary>Kernel memory for what waits to be received, the kernel's own overhead included. In octets.</summary>
    public int ReceiveBufferSize { get; private protected init; }

    /// <summary>Kernel memory for what waits to be sent, the kernel's own overhead included. In octets.</summary>
    public int SendBufferSize { get; private protected init; }

    /// <summary>Makes out what the kernel wrote into a slot.</summary>
    /// <returns>False when it is to be ignored.</returns>
    internal abstract unsafe bool Decode(in MMsgHdr message, byte* octets, ref Received item);

    /// <summary>Writes headers and control data around a reply's payload.</summary>
    /// <param name="message">To fill; its one vector and its name and control buffers are there.</param>
    /// <param name="payload">The payload, with <see cref="DatagramBatch.Headroom"/> octets before it.</param>
    internal abstract unsafe void Prepare(ref MsgHdr message, byte* payload, int length, in Destination to);

    /// <summary>The kernel counts losses in 32 bits; this goes on counting where it wraps.</summary>
    private protected void CountOverflow(uint overflow)
    {
        KernelDrops += unchecked(overflow - lastOverflow);
        lastOverflow = overflow;
    }
}

/// <summary>A datagram that was received and made out.</summary>
internal struct Received
{
    public DatagramSocket Socket;
    public int Slot;

    /// <summary>Where the payload begins in its slot.</summary>
    public int Start;

    public int Length;
    public Ipv4 Source;
    public Ipv4 Destination;
    public Ipv6 Source6;
    public Ipv6 Destination6;
    public int InterfaceIndex;
    public ushort SourcePort;
    public bool Truncated;
}

/// <summary>Where a datagram is to be sent.</summary>
public readonly record struct Destination
{
    /// <summary>The IP destination; 255.255.255.255 for everybody on the link of <see cref="InterfaceIndex"/>.</summary>
    public Ipv4 Address { get; init; }

    /// <summary>The destination of a datagram over IPv6, in place of <see cref="Address"/>.</summary>
    public Ipv6 Address6 { get; init; }

    /// <summary>The UDP destination port.</summary>
    public ushort Port { get; init; }

    /// <summary>The IP source. 0.0.0.0 lets a UDP socket choose by its route; a packet socket sends it as it is.</summary>
    public Ipv4 Source { get; init; }

    /// <summary>The source of a datagram over IPv6, in place of <see cref="Source"/>. :: lets the kernel choose by its route.</summary>
    public Ipv6 Source6 { get; init; }

    /// <summary>The interface to send on. 0 lets a UDP socket choose by its route; a packet socket needs one.</summary>
    public int InterfaceIndex { get; init; }

    /// <summary>
    /// The link destination, for a packet socket only, which fails with EINVAL without one. The link's broadcast address
    /// reaches everybody. Octets beyond the length that the link has are ignored.
    /// </summary>
    public HardwareAddress LinkAddress { get; init; }
}
