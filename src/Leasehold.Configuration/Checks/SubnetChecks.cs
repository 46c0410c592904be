using Leasehold.Configuration.Model;

namespace Leasehold.Configuration.Checks;

/// <summary>Subnets among each other.</summary>
internal static class SubnetChecks
{
    public static IEnumerable<ConfigDiagnostic> Run(Dhcp4Config config) => Ids(config).Concat(Prefixes(config)).Concat(Service(config));

    private static IEnumerable<ConfigDiagnostic> Ids(Dhcp4Config config)
    {
        Dictionary<uint, Subnet4> seen = [];
        foreach (Subnet4 subnet in config.AllSubnets)
        {
            if (seen.TryAdd(subnet.Id, subnet)) continue;
            yield return new(
                subnet.Origin.Of("id"),
                $"subnet {subnet.Prefix} has id {subnet.Id}, which {seen[subnet.Id].Prefix} at {seen[subnet.Id].Origin.Position} has already; leases are stored by it",
                "give it an id of its own");
        }
    }

    /// <summary>Sorted by their first address, networks that overlap lie inside each other, so a stack of the enclosing ones is enough.</summary>
    private static IEnumerable<ConfigDiagnostic> Prefixes(Dhcp4Config config)
    {
        Stack<Subnet4> around = [];
        foreach (Subnet4 subnet in config.AllSubnets.OrderBy(s => s.Prefix.Network).ThenBy(s => s.Prefix.Length))
        {
            while (around.TryPeek(out Subnet4? outer) && !outer.Prefix.Overlaps(subnet.Prefix)) around.Pop();
            if (around.TryPeek(out Subnet4? found))
            {
                TextPosition first = found.Origin.Of("subnet");
                yield return found.Prefix == subnet.Prefix
                    ? new(subnet.Origin.Of("subnet"), $"subnet {subnet.Prefix} is configured twice, first at {first}", "join the two")
                    : new(
                        subnet.Origin.Of("subnet"),
                        $"subnet {subnet.Prefix} lies inside {found.Prefix} at {first}, so nobody could tell which one a client there is in",
                        "make the networks apart");
            }

            around.Push(subnet);
        }
    }

    private static IEnumerable<ConfigDiagnostic> Service(Dhcp4Config config)
    {
        if (config.Interfaces.Interfaces.IsEmpty)
        {
            yield return ConfigDiagnostic.Warning(
                config.Origin.Of("interfaces-config"),
                "no interface is named, so the server listens nowhere",
                "add \"interfaces-config\": { \"interfaces\": [ \"*\" ] } or the interfaces' names");
        }

        foreach (Subnet4 subnet in config.AllSubnets)
        {
            if (subnet.Interface is not { } name || config.Interfaces.Interfaces.IsEmpty) continue;
            if (config.Interfaces.Interfaces.Any(i => i.Name is null || i.Name == name)) continue;
            yield return ConfigDiagnostic.Warning(
                subnet.Origin.Of("interface"),
                $"subnet {subnet.Prefix} is for interface {name}, where the server does not listen",
                $"add \"{name}\" to interfaces-config, unless only relayed clients are meant");
        }
    }
}
