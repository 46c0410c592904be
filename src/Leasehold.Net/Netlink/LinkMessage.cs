using System.Runtime.InteropServices;
using System.Text;
using Leasehold.Protocol;

namespace Leasehold.Net.Netlink;

/// <summary>Reads what the kernel tells about interfaces and addresses (rtnetlink(7)).</summary>
internal static class LinkMessage
{
    public const ushort NewLink = 16;
    public const ushort DelLink = 17;
    public const ushort GetLink = 18;
    public const ushort NewAddress = 20;
    public const ushort DelAddress = 21;
    public const ushort GetAddress = 22;

    /// <summary>sizeof(struct ifinfomsg).</summary>
    public const int LinkHeaderLength = 16;

    /// <summary>sizeof(struct ifaddrmsg).</summary>
    public const int AddressHeaderLength = 8;

    private const ushort IFLA_ADDRESS = 1;
    private const ushort IFLA_BROADCAST = 2;
    private const ushort IFLA_IFNAME = 3;
    private const ushort IFLA_MTU = 4;
    private const ushort IFA_ADDRESS = 1;
    private const ushort IFA_LOCAL = 2;
    private const ushort IFA_LABEL = 3;
    private const byte IFA_F_SECONDARY = 1;
    private const byte IFA_F_DADFAILED = 0x08;
    private const byte IFA_F_OPTIMISTIC = 0x04;
    private const byte IFA_F_TENTATIVE = 0x40;
    private const byte AddressFamilyInet = 2;
    private const byte AddressFamilyInet6 = 10;
    private const int Ipv6Length = 16;

    private const LinkFlags KnownFlags =
        LinkFlags.Up | LinkFlags.Broadcast | LinkFlags.Loopback | LinkFlags.PointToPoint | LinkFlags.Running | LinkFlags.NoArp | LinkFlags.Multicast;

    /* struct ifinfomsg                          struct ifaddrmsg
        0   1   2       4       8      12  16      0       1       2      3      4       8
       +---+---+-------+-------+------+---+       +-------+-------+------+------+-------+
       |fam|   | type  | index | flags|   |       |family |prefix |flags |scope | index |
       +---+---+-------+-------+------+---+       +-------+-------+------+------+-------+ */

    /// <summary>Reads the body of a NewLink.</summary>
    /// <returns>Null when it is too short or has no name.</returns>
    public static NetworkLink? ReadLink(ReadOnlySpan<byte> body)
    {
        if (body.Length < LinkHeaderLength) return null;
        ushort type = MemoryMarshal.Read<ushort>(body[2..]);
        string? name = null;
        int mtu = 0;
        HardwareAddress own = default;
        HardwareAddress broadcast = default;
        AttributeReader attributes = new(body[LinkHeaderLength..]);
        while (attributes.TryNext())
        {
            switch (attributes.Type)
            {
                case IFLA_IFNAME: name = ReadText(attributes.Value); break;
                case IFLA_ADDRESS: own = ReadHardwareAddress(type, attributes.Value); break;
                case IFLA_BROADCAST: broadcast = ReadHardwareAddress(type, attributes.Value); break;
                case IFLA_MTU when attributes.Value.Length >= sizeof(int): mtu = MemoryMarshal.Read<int>(attributes.Value); break;
                default: break;
            }
        }

        return name is null ? null : new()
        {
            Index = MemoryMarshal.Read<int>(body[4..]),
            Name = name,
            Flags = (LinkFlags)MemoryMarshal.Read<int>(body[8..]) & KnownFlags,
            Type = type,
            Mtu = mtu,
            HardwareAddress = own,
            BroadcastAddress = broadcast,
        };
    }

    /// <summary>Reads the body of a NewAddress.</summary>
    /// <returns>False when it is too short, or not about an IPv4 address.</returns>
    public static bool TryReadAddress(ReadOnlySpan<byte> body, out int index, out InterfaceAddress address)
    {
        address = default;
        index = 0;
        if (body.Length < AddressHeaderLength || body[0] != AddressFamilyInet) return false;
        index = MemoryMarshal.Read<int>(body[4..]);
        Ipv4? local = null;
        Ipv4? other = null;
        string label = "";
        AttributeReader attributes = new(body[AddressHeaderLength..]);
        while (attributes.TryNext())
        {
            switch (attributes.Type)
            {
                case IFA_LOCAL when attributes.Value.Length >= 4: local = Ipv4.Read(attributes.Value); break;
                case IFA_ADDRESS when attributes.Value.Length >= 4: other = Ipv4.Read(attributes.Value); break;
                case IFA_LABEL: label = ReadText(attributes.Value); break;
                default: break;
            }
        }

        // rtnetlink(7): IFA_ADDRESS is the peer on a point-to-point link, and the address itself elsewhere.
        if ((local ?? other) is not { } own) return false;
        address = new(own, body[1], (body[2] & IFA_F_SECONDARY) != 0, label, other == own ? null : other);
        return true;
    }

    /// <summary>Reads the body of a NewAddress.</summary>
    /// <returns>False when it is too short, or not about an IPv6 address.</returns>
    public static bool TryReadAddress6(ReadOnlySpan<byte> body, out int index, out InterfaceAddress6 address)
    {
        address = default;
        index = 0;
        if (body.Length < AddressHeaderLength || body[0] != AddressFamilyInet6) return false;
        index = MemoryMarshal.Read<int>(body[4..]);
        Ipv6? local = null;
        Ipv6? other = null;
        AttributeReader attributes = new(body[AddressHeaderLength..]);
        while (attributes.TryNext())
        {
            if (attributes.Value.Length < Ipv6Length) continue;
            if (attributes.Type == IFA_LOCAL) local = Ipv6.Read(attributes.Value);
            else if (attributes.Type == IFA_ADDRESS) other = Ipv6.Read(attributes.Value);
        }

        if ((local ?? other) is not { } own) return false;

        // An optimistic address is tentative, and may be sent from all the same (RFC 4429).
        bool tentative = (body[2] & IFA_F_DADFAILED) != 0 || (body[2] & (IFA_F_TENTATIVE | IFA_F_OPTIMISTIC)) == IFA_F_TENTATIVE;
        address = new(own, body[1], tentative);
        return true;
    }

    private static string ReadText(ReadOnlySpan<byte> value) => Encoding.UTF8.GetString(value.TrimEnd((byte)0));

    private static HardwareAddress ReadHardwareAddress(ushort type, ReadOnlySpan<byte> value) =>
        value.Length <= HardwareAddress.MaxLength && type <= byte.MaxValue ? new((byte)type, value) : default;
}
