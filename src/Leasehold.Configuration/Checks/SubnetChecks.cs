using System.Collections.Immutable;
using Leasehold.Configuration.Model;

namespace Leasehold.Configuration.Checks;

/// <summary>Subnets among each other.</summary>
internal static class SubnetChecks
{
    public static IEnumerable<ConfigDiagnostic> Run(Dhcp4Config config) =>
        Run([.. config.AllSubnets.Select(SubnetPlace.Of)], [.. config.Interfaces.Interfaces.Select(i => i.Name)], config.Origin);

    public static IEnumerable<ConfigDiagnostic> Run(Dhcp6Config config) =>
        Run([.. config.AllSubnets.Select(SubnetPlace.Of)], [.. config.Interfaces.Interfaces.Select(i => i.Name)], config.Origin);

    private static IEnumerable<ConfigDiagnostic> Run(ImmutableArray<SubnetPlace> subnets, ImmutableArray<string?> interfaces, Origin origin) =>
        Ids(subnets).Concat(Prefixes(subnets)).Concat(Service(subnets, interfaces, origin));

    private static IEnumerable<ConfigDiagnostic> Ids(ImmutableArray<SubnetPlace> subnets)
    {
        Dictionary<uint, SubnetPlace> seen = [];
        foreach (SubnetPlace subnet in subnets)
        {
            if (seen.TryAdd(subnet.Id, subnet)) continue;
            yield return new(
                subnet.Origin.Of("id"),
                $"subnet {subnet.Text} has id {subnet.Id}, which {seen[subnet.Id].Text} at {seen[subnet.Id].Origin.Position} has already; leases are stored by it",
                "give it an id of its own");
        }
    }

    /// <summary>Sorted by their first address, networks that overlap lie inside each other, so a stack of the enclosing ones is enough.</summary>
    private static IEnumerable<ConfigDiagnostic> Prefixes(ImmutableArray<SubnetPlace> subnets)
    {
        Stack<SubnetPlace> around = [];
        foreach (SubnetPlace subnet in subnets.OrderBy(s => s.First).ThenByDescending(s => s.Last))
        {
            while (around.TryPeek(out SubnetPlace? outer) && !outer.Overlaps(subnet)) around.Pop();
            if (around.TryPeek(out SubnetPlace? found))
            {
                TextPosition first = found.Origin.Of("subnet");
                yield return found.Text == subnet.Text
                    ? new(subnet.Origin.Of("subnet"), $"subnet {subnet.Text} is configured twice, first at {first}", "join the two")
                    : new(
                        subnet.Origin.Of("subnet"),
                        $"subnet {subnet.Text} lies inside {found.Text} at {first}, so nobody could tell which one a client there is in",
                        "make the networks apart");
            }

            around.Push(subnet);
        }
    }

    private static IEnumerable<ConfigDiagnostic> Service(ImmutableArray<SubnetPlace> subnets, ImmutableArray<string?> interfaces, Origin origin)
    {
        if (interfaces.IsEmpty)
        {
            yield return ConfigDiagnostic.Warning(
                origin.Of("interfaces-config"),
                "no interface is named, so the server listens nowhere",
                "add \"interfaces-config\": { \"interfaces\": [ \"*\" ] } or the interfaces' names");
            yield break;
        }

        foreach (SubnetPlace subnet in subnets)
        {
            if (subnet.Interface is not { } name || interfaces.Any(i => i is null || i == name)) continue;
            yield return ConfigDiagnostic.Warning(
                subnet.Origin.Of("interface"),
                $"subnet {subnet.Text} is for interface {name}, where the server does not listen",
                $"add \"{name}\" to interfaces-config, unless only relayed clients are meant");
        }
    }
}
