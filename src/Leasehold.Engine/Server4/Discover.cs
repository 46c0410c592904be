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
        if (!AddressChoice.TryChoose(in x, own, out Ipv4 address)) return x.Drop(DropReason.NoFreeAddress);

        x.SettleAt(address);

        // RFC 2131 §4.3.1: "the server SHOULD NOT reuse the selected network address before the client responds to the server's DHCPOFFER message."
        // A client's own lease keeps its address by itself, and must not be replaced by a promise that is soon over.
        if (address != own.Current) x.Outcome.Change = LeaseRecord.Offer(in x, address, OfferHold);
        x.Grant(MessageType4.Offer, address, x.Subnet.Terms(in x));
        return true;
    }
}
