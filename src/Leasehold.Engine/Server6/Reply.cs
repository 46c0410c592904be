using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>Step 6: the octets of the reply, with a Relay-reply around it for each relay (RFC 8415 §18.3.10, RFC 8415 §19.3).</summary>
internal static class Reply
{
    /// <summary>False: what must be in the reply does not fit; dropped, and nothing changes.</summary>
    public static bool TryCompose(ref Exchange6 x, Span<byte> destination)
    {
        var writer = Dhcp6Writer.OfOptions(destination);
        Span<int> relayed = stackalloc int[RelayChain.MaxRelays];
        for (int i = 0; i < x.Relays.Count; i++) relayed[i] = BeginRelay(ref writer, x.Relays[i]);

        writer.WriteMessageHead(x.Outcome.Sent, x.Message.TransactionId);
        WriteMessage(ref x, ref writer);
        for (int i = x.Relays.Count - 1; i >= 0; i--) writer.End(relayed[i]);

        if (writer.Overflowed)
        {
            x.Outcome.Sent = MessageType6.None;
            x.Outcome.Changes.Clear();
            return x.Drop(DropReason6.ReplyTooLarge);
        }

        x.Outcome.ReplyLength = writer.Length;
        return true;
    }

    // RFC 8415 §19.3: "hop-count", "link-address" and "peer-address" are copied from the Relay-forward message, and so is the Interface-Id option.
    private static int BeginRelay(ref Dhcp6Writer writer, scoped in Dhcp6Relay relay)
    {
        writer.WriteRelayHead(MessageType6.RelayReply, relay.HopCount, relay.LinkAddress, relay.PeerAddress);
        OptionReader6 options = relay.Options;
        options.TryFind(OptionCode6.EchoRequest, out ReadOnlySpan<byte> echoed);
        while (options.TryRead(out ushort code, out ReadOnlySpan<byte> value))
        {
            // RFC 8357 §5.2: the server copies the Relay Source Port option. RFC 4994 §3: "When a server creates a Relay-Reply, it SHOULD perform
            // ERO processing after processing the ORO and other options": it returns the options that the relay lists.
            bool returns = code is OptionCode6.InterfaceId or OptionCode6.RelaySourcePort || (code != OptionCode6.RelayMessage && Lists(echoed, code));
            if (returns) writer.Add(code, value);
        }

        return writer.Begin(OptionCode6.RelayMessage);
    }

    private static void WriteMessage(ref Exchange6 x, ref Dhcp6Writer writer)
    {
        if (!x.ClientId.IsEmpty) writer.Add(OptionCode6.ClientId, x.ClientId);

        // RFC 9686 §4.3: "an IA Address option […] identical to the one in the ADDR-REG-INFORM message".
        if (x.Outcome.Sent == MessageType6.AddressRegistrationReply)
        {
            writer.Add(OptionCode6.IaAddress, x.RegisteredOption);
            return;
        }

        writer.Add(OptionCode6.ServerId, x.Config.ServerId);

        // RFC 8415 §18.4: "a Server Identifier option, the Client Identifier option, and a Status Code option […] and no other options".
        if (x.Outcome.Status == StatusCode6.UseMulticast)
        {
            WriteStatus(ref writer, x.Outcome.Status);
            return;
        }

        WriteAssociations(ref x, ref writer);
        bool committed = x.Outcome.Sent == MessageType6.Reply && x.Message.MessageType == MessageType6.Solicit;
        if (committed) writer.Add(OptionCode6.RapidCommit, []);
        if (x.Message.MessageType is MessageType6.Confirm or MessageType6.Release or MessageType6.Decline) WriteStatus(ref writer, x.Outcome.Status);
        FqdnAnswer.Write(ref x, ref writer);
        ReplyOptions.Write(ref x, ref writer);
    }

    private static void WriteAssociations(ref Exchange6 x, ref Dhcp6Writer writer)
    {
        // RFC 8415 §14.2: "… the server SHOULD return the same T1/T2 values for all IAs": the earliest of all.
        (Lifetime t1, Lifetime t2) = x.Bindings.ShortestPreferred is { } preferred ? x.Subnet.Timers(preferred) : default;
        for (int i = 0; i < x.Bindings.Count; i++)
        {
            Association association = x.Bindings[i];
            bool isPrefix = association.Type == LeaseType6.Prefix;
            bool refused = association.Status != StatusCode6.Success;
            int mark = writer.BeginAssociation(isPrefix ? OptionCode6.IaPd : OptionCode6.IaNa, association.Iaid, refused ? default : t1, refused ? default : t2);
            foreach (ref readonly Grant grant in x.Bindings.Of(in association))
            {
                LeasedPrefix6 lease = new(grant.Prefix.Network, (byte)grant.Prefix.Length, grant.Terms.Preferred, grant.Terms.Valid);
                int inner = isPrefix ? writer.BeginPrefix(lease) : writer.BeginAddress(lease);
                if (isPrefix && grant.IsGiven) ExcludedPrefix.Write(in x, in grant, ref writer);
                writer.End(inner);
            }

            if (refused)
            {
                WriteStatus(ref writer, association.Status);
                if (x.Outcome.RefusedWith == StatusCode6.Success) x.Outcome.RefusedWith = association.Status;
            }

            writer.End(mark);
        }
    }

    private static void WriteStatus(ref Dhcp6Writer writer, StatusCode6 status)
    {
        int mark = writer.Begin(OptionCode6.StatusCode);
        writer.WriteUInt16((ushort)status);
        writer.WriteOctets(Text(status));
        writer.End(mark);
    }

    private static bool Lists(ReadOnlySpan<byte> codes, ushort wanted)
    {
        WireReader reader = new(codes);
        while (reader.TryReadUInt16(out ushort code))
        {
            if (code == wanted) return true;
        }

        return false;
    }

    // RFC 8415 §21.13: for a person who reads the client's log.
    private static ReadOnlySpan<byte> Text(StatusCode6 status) => status switch
    {
        StatusCode6.Success => "done"u8,
        StatusCode6.NoAddrsAvail => "no address is free for you"u8,
        StatusCode6.NoPrefixAvail => "no prefix is free for you"u8,
        StatusCode6.NoBinding => "nothing is leased to this association"u8,
        StatusCode6.NotOnLink => "an address does not belong to this link"u8,
        StatusCode6.UseMulticast => "send to ff02::1:2"u8,
        _ => "failed"u8,
    };
}
