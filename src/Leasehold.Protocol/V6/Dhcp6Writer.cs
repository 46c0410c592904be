using System.Buffers.Binary;

namespace Leasehold.Protocol.V6;

/// <summary>Writes a DHCPv6 message into octets of the caller: the header first, then options in order, one inside another where wanted.</summary>
/// <remarks>
/// Overflow is sticky: what does not fit is left out, with all that follows, and <see cref="Overflowed"/> stays true; such a
/// message must not be sent. Headers: RFC 8415 §8 and RFC 8415 §9, options: RFC 8415 §21.1.
/// </remarks>
public ref struct Dhcp6Writer
{
    private const int HeadLength = 4;

    private readonly Span<byte> octets;
    private WireWriter writer;

    private Dhcp6Writer(Span<byte> destination)
    {
        octets = destination;
        writer = new(destination);
    }

    /// <summary>Starts a message of a client or server.</summary>
    /// <param name="transactionId">Its low 24 bits are written.</param>
    public static Dhcp6Writer OfMessage(Span<byte> destination, MessageType6 type, uint transactionId)
    {
        Dhcp6Writer message = new(destination);
        message.WriteMessageHead(type, transactionId);
        return message;
    }

    /// <summary>Starts a message of a relay, or to one. What it carries is written between Begin and End of option 9.</summary>
    public static Dhcp6Writer OfRelay(Span<byte> destination, MessageType6 type, byte hopCount, Ipv6 linkAddress, Ipv6 peerAddress)
    {
        Dhcp6Writer message = new(destination);
        message.WriteRelayHead(type, hopCount, linkAddress, peerAddress);
        return message;
    }

    /// <summary>Starts a row of options without a header.</summary>
    public static Dhcp6Writer OfOptions(Span<byte> destination) => new(destination);

    /// <summary>Writes msg-type and transaction-id: a message at the start, or inside an opened option 9.</summary>
    public void WriteMessageHead(MessageType6 type, uint transactionId) =>
        writer.WriteUInt32(((uint)type << 24) | (transactionId & Dhcp6Message.MaxTransactionId));

    /// <summary>Writes the fixed fields of a relay's message: at the start, or inside an opened option 9.</summary>
    public void WriteRelayHead(MessageType6 type, byte hopCount, Ipv6 linkAddress, Ipv6 peerAddress)
    {
        writer.WriteByte((byte)type);
        writer.WriteByte(hopCount);
        WriteAddress(linkAddress);
        WriteAddress(peerAddress);
    }

    /// <summary>How many octets were written.</summary>
    public readonly int Length => writer.Length;

    /// <summary>True from the first write that did not fit.</summary>
    public readonly bool Overflowed => writer.Overflowed;

    /// <summary>Adds an option of at most 65,535 octets.</summary>
    public void Add(ushort code, scoped ReadOnlySpan<byte> value)
    {
        int mark = Begin(code);
        writer.WriteOctets(value);
        End(mark);
    }

    public void Add(ushort code, ushort value)
    {
        int mark = Begin(code);
        writer.WriteUInt16(value);
        End(mark);
    }

    /// <summary>Opens an option; what is written until <see cref="End"/> is its value.</summary>
    /// <returns>What <see cref="End"/> needs.</returns>
    public int Begin(ushort code)
    {
        int mark = writer.Length;
        writer.WriteUInt16(code);
        writer.WriteUInt16(0);
        return mark;
    }

    /// <summary>Closes the option that was opened last and is not closed.</summary>
    public readonly void End(int mark)
    {
        if (writer.Overflowed) return;
        int length = writer.Length - mark - HeadLength;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, ushort.MaxValue, nameof(mark));
        BinaryPrimitives.WriteUInt16BigEndian(octets[(mark + 2)..], (ushort)length);
    }

    /// <summary>Opens an IA_NA or IA_PD (RFC 8415 §21.4, RFC 8415 §21.21); its addresses or prefixes follow.</summary>
    public int BeginAssociation(ushort code, uint iaid, Lifetime t1, Lifetime t2)
    {
        int mark = Begin(code);
        writer.WriteUInt32(iaid);
        writer.WriteUInt32(t1.Seconds);
        writer.WriteUInt32(t2.Seconds);
        return mark;
    }

    /// <summary>Opens an IAADDR, RFC 8415 §21.6.</summary>
    public int BeginAddress(in LeasedPrefix6 lease)
    {
        int mark = Begin(OptionCode6.IaAddress);
        WriteAddress(lease.Address);
        writer.WriteUInt32(lease.Preferred.Seconds);
        writer.WriteUInt32(lease.Valid.Seconds);
        return mark;
    }

    /// <summary>Opens an IAPREFIX, RFC 8415 §21.22.</summary>
    public int BeginPrefix(in LeasedPrefix6 lease)
    {
        int mark = Begin(OptionCode6.IaPrefix);
        writer.WriteUInt32(lease.Preferred.Seconds);
        writer.WriteUInt32(lease.Valid.Seconds);
        writer.WriteByte(lease.PrefixLength);
        WriteAddress(lease.Address);
        return mark;
    }

    /// <summary>Writes a number as a part of the value of an opened option.</summary>
    public void WriteUInt16(ushort value) => writer.WriteUInt16(value);

    /// <summary>Writes octets as they are: inside an opened option its value, else options that are ready.</summary>
    public void WriteOctets(scoped ReadOnlySpan<byte> value) => writer.WriteOctets(value);

    private void WriteAddress(Ipv6 address)
    {
        Span<byte> value = stackalloc byte[16];
        address.Write(value);
        writer.WriteOctets(value);
    }
}
