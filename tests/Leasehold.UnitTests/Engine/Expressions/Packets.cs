using System.Text;
using Leasehold.Configuration.Expressions;
using Leasehold.Configuration.Model;
using Leasehold.Engine;
using Leasehold.Engine.Expressions;
using Leasehold.Engine.V4;
using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;
using Xunit;

namespace Leasehold.UnitTests.Engine.Expressions;

/// <summary>Expressions and packets for them.</summary>
internal static class Packets
{
    public static readonly ServedInterface Link = new(2, "eth0", [Ipv4.Parse("192.0.2.1")]);

    /// <summary>A BOOTREQUEST with these options.</summary>
    public static byte[] V4(params byte[] options)
    {
        byte[] fixedFields = new byte[236];
        (fixedFields[0], fixedFields[1], fixedFields[2]) = (1, 1, 6);
        byte[] xid = [0x12, 0x34, 0x56, 0x78];
        xid.CopyTo(fixedFields, 4);
        Ipv4.Parse("192.0.2.11").Write(fixedFields.AsSpan(12));
        Ipv4.Parse("192.0.2.12").Write(fixedFields.AsSpan(16));
        Ipv4.Parse("192.0.2.13").Write(fixedFields.AsSpan(20));
        Ipv4.Parse("10.1.2.3").Write(fixedFields.AsSpan(24));
        byte[] mac = [0x02, 0x00, 0x5e, 0x10, 0x00, 0xab];
        mac.CopyTo(fixedFields, 28);
        return [.. fixedFields, 0x63, 0x82, 0x53, 0x63, .. options, 255];
    }

    /// <summary>An option of DHCPv6 or what a relay carries: code, length, value.</summary>
    public static byte[] Option6(int code, params byte[] value) => [(byte)(code >> 8), (byte)code, (byte)(value.Length >> 8), (byte)value.Length, .. value];

    /// <summary>A Relay-forward around a message (RFC 8415 §9).</summary>
    public static byte[] Relayed(byte[] message, string link, string peer, params byte[] options)
    {
        byte[] head = new byte[34];
        head[0] = 12;
        Ipv6.Parse(link).Write(head.AsSpan(2));
        Ipv6.Parse(peer).Write(head.AsSpan(18));
        return [.. head, .. options, .. Option6(9, message)];
    }

    public static readonly LeaseTable4 Leases = new();
    public static readonly ServingConfig Nothing = new(new Dhcp4Config(), Leases, Server4Ports.Standard, new Random(1));

    public static Condition Condition(string text, ExpressionFamily family = ExpressionFamily.V4, Func<string, int>? classes = null)
    {
        Assert.True(ExpressionParser.TryParseCondition(text, family, out BooleanExpression? expression, out ExpressionError error), $"{text}: {error}");
        return new(expression, classes ?? (static _ => -1));
    }

    public static ValueExpression ValueOf(string text, ExpressionFamily family = ExpressionFamily.V4)
    {
        Assert.True(ExpressionParser.TryParseValue(text, family, out OctetsExpression? expression, out ExpressionError error), $"{text}: {error}");
        return new(expression, static _ => -1);
    }

    public static bool Holds4(string text, byte[] packet, Func<string, int>? classes = null, params ulong[] members)
    {
        Exchange4 x = new(Nothing, Leases, new Scratch4(classes: 0), Datagram(packet), default);
        if (!x.TryParse()) throw new ArgumentException("not a DHCPv4 packet", nameof(packet));
        ExpressionPacket4 seen = new(in x, members);
        return Condition(text, ExpressionFamily.V4, classes).Holds(ref seen, new());
    }

    public static byte[] Value4(string text, byte[] packet) => Value4(ValueOf(text), packet, new());

