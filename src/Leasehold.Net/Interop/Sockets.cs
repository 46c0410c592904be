using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace Leasehold.Net.Interop;

// Sockets: socket(2), bind(2), setsockopt(2), ip(7), packet(7), netlink(7).
internal static unsafe partial class Libc
{
    public const int AF_INET = 2;
    public const int AF_INET6 = 10;
    public const int AF_NETLINK = 16;
    public const int AF_PACKET = 17;
    public const int SOCK_DGRAM = 2;
    public const int SOCK_RAW = 3;
    public const int IPPROTO_RAW = 255;
    public const int SOCK_NONBLOCK = 0x800;
    public const int SOCK_CLOEXEC = 0x80000;

    public const int SOL_IP = 0;
    public const int SOL_SOCKET = 1;
    public const int SOL_IPV6 = 41;
    public const int SOL_PACKET = 263;
    public const int SOL_NETLINK = 270;

    public const int SO_BROADCAST = 6;
    public const int SO_SNDBUF = 7;
    public const int SO_RCVBUF = 8;
    public const int SO_BINDTODEVICE = 25;
    public const int SO_ATTACH_FILTER = 26;
    public const int SO_SNDBUFFORCE = 32;
    public const int SO_RCVBUFFORCE = 33;
    public const int SO_RXQ_OVFL = 40;
    public const int IP_PKTINFO = 8;
    public const int IP_MTU_DISCOVER = 10;
    public const int IP_PMTUDISC_DONT = 0;
    public const int IPV6_MULTICAST_IF = 17;
    public const int IPV6_ADD_MEMBERSHIP = 20;
    public const int IPV6_V6ONLY = 26;
    public const int IPV6_MULTICAST_ALL = 29;
    public const int IPV6_RECVPKTINFO = 49;
    public const int IPV6_PKTINFO = 50;
    public const int PACKET_AUXDATA = 8;
    public const int NETLINK_EXT_ACK = 11;
    public const int NETLINK_GET_STRICT_CHK = 12;

    public const ushort ETH_P_IP = 0x0800;
    public const ushort ETH_P_ARP = 0x0806;
    public const short POLLIN = 1;
    public const short POLLOUT = 4;

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(Descriptor socket, void* address, uint length);

