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
        int largest = x.Message.IsBootp ? BootpOptions.Largest(in x) : Math.Max(MinimumMaxMessageSize, (int)(x.MaxMessageSize ?? 0)) - IpAndUdpHeaders;
        writer.Limit = Math.Min(largest, Server4.MaxReply - (echoes ? relayInfo : 0));

        if (x.Message.IsBootp)
        {
            BootpOptions.Write(ref x, ref writer);
        }
        else
        {
            WriteMandatory(ref x, ref writer);
            if (writer.Overflowed) return false;
            if (x.Outcome.Sent != MessageType4.Nak) WriteConfigured(ref x, ref writer, MayOverload(in x));
        }

        // RFC 3046 §2.2: servers "SHALL echo the entire contents of the Relay Agent Information option in all replies", "as the last DHCP option".
        // "If a server is unable to copy a full Relay Agent Information field into a response, it SHALL send the response without".
        x.Outcome.RelayInformationOmitted = relayInfo > MaxRelayInfo;
        if (!echoes) return true;
        writer.Limit = Server4.MaxReply;
        return writer.AddLast(OptionCode4.RelayAgentInformation, x.EchoedRelayInfo);
    }

    private static void WriteMandatory(ref Exchange4 x, ref Dhcp4Writer writer)
    {
        writer.Add(OptionCode4.MessageType, (byte)x.Outcome.Sent);
        writer.Add(OptionCode4.ServerIdentifier, x.ServerIdentifier);

        // RFC 4039 §3.1: the option is in the DHCPACK that answers a DHCPDISCOVER.
        if (x.IsRapid) writer.Add(OptionCode4.RapidCommit, []);
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

    private static void WriteConfigured(ref Exchange4 x, ref Dhcp4Writer writer, bool mayOverload)
    {
        OptionSet4 options = OptionsFor(in x);
        FlexOptions.Apply(in x, options);
        Dhcp4Writer before = writer;
        WriteConfigured(in x, ref writer, options);
        if (!writer.Overflowed || !mayOverload) return;

        // RFC 2131 §4.1: "If the options in a DHCP message extend into the 'sname' and 'file' fields, the 'option overload' option MUST appear".
        writer = before;
        writer.AllowOverload(OptionOverload.File | OptionOverload.Sname);
        WriteConfigured(in x, ref writer, options);
    }

    // Boot ROMs read sname and file as names whatever option 52 says.
    private static bool MayOverload(scoped in Exchange4 x) =>
        !x.VendorClass.StartsWith("PXEClient"u8) && !x.VendorClass.StartsWith("HTTPClient"u8) && !x.VendorClass.StartsWith("AAPLBSDPC"u8);

    private static void WriteConfigured(scoped in Exchange4 x, ref Dhcp4Writer writer, OptionSet4 options)
    {
        OptionCodes done = Answered;

        // RFC 2132 §3.3: "the subnet mask option MUST be first" of subnet mask and routers.
        Write(in x, ref writer, options, [OptionCode4.SubnetMask], ref done);

        // RFC 2132 §9.8: the server "MUST try to insert the requested options in the order requested by the client".
        Write(in x, ref writer, options, x.ParameterRequestList, ref done);

        // Who names itself is answered, also unasked; who sends a vendor's options takes that vendor's.
        if (!x.Name.HostName.IsEmpty) Write(in x, ref writer, options, [OptionCode4.HostName], ref done);
        if (!x.Name.Fqdn.IsEmpty) Write(in x, ref writer, options, [OptionCode4.ClientFqdn], ref done);
        if (!x.VendorIdentifyingOptions.IsEmpty) Write(in x, ref writer, options, [OptionCode4.VendorIdentifyingOptions], ref done);
        Write(in x, ref writer, options, Basic, ref done);
        Write(in x, ref writer, options, options.AlwaysSent.AsSpan(), ref done);
        Write(in x, ref writer, options, x.Scratch.Changes.Codes, ref done);
    }

    /// <summary>The option is in the reply as far as is known now, changes included.</summary>
    public static bool IsSent(scoped in Exchange4 x, OptionSet4 options, byte code, out ReadOnlySpan<byte> value)
    {
        if (x.Scratch.Changes.TryGet(code, out bool isRemoved, out value)) return !isRemoved;
        bool isWritten = code switch
        {
            OptionCode4.SubnetMask => true,
            OptionCode4.HostName when !x.Name.HostName.IsEmpty => true,
            OptionCode4.ClientFqdn when !x.Name.Fqdn.IsEmpty => true,
            OptionCode4.VendorIdentifyingOptions when !x.VendorIdentifyingOptions.IsEmpty => true,
            _ when x.Message.IsBootp => BootpOptions.Offers(code) || options.AlwaysSent.Contains(code),
            _ => x.ParameterRequestList.Contains(code) || Basic.Contains(code) || options.AlwaysSent.Contains(code),
        };
        return isWritten && TryGet(in x, options, code, out value);
    }

    public static void Write(
        scoped in Exchange4 x, ref Dhcp4Writer writer, OptionSet4 options, scoped ReadOnlySpan<byte> codes, ref OptionCodes done)
    {
        foreach (byte code in codes)
        {
            // RFC 2131 §4.3.1: "The server MUST include each requested parameter only once".
            if (!done.TryAdd(code)) continue;
            if (TryGet(in x, options, code, out ReadOnlySpan<byte> value)) writer.Add(code, value);
        }
    }

    /// <summary>The value of an option for the packet's client.</summary>
    private static bool TryGet(scoped in Exchange4 x, OptionSet4 options, byte code, out ReadOnlySpan<byte> value)
    {
        if (x.Scratch.Changes.TryGet(code, out bool isRemoved, out value)) return !isRemoved;
        bool isConfigured = options.TryGet(code, out value);
        switch (code)
        {
            case OptionCode4.SubnetMask when !isConfigured:
                value = x.Subnet.MaskOption;
                return true;
            case OptionCode4.HostName when !x.Name.HostName.IsEmpty && !(x.Name.IsEcho && isConfigured):
                value = x.Name.HostName;
                return true;
            case OptionCode4.ClientFqdn when !x.Name.Fqdn.IsEmpty:
                value = x.Name.Fqdn;
                return true;
            case OptionCode4.VendorIdentifyingOptions when !options.Enterprises.IsEmpty:
                value = VendorOptions.For(in x, options);
                return !value.IsEmpty;
            default:
                return isConfigured;
        }
    }

    public static OptionSet4 OptionsFor(scoped in Exchange4 x) =>
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
        OptionCode4.RapidCommit,
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
        NakReason.LimitReached => "no more addresses for you"u8,
        _ => "lease unknown"u8,
    };
}
