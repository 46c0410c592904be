namespace Leasehold.Configuration.Kea;

/// <summary>Keys that are known and do nothing yet, for the levels that share them.</summary>
internal static class LaterRows
{
    /// <summary>Why keys of DNS updates do nothing.</summary>
    public const string NoDns = "DNS updates are not built in yet";

    /// <summary>Where a map stands.</summary>
    [Flags]
    public enum Level
    {
        Global = 1,
        Network = 2,
        Subnet = 4,
        Pool = 8,
        Class = 16,
    }

    private const Level LinksAndPools = Level.Global | Level.Network | Level.Subnet | Level.Pool;

    /// <summary>The rows of a level.</summary>
    public static KeyTable<T> Of<T>(Level level)
    {
        var rows = new KeyTable<T>("");
        if (LinksAndPools.HasFlag(level)) rows.Add(DnsUpdates<T>());
        if (level == Level.Class)
        {
            foreach (string key in (string[])["ddns-ttl", "ddns-ttl-percent", "ddns-ttl-min", "ddns-ttl-max"]) rows.AddUnsupported(key, NoDns, Nothing.Zero);
        }

        if (level == Level.Subnet)
        {
            rows.AddUnsupported("4o6-interface", "DHCPv4 over DHCPv6 is not built in yet");
            rows.AddUnsupported("4o6-interface-id", "DHCPv4 over DHCPv6 is not built in yet");
            rows.AddUnsupported("4o6-subnet", "DHCPv4 over DHCPv6 is not built in yet");
        }

        return rows;
    }

    /// <summary>The rows of DNS updates, from the global map to pools, of both families.</summary>
    public static KeyTable<T> DnsUpdates<T>()
    {
        var rows = new KeyTable<T>("");
        rows.AddUnsupported("ddns-update-on-renew", NoDns, Nothing.False);
        rows.AddUnsupported("ddns-use-conflict-resolution", NoDns, Nothing.True);
        rows.AddUnsupported("ddns-conflict-resolution-mode", NoDns, Nothing.Text("check-with-dhcid"));
        rows.AddUnsupported("ddns-ttl", NoDns, Nothing.Zero);
        rows.AddUnsupported("ddns-ttl-percent", NoDns, Nothing.Zero);
        rows.AddUnsupported("ddns-ttl-min", NoDns, Nothing.Zero);
        rows.AddUnsupported("ddns-ttl-max", NoDns, Nothing.Zero);
        return rows;
    }
}
