using Leasehold.Leases;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>REQUEST (RFC 8415 §18.3.2): gives each association what it is to have.</summary>
internal static class Request
{
    public static bool Decide(ref Exchange6 x)
    {
        WantedAssociations associations = x.Associations;
        while (associations.TryNext(out WantedAssociation wanted))
        {
            if (!x.Bindings.TryBegin(in wanted)) continue;

            // "If the server finds that the prefix on one or more IP addresses in any IA in the message from the client is not appropriate for
            // the link to which the client is connected, the server MUST return the IA to the client with a Status Code option with the value NotOnLink."
            if (wanted.Type == LeaseType6.NonTemporary && NamesForeignAddress(in x, in wanted)) x.Bindings.Refuse(StatusCode6.NotOnLink);
            else Assignment.Assign(ref x, in wanted);
        }

        LeaseRecord.Commit(ref x);
        return x.Send(MessageType6.Reply);
    }

    private static bool NamesForeignAddress(scoped in Exchange6 x, scoped in WantedAssociation wanted)
    {
        WantedLeases named = wanted.Wanted;
        while (named.TryNext(out LeasedPrefix6 lease))
        {
            if (!lease.Address.IsAny && !x.Subnet.Network.IsOnLink(lease.Address)) return true;
        }

        return false;
    }
}
