using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>REBIND (RFC 8415 §18.3.5): prolongs what the client has, from whichever server.</summary>
internal static class Rebind
{
    public static bool Decide(ref Exchange6 x)
    {
        bool any = false;
        WantedAssociations associations = x.Associations;
        while (associations.TryNext(out WantedAssociation wanted))
        {
            // The message goes to every server. What this one knows nothing of and does not give out itself is another one's, and is left to it.
            if (!ClientIdentity.HasBinding(in x, in wanted) && NamesOtherServersLease(in x, in wanted)) continue;
            if (!x.Bindings.TryBegin(in wanted)) continue;
            any = true;
            Assignment.Assign(ref x, in wanted);

            // "… the server MAY send a Reply message to the client containing the client's IA, with the lifetimes for the addresses in the IA set to 0.
            // This Reply constitutes an explicit notification to the client that the addresses in the IA are no longer valid."
            Assignment.DenyOthers(ref x, in wanted);
        }

        // "In this situation, if the server does not send a Reply message, it silently discards the Rebind message."
        if (!any) return x.Drop(DropReason6.UnknownBinding);
        LeaseRecord.Commit(ref x);
        return x.Send(MessageType6.Reply);
    }

    private static bool NamesOtherServersLease(scoped in Exchange6 x, scoped in WantedAssociation wanted)
    {
        WantedLeases named = wanted.Wanted;
        while (named.TryNext(out LeasedPrefix6 lease))
        {
            if (lease.Address.IsAny) continue;
            Ipv6Prefix prefix = new(lease.Address, lease.PrefixLength);
            bool belongsHere = wanted.Type == LeaseType6.Prefix || x.Subnet.Network.IsOnLink(lease.Address);
            if (belongsHere && !Assignment.IsServed(in x, wanted.Type, prefix)) return true;
        }

        return false;
    }
}
