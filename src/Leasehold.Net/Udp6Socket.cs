using Leasehold.Net.Interop;
using Leasehold.Protocol;

namespace Leasehold.Net;

/// <summary>A UDP socket over IPv6 that sends everything to one place, and receives from everywhere.</summary>
/// <remarks>The <see cref="Destination"/> of what it sends is not looked at; a received datagram's source is not told.</remarks>
public sealed unsafe class Udp6Socket : DatagramSocket
{
    private readonly SockAddrIn6 peer;

    private Udp6Socket(Descriptor descriptor, ushort port, SockAddrIn6 peer)
        : base(descriptor, port) => this.peer = peer;

    /// <summary>Opens a socket, bound and not blocking.</summary>
    /// <param name="local">The local address, :: for any; port 0 for any that is free.</param>
    /// <param name="peer">Where everything goes, a multicast group or one host.</param>
    /// <param name="interfaceIndex">The interface of link-local addresses and groups, both local and the peer's; 0 where there are none.</param>
    /// <exception cref="LinuxException">EADDRINUSE: another program has that port. EACCES: it needs a privilege. EADDRNOTAVAIL: not an address of this machine.</exception>
    public static Udp6Socket Open((Ipv6 Address, ushort Port) local, (Ipv6 Address, ushort Port) peer, int interfaceIndex)
    {
        const int Type = Libc.SOCK_DGRAM | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC;
        Descriptor descriptor = new(Libc.Socket(Libc.AF_INET6, Type, 0), "socket", "UDP over IPv6");
        try
        {
            Libc.SetOption(descriptor, Libc.SOL_SOCKET, Libc.SO_RXQ_OVFL, 1, "SO_RXQ_OVFL");
            if (interfaceIndex > 0) Libc.SetOption(descriptor, Libc.SOL_IPV6, Libc.IPV6_MULTICAST_IF, interfaceIndex, "IPV6_MULTICAST_IF");
            int receiving = Libc.GrowBuffer(descriptor, Libc.SO_RCVBUF, Libc.SO_RCVBUFFORCE, UdpSocket.DefaultReceiveBuffer, "SO_RCVBUF");
            int sending = Libc.GrowBuffer(descriptor, Libc.SO_SNDBUF, Libc.SO_SNDBUFFORCE, UdpSocket.DefaultSendBuffer, "SO_SNDBUF");
            SockAddrIn6 own = NameOf(local.Address, local.Port, interfaceIndex);
            uint length = (uint)sizeof(SockAddrIn6);
            if (Libc.Bind(descriptor, &own, length) != 0) throw LinuxException.Last("bind", $"[{local.Address}]:{local.Port}");
            if (Libc.GetSockName(descriptor, &own, &length) != 0) throw LinuxException.Last("getsockname", $"[{local.Address}]:{local.Port}");
            return new(descriptor, Libc.ToNetwork(own.Port), NameOf(peer.Address, peer.Port, interfaceIndex))
            {
                ReceiveBufferSize = receiving,
                SendBufferSize = sending,
            };
        }
        catch
        {
            descriptor.Dispose();
            throw;
        }
    }

    internal override bool Decode(in MMsgHdr message, byte* octets, ref Received item)
    {
        item.Length = (int)message.Length;
        item.Truncated = (message.Header.Flags & Libc.MSG_TRUNC) != 0;
        item.SourcePort = Libc.ToNetwork(((SockAddrIn6*)message.Header.Name)->Port);
        ControlData control = new(message.Header);
        while (control.TryNext(out CMsgHdr* head, out int length))
        {
            if (head->Level == Libc.SOL_SOCKET && head->Type == Libc.SO_RXQ_OVFL && length >= sizeof(uint))
                CountOverflow(*(uint*)(head + 1));
        }

        return true;
    }

    internal override void Prepare(ref MsgHdr message, byte* payload, int length, in Destination to)
    {
        *(SockAddrIn6*)message.Name = peer;
        message.NameLength = (uint)sizeof(SockAddrIn6);
        message.Vectors->Start = payload;
        message.Vectors->Length = (nuint)length;
        message.ControlLength = 0;
    }

    private static SockAddrIn6 NameOf(Ipv6 address, ushort port, int interfaceIndex)
    {
        SockAddrIn6 name = new() { Family = Libc.AF_INET6, Port = Libc.ToNetwork(port), ScopeId = (uint)interfaceIndex };
        address.Write(name.Address);
        return name;
    }
}
