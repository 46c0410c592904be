using Leasehold.Net.Interop;
using Leasehold.Protocol;

namespace Leasehold.Net;

/// <summary>A UDP socket that tells where each datagram arrived, and sends from the address and interface it is told.</summary>
/// <remarks>
/// Broadcasts may be sent. Datagrams that exceed a link are fragmented. A port below 1024 needs CAP_NET_BIND_SERVICE,
/// nothing else needs a privilege.
/// </remarks>
public sealed unsafe class UdpSocket : DatagramSocket
{
    /// <summary>Some 6,000 DHCP packets: what comes in while a batch is committed to a slow disk.</summary>
    public const int DefaultReceiveBuffer = 8 << 20;

    /// <summary>
    /// What waits for the link address of a silent neighbour counts here (to some 200 KiB each); a few such must not keep
    /// the answers to all others from leaving.
    /// </summary>
    public const int DefaultSendBuffer = 4 << 20;

    private UdpSocket(Descriptor descriptor, Ipv4 address, ushort port, string? device)
        : base(descriptor, port)
    {
        Address = address;
        Device = device;
    }

    /// <summary>The address it is bound to; 0.0.0.0 for all. Bound to one address it hears no broadcasts.</summary>
    public Ipv4 Address { get; }

    /// <summary>The interface that it is bound to; null for all.</summary>
    public string? Device { get; }

    /// <summary>Opens a socket, bound and not blocking.</summary>
    /// <param name="address">The local address; 0.0.0.0 to hear broadcasts too.</param>
    /// <param name="port">The local port; 0 for any that is free.</param>
    /// <param name="device">
    /// Only what arrives on this interface, and only out by it; null for all. Sockets on different interfaces share a port.
    /// </param>
    /// <param name="receiveBuffer">Wanted octets of kernel memory, of which the system may grant less without CAP_NET_ADMIN.</param>
    /// <param name="sendBuffer">Likewise.</param>
    /// <exception cref="LinuxException">
    /// EADDRINUSE: another program has that port on that interface (SO_REUSEADDR is not set, so that two servers never take
    /// each other's packets). EACCES: the port needs a privilege. ENODEV: no such interface. EADDRNOTAVAIL: not an address
    /// of this machine. EPERM: a kernel before 5.7 keeps binding to an interface for CAP_NET_RAW.
    /// </exception>
    public static UdpSocket Open(
        Ipv4 address, ushort port, string? device = null, int receiveBuffer = DefaultReceiveBuffer, int sendBuffer = DefaultSendBuffer)
    {
        const int Type = Libc.SOCK_DGRAM | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC;
        string subject = device is null ? $"{address}:{port}" : $"{address}:{port} on {device}";
        Descriptor descriptor = new(Libc.Socket(Libc.AF_INET, Type, 0), "socket", "UDP");
        try
        {
            if (device is not null) BindToDevice(descriptor, device);
            Libc.SetOption(descriptor, Libc.SOL_SOCKET, Libc.SO_BROADCAST, 1, "SO_BROADCAST");
            Libc.SetOption(descriptor, Libc.SOL_SOCKET, Libc.SO_RXQ_OVFL, 1, "SO_RXQ_OVFL");
            Libc.SetOption(descriptor, Libc.SOL_IP, Libc.IP_PKTINFO, 1, "IP_PKTINFO");
            // Without this, a reply that exceeds a path is refused because of DF instead of being fragmented.
            Libc.SetOption(descriptor, Libc.SOL_IP, Libc.IP_MTU_DISCOVER, Libc.IP_PMTUDISC_DONT, "IP_MTU_DISCOVER");
            int receiving = Libc.GrowBuffer(descriptor, Libc.SO_RCVBUF, Libc.SO_RCVBUFFORCE, receiveBuffer, "SO_RCVBUF");
            int sending = Libc.GrowBuffer(descriptor, Libc.SO_SNDBUF, Libc.SO_SNDBUFFORCE, sendBuffer, "SO_SNDBUF");
            SockAddrIn local = new() { Family = Libc.AF_INET, Port = Libc.ToNetwork(port), Address = Libc.ToNetwork(address.Value) };
            uint length = (uint)sizeof(SockAddrIn);
            if (Libc.Bind(descriptor, &local, length) != 0) throw LinuxException.Last("bind", subject);
            if (Libc.GetSockName(descriptor, &local, &length) != 0) throw LinuxException.Last("getsockname", subject);
            return new(descriptor, address, Libc.ToNetwork(local.Port), device) { ReceiveBufferSize = receiving, SendBufferSize = sending };
        }
        catch
        {
            descriptor.Dispose();
            throw;
        }
    }

    internal override bool Decode(in MMsgHdr message, byte* octets, ref Received item)
    {
        SockAddrIn* from = (SockAddrIn*)message.Header.Name;
        item.Length = (int)message.Length;
        item.Truncated = (message.Header.Flags & Libc.MSG_TRUNC) != 0;
        item.Source = new(Libc.ToNetwork(from->Address));
        item.SourcePort = Libc.ToNetwork(from->Port);
        ControlData control = new(message.Header);
        while (control.TryNext(out CMsgHdr* head, out int length))
        {
            if (head->Level == Libc.SOL_IP && head->Type == Libc.IP_PKTINFO && length >= sizeof(InPktInfo))
            {
                InPktInfo* info = (InPktInfo*)(head + 1);
                item.Destination = new(Libc.ToNetwork(info->Address));
                item.InterfaceIndex = info->InterfaceIndex;
            }
            else if (head->Level == Libc.SOL_SOCKET && head->Type == Libc.SO_RXQ_OVFL && length >= sizeof(uint))
                CountOverflow(*(uint*)(head + 1));
        }

        return true;
    }

    internal override void Prepare(ref MsgHdr message, byte* payload, int length, in Destination to)
    {
        SockAddrIn* name = (SockAddrIn*)message.Name;
        *name = new() { Family = Libc.AF_INET, Port = Libc.ToNetwork(to.Port), Address = Libc.ToNetwork(to.Address.Value) };
        message.NameLength = (uint)sizeof(SockAddrIn);
        message.Vectors->Start = payload;
        message.Vectors->Length = (nuint)length;
        CMsgHdr* head = (CMsgHdr*)message.Control;
        *head = new() { Length = (nuint)CMsgHdr.LengthFor(sizeof(InPktInfo)), Level = Libc.SOL_IP, Type = Libc.IP_PKTINFO };
        *(InPktInfo*)(head + 1) = new() { InterfaceIndex = to.InterfaceIndex, SpecDst = Libc.ToNetwork(to.Source.Value) };
        message.ControlLength = (nuint)CMsgHdr.SpaceFor(sizeof(InPktInfo));
    }

    internal static void BindToDevice(Descriptor descriptor, string device)
    {
        byte[] name = System.Text.Encoding.UTF8.GetBytes(device);
        fixed (byte* start = name)
        {
            if (Libc.SetSockOpt(descriptor, Libc.SOL_SOCKET, Libc.SO_BINDTODEVICE, start, (uint)name.Length) != 0)
                throw LinuxException.Last("setsockopt", $"SO_BINDTODEVICE {device}");
        }
    }
}
