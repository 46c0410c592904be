using Leasehold.Net.Interop;
using Leasehold.Protocol;

namespace Leasehold.Net;

/// <summary>A UDP socket over IPv6: of one interface, with its multicast groups; or one that sends everything to one place.</summary>
/// <remarks>Of a datagram's <see cref="Destination"/> the IPv6 addresses count, as they do of what is received.</remarks>
public sealed unsafe class Udp6Socket : DatagramSocket
{
    private readonly SockAddrIn6? peer;

    private Udp6Socket(Descriptor descriptor, ushort port, SockAddrIn6? peer)
        : base(descriptor, port) => this.peer = peer;

    /// <summary>Opens a socket that sends everything to one place, and receives from everywhere; bound and not blocking.</summary>
    /// <param name="local">The local address, :: for any; port 0 for any that is free.</param>
    /// <param name="peer">Where everything goes, a multicast group or one host.</param>
    /// <param name="interfaceIndex">The interface of link-local addresses and groups, both local and the peer's; 0 where there are none.</param>
    /// <exception cref="LinuxException">EADDRINUSE: another program has that port. EACCES: it needs a privilege. EADDRNOTAVAIL: not an address of this machine.</exception>
    public static Udp6Socket Open((Ipv6 Address, ushort Port) local, (Ipv6 Address, ushort Port) peer, int interfaceIndex) => Open(
        local,
        NameOf(peer.Address, peer.Port, interfaceIndex),
        interfaceIndex,
        $"[{local.Address}]:{local.Port}",
        descriptor =>
        {
            if (interfaceIndex > 0) Libc.SetOption(descriptor, Libc.SOL_IPV6, Libc.IPV6_MULTICAST_IF, interfaceIndex, "IPV6_MULTICAST_IF");
        });

    /// <summary>Opens a socket for one interface, which receives what is sent to any address there and to the groups, and sends where it is told.</summary>
    /// <param name="port">The local port.</param>
    /// <param name="device">Only what arrives on this interface, and only out by it. Sockets on different interfaces share a port.</param>
    /// <param name="interfaceIndex">The same interface.</param>
    /// <param name="groups">Multicast groups to join on it.</param>
    /// <exception cref="LinuxException">As with <see cref="UdpSocket.Open"/>.</exception>
    public static Udp6Socket OpenOn(ushort port, string device, int interfaceIndex, params ReadOnlySpan<Ipv6> groups)
    {
        Ipv6[] joined = groups.ToArray();
        return Open((Ipv6.Any, port), peer: null, interfaceIndex: 0, $"[::]:{port} on {device}", descriptor =>
        {
            UdpSocket.BindToDevice(descriptor, device);
            Libc.SetOption(descriptor, Libc.SOL_IPV6, Libc.IPV6_RECVPKTINFO, 1, "IPV6_RECVPKTINFO");

            // Without this, a socket hears the groups that other programs of the machine have joined. Kernels before 4.20 do not know it.
            Libc.TrySetOption(descriptor, Libc.SOL_IPV6, Libc.IPV6_MULTICAST_ALL, 0);
            foreach (Ipv6 group in joined) Join(descriptor, group, interfaceIndex, device);
        });
    }

    internal override bool Decode(in MMsgHdr message, byte* octets, ref Received item)
    {
        SockAddrIn6* from = (SockAddrIn6*)message.Header.Name;
        item.Length = (int)message.Length;
        item.Truncated = (message.Header.Flags & Libc.MSG_TRUNC) != 0;
        item.Source6 = Ipv6.Read(from->Address);
        item.SourcePort = Libc.ToNetwork(from->Port);
        ControlData control = new(message.Header);
        while (control.TryNext(out CMsgHdr* head, out int length))
        {
            if (head->Level == Libc.SOL_IPV6 && head->Type == Libc.IPV6_PKTINFO && length >= sizeof(In6PktInfo))
            {
                In6PktInfo* info = (In6PktInfo*)(head + 1);
                item.Destination6 = Ipv6.Read(info->Address);
                item.InterfaceIndex = info->InterfaceIndex;
            }
            else if (head->Level == Libc.SOL_SOCKET && head->Type == Libc.SO_RXQ_OVFL && length >= sizeof(uint))
                CountOverflow(*(uint*)(head + 1));
        }

        return true;
    }

