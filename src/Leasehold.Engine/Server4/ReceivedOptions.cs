using System.Buffers.Binary;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Leasehold.Protocol.V4.Options;

namespace Leasehold.Engine.V4;

/// <content>Step 1: the options of a request that decisions depend on, read in one walk.</content>
internal ref partial struct Exchange4
{
    /// <summary>RFC 2132 §9.14: "Its minimum length is 2". A shorter one is treated as absent.</summary>
    private const int MinClientId = 2;

    /// <summary>Checks the octets and reads what the later steps need. False: dropped.</summary>
    public bool TryParse()
    {
        if (!Dhcp4Message.TryParse(Datagram.Payload, Config.Compatibility.LenientOptionParsing, out Message, out WireError error)) return Malformed(error);
        Outcome.Received = Message.MessageType;
        if (Message.Op != Op4.BootRequest) return Drop(DropReason.NotARequest);

        Chaddr = Message.Chaddr;
        Ciaddr = Message.Ciaddr;
        Giaddr = Message.Giaddr;
        OptionReader4 options = Message.Options;
        while (options.TryRead(out byte code, out ReadOnlySpan<byte> value))
        {
            if (!TryTake(code, value)) return Malformed(new(WireErrorKind.OptionValue, options.Offset));
        }

        if (ClientId.Length < MinClientId) ClientId = default;
        SentClientId = ClientId;
        if (!RelayInfo.IsEmpty) ReadRelayInfo();
        return true;
    }

    /// <summary>From now on the packet counts as one that came with this option 82.</summary>
    public void TakeStashedRelayInfo(ReadOnlySpan<byte> relayInfo)
    {
        RelayInfo = relayInfo;
        IsRelayInfoStashed = true;
        ReadRelayInfo();
    }

    private bool TryTake(byte code, ReadOnlySpan<byte> value)
    {
        switch (code)
        {
            case OptionCode4.RequestedAddress:
                if (Address(value) is { IsAny: false } requested) RequestedAddress ??= requested;
                return true;
            case OptionCode4.LeaseTime:
                if (value.Length == 4) RequestedLifetime ??= new Lifetime(BinaryPrimitives.ReadUInt32BigEndian(value));
                return true;
            case OptionCode4.ServerIdentifier:
                ServerIdentifierOption ??= Address(value);
                return true;
            case OptionCode4.MaxMessageSize:
                if (value.Length == 2) MaxMessageSize ??= BinaryPrimitives.ReadUInt16BigEndian(value);
                return true;
            case OptionCode4.SubnetSelection:
                SubnetSelectionOption ??= Address(value);
                return true;

            case OptionCode4.RapidCommit:
                RapidCommitAsked = true;
                return true;

            // A client identifier that is cut would be another client's: it is refused.
            case OptionCode4.ClientIdentifier:
                return TryJoin(ref ClientId, value, Scratch.ClientId, ref clientIdLength);
            case OptionCode4.RelayAgentInformation:
                TryJoin(ref RelayInfo, value, Scratch.RelayInfo, ref relayInfoLength);
                return true;
            case OptionCode4.ParameterRequestList:
                TryJoin(ref ParameterRequestList, value, Scratch.ParameterRequestList, ref requestListLength);
                return true;
            case OptionCode4.VendorClass:
                TryJoin(ref VendorClass, value, Scratch.VendorClass, ref vendorClassLength);
                return true;
            case OptionCode4.VendorIdentifyingClass:
                TryJoin(ref VendorIdentifyingClass, value, Scratch.VendorIdentifyingClass, ref vendorIdentifyingClassLength);
                return true;
            case OptionCode4.VendorIdentifyingOptions:
                TryJoin(ref VendorIdentifyingOptions, value, Scratch.VendorIdentifyingOptions, ref vendorIdentifyingOptionsLength);
                return true;
            case OptionCode4.HostName:
                TryJoin(ref HostNameOption, value, Scratch.HostNameOption, ref hostNameLength);
                return true;
            case OptionCode4.ClientFqdn:
                TryJoin(ref FqdnOption, value, Scratch.FqdnOption, ref fqdnLength);
                return true;
            default:
                return true;
        }
    }

    /// <summary>Adds an instance of an option to those before it (RFC 3396 §7). One that came in one piece is not copied.</summary>
    /// <returns>False when it does not fit; what fits is kept.</returns>
    private static bool TryJoin(ref ReadOnlySpan<byte> whole, ReadOnlySpan<byte> part, byte[] scratch, ref int copied)
    {
        if (whole.IsEmpty)
        {
            whole = part;
            return true;
        }

        if (copied == 0)
        {
            copied = Math.Min(whole.Length, scratch.Length);
            whole[..copied].CopyTo(scratch);
        }

        int room = Math.Min(part.Length, scratch.Length - copied);
        part[..room].CopyTo(scratch.AsSpan(copied));
        copied += room;
        whole = scratch.AsSpan(0, copied);
        return room == part.Length;
    }

    private void ReadRelayInfo()
    {
        // What cannot be read is echoed all the same, and means nothing.
        SubOptionReader4 subOptions = new(RelayInfo);
        while (subOptions.TryRead(out byte code, out ReadOnlySpan<byte> value))
        {
            switch (code)
            {
                case RelaySubOption.CircuitId:
                    if (CircuitId.IsEmpty) CircuitId = value;
                    break;
                case RelaySubOption.LinkSelection:
                    LinkSelection ??= Address(value);
                    break;
                case RelaySubOption.ServerIdentifierOverride:
                    ServerIdentifierOverride ??= Address(value);
                    break;
                case RelaySubOption.RelaySourcePort:
                    RelaySourcePort = true;
                    break;
            }
        }
    }

    private bool Malformed(WireError error)
    {
        Outcome.Error = error;
        return Drop(DropReason.Malformed);
    }

    private static Ipv4? Address(ReadOnlySpan<byte> value) => value.Length == 4 ? Ipv4.Read(value) : null;
}
