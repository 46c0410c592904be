using Leasehold.Protocol.V4;

namespace Leasehold.Engine.V4;

/// <summary>Step 6: the octets of the reply; fields and options as RFC 2131 §4.3.1, table 3 has them.</summary>
internal static class Reply
{
    /// <summary>False: what must be in the reply does not fit; dropped, and nothing changes.</summary>
    public static bool TryCompose(ref Exchange4 x, Span<byte> destination)
    {
        Dhcp4Writer writer = new(destination)
        {
            Op = Op4.BootReply,
            Chaddr = x.Chaddr,
            Xid = x.Message.Xid,
            Flags = x.Message.Flags,
            Giaddr = x.Giaddr,
        };

        if (x.Outcome.Sent == MessageType4.Nak)
        {
            // RFC 2131 §4.3.2: "The server MUST set the broadcast bit in the DHCPNAK, so that the relay agent will broadcast the DHCPNAK to the client".
            if (x.IsRelayed) writer.Flags = (ushort)(x.Message.Flags | 0x8000);
        }
        else
        {
            if (x.Outcome.Sent == MessageType4.Ack) writer.Ciaddr = x.Ciaddr;
            writer.Yiaddr = x.Yiaddr;
            WriteBootFields(ref x, ref writer);
        }

        if (!ReplyOptions.TryWrite(ref x, ref writer))
        {
            x.Outcome.Sent = MessageType4.None;
            x.Outcome.Change = default;
            return x.Drop(DropReason.ReplyTooLarge);
        }

        x.Outcome.ReplyLength = writer.Finish();
        return true;
    }

    private static void WriteBootFields(ref Exchange4 x, ref Dhcp4Writer writer)
    {
        BootFields boot = (x.Reservation?.Boot ?? default).Over(OfClasses(in x)).Over(x.Subnet.Boot);
        if (boot.NextServer is { } siaddr) writer.Siaddr = siaddr;
        if (boot.ServerHostname is { } sname) writer.TrySetSname(sname);
        if (boot.BootFileName is { } file) writer.TrySetFile(file);
    }

    /// <summary>Each field from the first class that gives it.</summary>
    private static BootFields OfClasses(scoped in Exchange4 x)
    {
        BootFields found = default;
        foreach (int index in x.Classes.InOrder)
        {
            if (x.Config.Classes.Find(index) is { } member) found = found.Over(member.Boot);
        }

        return found;
    }
}
