using Leasehold.Protocol.V4;

namespace Leasehold.Engine.V4;

/// <summary>The options of a reply, in this order: what the protocol must say, the subnet mask, what the client asks for in its order,
/// what every client needs, what is always to be sent, and option 82 last.</summary>
internal static class ReplyOptions
{
    /// <summary>RFC 2131 §2: a client takes messages of 576 octets with their IP and UDP headers, also when it does not say so.</summary>
    private const int MinimumMaxMessageSize = 576;

    private const int IpAndUdpHeaders = 28;

    /// <summary>With more, the rest of the reply would not have the room that every client grants.</summary>
    private const int MaxRelayInfo = Server4.MaxReply - (MinimumMaxMessageSize - IpAndUdpHeaders);

    /// <summary>Sent also to a client that does not ask, as the established server does: without them a client cannot use its address.</summary>
    private static ReadOnlySpan<byte> Basic => [OptionCode4.Routers, OptionCode4.DomainNameServers, OptionCode4.DomainName];

    /// <summary>False when what must be sent does not fit.</summary>
    public static bool TryWrite(ref Exchange4 x, ref Dhcp4Writer writer)
    {
        // The relay takes option 82 out before the client sees it (RFC 3046 §2.1): the client's limit is for the rest, the link's for the whole.
        int relayInfo = EncodedLength(x.EchoedRelayInfo.Length);
        bool echoes = relayInfo is > 0 and <= MaxRelayInfo;
        int largest = Math.Max(MinimumMaxMessageSize, (int)(x.MaxMessageSize ?? 0)) - IpAndUdpHeaders;
        writer.Limit = Math.Min(largest, Server4.MaxReply - (echoes ? relayInfo : 0));

        WriteMandatory(ref x, ref writer);
        if (writer.Overflowed) return false;
        if (x.Outcome.Sent != MessageType4.Nak) WriteConfigured(ref x, ref writer);

        // RFC 3046 §2.2: servers "SHALL echo the entire contents of the Relay Agent Information option in all replies", "as the last DHCP option".
        // "If a server is unable to copy a full Relay Agent Information field into a response, it SHALL send the response without".
        x.Outcome.RelayInformationOmitted = relayInfo > MaxRelayInfo;
        if (!echoes) return true;
        writer.Limit = Server4.MaxReply;
        return writer.Add(OptionCode4.RelayAgentInformation, x.EchoedRelayInfo);
    }

    private static void WriteMandatory(ref Exchange4 x, ref Dhcp4Writer writer)
    {
        writer.Add(OptionCode4.MessageType, (byte)x.Outcome.Sent);
        writer.Add(OptionCode4.ServerIdentifier, x.ServerIdentifier);
        if (x.Terms is { } terms)
        {
            writer.Add(OptionCode4.LeaseTime, terms.Valid);
            if (terms.T1 is { } t1) writer.Add(OptionCode4.RenewalTime, t1);
            if (terms.T2 is { } t2) writer.Add(OptionCode4.RebindingTime, t2);
        }

        if (x.Outcome.Sent == MessageType4.Nak) writer.Add(OptionCode4.Message, Text(x.Outcome.Nak));

        // RFC 6842 §3: "the server MUST return the 'client identifier' option, unaltered, in its response message."
        if (!x.EchoedClientId.IsEmpty) writer.Add(OptionCode4.ClientIdentifier, x.EchoedClientId);

        // RFC 3011 §3: a server that acted on the option returns it unchanged.
        if (x.SubnetSelectionOption is { } selected && x.Outcome.Sent != MessageType4.Nak) writer.Add(OptionCode4.SubnetSelection, selected);
    }

    private static void WriteConfigured(ref Exchange4 x, ref Dhcp4Writer writer)
    {
        OptionSet4 options = OptionsFor(in x);
        OptionCodes done = Answered;

        // RFC 2132 §3.3: "the subnet mask option MUST be first" of subnet mask and routers.
        done.Add(OptionCode4.SubnetMask);
        if (options.TryGet(OptionCode4.SubnetMask, out ReadOnlySpan<byte> mask)) writer.Add(OptionCode4.SubnetMask, mask);
        else writer.Add(OptionCode4.SubnetMask, x.Subnet.Prefix.Mask);

        // RFC 2132 §9.8: the server "MUST try to insert the requested options in the order requested by the client".
        if (x.Reservation is { HostNameOption.Length: > 0 } named && (!x.HostNameOption.IsEmpty || x.ParameterRequestList.Contains(OptionCode4.HostName)))
        {
            Write(ref writer, options, x.ParameterRequestList, ref done, named.HostNameOption);
            if (done.TryAdd(OptionCode4.HostName)) writer.Add(OptionCode4.HostName, named.HostNameOption);
        }
        else
        {
            Write(ref writer, options, x.ParameterRequestList, ref done, hostname: default);
        }

        Write(ref writer, options, Basic, ref done, hostname: default);
        Write(ref writer, options, options.AlwaysSent.AsSpan(), ref done, hostname: default);
    }

    private static void Write(
        ref Dhcp4Writer writer, OptionSet4 options, scoped ReadOnlySpan<byte> codes, ref OptionCodes done, scoped ReadOnlySpan<byte> hostname)
    {
        foreach (byte code in codes)
        {
            // RFC 2131 §4.3.1: "The server MUST include each requested parameter only once".
            if (!done.TryAdd(code)) continue;
            if (code == OptionCode4.HostName && !hostname.IsEmpty) writer.Add(code, hostname);
            else if (options.TryGet(code, out ReadOnlySpan<byte> value)) writer.Add(code, value);
        }
    }

    private static OptionSet4 OptionsFor(scoped in Exchange4 x) =>
        x.Config.Options.Of(x.Classes, x.Subnet.PoolOf(x.Outcome.Address)?.Options ?? x.Subnet.Options, x.Reservation?.Options);

    // What the protocol itself says, and what RFC 2131 §4.3.1, table 3 forbids in a reply.
    private static OptionCodes Answered { get; } = OptionCodes.Of(
        OptionCode4.Pad,
        OptionCode4.RequestedAddress,
        OptionCode4.LeaseTime,
        OptionCode4.Overload,
        OptionCode4.MessageType,
        OptionCode4.ServerIdentifier,
        OptionCode4.ParameterRequestList,
        OptionCode4.MaxMessageSize,
        OptionCode4.RenewalTime,
        OptionCode4.RebindingTime,
        OptionCode4.ClientIdentifier,
        OptionCode4.RelayAgentInformation,
        OptionCode4.SubnetSelection,
        OptionCode4.End);

    private static int EncodedLength(int length) => length == 0 ? 0 : length + (2 * ((length + 254) / 255));

    // RFC 2132 §9.9: for a person who reads the client's log.
    private static ReadOnlySpan<byte> Text(NakReason reason) => reason switch
    {
        NakReason.WrongNetwork => "wrong network"u8,
        NakReason.AddressTaken => "address not available"u8,
        NakReason.NotInPool => "address not served"u8,
        NakReason.OtherAddress => "another address is yours"u8,
        _ => "lease unknown"u8,
    };
}
