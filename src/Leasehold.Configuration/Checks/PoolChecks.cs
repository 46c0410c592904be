using Leasehold.Configuration.Model;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Checks;

/// <summary>Pools: inside their subnets and apart from each other.</summary>
internal static class PoolChecks
{
    public static IEnumerable<ConfigDiagnostic> Run(Dhcp4Config config) => Inside(config).Concat(Apart(config)).Concat(Reserved(config));

    private static IEnumerable<ConfigDiagnostic> Inside(Dhcp4Config config)
    {
        foreach (Subnet4 subnet in config.AllSubnets)
        {
            foreach (Pool4 pool in subnet.Pools)
            {
                if (subnet.Prefix.Contains(pool.Range.First) && subnet.Prefix.Contains(pool.Range.Last)) continue;
                Ipv4 outside = subnet.Prefix.Contains(pool.Range.First) ? pool.Range.Last : pool.Range.First;
                yield return new(
                    pool.Origin.Of("pool"),
                    $"pool {pool.Range}: {outside} is not in subnet {subnet.Prefix}",
                    $"use addresses from {subnet.Prefix.Network} to {subnet.Prefix.Last}");
            }
        }
    }

    private static IEnumerable<ConfigDiagnostic> Apart(Dhcp4Config config)
    {
        (Subnet4 Subnet, Pool4 Pool)? before = null;
        IEnumerable<(Subnet4 Subnet, Pool4 Pool)> pools = config.AllSubnets.SelectMany(s => s.Pools, (s, p) => (Subnet: s, Pool: p))
            .OrderBy(p => p.Pool.Range.First).ThenBy(p => p.Pool.Origin.Position.Line);
        foreach ((Subnet4 Subnet, Pool4 Pool) here in pools)
        {
            if (before is { } earlier && earlier.Pool.Range.Overlaps(here.Pool.Range))
            {
                string where = earlier.Subnet == here.Subnet ? "" : $" of subnet {earlier.Subnet.Prefix}";
                yield return new(
                    here.Pool.Origin.Of("pool"),
                    $"pool {here.Pool.Range} overlaps pool {earlier.Pool.Range}{where} at {earlier.Pool.Origin.Of("pool")}",
                    "make them apart: an address belongs to one pool");
            }

            if (before is null || here.Pool.Range.Last > before.Value.Pool.Range.Last) before = here;
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
