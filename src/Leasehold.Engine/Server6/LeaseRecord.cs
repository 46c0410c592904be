using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V6;

/// <summary>The lease changes that a server's decisions make.</summary>
internal static class LeaseRecord
{
    /// <summary>How long what was advertised is kept from others. RFC 8415 §7.6: a client asks after SOL_TIMEOUT (1 s), and again after REQ_TIMEOUT (1 s), twice that, …</summary>
    public static readonly Lifetime OfferHold = new(15);

    /// <summary>Holds what the associations are to get. What they have keeps itself.</summary>
    public static void Offer(ref Exchange6 x)
    {
        LeaseReuse.Settle(ref x);
        foreach (ref readonly Grant grant in x.Bindings.All)
        {
            if (grant.Fate != GrantFate.New) continue;
            x.Outcome.Changes.Add(new() { Kind = LeaseChangeKind.Offer, Lease = OfClient(in x, in grant, LeaseState.Offered, OfferHold) });
        }
    }

    /// <summary>Gives the associations what they get, then ends what they lose.</summary>
    public static void Commit(ref Exchange6 x)
    {
        LeaseReuse.Settle(ref x);
        foreach (ref readonly Grant grant in x.Bindings.All)
        {
            if (!grant.IsGiven || grant.Fate == GrantFate.Reused) continue;
            x.Outcome.Changes.Add(new() { Kind = LeaseChangeKind.Commit, Lease = OfClient(in x, in grant) });
        }

        foreach (ref readonly Grant grant in x.Bindings.All)
        {
            if (grant.Fate == GrantFate.Revoked && x.Leases.TryGet(grant.Type, grant.Prefix.Network, out Lease6 lease)) Release(ref x, lease);
        }
    }

    /// <summary>Ends a lease; what identifies the client is remembered.</summary>
    public static void Release(ref Exchange6 x, Lease6 lease) => x.Outcome.Changes.Add(new()
    {
        Kind = LeaseChangeKind.Release,
        Lease = lease with { State = LeaseState.Released, Expire = x.Now, ValidLifetime = default, PreferredLifetime = default },
    });

    /// <summary>Keeps an address from everybody for the probation period.</summary>
    public static void Decline(ref Exchange6 x, scoped in Lease6 lease)
    {
        Lifetime probation = x.Config.DeclineProbationPeriod;
        x.Outcome.Changes.Add(new()
        {
            Kind = LeaseChangeKind.Decline,
            Lease = lease.Declined() with { ValidLifetime = probation, Expire = x.Now + probation },
        });
    }

    /// <summary>Ends the holds of what was advertised to the client, which does not want it from here.</summary>
    public static void WithdrawOffers(ref Exchange6 x)
    {
        WantedAssociations associations = x.Associations;
        while (associations.TryNext(out WantedAssociation wanted))
        {
            foreach (Lease6 lease in x.Leases.ByAssociation(wanted.Type, x.ClientId, wanted.Iaid))
            {
                if (lease.State == LeaseState.Offered) x.Outcome.Changes.Add(new() { Kind = LeaseChangeKind.Delete, Lease = lease });
            }
        }
    }

    /// <summary>The lease of an association that gets this.</summary>
    public static Lease6 OfClient(scoped in Exchange6 x, scoped in Grant grant) => OfClient(in x, in grant, LeaseState.Assigned, grant.Terms.Valid);

    private static Lease6 OfClient(scoped in Exchange6 x, scoped in Grant grant, LeaseState state, Lifetime lifetime)
    {
        if (grant.Subnet is not { } subnet) throw new InvalidOperationException($"{grant.Prefix} is given without a subnet");

        // What others noted about the client's lease stays with it.
        bool known = x.Leases.TryGet(grant.Type, grant.Prefix.Network, out Lease6 before) && before.IsOf(grant.Type, x.ClientId, grant.Iaid);
        return new()
        {
            Type = grant.Type,
            Address = grant.Prefix.Network,
            PrefixLength = (byte)grant.Prefix.Length,
            Duid = x.ClientId,
            Iaid = grant.Iaid,
            PreferredLifetime = state == LeaseState.Offered ? lifetime : grant.Terms.Preferred,
            ValidLifetime = lifetime,
            Expire = x.Now + lifetime,
            SubnetId = subnet.Id,
            PoolId = grant.Pool?.Id ?? 0,
            FqdnForward = known && before.FqdnForward,
            FqdnReverse = known && before.FqdnReverse,
            Hostname = ClientName.TextOf(in x),
            HardwareAddress = x.Hardware.Octets,
            HardwareType = x.Hardware.Type,
            HardwareSource = x.Hardware.Source,
            State = state,
            UserContext = state == LeaseState.Assigned ? ExtendedInfo.Of(in x, subnet, known ? before.UserContext : default) : default,
        };
    }
}
