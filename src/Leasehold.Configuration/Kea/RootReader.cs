using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;

namespace Leasehold.Configuration.Kea;

/// <summary>The outermost map of a file, which may configure several services.</summary>
internal static class RootReader
{
    private static readonly KeyTable<ImmutableArray<LoggerConfig>> LoggingKeys = new("\"Logging\"")
    {
        {
            "loggers", "What is logged where, of all services of the file.",
            static (_, v, r) => LoggersReader.ReadAll(v, r, shared: true),
            LoggersReader.Keys, true
        },
    };

    /// <summary>The keys of the outermost map.</summary>
    public static readonly KeyTable<ConfigMap> Keys = new("the file")
    {
        { "Dhcp4", "The DHCPv4 server.", static (map, _, _) => map, Dhcp4Reader.Keys },
        { "Dhcp6", "The DHCPv6 server.", static (map, _, _) => map, Dhcp6Reader.Keys },
        { "Logging", "Loggers of all services of the file, as the first versions had them.", static (map, _, _) => map, LoggingKeys },
        OtherService("DhcpDdns"),
        OtherService("Control-agent"),
        OtherService("Netconf"),
    };

    private static KeyRow<ConfigMap> OtherService(string name) =>
        new(name, KeyStatus.AcceptedNoEffect, "another service of the same file, which the DHCP servers leave alone");

    /// <summary>Whether the file has a map, of any kind, for a service.</summary>
    public static bool Has(ConfigNode root, Family family) => root is ConfigMap map && map.Find(family.Service) is not null;

    /// <summary>Reads what the outermost map has for a DHCPv4 server; null for nothing.</summary>
    public static Dhcp4Config? Read4(ConfigNode root, Reading reading)
    {
        if (Service(BootExpansion.Expand(root, reading), reading) is not (var map, { } service)) return null;
        Dhcp4Config config = Dhcp4Reader.Read(service, reading);
        return config.Loggers.IsEmpty ? config with { Loggers = SharedLoggers(map, reading) } : Unshared(config, map, reading);
    }

    /// <summary>Reads what the outermost map has for a DHCPv6 server; null for nothing.</summary>
    public static Dhcp6Config? Read6(ConfigNode root, Reading reading)
    {
        if (Service(root, reading) is not (var map, { } service)) return null;
        Dhcp6Config config = Dhcp6Reader.Read(service, reading);
        return config.Loggers.IsEmpty ? config with { Loggers = SharedLoggers(map, reading) } : Unshared(config, map, reading);
    }

    /// <summary>Loggers inside a service's map are the newer form, and meant for it alone; the shared ones are only checked then.</summary>
    private static T Unshared<T>(T config, ConfigMap map, Reading reading)
    {
        SharedLoggers(map, reading);
        return config;
    }

    private static ImmutableArray<LoggerConfig> SharedLoggers(ConfigMap map, Reading reading) =>
        map.Find("Logging") is { } logging && reading.Map(logging) is { } logs ? LoggingKeys.Read([], logs, reading) : [];

    /// <summary>The outermost map and the service's own; null when there is none, which is told.</summary>
    private static (ConfigMap Map, ConfigMap? Service)? Service(ConfigNode root, Reading reading)
    {
        if (reading.Map(root) is not { } map) return null;
        string name = reading.Family.Service;
        bool isAny = Keys.Any(row => row.Status == KeyStatus.Implemented && row.Key != "Logging" && map.Find(row.Key) is not null);
        ConfigNode? service = map.Find(name);
        foreach (ConfigMember member in map.Members)
        {
            if (reading.IsRemark(member) || Keys.Any(row => row.Key == member.Key)) continue;

            // The first versions ignored what they did not know at the top; a misspelt service is still an error, because it is missed.
            if (!isAny) reading.UnknownKey(member, "the file", Keys.Select(row => row.Key));
            else reading.Warning(member.Position, $"\"{member.Key}\" is not a service, it has no effect", "remove it");
        }

        if (service is not null) return reading.Map(service) is { } found ? (map, found) : null;
        reading.Error(map.Position, $"there is no \"{name}\" here, so nothing for a {reading.Family.Protocol} server", $"add \"{name}\": {{ … }}");
        return null;
    }
}
