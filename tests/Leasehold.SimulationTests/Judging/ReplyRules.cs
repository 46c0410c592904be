using System.Buffers.Binary;
using Leasehold.Configuration.Model;
using Leasehold.Engine;
using Leasehold.Engine.V4;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.SimulationTests.Judging;

/// <summary>What a reply says, for the promises that it makes.</summary>
internal readonly record struct ReplyView(MessageType4 Type, Ipv4 Yiaddr, Lifetime LeaseTime);

/// <summary>A reply fits its request (RFC 2131 §4.3.1 table 3, RFC 3046 §2.2, RFC 6842 §3).</summary>
internal static class ReplyRules
{
    private const int SmallestLargest = 576;
    private const int Headers = 28;

    private static readonly HashSet<byte> InNak = [53, 54, 56, 61, 82];
    private static readonly HashSet<byte> InEvery = [53, 54, 61, 1, 3, 6, 15, 82];
    private static readonly HashSet<byte> InGrant = [51, 58, 59];

    // RFC 2131 §4.3.1 table 3.
    private static readonly HashSet<byte> Never = [50, 55, 57, 56];

    public static ReplyView Check(Decided d, RequestView request, Identity who, byte[] octets, Dhcp4Config config)
    {
        if (!Dhcp4Message.TryParse(octets, out Dhcp4Message reply, out WireError error)) throw new Violation("fit", $"{d}: the reply is no message: {error.Kind} at {error.Offset}");
        CheckFields(d, request, reply);
        Dictionary<byte, byte[]> options = Options(d, reply);
        Lifetime time = Seconds(options, OptionCode4.LeaseTime) ?? default;
        CheckOptions(d, request, reply.MessageType, options, config);
        CheckTimes(d, reply.MessageType, request.Type == MessageType4.Inform, options, config);
        CheckIdentifiers(d, request, who, options, config);
        CheckSize(d, request, octets);
        CheckDestination(d, request, reply);
        return new(reply.MessageType, reply.Yiaddr, time);
    }

    private static void CheckFields(Decided d, RequestView request, scoped in Dhcp4Message reply)
    {
        bool nak = reply.MessageType == MessageType4.Nak;
        MessageType4 expected = request.Type == MessageType4.Discover ? MessageType4.Offer : nak ? MessageType4.Nak : MessageType4.Ack;
        Must(d, "message type", reply.MessageType == expected && request.Type is MessageType4.Discover or MessageType4.Request or MessageType4.Inform);
        Must(d, "op", reply.Op == Op4.BootReply && request.Op == 1);
        Must(d, "xid", reply.Xid == request.Xid);
        Must(d, "chaddr", reply.Chaddr == request.Chaddr);
        Must(d, "giaddr", reply.Giaddr == request.Giaddr);
        Must(d, "hops and secs", reply.Hops == 0 && reply.Secs == 0);
        Must(d, "flags", reply.Flags == (nak && !request.Giaddr.IsAny ? (ushort)(request.Flags | 0x8000) : request.Flags));
        Must(d, "ciaddr", reply.Ciaddr == (reply.MessageType == MessageType4.Ack ? request.Ciaddr : Ipv4.Any));
        Must(d, "yiaddr", reply.Yiaddr.IsAny == (nak || request.Type == MessageType4.Inform));
        if (request.Type == MessageType4.Request && !nak) Must(d, "yiaddr", reply.Yiaddr == (request.Requested ?? request.Ciaddr));
    }

    private static Dictionary<byte, byte[]> Options(Decided d, scoped in Dhcp4Message reply)
    {
        Dictionary<byte, byte[]> options = [];
        OptionReader4 reader = reply.Options;
        byte last = 0;
        while (reader.TryRead(out byte code, out ReadOnlySpan<byte> value))
        {
            // RFC 3396 §5: only an option that is too long for one comes in several, one after the other.
            if (options.TryGetValue(code, out byte[]? before)) Must(d, $"option {code} comes once", last == code && before.Length % 255 == 0);
            options[code] = [.. before ?? [], .. value];
            last = code;
        }

        // RFC 3046 §2.2: the last option, and not in the fields file and sname where others may go on.
        if (options.ContainsKey(OptionCode4.RelayAgentInformation)) Must(d, "option 82 is last", LastOfField(reply) == OptionCode4.RelayAgentInformation);

        // RFC 2132 §9.3: option 52 is there where these fields hold options, and only there.
        Must(d, "option 52 tells of fields", options.ContainsKey(OptionCode4.Overload) == (reply.Overload != OptionOverload.None));
        return options;
    }

    private static byte LastOfField(scoped in Dhcp4Message reply)
    {
        OptionReader4 field = new(reply.Octets[240..]);
        byte last = 0;
        while (field.TryRead(out byte code, out _)) last = code;
        return last;
    }

