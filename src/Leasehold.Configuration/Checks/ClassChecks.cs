using Leasehold.Configuration.Model;

namespace Leasehold.Configuration.Checks;

/// <summary>Client classes and shared networks: each name once, and known where it is used.</summary>
internal static class ClassChecks
{
    /// <summary>Classes that exist without a definition.</summary>
    private static readonly HashSet<string> BuiltIn = new(StringComparer.Ordinal) { "ALL", "KNOWN", "UNKNOWN", "BOOTP", "DROP", "SKIP_DDNS" };

    /// <summary>Classes with these beginnings are made by what clients send.</summary>
    private static readonly string[] MadeByClients = ["VENDOR_CLASS_", "SPAWN_", "AFTER_", "EXTERNAL_", "HA_"];

    public static IEnumerable<ConfigDiagnostic> Run(Dhcp4Config config)
    {
        Dictionary<string, Origin> defined = new(StringComparer.Ordinal);
        foreach (ClientClass4 found in config.Classes)
        {
            if (!defined.TryAdd(found.Name, found.Origin))
                yield return new(found.Origin.Of("name"), $"class \"{found.Name}\" is defined twice, first at {defined[found.Name].Position}", "join the two");
            if (found.Name is "ALL" or "KNOWN" or "UNKNOWN" or "BOOTP" && found.Test is not null)
                yield return new(found.Origin.Of("test"), $"class {found.Name} is built in, and the server itself says who is in it", "remove the test");
        }

        Dictionary<string, SharedNetwork4> networks = new(StringComparer.Ordinal);
        foreach (SharedNetwork4 network in config.SharedNetworks)
        {
            if (!networks.TryAdd(network.Name, network))
                yield return new(network.Origin.Of("name"), $"shared network \"{network.Name}\" is defined twice, first at {networks[network.Name].Origin.Position}", "give each a name of its own");
        }

        HashSet<string> told = new(StringComparer.Ordinal);
        HashSet<string> given = [.. config.AllSubnets.SelectMany(s => s.Reservations).Concat(config.Reservations).SelectMany(r => r.Classes)];
        foreach ((string name, Origin origin, string key) in Uses(config))
        {
            if (defined.ContainsKey(name) || BuiltIn.Contains(name) || given.Contains(name)) continue;
            if (MadeByClients.Any(start => name.StartsWith(start, StringComparison.Ordinal)) || !told.Add(name)) continue;
            yield return ConfigDiagnostic.Warning(
                origin.Of(key),
                $"no class \"{name}\" is defined, and no reservation gives it, so no client is in it",
                "define it in client-classes, or correct the name");
        }
    }

    private static IEnumerable<(string Name, Origin Origin, string Key)> Uses(Dhcp4Config config)
    {
        foreach (SharedNetwork4 network in config.SharedNetworks)
        {
            foreach ((string, Origin, string) use in Of(network.Classes, network.Origin)) yield return use;
        }

        foreach (Subnet4 subnet in config.AllSubnets)
        {
            foreach ((string, Origin, string) use in Of(subnet.Classes, subnet.Origin)) yield return use;
            foreach (Pool4 pool in subnet.Pools)
            {
                foreach ((string, Origin, string) use in Of(pool.Classes, pool.Origin)) yield return use;
            }
        }
    }

    private static IEnumerable<(string Name, Origin Origin, string Key)> Of(ClassRules rules, Origin origin)
    {
        foreach (string name in rules.Only) yield return (name, origin, origin.Has("client-class") ? "client-class" : "client-classes");
        foreach (string name in rules.Additional)
            yield return (name, origin, origin.Has("require-client-classes") ? "require-client-classes" : "evaluate-additional-classes");
    }
}
