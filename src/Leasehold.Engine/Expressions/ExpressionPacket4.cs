using System.Text;
using Leasehold.Configuration.Expressions;
using Leasehold.Engine.V4;
using Leasehold.Protocol.V4;

namespace Leasehold.Engine.Expressions;

/// <summary>A DHCPv4 packet as expressions see it.</summary>
internal readonly ref struct ExpressionPacket4 : IExpressionPacket
{
    private const int ChaddrStart = 28;

    private readonly Dhcp4Message message;
    private readonly Datagram datagram;
    private readonly ReadOnlySpan<ulong> classes;
    private readonly ReadOnlySpan<byte> clientId;
    private readonly ReadOnlySpan<byte> relayInfo;

    /// <param name="x">After step 1.</param>
    /// <param name="classes">A bit for each class that the client is in: class 0 is the lowest bit of the first number. May change between two expressions.</param>
    public ExpressionPacket4(scoped in Exchange4 x, ReadOnlySpan<ulong> classes)
    {
        message = x.Message;
        datagram = x.Datagram;
        this.classes = classes;

        // What the server put in the place of an option counts as if it had come.
        if (x.Config.ReplaceClientId) clientId = x.ClientId;
        if (x.IsRelayInfoStashed) relayInfo = x.RelayInfo;
    }

    public ExpressionFamily Family => ExpressionFamily.V4;

    public bool TryReadOption(ushort code, scoped ref int cursor, Span<byte> place, out ReadOnlySpan<byte> value)
    {
        value = code switch
        {
            OptionCode4.ClientIdentifier => clientId,
            OptionCode4.RelayAgentInformation => relayInfo,
            _ => default,
        };
        if (!value.IsEmpty) return cursor++ == 0;
        return cursor++ == 0 && code <= byte.MaxValue && message.TryGetOption((byte)code, place, out value);
    }

    public bool TryGetRelay(int nest, out ReadOnlySpan<byte> link, out ReadOnlySpan<byte> peer, out ReadOnlySpan<byte> options)
    {
        link = default;
        peer = default;
        options = default;
        return false;
    }

    public ReadOnlySpan<byte> Field(PacketField field, Span<byte> place)
    {
        // RFC 2131 §2: the fields as they stand in the message.
        ReadOnlySpan<byte> octets = message.Octets;
        switch (field)
        {
            case PacketField.Mac: return octets.Slice(ChaddrStart, octets[2]);
            case PacketField.Ciaddr: return octets.Slice(12, 4);
            case PacketField.Yiaddr: return octets.Slice(16, 4);
            case PacketField.Siaddr: return octets.Slice(20, 4);
            case PacketField.Giaddr: return octets.Slice(24, 4);
            case PacketField.Interface: return Encoding.UTF8.TryGetBytes(datagram.Interface.Name, place, out int length) ? place[..length] : default;
        }

        if (place.Length < 4) return default;
        (field == PacketField.Source ? datagram.Source : datagram.Destination).Write(place);
        return place[..4];
    }

    public long Number(PacketNumber field) => field switch
    {
        PacketNumber.Length => message.Octets.Length,
        PacketNumber.Hlen => message.Octets[2],
        PacketNumber.Htype => message.Octets[1],
        PacketNumber.MessageType => (long)message.MessageType,
        _ => message.Xid,
    };

    public bool IsMember(int classIndex) => classIndex >> 6 < classes.Length && (classes[classIndex >> 6] & (1UL << classIndex)) != 0;
}