    private static void CheckOptions(Decided d, RequestView request, MessageType4 type, Dictionary<byte, byte[]> options, Dhcp4Config config)
    {
        Must(d, "options 53 and 54 are there", options.ContainsKey(OptionCode4.MessageType) && options.GetValueOrDefault(OptionCode4.ServerIdentifier) is { Length: 4 });
        foreach (byte code in options.Keys)
        {
            bool allowed = type == MessageType4.Nak
                ? InNak.Contains(code)
                : !Never.Contains(code)
                    && (InEvery.Contains(code)
                        || code == OptionCode4.Overload
                        || (InGrant.Contains(code) && request.Type != MessageType4.Inform)
                        || (request.Wanted.Contains(code) && !InGrant.Contains(code))
                        || (code == OptionCode4.HostName && request.HasHostName)
                        || code == OptionCode4.SubnetSelection
                        || IsAlwaysSent(config, code));
            Must(d, $"option {code} is allowed", allowed);
        }
    }

    private static bool IsAlwaysSent(Dhcp4Config config, byte code) =>
        config.Options.Concat(config.Subnets.SelectMany(subnet => subnet.Options)).Any(option => option.AlwaysSend && option.Code == code);

    private static void CheckTimes(Decided d, MessageType4 type, bool inform, Dictionary<byte, byte[]> options, Dhcp4Config config)
    {
        if (type == MessageType4.Nak || inform) return;
        Lifetime? time = Seconds(options, OptionCode4.LeaseTime);
        Must(d, "option 51 is there", time is not null);
        Parameters4 parameters = config.Subnets.First(subnet => subnet.Id == d.SubnetId).Parameters.Over(config.Parameters).Over(Parameters4.Default);
        Must(d, "the lease time is not longer than configured", time <= (parameters.MaxValidLifetime ?? parameters.ValidLifetime));
        Must(d, "the lease time is not shorter than configured", time >= (parameters.MinValidLifetime ?? parameters.ValidLifetime));
        Lifetime? t1 = Seconds(options, OptionCode4.RenewalTime);
        Lifetime? t2 = Seconds(options, OptionCode4.RebindingTime);

        // RFC 2131 §4.4.5: T1 is earlier than T2, which is earlier than the end.
        Must(d, "T1 < T2 < end", (t1 is null || (t1 < (t2 ?? time) && t1.Value.Seconds > 0)) && (t2 is null || t2 < time));
        if (parameters.CalculateTeeTimes == true && parameters.RenewTimer is null && t1 is { } renewal && time is { } all)
            Must(d, "T1 is half of the lease time", Math.Abs(renewal.Seconds - (all.Seconds * (parameters.T1Percent ?? 0))) <= 1);
    }

    private static void CheckIdentifiers(Decided d, RequestView request, Identity who, Dictionary<byte, byte[]> options, Dhcp4Config config)
    {
        // RFC 6842 §3.
        byte[]? echoed = options.GetValueOrDefault(OptionCode4.ClientIdentifier);
        bool echoes = config.EchoClientId && who.ClientId.Length != 0;
        Must(d, "the client identifier is echoed", echoes ? echoed?.AsSpan().SequenceEqual(who.ClientId) == true : echoed is null);

        // RFC 3046 §2.2.
        byte[]? relay = options.GetValueOrDefault(OptionCode4.RelayAgentInformation);
        Must(d, "option 82 is echoed", request.RelayInfo.Length == 0 ? relay is null : relay is null ? request.RelayInfo.Length > 900 : relay.AsSpan().SequenceEqual(request.RelayInfo));
    }

    private static void CheckSize(Decided d, RequestView request, byte[] octets)
    {
        // RFC 2131 §2: what a client that says nothing takes. The relay takes option 82 out before.
        int relay = request.RelayInfo.Length == 0 ? 0 : request.RelayInfo.Length + 2;
        int largest = Math.Max(SmallestLargest, (int)(request.MaxSize ?? 0)) - Headers;
        Must(d, $"the size ({octets.Length}) fits the client", octets.Length - relay <= largest && octets.Length <= Server4.MaxReply);
    }

    private static void CheckDestination(Decided d, RequestView request, scoped in Dhcp4Message reply)
    {
        // RFC 2131 §4.1.
        ReplyAddress to = d.To;
        if (!request.Giaddr.IsAny) Must(d, "it goes to the relay", to.Path == ReplyPath.Routed && to.Address == request.Giaddr);
        else if (reply.MessageType == MessageType4.Nak) Must(d, "a NAK goes to everybody", to.Path == ReplyPath.Broadcast && to.Address == Ipv4.Broadcast);
        else if (!request.Ciaddr.IsAny) Must(d, "it goes to ciaddr", to.Path == ReplyPath.Routed && to.Address == request.Ciaddr);
        else if ((request.Flags & 0x8000) != 0 && request.Type != MessageType4.Inform) Must(d, "it goes to everybody", to.Path == ReplyPath.Broadcast);
    }

    private static Lifetime? Seconds(Dictionary<byte, byte[]> options, byte code) =>
        options.GetValueOrDefault(code) is { Length: 4 } value ? new Lifetime(BinaryPrimitives.ReadUInt32BigEndian(value)) : null;

    private static void Must(Decided d, string what, bool holds)
    {
        if (!holds) throw new Violation("fit", $"{what}: not so for the reply to {d}");
    }
}
