using System.Buffers.Binary;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;

namespace Leasehold.ConformanceTests;

/// <summary>A DHCPv6 client without a socket. It writes its packets by itself, not with the server's writer.</summary>
internal sealed class Client6(Network6 network, int number)
{
    private uint transaction = 0x102030;

    /// <summary>DUID-LL of Ethernet 02:00:5e:10:00:NN.</summary>
    public byte[] Duid { get; set; } = [.. Hex.Of("00 03 00 01 02 00 5e 10 00"), (byte)number];

    /// <summary>Its link-local address: made of the same link-layer address.</summary>
    public Ipv6 LinkLocal { get; set; } = Ipv6.Parse($"fe80::5eff:fe10:{number:x}");

    /// <summary>Added to every packet, as hexadecimal text of whole options.</summary>
    public string Extra { get; set; } = "";

    /// <summary>Relays in the order from the client to the server; empty for a client on the link.</summary>
    public List<Relay6> Relays { get; } = [];

    /// <summary>What the client has of an association, as it was told last.</summary>
    public Answer6 Solicit(params byte[][] associations) => Multicast(MessageType6.Solicit, associations);

    public Answer6 Request(params byte[][] associations) => Multicast(MessageType6.Request, [ServerIdOption(), .. associations]);

    public Answer6 Renew(params byte[][] associations) => Multicast(MessageType6.Renew, [ServerIdOption(), .. associations]);

    public Answer6 Rebind(params byte[][] associations) => Multicast(MessageType6.Rebind, associations);

    public Answer6 Confirm(params byte[][] associations) => Multicast(MessageType6.Confirm, associations);

    public Answer6 Release(params byte[][] associations) => Multicast(MessageType6.Release, [ServerIdOption(), .. associations]);

    public Answer6 Decline(params byte[][] associations) => Multicast(MessageType6.Decline, [ServerIdOption(), .. associations]);

    public Answer6 InformationRequest(params byte[][] options) => Multicast(MessageType6.InformationRequest, options);

    /// <summary>SOLICIT, ADVERTISE, REQUEST, REPLY for one IA_NA, which gets an address.</summary>
    public Answer6 Sarr(uint iaid = 1)
    {
        Answer6 advertised = Solicit(IaNa(iaid));
        Assert.Equal(MessageType6.Advertise, advertised.Sent);
        Answer6 reply = Request(IaNa(iaid, advertised.Addresses(iaid)));
        Assert.Equal(MessageType6.Reply, reply.Sent);
        Assert.NotEmpty(reply.Addresses(iaid));
        return reply;
    }

    /// <summary>The same for one IA_PD, which gets a prefix.</summary>
    public Answer6 Delegate(uint iaid = 1)
    {
        Answer6 advertised = Solicit(IaPd(iaid));
        Assert.Equal(MessageType6.Advertise, advertised.Sent);
        Answer6 reply = Request(IaPd(iaid, advertised.Prefixes(iaid)));
        Assert.Equal(MessageType6.Reply, reply.Sent);
        Assert.NotEmpty(reply.Prefixes(iaid));
        return reply;
    }

    public Answer6 Multicast(MessageType6 type, params byte[][] options) => Send(Packet(type, options), Network6.AllServers);

    public Answer6 Unicast(MessageType6 type, params byte[][] options) => Send(Packet(type, options), Network6.ServerAddress);

    /// <summary>The message of RFC 8415 §8, octet by octet.</summary>
    public byte[] Packet(MessageType6 type, params byte[][] options)
    {
        uint xid = transaction++;
        return
        [
            (byte)type, (byte)(xid >> 16), (byte)(xid >> 8), (byte)xid,
            .. Duid.Length == 0 ? [] : Option(1, Duid),
            .. options.SelectMany(static option => option),
            .. Hex.Of(Extra),
        ];
    }

    /// <summary>Sends a message, through the relays where there are some.</summary>
    public Answer6 Send(byte[] packet, Ipv6 destination)
    {
        if (Relays.Count == 0) return network.Deliver(packet, LinkLocal, destination);
        Ipv6 peer = LinkLocal;
        byte hops = 0;
        foreach (Relay6 relay in Relays)
        {
            packet = relay.Forward(packet, hops++, peer);
            peer = relay.Address;
        }

        return network.Deliver(packet, peer, Network6.ServerAddress, Relays[^1].Port);
    }

    public static byte[] ServerIdOption(string? duid = null) => Option(2, duid is null ? Network6.ServerId : Hex.Of(duid));

    /// <summary>An IA_NA (RFC 8415 §21.4) with addresses.</summary>
    public static byte[] IaNa(uint iaid, params IEnumerable<string> addresses) => Association(3, iaid, [.. addresses.SelectMany(address => Address(address))]);

    /// <summary>An IA_PD (RFC 8415 §21.21) with prefixes; "::/56" wishes for a length.</summary>
    public static byte[] IaPd(uint iaid, params IEnumerable<string> prefixes) => Association(25, iaid, [.. prefixes.SelectMany(prefix => Prefix(prefix))]);

    /// <summary>An IA with T1 and T2 zero.</summary>
    public static byte[] Association(ushort code, uint iaid, params byte[] options) => Option(code, [.. Number(iaid), .. Number(0), .. Number(0), .. options]);

    public static byte[] Address(string address, uint preferred = 0, uint valid = 0) => Option(5, [.. Octets(Ipv6.Parse(address)), .. Number(preferred), .. Number(valid)]);

    public static byte[] Prefix(string prefix, uint preferred = 0, uint valid = 0)
    {
        string[] parts = prefix.Split('/');
        return Option(26, [.. Number(preferred), .. Number(valid), byte.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), .. Octets(Ipv6.Parse(parts[0]))]);
    }

    /// <summary>Option 6.</summary>
    public static byte[] OptionRequest(params ushort[] codes) => Option(6, [.. codes.SelectMany(static code => (byte[])[(byte)(code >> 8), (byte)code])]);

    public static byte[] Option(ushort code, params byte[] value) =>
        [(byte)(code >> 8), (byte)code, (byte)(value.Length >> 8), (byte)value.Length, .. value];

    public static byte[] Number(uint value)
    {
        byte[] octets = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, value);
        return octets;
    }

    public static byte[] Octets(Ipv6 address)
    {
        byte[] octets = new byte[16];
        address.Write(octets);
        return octets;
    }
}

/// <summary>A relay agent between a client and the server.</summary>
internal sealed record Relay6(string Link)
{
    /// <summary>Where the next relay or the server sees it.</summary>
    public Ipv6 Address { get; init; } = Ipv6.Parse("2001:db8:ffff::2");

    public ushort Port { get; init; } = 547;

    /// <summary>Its options, as hexadecimal text.</summary>
    public string Options { get; init; } = "";

    /// <summary>A Relay-forward around a message (RFC 8415 §9).</summary>
    public byte[] Forward(byte[] message, byte hops, Ipv6 peer) =>
    [
        12, hops,
        .. Client6.Octets(Ipv6.Parse(Link)),
        .. Client6.Octets(peer),
        .. Hex.Of(Options),
        .. Client6.Option(9, message),
    ];
}
