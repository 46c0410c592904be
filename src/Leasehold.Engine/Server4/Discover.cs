using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.Engine.V4;

/// <summary>DHCPDISCOVER (RFC 2131 §4.3.1): chooses an address, holds it for a short time, offers it.</summary>
internal static class Discover
{
    /// <summary>How long an offered address is kept from others. RFC 2131 §4.1: a client asks again after 4 and then 8 seconds, each up to one more.</summary>
    public static readonly Lifetime OfferHold = new(15);

    public static bool Decide(ref Exchange4 x)
    {
        ClientLeases own = ClientIdentity.Leases(in x);
        if (!x.Config.Limits.TryPassPort(ref x, own)) return false;
        if (!AddressChoice.TryChoose(in x, own, out Ipv4 address, out DropReason refusal)) return WithoutAddress(ref x, refusal);

        x.SettleAt(address);
        if (Ipv6Only.IsPreferred(in x, address))
        {
            Ipv6Only.Offer(ref x, address);
            return true;
        }

        if (ConflictProbe.IsNeeded(in x, address, own)) return ConflictProbe.Order(ref x, address);

        // RFC 4039 §3.1: a server that is configured so answers a client that asks for it with DHCPACK, and commits at once.
        if (x.RapidCommitAsked && x.Subnet.RapidCommit)
        {
            Acknowledge.Give(ref x, address, own, isFirst: true);
            return true;
        }

        Offer(ref x, address, own);
        return true;
    }

    private static void Offer(ref Exchange4 x, Ipv4 address, ClientLeases own)
    {
        LeaseTerms terms = LeaseTimes.Of(in x, address, isFirst: true);

        // A client's own lease keeps its address by itself, and must not be replaced by a promise that is soon over.
        if (address == own.Current)
        {
            LeaseChange4 renewed = LeaseRecord.Commit(in x, address, terms.Valid, own.Current);
            if (Acknowledge.RestOf(in x, renewed.Lease) is { } rest) terms = x.Subnet.Times.For(rest);
        }
        else
        {
            // RFC 2131 §4.3.1: "the server SHOULD NOT reuse the selected network address before the client responds to the server's DHCPOFFER message."
            Lifetime stored = OfferLifetime(in x);
            x.Outcome.Change = stored.Seconds == 0 ? LeaseRecord.Offer(in x, address, OfferHold) : LeaseRecord.Commit(in x, address, stored, current: null);
        }

        x.Grant(MessageType4.Offer, address, terms);
    }

    /// <summary>offer-lifetime: by the first of the client's classes that says so, or as for everybody in the subnet.</summary>
    private static Lifetime OfferLifetime(scoped in Exchange4 x)
    {
        foreach (int index in x.Classes.InOrder)
        {
            if (x.Config.Classes.Find(index)?.OfferLifetime is { } own) return own;
        }

        return x.Subnet.OfferLifetime;
    }

    /// <summary>There is no address for the client. One that needs none can be told that all the same.</summary>
    private static bool WithoutAddress(ref Exchange4 x, DropReason refusal)
    {
        if (!x.ParameterRequestList.Contains(OptionCode4.Ipv6OnlyPreferred)) return x.Drop(refusal);
        Classify.ByPlace(ref x, pool: null);
        if (!Ipv6Only.IsPreferred(in x, address: null)) return x.Drop(refusal);
        Ipv6Only.Offer(ref x, address: null);
        return true;
    }
}