    public static byte[] Value4(ValueExpression expression, byte[] packet, ExpressionScratch scratch)
    {
        Exchange4 x = new(Nothing, Leases, new Scratch4(classes: 0), Datagram(packet), default);
        if (!x.TryParse()) throw new ArgumentException("not a DHCPv4 packet", nameof(packet));
        ExpressionPacket4 seen = new(in x, classes: default);
        return expression.Evaluate(ref seen, scratch).ToArray();
    }

    public static bool Holds6(string text, byte[] packet)
    {
        Packet6 seen = new(packet);
        return Condition(text, ExpressionFamily.V6).Holds(ref seen, new());
    }

    public static byte[] Value6(string text, byte[] packet)
    {
        Packet6 seen = new(packet);
        return ValueOf(text, ExpressionFamily.V6).Evaluate(ref seen, new()).ToArray();
    }

    public static Datagram Datagram(byte[] packet) =>
        new() { Payload = packet, Source = Ipv4.Parse("192.0.2.99"), Destination = Ipv4.Broadcast, Interface = Link };

    /// <summary>"abc" for text, "0x0a" for octets.</summary>
    public static byte[] Octets(string expected) =>
        expected.StartsWith("0x", StringComparison.Ordinal) ? Convert.FromHexString(expected[2..]) : Encoding.UTF8.GetBytes(expected);
}

/// <summary>A DHCPv6 packet as expressions see it: the octets are read anew at every question.</summary>
internal readonly ref struct Packet6(ReadOnlySpan<byte> datagram) : IExpressionPacket
{
    private readonly ReadOnlySpan<byte> datagram = datagram;

    public ExpressionFamily Family => ExpressionFamily.V6;

    public bool TryReadOption(ushort code, scoped ref int cursor, Span<byte> place, out ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> options = Innermost()[Dhcp6Message.FixedLength..];
        OptionReader6 reader = new(options[cursor..]);
        while (reader.TryRead(out ushort found, out value))
        {
            if (found != code) continue;
            cursor += reader.Offset + 4 + value.Length;
            return true;
        }

        value = default;
        return false;
    }

    public bool TryGetRelay(int nest, out ReadOnlySpan<byte> link, out ReadOnlySpan<byte> peer, out ReadOnlySpan<byte> options)
    {
        link = default;
        peer = default;
        options = default;
        int count = 0;
        ReadOnlySpan<byte> rest = datagram;
        while (Dhcp6Relay.TryParse(rest, out Dhcp6Relay relay, out _) && relay.TryGetRelayed(out rest)) count++;
        if (nest < 0) nest += count;
        if (nest < 0 || nest >= count) return false;
        rest = datagram;
        while (Dhcp6Relay.TryParse(rest, out Dhcp6Relay relay, out _))
        {
            link = rest.Slice(2, 16);
            peer = rest.Slice(18, 16);
            options = rest[Dhcp6Relay.FixedLength..];
            if (nest-- == 0 || !relay.TryGetRelayed(out rest)) break;
        }

        return true;
    }

    public ReadOnlySpan<byte> Field(PacketField field, Span<byte> place)
    {
        if (field == PacketField.Interface)
        {
            "eth6"u8.CopyTo(place);
            return place[..4];
        }

        Ipv6.Parse(field == PacketField.Source ? "fe80::1" : "ff02::1:2").Write(place);
        return place[..16];
    }

    public long Number(PacketNumber field) => field switch
    {
        PacketNumber.Length => datagram.Length,
        PacketNumber.MessageType => Innermost()[0],
        PacketNumber.TransactionId => (Innermost()[1] << 16) | (Innermost()[2] << 8) | Innermost()[3],
        _ => 0,
    };

    public bool IsMember(int classIndex) => false;

    private ReadOnlySpan<byte> Innermost()
    {
        ReadOnlySpan<byte> rest = datagram;
        while (Dhcp6Relay.TryParse(rest, out Dhcp6Relay relay, out _) && relay.TryGetRelayed(out ReadOnlySpan<byte> inner)) rest = inner;
        return rest;
    }
}
