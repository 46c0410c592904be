using System.Collections.Immutable;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.Load;

/// <summary>How the simulated clients of DHCPv6 speak.</summary>
public sealed record Dialogue6Settings
{
    /// <summary>The first client's DUID; the next ones count up from it.</summary>
    public ImmutableArray<byte> FirstDuid { get; init; } = [0, 3, 0, 1, 0x00, 0x0c, 0x01, 0x02, 0x03, 0x04];

    /// <summary>The clients' DUIDs instead; empty to count up.</summary>
    public ImmutableArray<ImmutableArray<byte>> Duids { get; init; } = [];

    /// <summary>True to ask for an address (IA_NA).</summary>
    public bool WantsAddress { get; init; } = true;

    /// <summary>True to ask for a delegated prefix (IA_PD).</summary>
    public bool WantsPrefix { get; init; }

    /// <summary>True to ask for a Reply at once (RFC 8415 §18.2.1).</summary>
    public bool RapidCommit { get; init; }

    /// <summary>link-address of the relay that carries each message; empty for clients on the link.</summary>
    public ImmutableArray<Ipv6> Relays { get; init; } = [];

    /// <summary>peer-address in a relay's messages.</summary>
    public Ipv6 RelayPeer { get; init; }

    /// <summary>Options for every message.</summary>
    public ImmutableArray<(ushort Code, ImmutableArray<byte> Value)> Options { get; init; } = [];

    /// <summary>Messages to send instead of our own Solicit and Request; at most two.</summary>
    public ImmutableArray<TemplateFields> Templates { get; init; } = [];
}

/// <summary>The messages of a DHCPv6 load. RFC 8415 §18.2.</summary>
public sealed class Dialogue6(Dialogue6Settings settings) : ILoadDialogue
{
    /// <summary>Each client has one interface.</summary>
    private const uint Iaid = 1;

    private const int OptionHead = 4;
    private const int DefaultXidAt = 1;

    public int XidBits => 24;

    /// <summary>RFC 8415 §16.1: each message that begins an exchange has a number of its own.</summary>
    public bool KeepsXid => false;

    public bool AnswersRelease => true;

    public bool IsRapid => settings.RapidCommit;

    public int Relays => Math.Max(1, settings.Relays.Length);

    public int WriteFirst(Span<byte> to, in LoadMessage message) =>
        settings.Templates.Length > 0
            ? FromTemplate(to, message, settings.Templates[0], withLease: false)
            : Write(to, message, MessageType6.Solicit);

    public int WriteSecond(Span<byte> to, in LoadMessage message) =>
        settings.Templates.Length > 1
            ? FromTemplate(to, message, settings.Templates[1], withLease: true)
            : Write(to, message, MessageType6.Request);

    public int WriteRenewal(Span<byte> to, in LoadMessage message) => Write(to, message, MessageType6.Renew);

    public int WriteRelease(Span<byte> to, in LoadMessage message) => Write(to, message, MessageType6.Release);

    public bool TryRead(ReadOnlySpan<byte> octets, out LoadAnswer answer)
    {
        answer = default;
        if (Dhcp6Relay.TryParse(octets, out Dhcp6Relay relay, out _) && !relay.TryGetRelayed(out octets)) return false;
        if (!Dhcp6Message.TryParse(octets, out Dhcp6Message message, out _)) return false;
        answer.Kind = message.MessageType switch
        {
            MessageType6.Advertise => AnswerKind.Offer,
            MessageType6.Reply => AnswerKind.Acknowledgement,
            _ => AnswerKind.Other,
        };
        answer.Xid = message.TransactionId;
        answer.Valid = Lifetime.Infinite;
        OptionReader6 options = message.Options;
        while (options.TryRead(out ushort code, out ReadOnlySpan<byte> value))
        {
            switch (code)
            {
                case OptionCode6.ClientId:
                    answer.Client = value;
                    break;
                case OptionCode6.ServerId:
                    answer.Server = value;
                    break;
                case OptionCode6.IaNa or OptionCode6.IaPd:
                    if (!IdentityAssociation.TryRead(value, out IdentityAssociation association)) return false;
                    ReadLease(association, code, ref answer);
                    break;
                default:
                    break;
            }
        }

        if (message.Status is not (null or StatusCode6.Success)) (answer.Address, answer.Prefix) = (null, null);
        return true;
    }

