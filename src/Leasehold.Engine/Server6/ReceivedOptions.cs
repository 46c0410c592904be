using Leasehold.Protocol;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <content>Step 1: relays unwrapped, and the options of the message that decisions depend on, read in one walk.</content>
internal ref partial struct Exchange6
{
    /// <summary>More identity associations than any client has; a limit on what one packet can ask for.</summary>
    private const int MaxAssociations = 64;

    /// <summary>Checks the octets and reads what the later steps need. False: dropped.</summary>
    public bool TryParse()
    {
        ReadOnlySpan<byte> payload = Datagram.Payload;
        if (!payload.IsEmpty && payload[0] == (byte)MessageType6.RelayReply)
        {
            Outcome.Received = MessageType6.RelayReply;
            return Drop(DropReason6.NotForServers);
        }

        if (!RelayChain.TryParse(payload, out Relays, out ReadOnlySpan<byte> octets, out WireError error)) return Malformed(error);
        payload.Overlaps(octets, out int start);
        if (!Dhcp6Message.TryParse(octets, out Message, out error)) return Malformed(error with { Offset = start + error.Offset });
        Outcome.Received = Message.MessageType;

        int associations = 0;
        OptionReader6 options = Message.Options;
        while (options.TryRead(out ushort code, out ReadOnlySpan<byte> value))
        {
            int at = start + Dhcp6Message.FixedLength + options.Offset;
            if (code is OptionCode6.IaNa or OptionCode6.IaPd && ++associations > MaxAssociations) return Malformed(new(WireErrorKind.TooManyOptions, at));
            if (!TryTake(code, value)) return Malformed(new(WireErrorKind.OptionValue, at));
        }

        return true;
    }

    // RFC 8415 §21: "Unless otherwise noted, each option may appear only in the options area of a DHCP message and may appear only once."
    // The first one counts.
    private bool TryTake(ushort code, ReadOnlySpan<byte> value)
    {
        switch (code)
        {
            case OptionCode6.ClientId:
                if (!ClientId.IsEmpty) return true;
                ClientId = value;
                return Duid.TryRead(value, out _);
            case OptionCode6.ServerId:
                if (!ServerIdOption.IsEmpty) return true;
                ServerIdOption = value;
                return !value.IsEmpty;
            case OptionCode6.OptionRequest:
                if (OptionRequest.IsEmpty) OptionRequest = value;
                return value.Length % sizeof(ushort) == 0;
            case OptionCode6.IaAddress:
                if (RegisteredOption.IsEmpty) RegisteredOption = value;
                return true;
            case OptionCode6.ClientFqdn:
                if (FqdnOption.IsEmpty) FqdnOption = value;
                return !FqdnAnswer.IsContradiction(value);
            case OptionCode6.RapidCommit:
                WantsRapidCommit = true;
                return true;
            case OptionCode6.IaTa:
                HasAssociation = true;
                return true;
            case OptionCode6.IaNa or OptionCode6.IaPd:
                HasAssociation = true;
                return WantedAssociation.IsWhole(code, value);
            default:
                return true;
        }
    }

    private bool Malformed(WireError error)
    {
        Outcome.Error = error;
        return Drop(DropReason6.Malformed);
    }
}
