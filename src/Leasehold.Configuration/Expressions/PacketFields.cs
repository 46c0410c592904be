using System.Collections.Immutable;

namespace Leasehold.Configuration.Expressions;

/// <summary>The fields of a packet that are octets.</summary>
public enum PacketField
{
    /// <summary>pkt.iface: the name of the interface that it came in by.</summary>
    Interface,

    /// <summary>pkt.src: the address it came from.</summary>
    Source,

    /// <summary>pkt.dst: the address it was sent to.</summary>
    Destination,

    /// <summary>pkt4.mac: the used octets of chaddr (RFC 2131 §2).</summary>
    Mac,
    Ciaddr,
    Giaddr,
    Yiaddr,
    Siaddr,
}

/// <summary>The fields of a packet that are numbers.</summary>
public enum PacketNumber
{
    /// <summary>pkt.len: octets of the UDP payload.</summary>
    Length,
    Hlen,
    Htype,

    /// <summary>pkt4.msgtype: option 53, 0 when it is absent. pkt6.msgtype: of the client's message, not of relays.</summary>
    MessageType,

    /// <summary>pkt4.transid, pkt6.transid: the transaction's number.</summary>
    TransactionId,
}

/// <summary>The addresses that a DHCPv6 relay writes (RFC 8415 §9).</summary>
public enum RelayAddress
{
    /// <summary>peeraddr: where the relay got the message from.</summary>
    Peer,

    /// <summary>linkaddr: the client's link.</summary>
    Link,
}

/// <summary>The options whose blocks belong to enterprises.</summary>
public enum VendorOption
{
    /// <summary>vendor: option 125 (RFC 3925 §4), in DHCPv6 17 (RFC 8415 §21.17).</summary>
    Options,

    /// <summary>vendor-class: option 124 (RFC 3925 §3), in DHCPv6 16 (RFC 8415 §21.16).</summary>
    Class,
}

/// <summary>The fields by name: a new one is a row here and a branch of the packets.</summary>
internal static class PacketFields
{
    /// <summary>One field: octets or a number.</summary>
    public readonly record struct Row(string Name, PacketField? Octets, PacketNumber? Number);

    /// <summary>pkt.…</summary>
    public static readonly ImmutableArray<Row> Any =
    [
        new("iface", PacketField.Interface, null),
        new("src", PacketField.Source, null),
        new("dst", PacketField.Destination, null),
        new("len", null, PacketNumber.Length),
    ];

    /// <summary>pkt4.…</summary>
    public static readonly ImmutableArray<Row> V4 =
    [
        new("mac", PacketField.Mac, null),
        new("hlen", null, PacketNumber.Hlen),
        new("htype", null, PacketNumber.Htype),
        new("ciaddr", PacketField.Ciaddr, null),
        new("giaddr", PacketField.Giaddr, null),
        new("yiaddr", PacketField.Yiaddr, null),
        new("siaddr", PacketField.Siaddr, null),
        new("msgtype", null, PacketNumber.MessageType),
        new("transid", null, PacketNumber.TransactionId),
    ];

    /// <summary>pkt6.…</summary>
    public static readonly ImmutableArray<Row> V6 =
    [
        new("msgtype", null, PacketNumber.MessageType),
        new("transid", null, PacketNumber.TransactionId),
    ];
}
