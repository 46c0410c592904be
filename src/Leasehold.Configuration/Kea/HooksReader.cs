using System.Collections.Immutable;
using Leasehold.Configuration.Expressions;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;

namespace Leasehold.Configuration.Kea;

/// <summary>"hooks-libraries": libraries by the file names of the established server, for features that are built in here.</summary>
internal static class HooksReader
{
    /// <summary>The library that gives clients a flex-id.</summary>
    public const string FlexId = "libdhcp_flex_id.so";

    private const string Bootp = "libdhcp_bootp.so";

    /// <summary>Libraries that add control commands or database types only: without them clients get the same.</summary>
    private static readonly ImmutableArray<string> CommandLibraries =
    [
        "libdhcp_lease_cmds.so", "libdhcp_stat_cmds.so", "libdhcp_host_cmds.so", "libdhcp_subnet_cmds.so",
        "libdhcp_class_cmds.so", "libdhcp_cb_cmds.so", "libdhcp_mysql.so", "libdhcp_mysql_cb.so", "libdhcp_pgsql.so", "libdhcp_pgsql_cb.so",
    ];

    private static readonly KeyTable<Dhcp4Config> FlexIdKeys = new("the parameters of " + FlexId)
    {
        {
            "identifier-expression", "What gives a client its flex-id.",
            static (c, v, r) => c with { FlexIdentifierExpression = FlexIdentifier(v, r) }
        },
        {
            "replace-client-id", "Leases are kept by an octet 0 and the flex-id instead of the client identifier; needs match-client-id. Default false.",
            static (c, v, r) => c with { ReplaceClientId = r.Boolean(v) ?? false }
        },
        new KeyRow<Dhcp4Config>("ignore-iaid", KeyStatus.AcceptedNoEffect, "it is about DHCPv6") { AsksForNothing = Nothing.False },
    };

    private static readonly KeyTable<Dhcp4Config> LibraryKeys = new("a hook library")
    {
        { "library", "The library's path; its file name tells the feature.", static (c, v, r) => { r.Text(v); return c; } },
        { "parameters", "The library's parameters.", static (c, v, r) => { r.Map(v); return c; }, new AllParameters() },
    };

    private static readonly Dictionary<string, LibraryReader<Dhcp4Config>> Features = new(StringComparer.Ordinal)
    {
        [FlexId] = FlexIdBy(FlexIdKeys),
        [FlexOptionReader.Library] = FlexOption,
        [Bootp] = static (c, _, _, _) => c with { ServesBootp = true },

        // What is limited stands in user contexts.
        [LimitsReader.Library] = static (c, _, _, _) => c,
        [PingCheckReader.Library] = static (c, _, parameters, r) =>
            c with { Probe = parameters is null ? ProbeParameters.None : PingCheckReader.Keys.Read(ProbeParameters.None, parameters, r) },
    };

    /// <summary>The keys of a library.</summary>
    public static IKeyTable Keys => LibraryKeys;

    /// <summary>The file names of all libraries of the global map, before it is read.</summary>
    public static HashSet<string> Libraries(ConfigMap global)
    {
        IEnumerable<ConfigNode> items = global.Find("hooks-libraries") is ConfigList list ? list.Items : [];
        return [.. items.Select(static item => item is ConfigMap map ? map.Find("library") : item).OfType<ConfigString>().Select(FileOf)];
    }

    /// <summary>Reads the list for a DHCPv4 server.</summary>
    public static Dhcp4Config Read(Dhcp4Config config, ConfigNode value, Reading reading) => Read(config, value, reading, LibraryKeys, Features);

    /// <summary>Reads the list: maps, or plain texts as the first versions had them.</summary>
    /// <param name="libraryKeys">The keys of a library; those of its parameters are only checked by them.</param>
    /// <param name="features">The libraries whose features are built in, by file name.</param>
    public static T Read<T>(
        T config, ConfigNode value, Reading reading, KeyTable<T> libraryKeys, IReadOnlyDictionary<string, LibraryReader<T>> features)
    {
        foreach (ConfigNode item in reading.List(value)?.Items ?? [])
        {
            if (item is ConfigString path)
            {
                config = Library(config, path, parameters: null, reading, features);
                continue;
            }

            if (reading.Map(item) is not { } map) continue;
            libraryKeys.Read(config, map, reading);
            if (map.Find("library") is ConfigString library)
                config = Library(config, library, map.Find("parameters") as ConfigMap, reading, features);
            else if (map.Find("library") is null)
                reading.Error(map.Position, "this hook library has no \"library\"", "add its path");
        }

        return config;
    }

    /// <summary>The reader of libdhcp_flex_id.so.</summary>
    /// <param name="keys">Its parameters.</param>
    public static LibraryReader<T> FlexIdBy<T>(KeyTable<T> keys) => (config, path, parameters, reading) =>
    {
        if (parameters?.Find("identifier-expression") is null)
            reading.Error(
                path.Position,
                $"{FlexId} has no identifier-expression, so no client has a flex-id",
                "add \"parameters\": { \"identifier-expression\": \"…\" }");
        return parameters is null ? config : keys.Read(config, parameters, reading);
    };

    /// <summary>An expression whose octets tell clients apart; null when it is wrong, which is told.</summary>
    public static OctetsExpression? FlexIdentifier(ConfigNode value, Reading reading) =>
        reading.Text(value) is not null && value is ConfigString text ? ExpressionParser.ParseValue(text, reading, reading.Family.Expressions) : null;

    private static string FileOf(ConfigString path) => path.Value[(path.Value.LastIndexOf('/') + 1)..];

    private static T Library<T>(
        T config, ConfigString path, ConfigMap? parameters, Reading reading, IReadOnlyDictionary<string, LibraryReader<T>> features)
    {
        string file = FileOf(path);
        if (features.TryGetValue(file, out LibraryReader<T>? feature)) return feature(config, path, parameters, reading);
        if (CommandLibraries.Contains(file, StringComparer.Ordinal))
            reading.Warning(
                path.Position,
                $"{file} has no effect: there is no control channel and no database yet",
                "nothing needs to be done");
        else
            reading.Error(
                path.Position,
                $"the feature of hook library {file} is not supported yet",
                "remove it, or keep this network on the server it has");
        return config;
    }

    private static Dhcp4Config FlexOption(Dhcp4Config config, ConfigString path, ConfigMap? parameters, Reading reading)
    {
        if (parameters?.Find("options") is null)
            reading.Error(path.Position, $"{FlexOptionReader.Library} has no options, so it does nothing", "add \"parameters\": { \"options\": [ … ] }");
        return parameters is null ? config : FlexOptionReader.Keys.Read(config, parameters, reading);
    }

    /// <summary>The parameters of every library, for the documentation.</summary>
    private sealed class AllParameters : IKeyTable
    {
        public IEnumerable<IKeyRow> Rows => [.. ((IKeyTable)FlexIdKeys).Rows, .. ((IKeyTable)FlexOptionReader.Keys).Rows, .. ((IKeyTable)PingCheckReader.Keys).Rows];
    }
}

/// <summary>Reads what a library is for into a server's configuration.</summary>
/// <param name="path">The library's path, for what is wrong with it.</param>
/// <param name="parameters">Its parameters; null when there are none.</param>
internal delegate T LibraryReader<T>(T config, ConfigString path, ConfigMap? parameters, Reading reading);
