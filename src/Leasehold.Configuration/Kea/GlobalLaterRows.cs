using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;

namespace Leasehold.Configuration.Kea;

/// <summary>Keys of the global map that are known and do nothing yet.</summary>
internal static class GlobalLaterRows
{
    private const string NoChannel = "there is no control channel yet";
    private const string NoSql = "SQL databases are not built in yet";

    /// <summary>The rows of DHCPv4.</summary>
    public static readonly KeyTable<Dhcp4Config> Rows4 = Build4();

    /// <summary>The rows of DHCPv6.</summary>
    public static readonly KeyTable<Dhcp6Config> Rows6 = Build6();

    private static KeyTable<Dhcp4Config> Build4()
    {
        KeyTable<Dhcp4Config> rows = Of<Dhcp4Config>();
        rows.AddUnsupported("dhcp4o6-port", "DHCPv4 over DHCPv6 is not built in yet", Nothing.Zero);
        return rows;
    }

    private static KeyTable<Dhcp6Config> Build6()
    {
        KeyTable<Dhcp6Config> rows = Of<Dhcp6Config>();
        rows.AddUnsupported("dhcp-ddns", "DNS updates are not built in yet", UpdatesAreOff, DhcpDdnsReader.Keys);
        rows.AddWithoutEffect("sanity-checks", "leases of a file are checked when it is read, in one way", inner: SanityChecksReader.Keys);
        rows.AddWithoutEffect("parked-packet-limit", "no packet is parked yet");
        return rows;
    }

    /// <summary>The rows of both families.</summary>
    private static KeyTable<T> Of<T>()
    {
        var rows = new KeyTable<T>("");
        rows.AddWithoutEffect("control-socket", NoChannel, Nothing.Empty, SocketKeys);
        rows.AddWithoutEffect("control-sockets", NoChannel, Nothing.Empty, SocketKeys, isList: true);
        rows.AddUnsupported("hosts-databases", NoSql, inner: SqlDatabaseKeys.Table, isList: true);
        rows.AddUnsupported("hosts-database", NoSql, inner: SqlDatabaseKeys.Table);
        rows.AddUnsupported("config-control", NoSql, NoDatabases, ConfigControlKeys);
        rows.AddWithoutEffect("server-tag", NoSql, Nothing.Empty);
        rows.AddWithoutEffect("reservations-lookup-first", "reservations and leases are in memory, so their order costs nothing");
        rows.AddWithoutEffect(
            "multi-threading",
            "one thread serves all packets, in batches",
            inner: Names("enable-multi-threading", "thread-pool-size", "packet-queue-size"));
        rows.AddWithoutEffect(
            "dhcp-queue-control",
            "packets are taken in batches from the kernel's own queue",
            inner: Names("enable-queue", "queue-type", "capacity"));
        rows.AddWithoutEffect("statistic-default-sample-count", "statistics keep the last value");
        rows.AddWithoutEffect("statistic-default-sample-age", "statistics keep the last value");
        return rows;
    }

    /// <summary>Stands for records that come with their feature.</summary>
    private sealed record Later;

    private static KeyTable<Later> Names(params ReadOnlySpan<string> keys)
    {
        var table = new KeyTable<Later>("");
        foreach (string key in keys) table.AddWithoutEffect(key, "as the map");
        return table;
    }

    private static KeyTable<Later> Unsupported(string why, params ReadOnlySpan<string> keys)
    {
        var table = new KeyTable<Later>("");
        foreach (string key in keys) table.AddUnsupported(key, why);
        return table;
    }

    private static KeyTable<Later> ConfigControlKeys
    {
        get
        {
            KeyTable<Later> table = Unsupported(NoSql, "config-fetch-wait-time");
            table.AddUnsupported("config-databases", NoSql, inner: SqlDatabaseKeys.Table, isList: true);
            return table;
        }
    }

    private static KeyTable<Later> SocketKeys
    {
        get
        {
            KeyTable<Later> table = Names(
                "socket-type", "socket-name", "socket-address", "socket-port", "trust-anchor", "cert-file", "key-file", "cert-required");
            table.AddWithoutEffect("http-headers", NoChannel, inner: Names("name", "value"), isList: true);
            KeyTable<Later> authentication = Names("type", "realm", "directory");
            authentication.AddWithoutEffect(
                "clients",
                NoChannel,
                inner: Names("user", "password", "user-file", "password-file"),
                isList: true);
            table.AddWithoutEffect("authentication", NoChannel, inner: authentication);
            return table;
        }
    }

    private static bool UpdatesAreOff(ConfigNode value) =>
        value is ConfigMap map && map.Find("enable-updates") is null or ConfigBoolean { Value: false };

    private static bool NoDatabases(ConfigNode value) =>
        value is ConfigMap map && map.Find("config-databases") is null or ConfigList { Items.Length: 0 };
}
