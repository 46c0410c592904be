using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>Which addresses or prefixes an identity association gets, keeps and loses (RFC 8415 §18.3).</summary>
internal static class Assignment
{
    /// <summary>Leases of one association that are looked at. A client has a few; a stranger could make hundreds.</summary>
    private const int MaxLeasesWalked = 64;

    /// <summary>Answers the association that was begun last.</summary>
    public static void Assign(ref Exchange6 x, scoped in WantedAssociation wanted)
    {
        // What the administrator keeps for this client comes before everything else, and in place of everything else:
        // a client that got something else meanwhile is told to let that go, in the same answer.
        bool hasReserved = GrantReserved(ref x, in wanted);
        Keep(ref x, in wanted, reservedOnly: hasReserved);
        if (x.Bindings.HasGrant) return;

        GrantNamed(ref x, in wanted);
        if (x.Bindings.HasGrant || GrantRemembered(ref x, in wanted) || FreeChoice.Grant(ref x, in wanted)) return;

        // RFC 8415 §18.3.2: "If the server cannot assign any addresses to an IA […], the server SHOULD include the IA option in the Reply message
        // with no addresses in the IA option and a Status Code option containing status code NoAddrsAvail". Prefixes likewise.
        x.Bindings.Refuse(wanted.Type == LeaseType6.Prefix ? StatusCode6.NoPrefixAvail : StatusCode6.NoAddrsAvail);
    }

    /// <summary>Tells the client that it must not use what it names and does not get.</summary>
    public static void DenyOthers(ref Exchange6 x, scoped in WantedAssociation wanted)
    {
        WantedLeases named = wanted.Wanted;
        while (named.TryNext(out LeasedPrefix6 lease))
        {
            Ipv6Prefix prefix = new(lease.Address, lease.PrefixLength);
            if (lease.Address.IsAny || x.Bindings.Has(wanted.Type, prefix)) continue;
            x.Bindings.Add(new(wanted.Type, wanted.Iaid, prefix, default, Subnet: null, Pool: null, GrantFate.Denied));
        }
    }

    /// <summary>The server gives this to this client if nobody holds it: it is reserved for the client, or in a pool and kept for nobody else.</summary>
    public static bool IsServed(scoped in Exchange6 x, LeaseType6 type, Ipv6Prefix prefix) => TryPlace(in x, type, prefix, out _, out _);

    /// <summary>Nobody but this association holds it, and no association of the message got it. Sound for what is served only.</summary>
    public static bool IsAvailable(scoped in Exchange6 x, scoped in WantedAssociation wanted, Ipv6Prefix prefix)
    {
        if (x.Bindings.Has(wanted.Type, prefix)) return false;
        if (!x.Leases.TryGet(wanted.Type, prefix.Network, out Lease6 lease) || !lease.IsHeld(x.Now)) return true;
        return lease.PrefixLength == prefix.Length && lease.State != LeaseState.Declined && lease.IsOf(wanted.Type, x.ClientId, wanted.Iaid);
    }

    /// <summary>Adds to the answer what <see cref="IsServed"/> allows. False when it does not.</summary>
    public static bool TryGrant(ref Exchange6 x, scoped in WantedAssociation wanted, Ipv6Prefix prefix)
    {
        if (!TryPlace(in x, wanted.Type, prefix, out ServingSubnet6? subnet, out ServingPool6? pool)) return false;
        bool kept = ClientIdentity.Holds(in x, in wanted, prefix, out _);
        LeaseTerms6 terms = LeaseTimes.Of(in x, subnet, in wanted, prefix);
        x.Bindings.Add(new(wanted.Type, wanted.Iaid, prefix, terms, subnet, pool, kept ? GrantFate.Kept : GrantFate.New));
        return true;
    }

