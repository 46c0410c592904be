using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.Engine.V4;

/// <summary>BOOTP (RFC 951, RFC 1534): a request without option 53. One message, one answer, an address for ever.</summary>
/// <remarks>The client is in class BOOTP, so that pools can be for such clients alone, or for all others.</remarks>
internal static class Bootp
{
    public static bool Decide(ref Exchange4 x)
    {
        if (!x.Config.ServesBootp) return x.Drop(DropReason.BootpNotServed);

        // RFC 951 §3: yiaddr is "filled by server if client doesn't know its own address (ciaddr was 0)".
        if (!x.Ciaddr.IsAny)
        {
            x.SettleAt(x.Ciaddr);
            x.Outcome.Sent = MessageType4.Ack;
            x.Outcome.Address = x.Ciaddr;
            return true;
        }

        ClientLeases own = ClientIdentity.Leases(in x);
        if (!x.Config.Limits.TryPassPort(ref x, own)) return false;
        if (!AddressChoice.TryChoose(in x, own, out Ipv4 address, out DropReason refusal)) return x.Drop(refusal);
        x.SettleAt(address);
        Acknowledge.Give(ref x, address, own, isFirst: true);
        return true;
    }
}
