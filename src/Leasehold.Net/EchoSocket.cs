using System.Buffers.Binary;
using Leasehold.Net.Interop;
using Leasehold.Protocol;
using Leasehold.Protocol.Link;

namespace Leasehold.Net;

/// <summary>Sends ICMP echoes and hears the answers (RFC 792).</summary>
/// <remarks>Needs CAP_NET_RAW. The kernel lets nothing through but echo replies and "destination unreachable".</remarks>
public sealed unsafe class EchoSocket : PollSource
{
    private const int IPPROTO_ICMP = 1;
    private const int SOL_RAW = 255;
    private const int ICMP_FILTER = 1;
    private const byte EchoReply = 0;
    private const byte Unreachable = 3;

    /// <summary>An IP header with options, an ICMP header, and the headers that an error message sends back.</summary>
    private const int BufferLength = 576;

    private readonly Pinned<byte> buffer = new(BufferLength);
    private readonly ushort identifier;
    private ushort sequence;

    private EchoSocket(Descriptor descriptor, ushort identifier)
        : base(descriptor) => this.identifier = identifier;

    /// <param name="identifier">What tells its echoes from those of others on this machine.</param>
    /// <exception cref="LinuxException">EPERM: without CAP_NET_RAW.</exception>
    public static EchoSocket Open(ushort identifier)
    {
        const int Type = Libc.SOCK_RAW | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC;
        Descriptor descriptor = new(Libc.Socket(Libc.AF_INET, Type, IPPROTO_ICMP), "socket", "ICMP");
        if (Libc.TrySetOption(descriptor, SOL_RAW, ICMP_FILTER, ~((1 << EchoReply) | (1 << Unreachable)))) return new(descriptor, identifier);
        LinuxException failure = LinuxException.Last("setsockopt", "ICMP_FILTER");
        descriptor.Dispose();
        throw failure;
    }

    /// <summary>Sends an echo of 56 octets of data, as ping does.</summary>
    /// <returns>Null, or why it was not sent.</returns>
    public Errno? Send(Ipv4 target)
    {
        Span<byte> message = buffer.Slice(0, IcmpEcho.HeaderLength + 56);
        message.Clear();
        IcmpEcho.WriteHeader(message, reply: false, identifier, ++sequence);
        SockAddrIn to = new() { Family = Libc.AF_INET, Address = Libc.ToNetwork(target.Value) };
        nint sent = Libc.SendTo(Descriptor, buffer.Start, (nuint)message.Length, Libc.MSG_DONTWAIT, &to, (uint)sizeof(SockAddrIn));
        return sent < 0 ? LinuxException.LastErrno : null;
    }

    /// <summary>Takes the next answer that waits.</summary>
    /// <param name="address">Whose it is, or which cannot be reached.</param>
    /// <param name="isThere">True for an echo reply; false when somebody says that the address cannot be reached.</param>
    /// <returns>False when none waits.</returns>
    public bool TryReceive(out Ipv4 address, out bool isThere)
    {
        address = default;
        isThere = false;
        while (true)
        {
            nint got = Libc.Receive(Descriptor, buffer.Start, BufferLength, Libc.MSG_DONTWAIT);
            if (got < 0)
            {
                if (LinuxException.LastErrno == Errno.EINTR) continue;
                return false;
            }

            if (TryRead(buffer.Slice(0, (int)got), out address, out isThere)) return true;
        }
    }

    private bool TryRead(ReadOnlySpan<byte> packet, out Ipv4 address, out bool isThere)
    {
        address = default;
        isThere = false;
        if (!TryIp(packet, out ReadOnlySpan<byte> message)) return false;
        if (IcmpEcho.TryParse(message, out IcmpEcho echo, out _))
        {
            address = Ipv4.Read(packet[12..]);
            isThere = true;
            return echo.IsReply && echo.Identifier == identifier;
        }

        // RFC 792: "The internet header plus the first 64 bits of the original datagram's data."
        if (message.Length < IcmpEcho.HeaderLength || message[0] != Unreachable) return false;
        ReadOnlySpan<byte> original = message[IcmpEcho.HeaderLength..];
        if (!TryIp(original, out ReadOnlySpan<byte> sent) || original[9] != IPPROTO_ICMP || sent.Length < 6) return false;
        address = Ipv4.Read(original[16..]);
        return BinaryPrimitives.ReadUInt16BigEndian(sent[4..]) == identifier;
    }

    private static bool TryIp(ReadOnlySpan<byte> packet, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        int header = packet.Length < 20 ? 0 : (packet[0] & 15) * 4;
        if (header < 20 || packet.Length < header) return false;
        payload = packet[header..];
        return true;
    }
}
