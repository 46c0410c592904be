using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;

namespace Leasehold.Configuration.Kea;

/// <summary>The map "dhcp-ddns": the connection to a DNS updater, and in older files the rules for names.</summary>
internal static class DhcpDdnsReader
{
    private const string NoUpdates = "updates are off, so nothing is sent to the updater";

    /// <summary>The keys of the map.</summary>
    public static readonly KeyTable<NameParameters> Keys = Build();

    /// <summary>Puts what the map says of names below what the level itself says.</summary>
    public static Dhcp4Config Read(Dhcp4Config config, ConfigNode value, Reading reading)
    {
        if (reading.Map(value) is not { } map) return config;
        NameParameters older = Keys.Read(NameParameters.None, map, reading);
        return config with { Parameters = config.Parameters with { Names = config.Parameters.Names.Over(older) } };
    }

    private static KeyTable<NameParameters> Build()
    {
        KeyTable<NameParameters> rows = new("\"dhcp-ddns\"") { NameRows.InsideDhcpDdns() };
        rows.AddUnsupported("enable-updates", "DNS updates are not built in yet", Nothing.False);
        rows.AddWithoutEffect("always-include-fqdn", "option 81 is sent to clients that send it", Nothing.False);
        foreach (string key in (string[])["server-ip", "server-port", "sender-ip", "sender-port", "max-queue-size", "ncr-protocol", "ncr-format"])
            rows.AddWithoutEffect(key, NoUpdates, static _ => true);
        return rows;
    }
}
