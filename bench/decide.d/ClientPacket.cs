using System.Buffers.Binary;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.DecideBench;

/// <summary>A DISCOVER or REQUEST as a usual client sends it through a relay, for one client after the other.</summary>
internal sealed class ClientPacket
{
    private const int ChaddrStart = 28;
    private const int GiaddrStart = 24;
    private const int ClientIdStart = 240 + 3 + 3;
    private const int RequestedStart = 240 + 3 + 9 + 2;

    /// <param name="type">A REQUEST carries options 50 and 54.</param>
    public ClientPacket(MessageType4 type)
    {
        byte[] head = new byte[240];
        (head[0], head[1], head[2], head[3]) = (1, 1, 6, 1);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(236), Dhcp4Message.MagicCookie);
        byte[] chosen = type == MessageType4.Request ? [50, 4, 0, 0, 0, 0, 54, 4, 192, 0, 2, 1] : [];
        Octets =
        [
            .. head, 53, 1, (byte)type, 61, 7, 1, 0, 0, 0, 0, 0, 0, .. chosen,
            12, 6, .. "laptop"u8, 60, 8, .. "MSFT 5.0"u8, 57, 2, 5, 192, 55, 7, 1, 3, 6, 15, 51, 58, 59, 255,
        ];
    }

    public byte[] Octets { get; }

    public void Set(ulong mac, Ipv4 giaddr, Ipv4 requested = default)
    {
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(eight, mac);
        eight[2..].CopyTo(Octets.AsSpan(ChaddrStart));
        eight[2..].CopyTo(Octets.AsSpan(ClientIdStart));
        giaddr.Write(Octets.AsSpan(GiaddrStart));
        if (Octets[RequestedStart - 2] == 50) requested.Write(Octets.AsSpan(RequestedStart));
    }
}
