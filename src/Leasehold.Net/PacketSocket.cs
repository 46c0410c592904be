using Leasehold.Net.Interop;
using Leasehold.Protocol.Link;

namespace Leasehold.Net;

/// <summary>A packet socket: UDP over IPv4 to a link address without ARP, and from interfaces that have no address.</summary>
/// <remarks>Needs CAP_NET_RAW. IPv4 and UDP headers are written and read here; the kernel adds those of the link.</remarks>
public sealed unsafe class PacketSocket : DatagramSocket
{
    /// <summary>sll_pkttype: for this machine (0), broadcast (1), multicast (2); what follows is for others, or from here.</summary>
    private const uint LastPacketTypeForUs = 2;

    private const ushort VlanIdMask = 0xfff;

    private PacketSocket(Descriptor descriptor, ushort port, int interfaceIndex)
        : base(descriptor, port) => InterfaceIndex = interfaceIndex;

    /// <summary>The interface that it receives on; 0 for one that only sends.</summary>
    public int InterfaceIndex { get; }

    /// <summary>Opens a socket that sends on every interface and receives nothing.</summary>
    /// <param name="port">The UDP source port of what it sends.</param>
    /// <exception cref="LinuxException">EPERM: without CAP_NET_RAW; broadcasts by a UDP socket are the way then.</exception>
    public static PacketSocket OpenForSending(ushort port) => Open(port, 0);