    public bool IsFor(in LoadAnswer answer, int client)
    {
        if (settings.Templates is [{ ClientEnd: { } end } template, ..])
            return answer.Client.IsEmpty || IsOfTemplate(answer.Client, template, end, client);
        Span<byte> duid = stackalloc byte[Duid.MaxLength];
        return answer.Client.SequenceEqual(duid[..PutDuid(duid, client)]);
    }

    public bool IsComplete(in LoadAnswer answer) =>
        (!settings.WantsAddress || answer.Address is not null) && (!settings.WantsPrefix || answer.Prefix is not null);

    private static void ReadLease(in IdentityAssociation association, ushort code, ref LoadAnswer answer)
    {
        if (code == OptionCode6.IaNa)
        {
            if (!association.Options.TryFind(OptionCode6.IaAddress, out ReadOnlySpan<byte> value)) return;
            if (!LeasedPrefix6.TryReadAddress(value, out LeasedPrefix6 address) || address.Valid.Seconds == 0) return;
            answer.Address = address.Address.Value;
            if (address.Valid.Seconds < answer.Valid.Seconds) answer.Valid = address.Valid;
        }
        else
        {
            if (!association.Options.TryFind(OptionCode6.IaPrefix, out ReadOnlySpan<byte> value)) return;
            if (!LeasedPrefix6.TryReadPrefix(value, out LeasedPrefix6 prefix) || prefix.Valid.Seconds == 0) return;
            answer.Prefix = prefix.Address.Value;
            answer.PrefixLength = prefix.PrefixLength;
            if (prefix.Valid.Seconds < answer.Valid.Seconds) answer.Valid = prefix.Valid;
        }
    }

    private int Write(Span<byte> to, in LoadMessage message, MessageType6 type)
    {
        if (settings.Relays.IsEmpty)
        {
            Dhcp6Writer direct = Dhcp6Writer.OfMessage(to, type, message.Xid);
            WriteOptions(ref direct, message, type);
            return Length(direct);
        }

        Dhcp6Writer relay = Dhcp6Writer.OfRelay(
            to, MessageType6.RelayForward, hopCount: 0, settings.Relays[message.Lease.Relay], settings.RelayPeer);
        int relayed = relay.Begin(OptionCode6.RelayMessage);
        relay.WriteOctets([(byte)type, (byte)(message.Xid >> 16), (byte)(message.Xid >> 8), (byte)message.Xid]);
        WriteOptions(ref relay, message, type);
        relay.End(relayed);
        return Length(relay);
    }

    private static int Length(in Dhcp6Writer writer) =>
        writer.Overflowed ? throw new InvalidOperationException("The options do not fit into a message.") : writer.Length;

    private void WriteOptions(ref Dhcp6Writer writer, in LoadMessage message, MessageType6 type)
    {
        Span<byte> duid = stackalloc byte[Duid.MaxLength];
        writer.Add(OptionCode6.ClientId, duid[..PutDuid(duid, message.Lease.Client)]);
        // RFC 8415 §21.9: in hundredths of a second.
        writer.Add(OptionCode6.ElapsedTime, (ushort)Math.Min(ushort.MaxValue, message.Elapsed * 100));
        if (type != MessageType6.Solicit) writer.Add(OptionCode6.ServerId, message.Server);
        if (type == MessageType6.Solicit && settings.RapidCommit) writer.Add(OptionCode6.RapidCommit, []);
        if (type != MessageType6.Release) writer.Add(OptionCode6.OptionRequest, [0, (byte)OptionCode6.DnsServers, 0, (byte)OptionCode6.DomainSearch]);
        WriteAssociations(ref writer, message.Lease);
        foreach ((ushort code, ImmutableArray<byte> value) in settings.Options) writer.Add(code, value.AsSpan());
    }

