using Leasehold.Protocol;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>Step 2: the subnet that the client's link has.</summary>
internal static class SubnetSelection
{
    /// <summary>False: no configured subnet fits; dropped. Options alone are given also where there is no subnet.</summary>
    public static bool TryLocate(ref Exchange6 x)
    {
        if (Select(in x) is not { } subnet) return x.Message.MessageType == MessageType6.InformationRequest || x.Drop(DropReason6.NoSubnet);
        x.Subnet = subnet;
        x.Outcome.SubnetId = subnet.Id;
        return true;
    }

    private static ServingSubnet6? Select(scoped in Exchange6 x)
    {
        SubnetIndex6 subnets = x.Config.Subnets;

        // The relay next to the client knows best: interface identifiers first, because they are configured for this and nothing else.
        for (int i = x.Relays.Count - 1; i >= 0; i--)
        {
            if (x.Relays[i].Options.TryFind(OptionCode6.InterfaceId, out ReadOnlySpan<byte> id) && subnets.OfInterfaceId(id) is { } named) return named;
        }

        // RFC 8415 §13.1: "If the server receives the message from a relay agent, the link-address field tells the link",
        // of the relay nearest to the client that fills it in; relays on layer 2 do not (RFC 6221 §6.1).
        for (int i = x.Relays.Count - 1; i >= 0; i--)
        {
            Ipv6 link = x.Relays[i].LinkAddress;
            if (!link.IsAny && !link.IsLinkLocal) return subnets.OfRelay(link) ?? subnets.OfAddress(link);
        }

        // RFC 8415 §13.1: a message from the client itself comes from a link of the server: the subnets on it are configured by its interface.
        if (subnets.OfInterface(x.Datagram.Interface.Name) is { } onLink) return onLink;
        return !x.IsRelayed && !x.Datagram.Source.IsLinkLocal ? subnets.OfAddress(x.Datagram.Source) : null;
    }
}
