using System.Text;
using Leasehold.Configuration.Expressions;
using Leasehold.Engine.V6;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.Expressions;

/// <summary>A DHCPv6 packet as expressions see it: the client's message, and the relays around it.</summary>
internal readonly ref struct ExpressionPacket6 : IExpressionPacket
{
    private readonly RelayChain relays;
    private readonly Dhcp6Message message;
    private readonly Datagram6 datagram;
    private readonly ReadOnlySpan<ulong> classes;

    /// <param name="x">After step 1.</param>
    /// <param name="classes">A bit for each class that the client is in: class 0 is the lowest bit of the first number. May change between two expressions.</param>
    public ExpressionPacket6(scoped in Exchange6 x, ReadOnlySpan<ulong> classes)
    {
        relays = x.Relays;
        message = x.Message;
        datagram = x.Datagram;
        this.classes = classes;
    }

    public ExpressionFamily Family => ExpressionFamily.V6;

    public bool TryReadOption(ushort code, scoped ref int cursor, Span<byte> place, out ReadOnlySpan<byte> value)
    {
        OptionReader6 options = message.Options;
        for (int at = 0; options.TryRead(out ushort found, out value); at++)
        {
            if (at < cursor || found != code) continue;
            cursor = at + 1;
            return true;
        }

        value = default;
        return false;
    }

    public bool TryGetRelay(int nest, out ReadOnlySpan<byte> link, out ReadOnlySpan<byte> peer, out ReadOnlySpan<byte> options)
    {
        int index = nest >= 0 ? nest : relays.Count + nest;
        if (index < 0 || index >= relays.Count)
        {
            link = default;
            peer = default;
            options = default;
            return false;
        }

        // RFC 8415 §9: msg-type, hop-count, link-address, peer-address.
        ReadOnlySpan<byte> octets = relays[index].Octets;
        link = octets.Slice(2, 16);
        peer = octets.Slice(18, 16);
        options = octets[Dhcp6Relay.FixedLength..];
        return true;
    }

    public ReadOnlySpan<byte> Field(PacketField field, Span<byte> place)
    {
        switch (field)
        {
            case PacketField.Interface:
                return Encoding.UTF8.TryGetBytes(datagram.Interface.Name, place, out int length) ? place[..length] : default;
            case PacketField.Source or PacketField.Destination when place.Length >= 16:
                (field == PacketField.Source ? datagram.Source : datagram.Destination).Write(place);
                return place[..16];
            default:
                return default;
        }
    }

    public long Number(PacketNumber field) => field switch
    {
        PacketNumber.Length => datagram.Payload.Length,
        PacketNumber.MessageType => (long)message.MessageType,
        PacketNumber.TransactionId => message.TransactionId,
        _ => 0,
    };

    public bool IsMember(int classIndex) => classIndex >> 6 < classes.Length && (classes[classIndex >> 6] & (1UL << classIndex)) != 0;
}
