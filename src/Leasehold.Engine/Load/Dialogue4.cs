using System.Buffers.Binary;
using System.Collections.Immutable;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.Engine.Load;

/// <summary>How the simulated clients of DHCPv4 speak.</summary>
public sealed record Dialogue4Settings
{
    /// <summary>The first client's chaddr; the next ones count up from it.</summary>
    public ImmutableArray<byte> FirstMac { get; init; } = [0x00, 0x0c, 0x01, 0x02, 0x03, 0x04];

    /// <summary>The clients' addresses instead, six octets each; empty to count up.</summary>
    public ImmutableArray<ImmutableArray<byte>> Macs { get; init; } = [];

    /// <summary>giaddr, one of them for each exchange; empty for clients on the link, which ask for broadcast answers.</summary>
    public ImmutableArray<Ipv4> Relays { get; init; } = [];

    /// <summary>Options for every message, as they are on the wire: code, length, value.</summary>
    public ImmutableArray<(byte Code, ImmutableArray<byte> Value)> Options { get; init; } = [];

    /// <summary>Messages to send instead of our own DISCOVER and REQUEST; at most two.</summary>
    public ImmutableArray<TemplateFields> Templates { get; init; } = [];
}

/// <summary>A message from a file, and where its varying fields stand; null where our own rule holds.</summary>
/// <param name="Octets">The whole UDP payload.</param>
public sealed record TemplateFields(ImmutableArray<byte> Octets)
{
    /// <summary>Where the transaction's number begins.</summary>
    public int? XidAt { get; init; }

    /// <summary>The last octet of what tells clients apart.</summary>
    public int? ClientEnd { get; init; }

    /// <summary>Where secs (DHCPv4) or the Elapsed Time option (DHCPv6) begins.</summary>
    public int? ElapsedAt { get; init; }

    /// <summary>Where the server identifier option begins.</summary>
    public int? ServerAt { get; init; }

    /// <summary>Where the requested address option (DHCPv4) or the IA (DHCPv6) begins.</summary>
    public int? AddressAt { get; init; }
}

/// <summary>The messages of a DHCPv4 load: copies of a few patterns with the varying fields filled in.</summary>
public sealed class Dialogue4 : ILoadDialogue
{
    private const int MacLength = 6;
    private const ushort BroadcastFlag = 0x8000;

    /// <summary>What the usual client asks for: mask, broadcast, time offset, routers, domain, DNS servers, host name.</summary>
    private static readonly byte[] ParameterRequestList = [1, 28, 2, 3, 15, 6, 12];

    private readonly Dialogue4Settings settings;
    private readonly Pattern4 discover;
    private readonly Pattern4 request;
    private readonly Pattern4 renewal;
    private readonly Pattern4 release;

    public Dialogue4(Dialogue4Settings settings)
    {
        this.settings = settings;
        discover = settings.Templates.Length > 0
            ? Pattern4.Of(settings.Templates[0]) : Own(MessageType4.Discover, withServer: false, withAddress: false);
        request = settings.Templates.Length > 1
            ? Pattern4.Of(settings.Templates[1]) : Own(MessageType4.Request, withServer: true, withAddress: true);
        renewal = Own(MessageType4.Request, withServer: false, withAddress: false);
        release = Own(MessageType4.Release, withServer: true, withAddress: false);
    }

    public int XidBits => 32;

    /// <summary>RFC 2131 §4.4.1: the REQUEST has the xid of the OFFER.</summary>
    public bool KeepsXid => true;

    public bool AnswersRelease => false;

    public bool IsRapid => false;

    public int Relays => Math.Max(1, settings.Relays.Length);

    /// <summary>The DISCOVER and the REQUEST without what varies, to show them.</summary>
    public (ReadOnlyMemory<byte> First, ReadOnlyMemory<byte> Second) Patterns => (discover.Octets, request.Octets);

    public int WriteFirst(Span<byte> to, in LoadMessage message) => Fill(discover, to, message);

    public int WriteSecond(Span<byte> to, in LoadMessage message)
    {
        int length = Fill(request, to, message);
        request.PutServer(to, message.Server);
        request.PutAddress(to, AddressOf(message));
        return length;
    }

    public int WriteRenewal(Span<byte> to, in LoadMessage message)
    {
        int length = Fill(renewal, to, message);
        // RFC 2131 §4.3.2, RENEWING: ciaddr, and neither a server identifier nor a requested address.
        BinaryPrimitives.WriteUInt32BigEndian(to[12..], AddressOf(message));
        return length;
    }

