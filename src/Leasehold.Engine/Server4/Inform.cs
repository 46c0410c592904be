using Leasehold.Protocol.V4;

namespace Leasehold.Engine.V4;

/// <summary>DHCPINFORM (RFC 2131 §4.3.5): options for a client that has an address from elsewhere.</summary>
internal static class Inform
{
    public static bool Decide(ref Exchange4 x)
    {
        // "The server MUST NOT send a lease expiration time to the client and SHOULD NOT fill in 'yiaddr'." So nothing is granted.
        x.SettleAt(x.Ciaddr);
        x.Outcome.Sent = MessageType4.Ack;
        x.Outcome.Address = x.Ciaddr;
        return true;
    }
}
