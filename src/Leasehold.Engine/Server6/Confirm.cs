using Leasehold.Leases;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>CONFIRM (RFC 8415 §18.3.3): says whether the client's addresses still fit its link. No lease is looked at.</summary>
internal static class Confirm
{
    public static bool Decide(ref Exchange6 x)
    {
        bool any = false;
        bool allOnLink = true;
        WantedAssociations associations = x.Associations;
        while (associations.TryNext(out WantedAssociation wanted))
        {
            if (wanted.Type != LeaseType6.NonTemporary) continue;
            WantedLeases named = wanted.Wanted;
            while (named.TryNext(out LeasedPrefix6 lease))
            {
                any = true;
                allOnLink &= x.Subnet.Network.IsOnLink(lease.Address);
            }
        }

        // "If the server is unable to perform this test […] or if there were no addresses in any of the IAs sent by the client,
        // the server MUST NOT send a Reply to the client."
        if (!any) return x.Drop(DropReason6.NothingToConfirm);

        // "If all of the addresses […] pass this test, the server returns a status of Success. If any of the addresses do not pass this test,
        // the server returns a status of NotOnLink."
        return x.Send(MessageType6.Reply, allOnLink ? StatusCode6.Success : StatusCode6.NotOnLink);
    }
}
