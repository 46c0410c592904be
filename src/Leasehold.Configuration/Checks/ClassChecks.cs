using Leasehold.Configuration.Model;

namespace Leasehold.Configuration.Checks;

/// <summary>Client classes and shared networks: each name once, and known where it is used.</summary>
internal static class ClassChecks
{
    /// <summary>Classes that exist without a definition.</summary>
    private static readonly HashSet<string> BuiltIn = new(StringComparer.Ordinal) { "ALL", "KNOWN", "UNKNOWN", "BOOTP", "DROP", "SKIP_DDNS" };

    /// <summary>Classes with these beginnings are made by what clients send.</summary>
    private static readonly string[] MadeByClients = ["VENDOR_CLASS_", "SPAWN_", "AFTER_", "EXTERNAL_", "HA_"];

    /// <summary>Where a class is named: in a map of the file, by a key of it.</summary>
    private readonly record struct Use(string Name, Origin Origin, string Key);

    public static IEnumerable<ConfigDiagnostic> Run(Dhcp4Config config) => Run(
        config.Classes,
        config.SharedNetworks.Select(network => (network.Name, network.Origin)),
        config.AllSubnets.SelectMany(s => s.Reservations).Concat(config.Reservations).SelectMany(r => r.Classes),
        config.SharedNetworks.SelectMany(network => Of(network.Classes, network.Origin))
            .Concat(config.AllSubnets.SelectMany(s => Of(s.Classes, s.Origin).Concat(s.Pools.SelectMany(p => Of(p.Classes, p.Origin))))));

    public static IEnumerable<ConfigDiagnostic> Run(Dhcp6Config config) => Run(
        config.Classes,
        config.SharedNetworks.Select(network => (network.Name, network.Origin)),
        config.AllSubnets.SelectMany(s => s.Reservations).Concat(config.Reservations).SelectMany(r => r.Classes),
        config.SharedNetworks.SelectMany(network => Of(network.Classes, network.Origin))
            .Concat(config.AllSubnets.SelectMany(s => Of(s.Classes, s.Origin)
                .Concat(s.Pools.SelectMany(p => Of(p.Classes, p.Origin)))
                .Concat(s.PdPools.SelectMany(p => Of(p.Classes, p.Origin))))));

    private static IEnumerable<ConfigDiagnostic> Run(
        IReadOnlyCollection<ClientClass> classes, IEnumerable<(string Name, Origin Origin)> networks, IEnumerable<string> reserved, IEnumerable<Use> uses)
    {
        Dictionary<string, Origin> defined = new(StringComparer.Ordinal);
        foreach (ClientClass found in classes)
        {
            if (!defined.TryAdd(found.Name, found.Origin))
                yield return new(found.Origin.Of("name"), $"class \"{found.Name}\" is defined twice, first at {defined[found.Name].Position}", "join the two");
            if (found.Name is "ALL" or "KNOWN" or "UNKNOWN" or "BOOTP" && found.Test is not null)
                yield return new(found.Origin.Of("test"), $"class {found.Name} is built in, and the server itself says who is in it", "remove the test");
        }

        Dictionary<string, Origin> seen = new(StringComparer.Ordinal);
        foreach ((string name, Origin origin) in networks)
        {
            if (!seen.TryAdd(name, origin))
                yield return new(origin.Of("name"), $"shared network \"{name}\" is defined twice, first at {seen[name].Position}", "give each a name of its own");
        }

        HashSet<string> given = new(reserved, StringComparer.Ordinal);
        foreach (ConfigDiagnostic diagnostic in Members(classes, given)) yield return diagnostic;

        HashSet<string> told = new(StringComparer.Ordinal);
        foreach ((string name, Origin origin, string key) in uses)
        {
            if (defined.ContainsKey(name) || IsMade(name, given) || !told.Add(name)) continue;
            yield return ConfigDiagnostic.Warning(
                origin.Of(key),
                $"no class \"{name}\" is defined, and no reservation gives it, so no client is in it",
                "define it in client-classes, or correct the name");
        }
    }

    /// <summary>Classes are looked at in the order of the file, so an expression can ask only for what stands before it.</summary>
    private static IEnumerable<ConfigDiagnostic> Members(IReadOnlyCollection<ClientClass> classes, HashSet<string> given)
    {
        HashSet<string> before = new(StringComparer.Ordinal);
        foreach (ClientClass found in classes)
        {
            foreach (string name in found.Test?.ClassNames ?? [])
            {
                if (before.Contains(name) || IsMade(name, given)) continue;
                Origin? later = classes.FirstOrDefault(c => c.Name == name)?.Origin;
                yield return new(
                    found.Origin.Of(found.IsTemplate ? "template-test" : "test"),
                    later is null
                        ? $"member('{name}') asks for a class that is not defined"
                        : $"member('{name}') asks for a class that is looked at later, it is defined at {later.Position}",
                    later is null ? "define it before this class, or correct the name" : "write that class before this one");
            }

            before.Add(found.Name);
        }
    }

    private static bool IsMade(string name, HashSet<string> given) =>
        BuiltIn.Contains(name) || given.Contains(name) || MadeByClients.Any(start => name.StartsWith(start, StringComparison.Ordinal));

    private static IEnumerable<Use> Of(ClassRules rules, Origin origin)
    {
        foreach (string name in rules.Only) yield return new(name, origin, origin.Has("client-class") ? "client-class" : "client-classes");
        foreach (string name in rules.Additional)
            yield return new(name, origin, origin.Has("require-client-classes") ? "require-client-classes" : "evaluate-additional-classes");
    }
}
