using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Checks;

/// <summary>Pools of addresses and of prefixes: the first inside their subnets, all apart from each other.</summary>
internal static class PoolChecks6
{
    public static IEnumerable<ConfigDiagnostic> Run(Dhcp6Config config)
    {
        ImmutableArray<SubnetPlace> pools =
        [
            .. config.AllSubnets.SelectMany(subnet => subnet.Pools, static (subnet, pool) =>
                new SubnetPlace(pool.Range.ToString(), pool.Range.First.Value, pool.Range.Last.Value, pool.Origin) { Subnet = SubnetPlace.Of(subnet) }),
        ];
        ImmutableArray<SubnetPlace> prefixes =
        [
            .. config.AllSubnets.SelectMany(subnet => subnet.PdPools, static (subnet, pool) =>
                new SubnetPlace(pool.Prefix.ToString(), pool.Prefix.Network.Value, pool.Prefix.Last.Value, pool.Origin) { Subnet = SubnetPlace.Of(subnet) }),
        ];
        return PoolChecks.Inside(pools, static value => new Ipv6(value).ToString())
            .Concat(PoolChecks.Apart(pools, "pool", "an address"))
            .Concat(PoolChecks.Apart(prefixes, "prefix", "a prefix"))
            .Concat(Both(pools, prefixes));
    }

    /// <summary>A router that has a prefix uses it for links of its own, where nobody of the subnet can be.</summary>
    private static IEnumerable<ConfigDiagnostic> Both(ImmutableArray<SubnetPlace> pools, ImmutableArray<SubnetPlace> prefixes)
    {
        if (pools.IsEmpty) yield break;

        // The pools are apart, or that is told already; so the last one that begins before a prefix's end is the only one to look at.
        SubnetPlace[] sorted = [.. pools.OrderBy(pool => pool.First)];
        UInt128[] firsts = [.. sorted.Select(pool => pool.First)];
        foreach (SubnetPlace prefix in prefixes)
        {
            int at = Array.BinarySearch(firsts, prefix.Last);
            int before = at >= 0 ? at : ~at - 1;
            if (before < 0 || !sorted[before].Overlaps(prefix)) continue;
            yield return ConfigDiagnostic.Warning(
                prefix.Origin.Of("prefix"),
                $"pool of prefixes {prefix.Text} holds addresses of pool {sorted[before].Text} at {sorted[before].Origin.Of("pool")}, so a host and a router may get the same",
                "make them apart");
        }
    }
}
