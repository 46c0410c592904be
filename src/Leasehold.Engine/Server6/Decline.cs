using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>DECLINE (RFC 8415 §18.3.8): the client found that somebody else uses an address.</summary>
internal static class Decline
{
    public static bool Decide(ref Exchange6 x)
    {
        WantedAssociations associations = x.Associations;
        while (associations.TryNext(out WantedAssociation wanted))
        {
            // RFC 8415 §18.2.8: a client "MUST NOT" decline a delegated prefix: nobody else can be seen to use one.
            if (wanted.Type != LeaseType6.NonTemporary) continue;
            bool known = ClientIdentity.HasBinding(in x, in wanted);
            if (!known && x.Bindings.TryBegin(in wanted)) x.Bindings.Refuse(StatusCode6.NoBinding);

            // "The server SHOULD mark the addresses declined by the client so that those addresses are not assigned to other clients".
            // Only the holder can take an address from everybody.
            WantedLeases named = wanted.Wanted;
            while (known && named.TryNext(out LeasedPrefix6 leased))
            {
                Ipv6Prefix prefix = new(leased.Address, leased.PrefixLength);
                if (ClientIdentity.Holds(in x, in wanted, prefix, out Lease6 lease)) LeaseRecord.Decline(ref x, in lease);
            }
        }

        return x.Send(MessageType6.Reply);
    }
}
