using Leasehold.Leases;

namespace Leasehold.Engine.V4;

/// <summary>DHCPDECLINE (RFC 2131 §4.3.3): the client found that somebody else uses the address. No reply.</summary>
internal static class Decline
{
    public static bool Decide(ref Exchange4 x)
    {
        if (x.ServerIdentifierOption is { } server && !SubnetSelection.IsThisServer(in x, server)) return x.Drop(DropReason.OtherServerAddressed);

        // RFC 2131 §4.4.4, table 5: 'requested IP address' MUST be there. Only the holder can take an address from everybody.
        if (x.RequestedAddress is not { } address) return x.Drop(DropReason.InconsistentRequest);
        x.Outcome.Address = address;
        if (!ClientIdentity.Holds(in x, address, out Lease4 lease)) return x.Drop(DropReason.NotTheHolder);

        // "The server MUST mark the network address as not available".
        x.Outcome.Change = LeaseRecord.Decline(x.Config, lease, x.Now);
        return true;
    }
}
