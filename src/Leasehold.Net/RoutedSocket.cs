using Leasehold.Net.Interop;
using Leasehold.Protocol.Link;

namespace Leasehold.Net;

/// <summary>A socket that sends UDP by whatever interface the kernel routes it, and receives nothing.</summary>
/// <remarks>
/// A UDP socket of the same port that is bound to no interface would keep every other socket from that port. This one has no port at
/// all: IPv4 and UDP headers are written here. Needs CAP_NET_RAW.
/// </remarks>
public sealed unsafe class RoutedSocket : DatagramSocket
{
    private const int FlagsOffset = 6;

    private RoutedSocket(Descriptor descriptor, ushort port)
        : base(descriptor, port)
    {
    }

    /// <summary>Opens the socket.</summary>
    /// <param name="port">The UDP source port of what it sends.</param>
    /// <exception cref="LinuxException">EPERM: without CAP_NET_RAW.</exception>
    public static RoutedSocket Open(ushort port)
    {
        const int Type = Libc.SOCK_RAW | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC;
        Descriptor descriptor = new(Libc.Socket(Libc.AF_INET, Type, Libc.IPPROTO_RAW), "socket", "IPPROTO_RAW");
        try
        {
            int sending = Libc.GrowBuffer(descriptor, Libc.SO_SNDBUF, Libc.SO_SNDBUFFORCE, UdpSocket.DefaultSendBuffer, "SO_SNDBUF");
            return new(descriptor, port) { SendBufferSize = sending };
        }
        catch
        {
            descriptor.Dispose();
            throw;
        }
    }

    /// <summary>Nothing is received: the kernel delivers no packets to a socket of this protocol.</summary>
    internal override bool Decode(in MMsgHdr message, byte* octets, ref Received item) => false;

    internal override void Prepare(ref MsgHdr message, byte* payload, int length, in Destination to)
    {
        SockAddrIn* name = (SockAddrIn*)message.Name;
        *name = new() { Family = Libc.AF_INET, Address = Libc.ToNetwork(to.Address.Value) };
        message.NameLength = (uint)sizeof(SockAddrIn);
        byte* packet = payload - Ipv4Udp.HeadersLength;
        int total = length + Ipv4Udp.HeadersLength;
        Ipv4Udp.WriteHeaders(new(packet, total), (to.Source, Port), (to.Address, to.Port));

        // Routers on the way may fragment it; the kernel makes the header's sum again.
        packet[FlagsOffset] = 0;
        message.Vectors->Start = packet;
        message.Vectors->Length = (nuint)total;
        message.ControlLength = 0;
    }
}
