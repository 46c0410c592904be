using Leasehold.Leases;

namespace Leasehold.Engine.V6;

/// <summary>What the client renews before it is worth writing (cache-threshold, cache-max-age): the lease keeps its end, the client is told what is left.</summary>
internal static class LeaseReuse
{
    /// <summary>Looks at everything that is given, once all of it is known: names depend on it.</summary>
    public static void Settle(ref Exchange6 x)
    {
        for (int i = 0; i < x.Bindings.All.Length; i++)
        {
            ref readonly Grant grant = ref x.Bindings.All[i];
            if (grant.Fate != GrantFate.Kept || grant.Subnet is not { Cache.IsOpen: true } subnet) continue;
            if (!x.Leases.TryGet(grant.Type, grant.Prefix.Network, out Lease6 before)) continue;
            if (subnet.Cache.Rest(before, LeaseRecord.OfClient(in x, in grant), x.Now) is { } rest) x.Bindings.Reuse(i, rest);
        }
    }
}