    private void WriteAssociations(ref Dhcp6Writer writer, in LoadLease lease)
    {
        if (settings.WantsAddress)
        {
            int mark = writer.BeginAssociation(OptionCode6.IaNa, Iaid, default, default);
            // RFC 8415 §21.6: a client has no wish for lifetimes, so both are 0.
            if (lease.Address is { } address) writer.End(writer.BeginAddress(new(new(address), 128, default, default)));
            writer.End(mark);
        }

        if (settings.WantsPrefix)
        {
            int mark = writer.BeginAssociation(OptionCode6.IaPd, Iaid, default, default);
            if (lease.Prefix is { } prefix) writer.End(writer.BeginPrefix(new(new(prefix), lease.PrefixLength, default, default)));
            writer.End(mark);
        }
    }

    private int PutDuid(Span<byte> to, int client)
    {
        if (!settings.Duids.IsEmpty)
        {
            settings.Duids[client].AsSpan().CopyTo(to);
            return settings.Duids[client].Length;
        }

        settings.FirstDuid.AsSpan().CopyTo(to);
        ClientNumber.AddTo(to[..settings.FirstDuid.Length], client);
        return settings.FirstDuid.Length;
    }

    /// <summary>Copies a template and puts in what varies; what has no place is added at the end.</summary>
    private int FromTemplate(Span<byte> to, in LoadMessage message, TemplateFields fields, bool withLease)
    {
        fields.Octets.AsSpan().CopyTo(to);
        int xidAt = fields.XidAt ?? DefaultXidAt;
        (to[xidAt], to[xidAt + 1], to[xidAt + 2]) = ((byte)(message.Xid >> 16), (byte)(message.Xid >> 8), (byte)message.Xid);
        if (fields.ClientEnd is { } end) ClientNumber.AddTo(to[..(end + 1)], message.Lease.Client);
        if (fields.ElapsedAt is > 0 and { } elapsedAt)
        {
            Dhcp6Writer elapsed = Dhcp6Writer.OfOptions(to[elapsedAt..]);
            elapsed.Add(OptionCode6.ElapsedTime, (ushort)Math.Min(ushort.MaxValue, message.Elapsed * 100));
        }

        int length = fields.Octets.Length;
        if (!withLease) return length;
        length = Math.Max(length, Put(to, fields.ServerAt ?? length, message, isServer: true));
        return Math.Max(length, Put(to, fields.AddressAt ?? length, message, isServer: false));
    }

    /// <summary>Writes the server identifier, or the associations, and returns where they end.</summary>
    private int Put(Span<byte> to, int at, in LoadMessage message, bool isServer)
    {
        Dhcp6Writer writer = Dhcp6Writer.OfOptions(to[at..]);
        if (isServer) writer.Add(OptionCode6.ServerId, message.Server);
        else WriteAssociations(ref writer, message.Lease);
        return at + Length(writer);
    }

    /// <summary>True when the answer's DUID is the one in the template, made the client's.</summary>
    private static bool IsOfTemplate(ReadOnlySpan<byte> duid, TemplateFields template, int end, int client)
    {
        Span<byte> octets = stackalloc byte[Duid.MaxLength];
        if (duid.Length > octets.Length || end + 1 < duid.Length + OptionHead) return false;
        Span<byte> expected = octets[..duid.Length];
        template.Octets.AsSpan(end + 1 - duid.Length, duid.Length).CopyTo(expected);
        ClientNumber.AddTo(expected, client);
        return duid.SequenceEqual(expected);
    }
}