    /// <summary>Opens a socket that sends on every interface, and receives on one what goes to a UDP port.</summary>
    /// <param name="port">The UDP destination port of what it receives, and the source port of what it sends.</param>
    /// <param name="interfaceIndex">The interface to receive on; it needs no address.</param>
    /// <exception cref="LinuxException">EPERM: without CAP_NET_RAW. ENODEV: no such interface. One that is down is taken.</exception>
    public static PacketSocket OpenForReceiving(ushort port, int interfaceIndex)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(interfaceIndex);
        return Open(port, interfaceIndex);
    }

    internal override bool Decode(in MMsgHdr message, byte* octets, ref Received item)
    {
        uint status = 0;
        ControlData control = new(message.Header);
        while (control.TryNext(out CMsgHdr* head, out int length))
        {
            if (head->Level == Libc.SOL_PACKET && head->Type == Libc.PACKET_AUXDATA && length >= sizeof(PacketAuxData))
            {
                PacketAuxData* aux = (PacketAuxData*)(head + 1);
                status = aux->Status;
                // A tag that the device or the kernel took off: the packet belongs to a VLAN that this machine is not in.
                // Tag 0 is a priority only.
                if ((status & PacketAuxData.VlanValid) != 0 && (aux->VlanTci & VlanIdMask) != 0) return Ignore();
            }
            else if (head->Level == Libc.SOL_SOCKET && head->Type == Libc.SO_RXQ_OVFL && length >= sizeof(uint))
                CountOverflow(*(uint*)(head + 1));
        }

        // Longer than the slot: the sums cannot be checked, and the client's message cannot be read.
        if ((message.Header.Flags & Libc.MSG_TRUNC) != 0) return Ignore();
        ReadOnlySpan<byte> packet = new(octets, (int)message.Length);
        if (!Ipv4Udp.TryParse(packet, out Ipv4Udp datagram, out _) || !datagram.IsHeaderSumRight) return Ignore();
        // Inside one machine the sum is left for a device to fill in that never sees the packet.
        bool sumIsKnown = (status & (PacketAuxData.ChecksumNotReady | PacketAuxData.ChecksumValid)) != 0;
        if (!sumIsKnown && !datagram.IsUdpSumRight) return Ignore();
        packet.Overlaps(datagram.Payload, out item.Start);
        item.Length = datagram.Payload.Length;
        item.Source = datagram.Source;
        item.SourcePort = datagram.SourcePort;
        item.Destination = datagram.Destination;
        item.InterfaceIndex = ((SockAddrLl*)message.Header.Name)->InterfaceIndex;
        return true;
    }

    internal override void Prepare(ref MsgHdr message, byte* payload, int length, in Destination to)
    {
        SockAddrLl* name = (SockAddrLl*)message.Name;
        *name = new()
        {
            Family = Libc.AF_PACKET,
            Protocol = Libc.ToNetwork(Libc.ETH_P_IP),
            InterfaceIndex = to.InterfaceIndex,
            AddressLength = to.LinkAddress.Length,
        };
        to.LinkAddress.Octets.CopyTo(name->Address);
        // A name that is too short makes the kernel say EINVAL for this message alone.
        message.NameLength = to.LinkAddress.IsEmpty ? 1 : (uint)Math.Max(SockAddrLl.Size, SockAddrLl.HeaderLength + to.LinkAddress.Length);
        byte* packet = payload - Ipv4Udp.HeadersLength;
        int total = length + Ipv4Udp.HeadersLength;
        Ipv4Udp.WriteHeaders(new(packet, total), (to.Source, Port), (to.Address, to.Port));
        message.Vectors->Start = packet;
        message.Vectors->Length = (nuint)total;
        message.ControlLength = 0;
    }

    private static PacketSocket Open(ushort port, int interfaceIndex)
    {
        const int Type = Libc.SOCK_DGRAM | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC;
        // Protocol 0: nothing is received before the filter is in place; for one that only sends, nothing ever.
        Descriptor descriptor = new(Libc.Socket(Libc.AF_PACKET, Type, 0), "socket", "AF_PACKET");
        try
        {
            int sending = Libc.GrowBuffer(
                descriptor, Libc.SO_SNDBUF, Libc.SO_SNDBUFFORCE, UdpSocket.DefaultSendBuffer, "SO_SNDBUF");
            int receiving = 0;
            if (interfaceIndex > 0)
            {
                receiving = Libc.GrowBuffer(
                    descriptor, Libc.SO_RCVBUF, Libc.SO_RCVBUFFORCE, UdpSocket.DefaultReceiveBuffer, "SO_RCVBUF");
                AttachFilter(descriptor, port);
                Libc.SetOption(descriptor, Libc.SOL_PACKET, Libc.PACKET_AUXDATA, 1, "PACKET_AUXDATA");
                Libc.SetOption(descriptor, Libc.SOL_SOCKET, Libc.SO_RXQ_OVFL, 1, "SO_RXQ_OVFL");
                SockAddrLl local = new()
                {
                    Family = Libc.AF_PACKET,
                    Protocol = Libc.ToNetwork(Libc.ETH_P_IP),
                    InterfaceIndex = interfaceIndex,
                };
                if (Libc.Bind(descriptor, &local, SockAddrLl.Size) != 0) throw LinuxException.Last("bind", $"AF_PACKET interface {interfaceIndex}");
            }

            return new(descriptor, port, interfaceIndex) { ReceiveBufferSize = receiving, SendBufferSize = sending };
        }
        catch
        {
            descriptor.Dispose();
            throw;
        }
    }

    /// <summary>Lets through unfragmented UDP to one port, for this machine or all; the kernel starts at the IP header.</summary>
    private static void AttachFilter(Descriptor descriptor, ushort port)
    {
        const uint PacketType = unchecked((uint)(-0x1000 + 4)); // SKF_AD_OFF + SKF_AD_PKTTYPE
        const uint Udp = 17;
        const uint FragmentBits = 0x3fff; // more fragments, offset
        const byte Reject = 10;
        ReadOnlySpan<SockFilter> program =
        [
            new(0x20, 0, 0, PacketType),                    // 0  A = packet type
            new(0x25, Reject - 2, 0, LastPacketTypeForUs),  // 1  A > last: reject
            new(0x30, 0, 0, 9),                             // 2  A = IP protocol
            new(0x15, 0, Reject - 4, Udp),                  // 3  A != UDP: reject
            new(0x28, 0, 0, 6),                             // 4  A = IP fragment word
            new(0x45, Reject - 6, 0, FragmentBits),         // 5  A & bits: reject
            new(0xb1, 0, 0, 0),                             // 6  X = IP header length
            new(0x48, 0, 0, 2),                             // 7  A = UDP destination port
            new(0x15, 0, Reject - 9, port),                 // 8  A != port: reject
            new(0x06, 0, 0, uint.MaxValue),                 // 9  accept the whole packet
            new(0x06, 0, 0, 0),                             // 10 reject
        ];
        fixed (SockFilter* first = program)
        {
            SockFprog prog = new() { Length = (ushort)program.Length, Filter = first };
            if (Libc.SetSockOpt(descriptor, Libc.SOL_SOCKET, Libc.SO_ATTACH_FILTER, &prog, (uint)sizeof(SockFprog)) != 0)
                throw LinuxException.Last("setsockopt", "SO_ATTACH_FILTER");
        }
    }

    private bool Ignore()
    {
        Malformed++;
        return false;
    }
}