    internal override void Prepare(ref MsgHdr message, byte* payload, int length, in Destination to)
    {
        *(SockAddrIn6*)message.Name = peer ?? NameOf(to.Address6, to.Port, to.InterfaceIndex);
        message.NameLength = (uint)sizeof(SockAddrIn6);
        message.Vectors->Start = payload;
        message.Vectors->Length = (nuint)length;
        message.ControlLength = 0;
        if (peer is not null) return;

        CMsgHdr* head = (CMsgHdr*)message.Control;
        *head = new() { Length = (nuint)CMsgHdr.LengthFor(sizeof(In6PktInfo)), Level = Libc.SOL_IPV6, Type = Libc.IPV6_PKTINFO };
        In6PktInfo* info = (In6PktInfo*)(head + 1);
        *info = new() { InterfaceIndex = to.InterfaceIndex };
        to.Source6.Write(info->Address);
        message.ControlLength = (nuint)CMsgHdr.SpaceFor(sizeof(In6PktInfo));
    }

    private static Udp6Socket Open((Ipv6 Address, ushort Port) local, SockAddrIn6? peer, int interfaceIndex, string subject, Action<Descriptor> prepare)
    {
        const int Type = Libc.SOCK_DGRAM | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC;
        Descriptor descriptor = new(Libc.Socket(Libc.AF_INET6, Type, 0), "socket", "UDP over IPv6");
        try
        {
            prepare(descriptor);
            Libc.SetOption(descriptor, Libc.SOL_IPV6, Libc.IPV6_V6ONLY, 1, "IPV6_V6ONLY");
            Libc.SetOption(descriptor, Libc.SOL_SOCKET, Libc.SO_RXQ_OVFL, 1, "SO_RXQ_OVFL");
            int receiving = Libc.GrowBuffer(descriptor, Libc.SO_RCVBUF, Libc.SO_RCVBUFFORCE, UdpSocket.DefaultReceiveBuffer, "SO_RCVBUF");
            int sending = Libc.GrowBuffer(descriptor, Libc.SO_SNDBUF, Libc.SO_SNDBUFFORCE, UdpSocket.DefaultSendBuffer, "SO_SNDBUF");
            SockAddrIn6 own = NameOf(local.Address, local.Port, interfaceIndex);
            uint length = (uint)sizeof(SockAddrIn6);
            if (Libc.Bind(descriptor, &own, length) != 0) throw LinuxException.Last("bind", subject);
            if (Libc.GetSockName(descriptor, &own, &length) != 0) throw LinuxException.Last("getsockname", subject);
            return new(descriptor, Libc.ToNetwork(own.Port), peer) { ReceiveBufferSize = receiving, SendBufferSize = sending };
        }
        catch
        {
            descriptor.Dispose();
            throw;
        }
    }

    private static void Join(Descriptor descriptor, Ipv6 group, int interfaceIndex, string device)
    {
        Ipv6MReq request = new() { InterfaceIndex = interfaceIndex };
        group.Write(request.Group);
        if (Libc.SetSockOpt(descriptor, Libc.SOL_IPV6, Libc.IPV6_ADD_MEMBERSHIP, &request, (uint)sizeof(Ipv6MReq)) != 0)
            throw LinuxException.Last("setsockopt", $"IPV6_ADD_MEMBERSHIP {group} on {device}");
    }

    private static SockAddrIn6 NameOf(Ipv6 address, ushort port, int interfaceIndex)
    {
        SockAddrIn6 name = new() { Family = Libc.AF_INET6, Port = Libc.ToNetwork(port), ScopeId = (uint)interfaceIndex };
        address.Write(name.Address);
        return name;
    }
}
