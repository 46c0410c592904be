using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.Engine.V4;

/// <summary>DHCPACK with an address: after a REQUEST, and for clients that need two messages only (RFC 4039, RFC 951).</summary>
internal static class Acknowledge
{
    /// <summary>Gives the client an address that is its to have, and that the exchange is settled at.</summary>
    /// <param name="isFirst">The client comes for an address, rather than to prolong its lease.</param>
    public static void Give(ref Exchange4 x, Ipv4 address, ClientLeases own, bool isFirst)
    {
        LeaseTerms terms = LeaseTimes.Of(in x, address, isFirst);
        LeaseChange4 change = LeaseRecord.Commit(in x, address, terms.Valid, own.Current);
        x.Outcome.IsRenewal = own.Current == address;
        if (x.Outcome.IsRenewal && RestOf(in x, change.Lease) is { } rest)
        {
            x.Outcome.Reused = rest;
            terms = x.Subnet.Times.For(rest);
        }
        else
        {
            x.Outcome.Change = change;
        }

        x.Grant(MessageType4.Ack, address, terms);
    }

    /// <summary>What is left of the client's lease when it is too new to be prolonged; null when it is to be.</summary>
    public static Lifetime? RestOf(scoped in Exchange4 x, scoped in Lease4 renewed) =>
        x.Leases.TryGet(renewed.Address, out Lease4 before) ? x.Subnet.Cache.Rest(before, renewed, x.Now) : null;
}
