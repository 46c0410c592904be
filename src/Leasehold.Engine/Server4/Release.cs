using Leasehold.Leases;

namespace Leasehold.Engine.V4;

/// <summary>DHCPRELEASE (RFC 2131 §4.3.4): the client gives its address back. No reply.</summary>
internal static class Release
{
    public static bool Decide(ref Exchange4 x)
    {
        if (x.ServerIdentifierOption is { } server && !SubnetSelection.IsThisServer(in x, server)) return x.Drop(DropReason.OtherServerAddressed);

        // RFC 2131 §4.4.4, table 5: the address is in 'ciaddr'.
        x.Outcome.Address = x.Ciaddr;
        if (!ClientIdentity.Holds(in x, x.Ciaddr, out Lease4 lease)) return x.Drop(DropReason.NotTheHolder);

        // "The server SHOULD retain a record of the client's initialization parameters for possible reuse".
        x.Outcome.Change = LeaseRecord.Release(in x, lease);
        return true;
    }
}
