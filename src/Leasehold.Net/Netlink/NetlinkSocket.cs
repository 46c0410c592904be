using System.Runtime.InteropServices;
using Leasehold.Net.Interop;

namespace Leasehold.Net.Netlink;

/// <summary>A routing socket (rtnetlink(7)) in the network namespace of the thread that opens it.</summary>
internal sealed unsafe class NetlinkSocket : IDisposable
{
    /// <summary>RTMGRP_LINK.</summary>
    public const uint LinkGroup = 1;

    /// <summary>RTMGRP_IPV4_IFADDR.</summary>
    public const uint Ipv4AddressGroup = 0x10;

    /// <summary>RTMGRP_IPV6_IFADDR.</summary>
    public const uint Ipv6AddressGroup = 0x100;

    private const int NETLINK_ROUTE = 0;
    private const ushort NLMSG_ERROR = 2;
    private const ushort NLMSG_DONE = 3;
    private const ushort NLM_F_REQUEST = 1;
    private const ushort NLM_F_DUMP_INTR = 0x10;
    private const ushort NLM_F_DUMP = 0x300;
    private const ushort IFLA_EXT_MASK = 29;
    private const int RTEXT_FILTER_SKIP_STATS = 8;

    /// <summary>How often a list is asked for again because it changed meanwhile. The last is taken as it is: a change tells itself.</summary>
    private const int MaxAttempts = 8;

    /// <summary>The kernel fills at most 32 KiB of a list at a time.</summary>
    private const int BufferSize = 64 << 10;

    private readonly Pinned<byte> buffer = new(BufferSize);
    private uint sequence;

    /// <summary>Opens a socket.</summary>
    /// <param name="groups">What to be told of, as bits; 0 for a socket to ask by, which then blocks until it is answered.</param>
    public NetlinkSocket(uint groups)
    {
        int type = Libc.SOCK_RAW | Libc.SOCK_CLOEXEC | (groups != 0 ? Libc.SOCK_NONBLOCK : 0);
        Descriptor = new(Libc.Socket(Libc.AF_NETLINK, type, NETLINK_ROUTE), "socket", "AF_NETLINK");
        SockAddrNl local = new() { Family = Libc.AF_NETLINK, Groups = groups };
        if (Libc.Bind(Descriptor, &local, (uint)sizeof(SockAddrNl)) == 0) return;
        LinuxException failure = LinuxException.Last("bind", "AF_NETLINK");
        Descriptor.Dispose();
        throw failure;
    }

    public Descriptor Descriptor { get; }

    /// <summary>Lists all interfaces and their addresses of both families.</summary>
    public LinkTable ListLinks()
    {
        Span<byte> linkRequest = stackalloc byte[LinkMessage.LinkHeaderLength + 8];
        linkRequest.Clear();
        // Counters are most of what the kernel would tell, and nobody here reads them.
        MemoryMarshal.Write<ushort>(linkRequest[16..], 8);
        MemoryMarshal.Write(linkRequest[18..], IFLA_EXT_MASK);
        MemoryMarshal.Write(linkRequest[20..], RTEXT_FILTER_SKIP_STATS);
        Span<byte> addressRequest = stackalloc byte[LinkMessage.AddressHeaderLength];
        addressRequest.Clear();

        Dictionary<int, NetworkLink> links = [];
        Dictionary<int, LinkAddresses> addresses = [];
        for (int attempt = 1; !TryList(LinkMessage.GetLink, linkRequest, links, addresses) && attempt < MaxAttempts; attempt++) links.Clear();
        for (int attempt = 1; !TryList(LinkMessage.GetAddress, addressRequest, links, addresses) && attempt < MaxAttempts; attempt++)
            addresses.Clear();
        return new(links.Values.Select(
            link => addresses.TryGetValue(link.Index, out LinkAddresses? own) ? link with { Addresses = [.. own.Ipv4], Addresses6 = [.. own.Ipv6] } : link));
    }

