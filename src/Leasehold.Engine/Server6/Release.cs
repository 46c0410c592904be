using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>RELEASE (RFC 8415 §18.3.7): the client gives addresses and prefixes back.</summary>
internal static class Release
{
    public static bool Decide(ref Exchange6 x)
    {
        WantedAssociations associations = x.Associations;
        while (associations.TryNext(out WantedAssociation wanted))
        {
            // "For each IA in the Release message for which the server has no binding information, the server adds an IA option using the IAID
            // from the Release message and includes a Status Code option with the value NoBinding in the IA option."
            bool known = ClientIdentity.HasBinding(in x, in wanted);
            if (!known && x.Bindings.TryBegin(in wanted)) x.Bindings.Refuse(StatusCode6.NoBinding);

            // "The server ignores leases not assigned to the IAs".
            WantedLeases named = wanted.Wanted;
            while (known && named.TryNext(out LeasedPrefix6 leased))
            {
                Ipv6Prefix prefix = new(leased.Address, leased.PrefixLength);
                if (ClientIdentity.Holds(in x, in wanted, prefix, out Lease6 lease)) LeaseRecord.Release(ref x, lease);
            }
        }

        // "After all the addresses have been processed, the server generates a Reply message" with "a Status Code option with the value Success".
        return x.Send(MessageType6.Reply);
    }
}
