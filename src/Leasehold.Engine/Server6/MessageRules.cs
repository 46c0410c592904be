using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>Step 1, second part: what a server must discard, whatever it could make of it (RFC 8415 §16).</summary>
internal static class MessageRules
{
    /// <summary>False: dropped, with the rule as the reason.</summary>
    public static bool TryValidate(ref Exchange6 x) => x.Message.MessageType switch
    {
        // RFC 8415 §16.2, RFC 8415 §16.5, RFC 8415 §16.7: a client identifier, no server identifier.
        MessageType6.Solicit or MessageType6.Confirm or MessageType6.Rebind => ToAllServers(ref x) && HasClientId(ref x),

        // RFC 8415 §16.4, RFC 8415 §16.6, RFC 8415 §16.8, RFC 8415 §16.9: both, and the server's own.
        MessageType6.Request or MessageType6.Renew or MessageType6.Release or MessageType6.Decline => HasClientId(ref x) && ToThisServer(ref x),

        MessageType6.InformationRequest => Informs(ref x),
        MessageType6.AddressRegistrationInform => AddressRegistration.TryValidate(ref x),
        MessageType6.Advertise or MessageType6.Reply or MessageType6.Reconfigure or MessageType6.AddressRegistrationReply => x.Drop(DropReason6.NotForServers),

        // RFC 8415 §16: "A client or server MUST silently discard any received DHCP messages with an unknown message type."
        _ => x.Drop(DropReason6.UnknownMessageType),
    };

    /// <summary>A client sent this to the server's own address without having been told to.</summary>
    /// <remarks>
    /// RFC 8415 §18.4. RFC 9915 has no such status any more, but clients that were once told to use unicast know it, and those that were not never see it.
    /// </remarks>
    public static bool MustUseMulticast(scoped in Exchange6 x) =>
        x.WasUnicast
        && x.Message.MessageType is MessageType6.Request or MessageType6.Renew or MessageType6.Release or MessageType6.Decline
        && !x.Subnet.Options.Plain.Has(OptionCode6.ServerUnicast);

    private static bool ToAllServers(ref Exchange6 x)
    {
        // RFC 8415 §16: "A server MUST discard any Solicit, Confirm, Rebind, or Information-request messages it receives with a Layer 3 unicast
        // destination address." What a relay carries was multicast to the relay.
        if (x.WasUnicast) return x.Drop(DropReason6.SentByUnicast);
        return x.ServerIdOption.IsEmpty || x.Drop(DropReason6.ServerIdUnexpected);
    }

    private static bool ToThisServer(ref Exchange6 x)
    {
        if (x.ServerIdOption.IsEmpty) return x.Drop(DropReason6.ServerIdMissing);
        if (x.ServerIdOption.SequenceEqual(x.Config.ServerId)) return true;

        // The client that requests from another server does not need what was offered here.
        if (x.Message.MessageType == MessageType6.Request) LeaseRecord.WithdrawOffers(ref x);
        return x.Drop(DropReason6.OtherServerChosen);
    }

    private static bool Informs(ref Exchange6 x)
    {
        if (x.WasUnicast) return x.Drop(DropReason6.SentByUnicast);

        // RFC 8415 §16.12: "the message includes a Server Identifier option, and the DUID in that option does not match the server's DUID";
        // "the message includes an IA option".
        if (!x.ServerIdOption.IsEmpty && !x.ServerIdOption.SequenceEqual(x.Config.ServerId)) return x.Drop(DropReason6.OtherServerChosen);
        return !x.HasAssociation || x.Drop(DropReason6.AssociationUnexpected);
    }

    private static bool HasClientId(ref Exchange6 x) => !x.ClientId.IsEmpty || x.Drop(DropReason6.ClientIdMissing);
}