    /// <summary>Reads away all notifications.</summary>
    /// <param name="any">True when one was about an interface or an address.</param>
    /// <returns>False when some were lost because too many came at once.</returns>
    public bool Drain(out bool any)
    {
        any = false;
        bool complete = true;
        while (true)
        {
            int length = (int)Libc.Receive(Descriptor, buffer.Start, BufferSize, Libc.MSG_DONTWAIT);
            if (length < 0)
            {
                Errno errno = LinuxException.LastErrno;
                if (errno == Errno.EAGAIN) return complete;
                if (errno == Errno.ENOBUFS) complete = false;
                else if (errno != Errno.EINTR) throw new LinuxException("recv", errno, "AF_NETLINK");
                continue;
            }

            NetlinkReader messages = new(buffer.Slice(0, length));
            while (messages.TryNext())
            {
                any |= messages.Type
                    is LinkMessage.NewLink or LinkMessage.DelLink or LinkMessage.NewAddress or LinkMessage.DelAddress;
            }
        }
    }

    public void Dispose() => Descriptor.Dispose();

    /// <summary>Asks for a list and reads it. False when it changed while it was told, so that it may have holes.</summary>
    private bool TryList(
        ushort what,
        ReadOnlySpan<byte> request,
        Dictionary<int, NetworkLink> links,
        Dictionary<int, LinkAddresses> addresses)
    {
        SendRequest(what, request);
        bool steady = true;
        while (true)
        {
            int length = (int)Libc.Receive(Descriptor, buffer.Start, BufferSize, 0);
            if (length < 0)
            {
                Errno errno = LinuxException.LastErrno;
                if (errno == Errno.EINTR) continue;
                throw new LinuxException("recv", errno, "AF_NETLINK");
            }

            NetlinkReader messages = new(buffer.Slice(0, length));
            while (messages.TryNext())
            {
                if (messages.Sequence != sequence) continue;
                steady &= (messages.Flags & NLM_F_DUMP_INTR) == 0;
                switch (messages.Type)
                {
                    case NLMSG_DONE: return steady;
                    case NLMSG_ERROR: throw new LinuxException("rtnetlink", (Errno)(-MemoryMarshal.Read<int>(messages.Body)));
                    case LinkMessage.NewLink:
                        if (LinkMessage.ReadLink(messages.Body) is { } link) links[link.Index] = link;
                        break;
                    case LinkMessage.NewAddress:
                        if (LinkMessage.TryReadAddress(messages.Body, out int index, out InterfaceAddress address)) Of(addresses, index).Ipv4.Add(address);
                        else if (LinkMessage.TryReadAddress6(messages.Body, out index, out InterfaceAddress6 address6)) Of(addresses, index).Ipv6.Add(address6);
                        break;
                    default: break;
                }
            }
        }
    }

    private static LinkAddresses Of(Dictionary<int, LinkAddresses> addresses, int index)
    {
        if (!addresses.TryGetValue(index, out LinkAddresses? own)) addresses.Add(index, own = new([], []));
        return own;
    }

    private void SendRequest(ushort type, ReadOnlySpan<byte> body)
    {
        Span<byte> message = stackalloc byte[NetlinkReader.HeaderLength + body.Length];
        MemoryMarshal.Write(message, message.Length);
        MemoryMarshal.Write(message[4..], type);
        MemoryMarshal.Write(message[6..], (ushort)(NLM_F_REQUEST | NLM_F_DUMP));
        MemoryMarshal.Write(message[8..], ++sequence);
        MemoryMarshal.Write(message[12..], 0u);
        body.CopyTo(message[NetlinkReader.HeaderLength..]);
        fixed (byte* start = message)
        {
            if (Libc.Send(Descriptor, start, (nuint)message.Length, 0) < 0) throw LinuxException.Last("send", "AF_NETLINK");
        }
    }

    /// <summary>The addresses of an interface while they are listed.</summary>
    private sealed record LinkAddresses(List<InterfaceAddress> Ipv4, List<InterfaceAddress6> Ipv6);
}
