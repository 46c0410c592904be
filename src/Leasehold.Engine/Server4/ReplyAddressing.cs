using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.Engine.V4;

/// <summary>Step 7: where the reply goes (RFC 2131 §4.1).</summary>
internal static class ReplyAddressing
{
    private const int EthernetAddressLength = 6;

    public static ReplyAddress Of(scoped in Exchange4 x)
    {
        ReplyAddress link = new()
        {
            Source = x.OwnAddress,
            InterfaceIndex = x.Datagram.Interface.Index,
            Port = x.Config.Ports.Client,
            Address = Ipv4.Broadcast,
            Path = ReplyPath.Broadcast,
        };

        // "If the 'giaddr' field in a DHCP message from a client is non-zero, the server sends any return messages
        // to the 'DHCP server' port on the BOOTP relay agent whose address appears in 'giaddr'."
        // RFC 8357 §4: a relay that says so listens on the port that it sent from.
        if (x.IsRelayed)
        {
            ushort port = x.RelaySourcePort ? x.Datagram.SourcePort : x.Config.Ports.Relay;
            return link with { Address = x.Giaddr, Port = port, Path = ReplyPath.Routed };
        }

        // "In all cases, when 'giaddr' is zero, the server broadcasts any DHCPNAK messages to 0xffffffff."
        if (x.Outcome.Sent == MessageType4.Nak) return link;

        // "If the 'giaddr' field is zero and the 'ciaddr' field is nonzero, then the server unicasts DHCPOFFER and DHCPACK messages
        // to the address in 'ciaddr'."
        if (!x.Ciaddr.IsAny) return link with { Address = x.Ciaddr, Path = ReplyPath.Routed };

        // A DHCPINFORM without ciaddr breaks RFC 2131 table 5; the address that it came from is then the client's.
        if (x.Terms is null && !x.Datagram.Source.IsAny) return link with { Address = x.Datagram.Source, Path = ReplyPath.Routed };

        // "If 'giaddr' is zero and 'ciaddr' is zero, and the broadcast bit is set, then the server broadcasts".
        // "If unicasting is not possible, the message MAY be sent as an IP broadcast": without an Ethernet address there is nobody to send to.
        bool reachable = x.Chaddr.Type == HardwareAddress.Ethernet && x.Chaddr.Length == EthernetAddressLength && !x.Yiaddr.IsAny;
        if (x.Message.Broadcast || !reachable) return link;

        // "… the server unicasts DHCPOFFER and DHCPACK messages to the client's hardware address and 'yiaddr' address."
        return link with { Address = x.Yiaddr, Path = ReplyPath.Link, LinkAddress = x.Chaddr };
    }
}
