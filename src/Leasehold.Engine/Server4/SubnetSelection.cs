using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.Engine.V4;

/// <summary>Step 2: the subnet that the client is in, and what the server calls itself there.</summary>
internal static class SubnetSelection
{
    /// <summary>False: no configured subnet fits, or none that serves this client's classes; dropped.</summary>
    public static bool TryLocate(ref Exchange4 x)
    {
        x.WasBroadcast = IsBroadcast(in x);
        ReadOnlySpan<ServingSubnet> candidates = Candidates(in x);
        if (candidates.IsEmpty) return x.Drop(DropReason.NoSubnet);
        if (FirstOpen(in x, candidates) is not { } subnet) return x.Drop(DropReason.SubnetNotForClient);
        x.Subnet = subnet;
        x.Outcome.SubnetId = subnet.Id;
        x.OwnAddress = OwnAddress(in x);
        x.ServerIdentifier = ServerIdentifier(in x);
        return true;
    }

    /// <summary>With the reservation all classes are known. False: neither the subnet nor another of its network serves this client; dropped.</summary>
    public static bool TryStay(ref Exchange4 x)
    {
        if (x.Subnet.Admits(x.Classes)) return true;
        foreach (ServingSubnet other in x.Subnet.Network?.Subnets ?? [])
        {
            if (!other.Admits(x.Classes)) continue;
            x.Settle(other);
            return true;
        }

        return x.Drop(DropReason.SubnetNotForClient);
    }

    /// <summary>The server identifier in the packet names this server: a reply to its offer, or a message meant for it.</summary>
    /// <remarks>RFC 2131 §4.1: "A server with multiple network addresses MUST be prepared to to accept any of its network addresses".</remarks>
    public static bool IsThisServer(scoped in Exchange4 x, Ipv4 identifier) =>
        x.Config.Compatibility.IgnoreServerIdentifier
        || identifier == x.ServerIdentifier
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

    /// <summary>The first of them that serves this client as far as is known; in a shared network also one beside it.</summary>
    private static ServingSubnet? FirstOpen(scoped in Exchange4 x, ReadOnlySpan<ServingSubnet> candidates)
    {
        foreach (ServingSubnet candidate in candidates)
        {
            if (Suits(in x, candidate)) return candidate;
        }

        foreach (ServingSubnet candidate in candidates)
        {
            if (candidate.MayAdmit(x.Classes)) return candidate;
        }

        foreach (ServingSubnet beside in candidates[0].Network?.Subnets ?? [])
        {
            if (beside.MayAdmit(x.Classes)) return beside;
        }

        return null;
    }

    /// <summary>
    /// What serves this client already comes before what its reservation may open: a subnet cannot be left again when it does not.
    /// In a shared network it can, so there the order of the configuration holds.
    /// </summary>
    private static bool Suits(scoped in Exchange4 x, ServingSubnet subnet) =>
        subnet.Network is null ? subnet.Admits(x.Classes) : subnet.MayAdmit(x.Classes);

    /// <summary>The subnets that the packet may come from, the likeliest first.</summary>
    private static ReadOnlySpan<ServingSubnet> Candidates(scoped in Exchange4 x)
    {
        SubnetIndex subnets = x.Config.Subnets;

        // RFC 3527 §3: the link that the relay names, rather than the one that giaddr is on. RFC 3011 §3 does the same for a client's agent.
        if (x.LinkSelection is { } link && !x.Config.Compatibility.IgnoreLinkSelection) return subnets.OfAddress(link)?.Alone;
        if (x.SubnetSelectionOption is { } selected) return subnets.OfAddress(selected)?.Alone;

        // RFC 2131 §4.3.1: "the subnet from which the message was received (if 'giaddr' is 0) or on the address of the relay agent".
        if (x.IsRelayed) return subnets.OfRelay(x.Giaddr) is { IsEmpty: false } relayed ? relayed : subnets.OfAddress(x.Giaddr)?.Alone;

        // A client with an address that sends to this server alone may be behind a router: its address tells its subnet.
        if (!x.WasBroadcast && !x.Ciaddr.IsAny) return subnets.OfAddress(x.Ciaddr)?.Alone;
        if (!x.WasBroadcast && !x.Datagram.Source.IsAny) return subnets.OfAddress(x.Datagram.Source)?.Alone;

        return subnets.OfInterface(x.Datagram.Interface.Name) is { IsEmpty: false } named ? named : OfLink(in x)?.Alone;
    }

    /// <summary>The subnet of the first of the interface's addresses that lies in one, one that serves this client before others.</summary>
    private static ServingSubnet? OfLink(scoped in Exchange4 x)
    {
        ServingSubnet? first = null;
        foreach (Ipv4 address in x.Datagram.Interface.Addresses)
        {
            if (x.Config.Subnets.OfAddress(address) is not { } subnet) continue;
            if (Suits(in x, subnet)) return subnet;
            if (first is null || (subnet.MayAdmit(x.Classes) && !first.MayAdmit(x.Classes))) first = subnet;
        }

        return first;
    }

    private static Ipv4 ServerIdentifier(scoped in Exchange4 x)
    {
        // RFC 5107 §4: the relay stands in for the server, and the client is to send everything to it.
        if (x.ServerIdentifierOverride is { } relay) return relay;
        if (x.Subnet.Options.Plain.TryGet(OptionCode4.ServerIdentifier, out ReadOnlySpan<byte> configured) && configured.Length == 4) return Ipv4.Read(configured);
        return x.OwnAddress;
    }
}
