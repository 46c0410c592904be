using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;

namespace Leasehold.Configuration.Kea;

/// <summary>"loggers": inside a service's map, and inside the older "Logging" that all services of a file share.</summary>
internal static class LoggersReader
{
    /// <summary>The smallest size at which a file is rotated; a smaller limit means no rotation.</summary>
    public const long LeastMaxSize = 204_800;

    /// <summary>The keys of a destination.</summary>
    private static readonly KeyTable<LogOutput> OutputKeys = new("an output of a logger")
    {
        {
            "output", "stdout, stderr, syslog, syslog:NAME, or a file's path.",
            static (o, v, r) => o with { Output = r.TextOrNothing(v) ?? o.Output }
        },
        {
            "destination", "console, file or syslog, of older files; what \"output\" names decides.",
            static (o, v, r) => Destination(o, v, r)
        },
        { "flush", "Every line is written at once. Default true.", static (o, v, r) => o with { Flush = r.Boolean(v) ?? true } },
        {
            "maxsize", "Octets after which a file is rotated, below 204800 never. Default 10240000.",
            static (o, v, r) => o with { MaxSize = MaxSize(v, r) }
        },
        {
            "maxver", "Rotated files that are kept. Default 1.",
            static (o, v, r) => o with { MaxVersions = (int?)r.Integer(v, 0, 10_000) ?? 1 }
        },
        { "pattern", "The form of a line.", static (o, v, r) => o with { Pattern = r.TextOrNothing(v) } },
    };

    /// <summary>The keys of a logger.</summary>
    public static readonly KeyTable<LoggerConfig> Keys = new("a logger")
    {
        { "name", "kea-dhcp4 (kea-dhcp6), the same with .COMPONENT, or * for all.", static (l, v, r) => l with { Name = r.TextOrNothing(v) ?? l.Name } },
        { "severity", "DEBUG, INFO, WARN, ERROR, FATAL or NONE. Default INFO.", static (l, v, r) => l with { Severity = Severity(v, r) } },
        {
            "debuglevel", "0 to 99, with severity DEBUG. Default 0.",
            static (l, v, r) => l with { DebugLevel = (int?)r.Integer(v, 0, 99) ?? 0 }
        },
        { "output-options", "Destinations.", static (l, v, r) => l with { Outputs = r.Records(v, ReadOutput) }, OutputKeys, true },
        {
            "output_options", "Destinations, as older files spell it.",
            static (l, v, r) => l with { Outputs = r.Records(v, ReadOutput) },
            OutputKeys, true
        },
    };

    /// <summary>Reads a list of loggers; those of other services are left out.</summary>
    /// <param name="shared">True for "Logging", where loggers of other services are nothing to warn of.</param>
    public static ImmutableArray<LoggerConfig> ReadAll(ConfigNode value, Reading reading, bool shared)
    {
        string root = reading.Family.Logger;
        var loggers = ImmutableArray.CreateBuilder<LoggerConfig>();
        foreach (ConfigMap map in reading.Maps(value))
        {
            LoggerConfig logger = Keys.Read(new LoggerConfig { Name = "" }, map, reading);
            if (map.Find("output-options") is not null && map.Find("output_options") is { } twice)
                reading.Error(twice.Position, "output_options and output-options say the same thing twice", "keep output-options");
            if (map.Find("name") is not { } name)
                reading.Error(map.Position, "this logger has no \"name\"", $"add \"name\": \"{root}\"");
            else if (logger.Name is "*" || logger.Name == root || logger.Name.StartsWith(root + ".", StringComparison.Ordinal))
                Add(loggers, logger, name, reading);
            else if (!shared && name is ConfigString { Value: var given })
                reading.Warning(
                    name.Position,
                    $"logger {given} is none of this server's, it has no effect",
                    $"write {root} or {root}.COMPONENT");
        }

        return loggers.DrainToImmutable();
    }

    private static void Add(ImmutableArray<LoggerConfig>.Builder loggers, LoggerConfig logger, ConfigNode name, Reading reading)
    {
        if (loggers.Any(l => l.Name == logger.Name))
            reading.Error(name.Position, $"logger {logger.Name} is configured twice", "join the two");
        else
            loggers.Add(logger);
    }

    private static LogOutput? ReadOutput(ConfigMap map, Reading reading)
    {
        LogOutput output = OutputKeys.Read(new LogOutput { Output = "" }, map, reading);
        if (output.Output.Length > 0) return output;
        if (map.Find("output") is null or ConfigString)
            reading.Error(map.Position, "this output does not say where lines go", "add \"output\": \"stdout\" or a file's path");
        return null;
    }

    private static LogSeverity Severity(ConfigNode value, Reading reading)
    {
        if (reading.Text(value) is not { } text) return LogSeverity.Info;
        return reading.OneOf(
            new ConfigString(value.Position, text.ToUpperInvariant()),
            ("DEBUG", LogSeverity.Debug),
            ("INFO", LogSeverity.Info),
            ("WARN", LogSeverity.Warn),
            ("ERROR", LogSeverity.Error),
            ("FATAL", LogSeverity.Fatal),
            ("NONE", LogSeverity.None)) ?? LogSeverity.Info;
    }

    private static LogOutput Destination(LogOutput output, ConfigNode value, Reading reading)
    {
        _ = reading.OneOf(value, ("console", 0), ("file", 0), ("syslog", 0));
        return output;
    }

    private static long MaxSize(ConfigNode value, Reading reading)
    {
        long size = reading.Integer(value, 0, long.MaxValue) ?? 0;
        if (size is > 0 and < LeastMaxSize)
            reading.Warning(
                value.Position,
                $"a file is rotated at {LeastMaxSize} octets or more, so with {size} it never is",
                $"write {LeastMaxSize} or more, or 0");
        return size;
    }
}
