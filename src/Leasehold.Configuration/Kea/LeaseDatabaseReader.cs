using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;

namespace Leasehold.Configuration.Kea;

/// <summary>"lease-database".</summary>
internal static class LeaseDatabaseReader
{
    private const string Sql = "only SQL databases use it, and leases are kept in a file";

    /// <summary>Under it a window does nothing, above it clients would ask again before they are answered (RFC 2131 §4.1).</summary>
    private const uint LeastBatchMs = 1, GreatestBatchMs = 1000;

    private const string DurabilityRemedy = "write \"commit\", \"none\" or { \"batch-ms\": 2 }";

    /// <summary>The keys of "durability", where it is a map.</summary>
    private static readonly KeyTable<LeaseDatabaseConfig> DurabilityKeys = new("\"durability\"")
    {
        { "batch-ms", "Milliseconds from one commit to the next at least, 1 to 1000: packets that arrive meanwhile share a sync.", ReadBatchMs },
    };

    /// <summary>The keys of the map.</summary>
    public static readonly KeyTable<LeaseDatabaseConfig> Keys = new("\"lease-database\"")
    {
        { "type", "memfile: in memory and in a CSV file.", ReadType },
        { "name", "The file's path; a name alone stands in the data directory.", static (d, v, r) => d with { Name = r.TextOrNothing(v) } },
        {
            "persist", "False: no file; the leases are gone with the process. Default true.",
            static (d, v, r) => d with { Persist = r.Boolean(v) ?? true }
        },
        {
            "lfc-interval", "Seconds between clean-ups of the file, 0 for never. Default 3600.",
            static (d, v, r) => d with { LfcInterval = r.UInt32(v) ?? 3600 }
        },
        {
            "durability", "What an acknowledgement waits for: \"commit\" (default), \"batch-ms: N\" or { \"batch-ms\": N }, \"none\". See docs/lease-file.md.",
            ReadDurability, DurabilityKeys
        },
        {
            "max-row-errors", "Damaged lines that are skipped before the start is refused, 0 for any number. Not given: none.",
            static (d, v, r) => d with { MaxRowErrors = MaxRowErrors(v, r) }
        },
    };

    static LeaseDatabaseReader()
    {
        foreach (KeyRow<SqlDatabase> row in SqlDatabaseKeys.Table)
        {
            if (row.Key is not ("type" or "name")) Keys.AddWithoutEffect(row.Key, Sql, Nothing.Empty);
        }
    }

    private static LeaseDatabaseConfig ReadType(LeaseDatabaseConfig config, ConfigNode value, Reading reading)
    {
        string? type = reading.Text(value);
        if (type is null or "memfile") return config;
        bool known = type is "mysql" or "postgresql" or "cql";
        reading.Error(
            value.Position,
            known ? $"leases in a database of type {type} are not supported yet" : $"\"{type}\" is not a type of lease database",
            "write \"memfile\": leases are kept in a file, safe against crashes");
        return config;
    }

    private static LeaseDatabaseConfig ReadDurability(LeaseDatabaseConfig config, ConfigNode value, Reading reading)
    {
        const string BatchWord = "batch-ms:";
        if (value is ConfigMap map)
        {
            if (map.Find("batch-ms") is null) reading.Error(value.Position, "this map does not say \"batch-ms\"", DurabilityRemedy);
            return DurabilityKeys.Read(config, map, reading);
        }

        string? text = reading.Text(value);
        if (text is "commit" or null) return config with { Durability = Durability.Commit, BatchMs = 0 };
        if (text is "none") return config with { Durability = Durability.None, BatchMs = 0 };
        if (text.StartsWith(BatchWord, StringComparison.Ordinal))
            return ReadBatchMs(config, new ConfigNumber(value.Position, text[BatchWord.Length..].Trim()), reading);
        reading.Error(value.Position, $"\"{text}\" is not a durability", DurabilityRemedy);
        return config;
    }

    private static LeaseDatabaseConfig ReadBatchMs(LeaseDatabaseConfig config, ConfigNode value, Reading reading) =>
        reading.UInt32(value, LeastBatchMs, GreatestBatchMs) is { } milliseconds
            ? config with { Durability = Durability.Batch, BatchMs = milliseconds }
            : config;

    private static int MaxRowErrors(ConfigNode value, Reading reading) =>
        reading.Integer(value, 0, int.MaxValue) switch
        {
            0 => int.MaxValue,
            { } given => (int)given,
            null => 0,
        };
}

/// <summary>Stands for the record that SQL databases will have.</summary>
internal sealed record SqlDatabase;

/// <summary>The keys of a connection to an SQL database.</summary>
internal static class SqlDatabaseKeys
{
    public static readonly KeyTable<SqlDatabase> Table = Build();

    private static KeyTable<SqlDatabase> Build()
    {
        var table = new KeyTable<SqlDatabase>("a database");
        foreach (string key in (string[])
                 [
                     "type", "name", "host", "port", "user", "password", "readonly", "trust-anchor", "cert-file", "key-file",
                     "cipher-list", "ssl-mode", "reconnect-wait-time", "max-reconnect-tries", "on-fail", "retry-on-startup",
                     "connect-timeout", "read-timeout", "write-timeout", "tcp-user-timeout", "tcp-nodelay",
                     "request-timeout", "contact-points", "keyspace", "consistency", "serial-consistency",
                 ]) table.AddUnsupported(key, "SQL databases are not built in yet");
        return table;
    }
}
