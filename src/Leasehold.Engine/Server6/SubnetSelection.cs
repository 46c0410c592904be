using Leasehold.Protocol;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>Step 2: the subnet that the client's link has.</summary>
internal static class SubnetSelection
{
    /// <summary>False: no configured subnet fits, or none that serves this client's classes; dropped. Options alone are given also where there is none.</summary>
    public static bool TryLocate(ref Exchange6 x)
    {
        ReadOnlySpan<ServingSubnet6> candidates = Candidates(in x);
        if (candidates.IsEmpty) return MayDoWithout(in x) || x.Drop(DropReason6.NoSubnet);
        if (FirstOpen(in x, candidates) is not { } subnet) return MayDoWithout(in x) || x.Drop(DropReason6.SubnetNotForClient);
        Settle(ref x, subnet);
        return true;
    }

    /// <summary>With the reservation all classes are known. False: neither the subnet nor another of its network serves this client; dropped.</summary>
    public static bool TryStay(ref Exchange6 x)
    {
        if (!x.IsLocated || x.Subnet.Admits(x.Classes)) return true;
        foreach (ServingSubnet6 other in x.Subnet.Network.Subnets)
        {
            if (!other.Admits(x.Classes)) continue;
            Settle(ref x, other);
            return true;
        }

        return x.Drop(DropReason6.SubnetNotForClient);
    }

    private static bool MayDoWithout(scoped in Exchange6 x) => x.Message.MessageType == MessageType6.InformationRequest;

    private static void Settle(ref Exchange6 x, ServingSubnet6 subnet)
    {
        x.Subnet = subnet;
        x.Outcome.SubnetId = subnet.Id;
    }

    /// <summary>The first of them that serves this client as far as is known; in a shared network also one beside it.</summary>
    private static ServingSubnet6? FirstOpen(scoped in Exchange6 x, ReadOnlySpan<ServingSubnet6> candidates)
    {
        foreach (ServingSubnet6 candidate in candidates)
        {
            if (Suits(in x, candidate)) return candidate;
        }

        foreach (ServingSubnet6 candidate in candidates)
        {
            if (candidate.MayAdmit(x.Classes)) return candidate;
        }

        foreach (ServingSubnet6 beside in candidates[0].Network.Subnets)
        {
            if (beside.MayAdmit(x.Classes)) return beside;
        }

        return null;
    }

    /// <summary>
    /// What serves this client already comes before what its reservation may open: a subnet cannot be left again when it does not.
    /// In a shared network it can, so there the order of the configuration holds.
    /// </summary>
    private static bool Suits(scoped in Exchange6 x, ServingSubnet6 subnet) =>
        subnet.Network.Subnets.Length == 1 ? subnet.Admits(x.Classes) : subnet.MayAdmit(x.Classes);

    /// <summary>The subnets that the packet may come from, the likeliest first.</summary>
    private static ReadOnlySpan<ServingSubnet6> Candidates(scoped in Exchange6 x)
    {
        SubnetIndex6 subnets = x.Config.Subnets;

        // The relay next to the client knows best: interface identifiers first, because they are configured for this and nothing else.
        for (int i = x.Relays.Count - 1; i >= 0; i--)
        {
            if (!x.Relays[i].Options.TryFind(OptionCode6.InterfaceId, out ReadOnlySpan<byte> id)) continue;
            if (subnets.OfInterfaceId(id) is { IsEmpty: false } named) return named;
        }

        // RFC 8415 §13.1: "If the server receives the message from a relay agent, the link-address field tells the link",
        // of the relay nearest to the client that fills it in; relays on layer 2 do not (RFC 6221 §6.1).
        for (int i = x.Relays.Count - 1; i >= 0; i--)
        {
            Ipv6 link = x.Relays[i].LinkAddress;
            if (!link.IsAny && !link.IsLinkLocal) return subnets.OfRelay(link) is { IsEmpty: false } relayed ? relayed : subnets.OfAddress(link)?.Alone;
        }

        // RFC 8415 §13.1: a message from the client itself comes from a link of the server: the subnets on it are configured by its interface.
        if (subnets.OfInterface(x.Datagram.Interface.Name) is { IsEmpty: false } onLink) return onLink;
        return !x.IsRelayed && !x.Datagram.Source.IsLinkLocal ? subnets.OfAddress(x.Datagram.Source)?.Alone : default;
    }
}
