using System.Buffers.Binary;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests;

/// <summary>A client without a socket. It writes its packets by itself, not with the server's writer.</summary>
internal sealed class Client(Network network, string mac, string? clientId)
{
    private uint xid = 0x10203040;

    public string Mac { get; } = mac;

    /// <summary>What the client was given last.</summary>
    public Ipv4 Address { get; private set; }

    /// <summary>giaddr: set for a client behind a relay.</summary>
    public Ipv4 Giaddr { get; set; }

    public bool Broadcast { get; set; }

    /// <summary>Added to every packet, as hexadecimal text of whole options.</summary>
    public string Extra { get; set; } = "";

    /// <summary>Option 55; empty: none is sent.</summary>
    public byte[] RequestList { get; set; } = [1, 3, 6, 15, 51, 58, 59];

    public byte Htype { get; set; } = 1;

    public Answer Discover(string? requested = null) => Broadcasts(MessageType4.Discover, default, Requested(requested));

    /// <summary>The SELECTING state.</summary>
    public Answer Select(Ipv4 address, Ipv4? server = null) =>
        Broadcasts(MessageType4.Request, default, [.. Requested(address.ToString()), .. Option(54, Octets(server ?? Network.ServerAddress))]);

    public Answer Select(string address) => Select(Ipv4.Parse(address));

    public Answer InitReboot(string address) => Broadcasts(MessageType4.Request, default, Requested(address));

    public Answer Renew(string? address = null) => Unicasts(MessageType4.Request, ciaddr: Ipv4.Parse(address ?? Address.ToString()), []);

    public Answer Rebind(string? address = null)
    {
        Ipv4 ciaddr = Ipv4.Parse(address ?? Address.ToString());
        return Send(Packet(MessageType4.Request, ciaddr, []), ciaddr, Ipv4.Broadcast);
    }

    public Answer Release(string? address = null, Ipv4? server = null) => Unicasts(
        MessageType4.Release, Ipv4.Parse(address ?? Address.ToString()), Option(54, Octets(server ?? Network.ServerAddress)));

    public Answer Decline(string address, Ipv4? server = null) =>
        Broadcasts(MessageType4.Decline, default, [.. Requested(address), .. Option(54, Octets(server ?? Network.ServerAddress))]);

    public Answer Inform(string ciaddr)
    {
        Ipv4 address = Ipv4.Parse(ciaddr);
        return Send(Packet(MessageType4.Inform, address, []), address, Ipv4.Broadcast);
    }

    /// <summary>Discover, offer, request, acknowledge.</summary>
    public Answer Dora(string? requested = null)
    {
        Answer offer = Discover(requested);
        Assert.Equal(MessageType4.Offer, offer.Sent);
        Answer ack = Select(offer.Yiaddr);
        Assert.Equal(MessageType4.Ack, ack.Sent);
        Address = ack.Yiaddr;
        return ack;
    }

    public Answer Broadcasts(MessageType4 type, Ipv4 ciaddr, byte[] options) => Send(Packet(type, ciaddr, options), Ipv4.Any, Ipv4.Broadcast);

    public Answer Unicasts(MessageType4 type, Ipv4 ciaddr, byte[] options) => Send(Packet(type, ciaddr, options), ciaddr, Network.ServerAddress);

    /// <summary>The message of RFC 2131 §2, octet by octet.</summary>
    public byte[] Packet(MessageType4 type, Ipv4 ciaddr, byte[] options)
    {
        byte[] hardware = Hex.Of(Mac);
        byte[] head = new byte[240];
        head[0] = 1;
        head[1] = Htype;
        head[2] = (byte)hardware.Length;
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4), xid++);
        head[10] = (byte)(Broadcast ? 0x80 : 0);
        ciaddr.Write(head.AsSpan(12));
        Giaddr.Write(head.AsSpan(24));
        hardware.CopyTo(head, 28);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(236), 0x63825363);
        return
        [
            .. head,
            .. Option(53, (byte)type),
            .. clientId is null ? [] : Option(61, Hex.Of(clientId)),
            .. options,
            .. RequestList.Length == 0 ? [] : Option(55, RequestList),
            .. Hex.Of(Extra),
            255,
        ];
    }

    public static byte[] Option(byte code, params byte[] value) => [code, (byte)value.Length, .. value];

    public static byte[] Octets(Ipv4 address)
    {
        byte[] octets = new byte[4];
        address.Write(octets);
        return octets;
    }

    private static byte[] Requested(string? address) => address is null ? [] : Option(50, Octets(Ipv4.Parse(address)));

    /// <summary>A relay sends to the server what it got from the client, from its own address and port (RFC 1542 §4.1).</summary>
    public Answer Send(byte[] packet, Ipv4 source, Ipv4 destination) => Giaddr.IsAny
        ? network.Deliver(packet, source, destination)
        : network.Deliver(packet, Giaddr, Network.ServerAddress, sourcePort: 67);
}