    public int WriteRelease(Span<byte> to, in LoadMessage message)
    {
        int length = Fill(release, to, message);
        BinaryPrimitives.WriteUInt32BigEndian(to[12..], AddressOf(message));
        release.PutServer(to, message.Server);
        return length;
    }

    public bool TryRead(ReadOnlySpan<byte> octets, out LoadAnswer answer)
    {
        answer = default;
        if (!Dhcp4Message.TryParse(octets, out Dhcp4Message message, out _) || message.Op != Op4.BootReply) return false;
        answer.Kind = message.MessageType switch
        {
            MessageType4.Offer => AnswerKind.Offer,
            MessageType4.Ack => AnswerKind.Acknowledgement,
            MessageType4.Nak => AnswerKind.Refusal,
            _ => AnswerKind.Other,
        };
        answer.Xid = message.Xid;
        answer.Client = octets.Slice(28, octets[2]);
        if (!message.Yiaddr.IsAny) answer.Address = message.Yiaddr.Value;
        OptionReader4 options = message.Options;
        while (options.TryRead(out byte code, out ReadOnlySpan<byte> value))
        {
            if (code == OptionCode4.ServerIdentifier && value.Length == 4) answer.Server = value;
            else if (code == OptionCode4.LeaseTime && value.Length == 4) answer.Valid = new(BinaryPrimitives.ReadUInt32BigEndian(value));
        }

        return true;
    }

    public bool IsFor(in LoadAnswer answer, int client)
    {
        Span<byte> chaddr = stackalloc byte[MacLength];
        discover.Octets.Span.Slice(28, MacLength).CopyTo(chaddr);
        foreach (int end in discover.ClientEnds)
        {
            if (end is > 27 and < 28 + MacLength) PutClient(chaddr, end - 28, client);
        }

        return answer.Client.SequenceEqual(chaddr);
    }

    public bool IsComplete(in LoadAnswer answer) => answer.Address is not null;

    private static uint AddressOf(in LoadMessage message) => (uint)(message.Lease.Address ?? UInt128.Zero);

    private int Fill(Pattern4 pattern, Span<byte> to, in LoadMessage message)
    {
        pattern.Octets.Span.CopyTo(to);
        BinaryPrimitives.WriteUInt32BigEndian(to[pattern.XidAt..], message.Xid);
        if (pattern.SecsAt is { } secs) BinaryPrimitives.WriteUInt16BigEndian(to[secs..], message.Elapsed);
        if (pattern.HasOurGiaddr && !settings.Relays.IsEmpty) settings.Relays[message.Lease.Relay].Write(to[24..]);
        foreach (int end in pattern.ClientEnds) PutClient(to, end, message.Lease.Client);
        return pattern.Octets.Length;
    }

    /// <summary>Makes the octets that end somewhere those of a client.</summary>
    private void PutClient(Span<byte> octets, int end, int client)
    {
        if (settings.Macs.IsEmpty || end + 1 < MacLength) ClientNumber.AddTo(octets[..(end + 1)], client);
        else settings.Macs[client].AsSpan().CopyTo(octets[(end + 1 - MacLength)..]);
    }

    private Pattern4 Own(MessageType4 type, bool withServer, bool withAddress)
    {
        byte[] octets = new byte[DatagramRoom];
        Dhcp4Writer writer = new(octets)
        {
            Op = Op4.BootRequest,
            Chaddr = new(HardwareAddress.Ethernet, settings.FirstMac.AsSpan()),
            // The crowd stands behind one relay, which is us.
            Hops = (byte)(settings.Relays.IsEmpty ? 0 : 1),
            Flags = settings.Relays.IsEmpty ? BroadcastFlag : (ushort)0,
        };
        writer.Add(OptionCode4.MessageType, (byte)type);
        if (withServer) writer.Add(OptionCode4.ServerIdentifier, 0u);
        if (withAddress) writer.Add(OptionCode4.RequestedAddress, 0u);
        if (type != MessageType4.Release) writer.Add(OptionCode4.ParameterRequestList, ParameterRequestList);
        writer.Add(OptionCode4.ClientIdentifier, [HardwareAddress.Ethernet, .. settings.FirstMac]);
        foreach ((byte code, ImmutableArray<byte> value) in settings.Options) writer.Add(code, value.AsSpan());
        if (writer.Overflowed) throw new InvalidOperationException("The options do not fit into a message.");
        return Pattern4.OfOwn(octets[..writer.Finish()]);
    }

    /// <summary>Octets that any message here fits in: a datagram that no link has to fragment.</summary>
    private const int DatagramRoom = 1472;
}