    /// <summary>One of the reserved ones: the one it has, else one it names, else the first that nobody holds. The others are for other associations of the client.</summary>
    /// <remarks>A reserved one that somebody else still holds has to wait: its owner gets something else meanwhile.</remarks>
    private static bool GrantReserved(ref Exchange6 x, scoped in WantedAssociation wanted)
    {
        if (x.Reservation is not { } reservation) return false;
        Ipv6Prefix? choice = null;
        int rank = 0;
        foreach (Ipv6Prefix reserved in reservation.Of(wanted.Type))
        {
            if (!IsAvailable(in x, in wanted, reserved)) continue;
            int own = ClientIdentity.Holds(in x, in wanted, reserved, out _) ? 3 : Names(in wanted, reserved) ? 2 : 1;
            if (own <= rank) continue;
            rank = own;
            choice = reserved;
        }

        return choice is { } best && TryGrant(ref x, in wanted, best);
    }

    /// <summary>Prolongs what the association has, and ends what it may not have any more.</summary>
    private static void Keep(ref Exchange6 x, scoped in WantedAssociation wanted, bool reservedOnly)
    {
        int walked = 0;
        foreach (Lease6 lease in x.Leases.ByAssociation(wanted.Type, x.ClientId, wanted.Iaid))
        {
            if (++walked > MaxLeasesWalked) return;
            if (lease.State != LeaseState.Assigned || !lease.IsHeld(x.Now) || x.Bindings.Has(wanted.Type, lease.Prefix)) continue;

            // A lease of another network is no business of this one: the client may be there as well.
            if (!x.Subnet.Network.Has(lease.SubnetId) && !IsServed(in x, wanted.Type, lease.Prefix)) continue;
            bool may = !reservedOnly || x.Reservation?.Has(wanted.Type, lease.Prefix) == true;
            if (may && TryGrant(ref x, in wanted, lease.Prefix)) continue;
            x.Bindings.Add(new(wanted.Type, wanted.Iaid, lease.Prefix, default, Subnet: null, Pool: null, GrantFate.Revoked));
        }
    }

    /// <summary>What the client names, as far as it may have it.</summary>
    private static void GrantNamed(ref Exchange6 x, scoped in WantedAssociation wanted)
    {
        WantedLeases named = wanted.Wanted;
        while (named.TryNext(out LeasedPrefix6 lease))
        {
            if (lease.Address.IsAny) continue;
            Ipv6Prefix prefix = new(lease.Address, lease.PrefixLength);
            if (IsAvailable(in x, in wanted, prefix)) TryGrant(ref x, in wanted, prefix);
        }
    }

    /// <summary>What was advertised to the association, else what it had before.</summary>
    private static bool GrantRemembered(ref Exchange6 x, scoped in WantedAssociation wanted)
    {
        int walked = 0;
        Ipv6Prefix? before = null;
        foreach (Lease6 lease in x.Leases.ByAssociation(wanted.Type, x.ClientId, wanted.Iaid))
        {
            if (++walked > MaxLeasesWalked) break;
            if (!IsServed(in x, wanted.Type, lease.Prefix) || !IsAvailable(in x, in wanted, lease.Prefix)) continue;
            if (lease.State == LeaseState.Offered && lease.IsHeld(x.Now)) return TryGrant(ref x, in wanted, lease.Prefix);
            before ??= lease.Prefix;
        }

        return before is { } had && TryGrant(ref x, in wanted, had);
    }

    private static bool Names(scoped in WantedAssociation wanted, Ipv6Prefix prefix)
    {
        WantedLeases named = wanted.Wanted;
        while (named.TryNext(out LeasedPrefix6 lease))
        {
            if (lease.Address == prefix.Network && lease.PrefixLength == prefix.Length) return true;
        }

        return false;
    }

    /// <summary>Where an address or prefix stands in the configuration of the client's network, if it is for this client.</summary>
    private static bool TryPlace(
        scoped in Exchange6 x,
        LeaseType6 type,
        Ipv6Prefix prefix,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ServingSubnet6? subnet,
        out ServingPool6? pool)
    {
        pool = x.Subnet.Network.PoolOf(type, prefix);
        if (x.Reservation is { } own && own.Has(type, prefix))
        {
            subnet = pool?.Subnet ?? (type == LeaseType6.Prefix ? x.Subnet : x.Subnet.Network.SubnetOf(prefix.Network) ?? x.Subnet);
            return subnet.Admits(x.Classes);
        }

        subnet = pool is not null && pool.Admits(x.Classes) ? pool.Subnet : null;
        return subnet is not null && !x.Config.Reservations.IsReserved(type, prefix);
    }
}