    [LibraryImport("libc", EntryPoint = "getsockname", SetLastError = true)]
    public static partial int GetSockName(Descriptor socket, void* address, uint* length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetSockOpt(Descriptor socket, int level, int option, void* value, uint length);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetSockOpt(Descriptor socket, int level, int option, void* value, uint* length);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(Descriptor socket, byte* octets, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(Descriptor socket, byte* octets, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "sendto", SetLastError = true)]
    public static partial nint SendTo(Descriptor socket, byte* octets, nuint length, int flags, void* address, uint addressLength);

    [LibraryImport("libc", EntryPoint = "recvfrom", SetLastError = true)]
    public static partial nint ReceiveFrom(Descriptor socket, byte* octets, nuint length, int flags, void* address, uint* addressLength);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollFd* descriptors, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    /// <summary>Sets an option that is an int.</summary>
    /// <exception cref="LinuxException">The kernel refused it.</exception>
    public static void SetOption(Descriptor socket, int level, int option, int value, string name)
    {
        if (!TrySetOption(socket, level, option, value)) throw LinuxException.Last("setsockopt", name);
    }

    public static bool TrySetOption(Descriptor socket, int level, int option, int value) =>
        SetSockOpt(socket, level, option, &value, sizeof(int)) == 0;

    public static int GetOption(Descriptor socket, int level, int option, string name)
    {
        int value;
        uint length = sizeof(int);
        if (GetSockOpt(socket, level, option, &value, &length) != 0) throw LinuxException.Last("getsockopt", name);
        return value;
    }

    /// <summary>Asks for a buffer beyond the system's limit, then, where that is not allowed, for as much as the limit gives.</summary>
    /// <returns>Octets of kernel memory that the kernel granted; it counts its own overhead for each datagram.</returns>
    public static int GrowBuffer(Descriptor socket, int option, int forceOption, int octets, string name)
    {
        // The kernel doubles what is asked, for that overhead.
        if (!TrySetOption(socket, SOL_SOCKET, forceOption, octets / 2)) SetOption(socket, SOL_SOCKET, option, octets / 2, name);
        return GetOption(socket, SOL_SOCKET, option, name);
    }

    public static ushort ToNetwork(ushort value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    public static uint ToNetwork(uint value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
}

/// <summary>struct sockaddr_in, ip(7). Port and address in network order.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SockAddrIn
{
    public ushort Family;
    public ushort Port;
    public uint Address;
    public ulong Zero;
}

/// <summary>struct sockaddr_in6, ipv6(7). Port and address in network order.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SockAddrIn6
{
    public ushort Family;
    public ushort Port;
    public uint FlowInfo;
    public Octets16 Address;
    public uint ScopeId;

    [InlineArray(16)]
    internal struct Octets16
    {
        private byte first;
    }
}

/// <summary>struct sockaddr_ll, packet(7), with room for the longest link address that a DHCP packet can name.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SockAddrLl
{
    /// <summary>Octets before the link address.</summary>
    public const int HeaderLength = 12;

    /// <summary>sizeof(struct sockaddr_ll), which has 8 octets of address; longer ones continue behind it.</summary>
    public const int Size = 20;

    public ushort Family;
    public ushort Protocol;
    public int InterfaceIndex;
    public ushort HardwareType;
    public byte PacketType;
    public byte AddressLength;
    public Octets16 Address;

    [InlineArray(16)]
    internal struct Octets16
    {
        private byte first;
    }
}

/// <summary>struct sockaddr_nl, netlink(7).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SockAddrNl
{
    public ushort Family;
    public ushort Pad;
    public uint PortId;
    public uint Groups;
}

/// <summary>struct in_pktinfo, ip(7). Addresses in network order.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct InPktInfo
{
    public int InterfaceIndex;

    /// <summary>Receiving: the local address. Sending: the source address.</summary>
    public uint SpecDst;

    /// <summary>Receiving: the destination in the IP header.</summary>
    public uint Address;
}

/// <summary>struct in6_pktinfo, ipv6(7). Receiving: the destination in the IP header; sending: the source address. In network order.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct In6PktInfo
{
    public SockAddrIn6.Octets16 Address;
    public int InterfaceIndex;
}

/// <summary>struct ipv6_mreq, ipv6(7).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Ipv6MReq
{
    public SockAddrIn6.Octets16 Group;
    public int InterfaceIndex;
}

/// <summary>struct tpacket_auxdata, packet(7).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PacketAuxData
{
    /// <summary>The sender's checksum is not computed yet: the packet never left this machine.</summary>
    public const uint ChecksumNotReady = 1 << 3;

    public const uint VlanValid = 1 << 4;

    /// <summary>The device has verified the checksum.</summary>
    public const uint ChecksumValid = 1 << 7;

    public uint Status;
    public uint Length;
    public uint CapturedLength;
    public ushort Mac;
    public ushort Net;
    public ushort VlanTci;
    public ushort VlanTpid;
}

/// <summary>struct sock_filter: an instruction of the classic BPF machine.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct SockFilter(ushort code, byte whenTrue, byte whenFalse, uint operand)
{
    public readonly ushort Code = code;
    public readonly byte WhenTrue = whenTrue;
    public readonly byte WhenFalse = whenFalse;
    public readonly uint Operand = operand;
}

/// <summary>struct sock_fprog.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SockFprog
{
    public ushort Length;
    public SockFilter* Filter;
}

/// <summary>struct pollfd.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollFd
{
    public int Descriptor;
    public short Events;
    public short Returned;
}
