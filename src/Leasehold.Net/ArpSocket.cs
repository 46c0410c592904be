using Leasehold.Net.Interop;
using Leasehold.Protocol;
using Leasehold.Protocol.Link;

namespace Leasehold.Net;

/// <summary>Asks on any Ethernet link who has an address, and hears who answers (RFC 826, RFC 5227).</summary>
/// <remarks>Needs CAP_NET_RAW. It hears all ARP of the machine's links while it is open.</remarks>
public sealed unsafe class ArpSocket : PollSource
{
    private const byte OutgoingPacket = 4;
    private const int BufferLength = 64;

    private readonly Pinned<byte> buffer = new(BufferLength);

    private ArpSocket(Descriptor descriptor)
        : base(descriptor)
    {
    }

    /// <exception cref="LinuxException">EPERM: without CAP_NET_RAW.</exception>
    public static ArpSocket Open()
    {
        const int Type = Libc.SOCK_DGRAM | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC;
        return new(new(Libc.Socket(Libc.AF_PACKET, Type, Libc.ToNetwork(Libc.ETH_P_ARP)), "socket", "AF_PACKET"));
    }

    /// <summary>Sends a probe: a question of somebody without an address (RFC 5227 §2.1.1), so that nobody's cache changes.</summary>
    /// <param name="hardware">The interface's own address, 6 octets.</param>
    /// <returns>Null, or why it was not sent.</returns>
    public Errno? SendProbe(int interfaceIndex, HardwareAddress hardware, Ipv4 target)
    {
        Span<byte> nobody = stackalloc byte[6];
        nobody.Clear();
        Arp.Write(buffer.Slice(0, Arp.Length), Arp.Request, hardware.Octets, Ipv4.Any, nobody, target);
        SockAddrLl to = new()
        {
            Family = Libc.AF_PACKET,
            Protocol = Libc.ToNetwork(Libc.ETH_P_ARP),
            InterfaceIndex = interfaceIndex,
            AddressLength = 6,
        };
        ((Span<byte>)to.Address)[..6].Fill(0xff);
        nint sent = Libc.SendTo(Descriptor, buffer.Start, Arp.Length, Libc.MSG_DONTWAIT, &to, SockAddrLl.Size);
        return sent < 0 ? LinuxException.LastErrno : null;
    }

    /// <summary>Takes the next packet that waits: who says on which link that it has which address.</summary>
    /// <returns>False when none waits.</returns>
    public bool TryReceive(out ArpClaim claim)
    {
        claim = default;
        while (true)
        {
            SockAddrLl from = default;
            uint length = (uint)sizeof(SockAddrLl);
            nint got = Libc.ReceiveFrom(Descriptor, buffer.Start, BufferLength, Libc.MSG_DONTWAIT, &from, &length);
            if (got < 0)
            {
                if (LinuxException.LastErrno == Errno.EINTR) continue;
                return false;
            }

            if (from.PacketType == OutgoingPacket || !Arp.TryParse(buffer.Slice(0, (int)got), out Arp packet, out _) || packet.Sender.IsAny) continue;
            claim = new(from.InterfaceIndex, packet.Sender, packet.SenderHardware);
            return true;
        }
    }
}

/// <summary>Somebody on a link says that it has an address.</summary>
public readonly record struct ArpClaim(int InterfaceIndex, Ipv4 Address, HardwareAddress Hardware);
