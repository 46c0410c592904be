using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.Engine.V4;

/// <summary>Clients that can do without IPv4 where the network can (RFC 8925).</summary>
internal static class Ipv6Only
{
    /// <summary>The client asks for option 108, and it is configured where the client would get its address.</summary>
    /// <param name="address">The address that it would get; null when there is none for it.</param>
    public static bool IsPreferred(scoped in Exchange4 x, Ipv4? address)
    {
        if (!x.ParameterRequestList.Contains(OptionCode4.Ipv6OnlyPreferred)) return false;
        ServingPool? pool = address is { } wanted ? x.Subnet.PoolOf(wanted) : null;
        return x.Config.Options.Of(x.Classes, pool?.Options ?? x.Subnet.Options, x.Reservation?.Options).TryGet(OptionCode4.Ipv6OnlyPreferred, out _);
    }

    /// <summary>An offer of no address: the client turns DHCPv4 off for the time of option 108 (RFC 8925 §3.2), and none is held for it.</summary>
    /// <param name="address">The address whose options are sent; null for the subnet's.</param>
    public static void Offer(ref Exchange4 x, Ipv4? address)
    {
        x.Outcome.Sent = MessageType4.Offer;
        x.Outcome.Address = address ?? default;
        x.Outcome.IsWithoutAddress = true;
    }
}
