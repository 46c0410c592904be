using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Checks;

/// <summary>Pools: inside their subnets and apart from each other.</summary>
internal static class PoolChecks
{
    public static IEnumerable<ConfigDiagnostic> Run(Dhcp4Config config)
    {
        ImmutableArray<SubnetPlace> pools =
        [
            .. config.AllSubnets.SelectMany(subnet => subnet.Pools, static (subnet, pool) =>
                new SubnetPlace(pool.Range.ToString(), pool.Range.First.Value, pool.Range.Last.Value, pool.Origin) { Subnet = SubnetPlace.Of(subnet) }),
        ];
        return Inside(pools, static value => new Ipv4((uint)value).ToString()).Concat(Apart(pools, "pool", "an address")).Concat(Reserved(config));
    }

    /// <summary>Pools of addresses lie in their subnets.</summary>
    public static IEnumerable<ConfigDiagnostic> Inside(ImmutableArray<SubnetPlace> pools, Func<UInt128, string> show)
    {
        foreach (SubnetPlace pool in pools)
        {
            if (pool.Subnet is not { } subnet || (pool.First >= subnet.First && pool.Last <= subnet.Last)) continue;
            UInt128 outside = pool.First >= subnet.First && pool.First <= subnet.Last ? pool.Last : pool.First;
            yield return new(
                pool.Origin.Of("pool"),
                $"pool {pool.Text}: {show(outside)} is not in subnet {subnet.Text}",
                $"use addresses from {show(subnet.First)} to {show(subnet.Last)}");
        }
    }

    /// <summary>No two pools share anything.</summary>
    /// <param name="key">The key that tells what a pool has.</param>
    /// <param name="thing">What belongs to one pool: "an address".</param>
    public static IEnumerable<ConfigDiagnostic> Apart(ImmutableArray<SubnetPlace> pools, string key, string thing)
    {
        SubnetPlace? earlier = null;
        foreach (SubnetPlace here in pools.OrderBy(p => p.First).ThenBy(p => p.Origin.Position.Line))
        {
            if (earlier is not null && earlier.Overlaps(here))
            {
                string where = earlier.Subnet?.Origin == here.Subnet?.Origin ? "" : $" of subnet {earlier.Subnet?.Text}";
                yield return new(
                    here.Origin.Of(key),
                    $"pool {here.Text} overlaps pool {earlier.Text}{where} at {earlier.Origin.Of(key)}",
                    $"make them apart: {thing} belongs to one pool");
            }

            if (earlier is null || here.Last > earlier.Last) earlier = here;
        }
    }

    /// <summary>A range may hold the network's own and its broadcast address; in most networks no host can use these.</summary>
    private static IEnumerable<ConfigDiagnostic> Reserved(Dhcp4Config config)
    {
        foreach (Subnet4 subnet in config.AllSubnets)
        {
            if (subnet.Prefix.Length > 30) continue;
            foreach (Pool4 pool in subnet.Pools)
            {
                bool network = pool.Range.Contains(subnet.Prefix.Network);
                bool broadcast = pool.Range.Contains(subnet.Prefix.Last);
                if (!network && !broadcast) continue;
                string which = (network, broadcast) switch
                {
                    (true, true) => $"{subnet.Prefix.Network} and {subnet.Prefix.Last}, the network's own and its broadcast address,",
                    (true, _) => $"{subnet.Prefix.Network}, the network's own address,",
                    _ => $"{subnet.Prefix.Last}, the network's broadcast address,",
                };
                yield return ConfigDiagnostic.Warning(
                    pool.Origin.Of("pool"),
                    $"pool {pool.Range} would give {which} to clients",
                    "leave it out, unless the network is made for it");
            }
        }
    }
}
