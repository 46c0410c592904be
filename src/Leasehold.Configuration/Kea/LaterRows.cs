namespace Leasehold.Configuration.Kea;

/// <summary>Keys that are known and do nothing yet, for the levels that share them.</summary>
internal static class LaterRows
{
    private const string OffersInMemory = "an offer is not written to the leases, only an acknowledged address is";
    private const string NoDns = "DNS updates are not built in yet";

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

    private const Level Links = Level.Global | Level.Network | Level.Subnet;
    private const Level LinksAndPools = Links | Level.Pool;

    /// <summary>The rows of a level.</summary>
    public static KeyTable<T> Of<T>(Level level)
    {
        var rows = new KeyTable<T>("");
        if (LinksAndPools.HasFlag(level)) AddDns(rows);
        if (Links.HasFlag(level)) AddLeaseHandling(rows);
        if (level == Level.Class)
        {
            rows.AddWithoutEffect("offer-lifetime", OffersInMemory, Nothing.Zero);
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

    private static void AddDns<T>(KeyTable<T> rows)
    {
        // Without "enable-updates" in dhcp-ddns nothing is sent, so the default of sending asks for nothing either.
        rows.AddUnsupported("ddns-send-updates", NoDns, Nothing.Boolean);
        rows.AddUnsupported("ddns-override-client-update", NoDns, Nothing.False);
        rows.AddUnsupported("ddns-override-no-update", NoDns, Nothing.False);
        rows.AddUnsupported("ddns-replace-client-name", "names are not generated yet", Nothing.Text("never"));
        rows.AddUnsupported("ddns-generated-prefix", "names are not generated yet", Nothing.Text("myhost"));
        rows.AddUnsupported("ddns-qualifying-suffix", "names are not completed yet");
        rows.AddUnsupported("ddns-update-on-renew", NoDns, Nothing.False);
        rows.AddUnsupported("ddns-use-conflict-resolution", NoDns, Nothing.True);
        rows.AddUnsupported("ddns-conflict-resolution-mode", NoDns, Nothing.Text("check-with-dhcid"));
        rows.AddUnsupported("ddns-ttl", NoDns, Nothing.Zero);
        rows.AddUnsupported("ddns-ttl-percent", NoDns, Nothing.Zero);
        rows.AddUnsupported("ddns-ttl-min", NoDns, Nothing.Zero);
        rows.AddUnsupported("ddns-ttl-max", NoDns, Nothing.Zero);
        rows.AddUnsupported("hostname-char-set", "names are not cleaned yet", Nothing.Text("[^A-Za-z0-9.-]"));
        rows.AddUnsupported("hostname-char-replacement", "names are not cleaned yet");
    }

    private static void AddLeaseHandling<T>(KeyTable<T> rows)
    {
        rows.AddWithoutEffect("allocator", "free addresses are taken by one method so far", Nothing.Text("iterative"));
        rows.AddWithoutEffect("offer-lifetime", OffersInMemory, Nothing.Zero);
        rows.AddWithoutEffect("store-extended-info", "relay information is not kept with leases yet", Nothing.False);
        rows.AddWithoutEffect("cache-threshold", "every renewal gets its full time and is written", Nothing.Zero);
        rows.AddWithoutEffect("cache-max-age", "every renewal gets its full time and is written", Nothing.Zero);
        rows.AddUnsupported("adaptive-lease-time-threshold", "lease times do not shrink when pools fill yet", Nothing.One);
    }
}
