using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;

namespace Leasehold.Configuration.Kea;

/// <summary>The outermost map of a file, which may configure several services.</summary>
internal static class RootReader
{
    private static readonly KeyTable<Dhcp4Config> LoggingKeys = new("\"Logging\"")
    {
        {
            "loggers", "What is logged where, of all services of the file.",
            static (c, v, r) => c with { Loggers = LoggersReader.ReadAll(v, r, shared: true) },
            LoggersReader.Keys, true
        },
    };

    /// <summary>The keys of the outermost map.</summary>
    public static readonly KeyTable<Dhcp4Config> Keys = new("the file")
    {
        { "Dhcp4", "The DHCPv4 server.", static (c, v, r) => r.Map(v) is { } map ? Dhcp4Reader.Read(map, r) : c, Dhcp4Reader.Keys },
        { "Logging", "Loggers of all services of the file, as the first versions had them.", static (c, v, r) => c, LoggingKeys },
        OtherService("Dhcp6"),
        OtherService("DhcpDdns"),
        OtherService("Control-agent"),
        OtherService("Netconf"),
    };

    private static KeyRow<Dhcp4Config> OtherService(string name) =>
        new(name, KeyStatus.AcceptedNoEffect, "another service of the same file, which the DHCPv4 server leaves alone");

    /// <summary>Reads the outermost map; null when it has nothing for a DHCPv4 server.</summary>
    public static Dhcp4Config? Read(ConfigNode root, Reading reading)
    {
        if (reading.Map(root) is not { } map) return null;
        ConfigNode? service = map.Find("Dhcp4");
        foreach (ConfigMember member in map.Members)
        {
            if (reading.IsRemark(member) || Keys.Any(row => row.Key == member.Key)) continue;

            // The first versions ignored what they did not know at the top; a misspelt Dhcp4 is still an error, because it is missed.
            if (service is null) reading.UnknownKey(member, "the file", Keys.Select(row => row.Key));
            else reading.Warning(member.Position, $"\"{member.Key}\" is not a service, it has no effect", "remove it");
        }

        if (service is null)
        {
            reading.Error(map.Position, "there is no \"Dhcp4\" here, so nothing for a DHCPv4 server", "add \"Dhcp4\": { … }");
            return null;
        }

        if (reading.Map(service) is not { } dhcp4) return null;
        Dhcp4Config config = Dhcp4Reader.Read(dhcp4, reading);
        if (map.Find("Logging") is not { } logging || reading.Map(logging) is not { } logs) return config;
        Dhcp4Config shared = LoggingKeys.Read(config, logs, reading);

        // Loggers inside Dhcp4 are the newer form, and meant for this server alone.
        return config.Loggers.IsEmpty ? shared : config;
    }
}
