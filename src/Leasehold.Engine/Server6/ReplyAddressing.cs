using Leasehold.Protocol;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>Step 7: where the reply goes: back to whom the packet came from (RFC 8415 §18.3.10).</summary>
internal static class ReplyAddressing
{
    public static ReplyAddress6 Of(scoped in Exchange6 x)
    {
        // RFC 8357 §5.2: a relay that says so listens on the port that it sent from.
        bool ownPort = x.IsRelayed && x.Relays[0].Options.TryFind(OptionCode6.RelaySourcePort, out _);
        ushort port = ownPort ? x.Datagram.SourcePort : x.IsRelayed ? x.Config.Ports.Relay : x.Config.Ports.Client;
        return new()
        {
            Address = x.Datagram.Source,
            Port = port,
            Source = SourceOf(in x),
            InterfaceIndex = x.Datagram.Interface.Index,
        };
    }

    // What was sent to one address is answered from it. A multicast is answered from the link-local address to a client or relay on the link;
    // for a relay farther away the kernel knows which of the machine's addresses fits the route.
    private static Ipv6 SourceOf(scoped in Exchange6 x)
    {
        if (!x.Datagram.Destination.IsMulticast) return x.Datagram.Destination;
        return x.Datagram.Source.IsLinkLocal ? x.Datagram.Interface.LinkLocal : Ipv6.Any;
    }
}
