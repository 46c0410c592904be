using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;

namespace Leasehold.Configuration.Kea;

/// <summary>Keys of the global map that are known and do nothing yet.</summary>
internal static class GlobalLaterRows
{
    private const string NoChannel = "there is no control channel yet";
    private const string NoSql = "SQL databases are not built in yet";

    /// <summary>The rows.</summary>
    public static readonly KeyTable<Dhcp4Config> Rows = Build();

    private static KeyTable<Dhcp4Config> Build()
    {
        var rows = new KeyTable<Dhcp4Config>("");
        rows.Add(new KeyRow<Dhcp4Config>("client-classes", KeyStatus.AcceptedNoEffect, "client classes are not evaluated yet")
        {
            Read = ClassDefinitions,
            Inner = ClassKeys,
            IsList = true,
        });
        rows.AddUnsupported("shared-networks", "several subnets on one link are not built in yet", inner: NetworkKeys, isList: true);
        rows.AddUnsupported("dhcp-ddns", "DNS updates are not built in yet", UpdatesAreOff, DdnsKeys);
        rows.AddWithoutEffect("control-socket", NoChannel, Nothing.Empty, SocketKeys);
        rows.AddWithoutEffect("control-sockets", NoChannel, Nothing.Empty, SocketKeys, isList: true);
        rows.AddUnsupported("hosts-databases", NoSql, inner: SqlDatabaseKeys.Table, isList: true);
        rows.AddUnsupported("hosts-database", NoSql, inner: SqlDatabaseKeys.Table);
        rows.AddUnsupported("config-control", NoSql, NoDatabases, ConfigControlKeys);
        rows.AddWithoutEffect("server-tag", NoSql, Nothing.Empty);
        rows.AddUnsupported("dhcp4o6-port", "DHCPv4 over DHCPv6 is not built in yet", Nothing.Zero);
        rows.AddUnsupported(
            "early-global-reservations-lookup",
            "global reservations are looked up after the subnet is chosen",
            Nothing.False);
        rows.AddUnsupported("ip-reservations-unique", "an address can be reserved for one client only", Nothing.True);
        rows.AddUnsupported("stash-agent-options", "relay information is not kept between messages yet", Nothing.False);
        rows.AddUnsupported("compatibility", "the exceptions from the RFCs are not built in yet", AllFalse, CompatibilityKeys);
        rows.AddWithoutEffect("reservations-lookup-first", "reservations and leases are in memory, so their order costs nothing");
        rows.AddWithoutEffect(
            "multi-threading",
            "one thread serves all packets, in batches",
            inner: Names("enable-multi-threading", "thread-pool-size", "packet-queue-size"));
        rows.AddWithoutEffect(
            "dhcp-queue-control",
            "packets are taken in batches from the kernel's own queue",
            inner: Names("enable-queue", "queue-type", "capacity"));
        rows.AddWithoutEffect(
            "sanity-checks",
            "leases of a file are checked when it is read, in one way",
            inner: Names("lease-checks", "extended-info-checks"));
        rows.AddWithoutEffect("parked-packet-limit", "no packet is parked yet");
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

    private static KeyTable<Later> CompatibilityKeys =>
        Unsupported("see the map", "ignore-dhcp-server-identifier", "ignore-rai-link-selection", "lenient-option-parsing", "exclude-first-last-24");

    private static KeyTable<Later> DdnsKeys => Unsupported(
        "see the map",
        "enable-updates", "server-ip", "server-port", "sender-ip", "sender-port", "max-queue-size", "ncr-protocol", "ncr-format", "always-include-fqdn",
        "override-no-update", "override-client-update", "replace-client-name", "generated-prefix", "qualifying-suffix",
        "hostname-char-set", "hostname-char-replacement");

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

    private static KeyTable<Later> ClassKeys
    {
        get
        {
            KeyTable<Later> table = Names(
                "name", "test", "template-test", "only-if-required", "only-in-additional-list", "next-server", "server-hostname", "boot-file-name",
                "valid-lifetime", "min-valid-lifetime", "max-valid-lifetime", "offer-lifetime", "ddns-ttl-percent", "ddns-ttl", "ddns-ttl-min", "ddns-ttl-max");
            table.AddWithoutEffect("option-data", "as the map", inner: OptionDataReader.Keys, isList: true);
            table.AddWithoutEffect("option-def", "as the map", inner: OptionDefReader.Keys, isList: true);
            return table;
        }
    }

    private static KeyTable<Later> NetworkKeys
    {
        get
        {
            KeyTable<Later> table = Unsupported("shared networks are not built in yet", "name", "interface");
            table.AddUnsupported("relay", "see the map", inner: Subnet4Reader.RelayKeys);
            table.AddUnsupported("option-data", "see the map", inner: OptionDataReader.Keys, isList: true);
            table.AddUnsupported("subnet4", "see the map", inner: Subnet4Reader.Keys, isList: true);
            foreach (KeyRow<Dhcp4Config> row in ParameterRows.In<Dhcp4Config>(static c => c.Parameters, static (c, _) => c)) table.AddUnsupported(row.Key, row.Note);
            table.Add(LaterRows.Of<Later>(LaterRows.Level.Network));
            return table;
        }
    }

    /// <summary>
    /// A class by itself adds to what its clients get, so a file with one can be served, and the warning names what they miss.
    /// Where classes keep clients out (DROP, and every guard of a subnet or pool) the configuration is refused.
    /// </summary>
    private static Dhcp4Config ClassDefinitions(Dhcp4Config config, ConfigNode value, Reading reading)
    {
        foreach (ConfigMap map in reading.Maps(value))
        {
            string name = map.Find("name") is ConfigString text ? text.Value : "";
            if (map.Find("name") is null) reading.Error(map.Position, "this client class has no \"name\"", "add it");
            if (name is "DROP")
            {
                reading.Error(
                    map.Position,
                    "class DROP keeps clients out, and client classes are not evaluated yet",
                    "remove it, or keep this network on the server it has");
                continue;
            }

            string[] missed = [.. map.Members.Select(m => m.Key).Where(GivesSomething)];
            reading.Warning(
                map.Position,
                $"client class \"{name}\" has no effect: client classes are not evaluated yet{(missed.Length == 0 ? "" : $", so its clients do not get its {string.Join(", ", missed)}")}",
                "give what they need in a reservation, or keep them on the server they have");
        }

        reading.CheckKeys(Rows["client-classes"], value);
        return config;
    }

    /// <summary>False for the keys of a class that only tell which clients are in it.</summary>
    private static bool GivesSomething(string key) =>
        key is not ("name" or "test" or "template-test" or "comment" or "user-context" or "only-if-required" or "only-in-additional-list");

    private static bool UpdatesAreOff(ConfigNode value) =>
        value is ConfigMap map && map.Find("enable-updates") is null or ConfigBoolean { Value: false };

    private static bool NoDatabases(ConfigNode value) =>
        value is ConfigMap map && map.Find("config-databases") is null or ConfigList { Items.Length: 0 };

    private static bool AllFalse(ConfigNode value) => value is ConfigMap map && map.Members.All(m => Nothing.False(m.Value));
}
