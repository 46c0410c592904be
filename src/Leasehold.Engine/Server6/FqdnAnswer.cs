using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/* RFC 4704 §4
    Option code 39 | option-len | flags (1) | domain-name (labels)
                                  0 1 2 3 4 5 6 7
                                 |  MBZ    |N|O|S|   */

/// <summary>Option 39 in a reply: the name that the client has, and who tells the DNS of it.</summary>
internal static class FqdnAnswer
{
    private const byte ServerUpdates = 1;
    private const byte Overridden = 2;
    private const byte NoUpdates = 4;

    /// <summary>RFC 4704 §4.1: a client must not ask the server both to update and not to.</summary>
    public static bool IsContradiction(ReadOnlySpan<byte> value) => !value.IsEmpty && (value[0] & (ServerUpdates | NoUpdates)) == (ServerUpdates | NoUpdates);

    public static void Write(ref Exchange6 x, ref Dhcp6Writer writer)
    {
        // RFC 4704 §6: a server answers the option of a client that is given something.
        if (x.FqdnOption.IsEmpty || !x.IsLocated) return;
        if (x.Message.MessageType is not (MessageType6.Solicit or MessageType6.Request or MessageType6.Renew or MessageType6.Rebind)) return;

        // §4.1: this server makes no update, so N is set and S is not; O tells that the client wanted it otherwise.
        byte flags = NoUpdates;
        if ((x.FqdnOption[0] & ServerUpdates) != 0) flags |= Overridden;
        int mark = writer.Begin(OptionCode6.ClientFqdn);
        writer.WriteOctets([flags]);
        writer.WriteOctets(ClientName.LabelsOf(in x));
        writer.End(mark);
    }
}
