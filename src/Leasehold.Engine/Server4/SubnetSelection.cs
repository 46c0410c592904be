using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.Engine.V4;

/// <summary>Step 2: the subnet that the client is in, and what the server calls itself there.</summary>
internal static class SubnetSelection
{
    /// <summary>False: no configured subnet fits; dropped.</summary>
    public static bool TryLocate(ref Exchange4 x)
    {
        x.WasBroadcast = IsBroadcast(in x);
        if (Select(in x) is not { } subnet) return x.Drop(DropReason.NoSubnet);
        x.Subnet = subnet;
        x.Outcome.SubnetId = subnet.Id;
        x.OwnAddress = OwnAddress(in x);
        x.ServerIdentifier = ServerIdentifier(in x);
        return true;
    }

    /// <summary>The server identifier in the packet names this server: a reply to its offer, or a message meant for it.</summary>
    /// <remarks>RFC 2131 §4.1: "A server with multiple network addresses MUST be prepared to to accept any of its network addresses".</remarks>
    public static bool IsThisServer(scoped in Exchange4 x, Ipv4 identifier) =>
        identifier == x.ServerIdentifier
        || (!x.WasBroadcast && identifier == x.Datagram.Destination)
        || x.Datagram.Interface.Addresses.Contains(identifier);

    // What was sent to one address is answered from it. A broadcast is answered from the interface's address in the client's
    // own network, where it has one there, because that is the one the client can reach without a router.
    private static Ipv4 OwnAddress(scoped in Exchange4 x)
    {
        if (!x.WasBroadcast) return x.Datagram.Destination;
        foreach (Ipv4 address in x.Datagram.Interface.Addresses)
        {
            if (x.Subnet.Prefix.Contains(address)) return address;
        }

        return x.Datagram.Interface.Address;
    }

    private static bool IsBroadcast(scoped in Exchange4 x)
    {
        Ipv4 destination = x.Datagram.Destination;
        if (destination == Ipv4.Broadcast || destination.IsAny) return true;
        if (x.Datagram.Interface.Addresses.Contains(destination)) return false;

        // An address that is not the interface's is one of this host's other addresses, or a broadcast to all of a network.
        return x.Config.Subnets.OfAddress(destination) is { Prefix: { Length: < 31 } prefix } && prefix.Last == destination;
    }

    private static ServingSubnet? Select(scoped in Exchange4 x)
    {
        SubnetIndex subnets = x.Config.Subnets;

        // RFC 3527 §3: the link that the relay names, rather than the one that giaddr is on. RFC 3011 §3 does the same for a client's agent.
        if (x.LinkSelection is { } link) return subnets.OfAddress(link);
        if (x.SubnetSelectionOption is { } selected) return subnets.OfAddress(selected);

        // RFC 2131 §4.3.1: "the subnet from which the message was received (if 'giaddr' is 0) or on the address of the relay agent".
        if (x.IsRelayed) return subnets.OfRelay(x.Giaddr) ?? subnets.OfAddress(x.Giaddr);

        // A client with an address that sends to this server alone may be behind a router: its address tells its subnet.
        if (!x.WasBroadcast && !x.Ciaddr.IsAny) return subnets.OfAddress(x.Ciaddr);
        if (!x.WasBroadcast && !x.Datagram.Source.IsAny) return subnets.OfAddress(x.Datagram.Source);

        return subnets.OfInterface(x.Datagram.Interface.Name) ?? OfLink(in x);
    }

    /// <summary>The subnet of the first of the interface's addresses that lies in one.</summary>
    private static ServingSubnet? OfLink(scoped in Exchange4 x)
    {
        foreach (Ipv4 address in x.Datagram.Interface.Addresses)
        {
            if (x.Config.Subnets.OfAddress(address) is { } subnet) return subnet;
        }

        return null;
    }

    private static Ipv4 ServerIdentifier(scoped in Exchange4 x)
    {
        // RFC 5107 §4: the relay stands in for the server, and the client is to send everything to it.
        if (x.ServerIdentifierOverride is { } relay) return relay;
        if (x.Subnet.Options.TryGet(OptionCode4.ServerIdentifier, out ReadOnlySpan<byte> configured) && configured.Length == 4) return Ipv4.Read(configured);
        return x.OwnAddress;
    }
}
