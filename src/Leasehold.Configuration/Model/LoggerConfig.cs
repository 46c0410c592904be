using System.Collections.Immutable;

namespace Leasehold.Configuration.Model;

/// <summary>A logger by its established name ("kea-dhcp4", "kea-dhcp4.leases", "*"), with its severity and destinations.</summary>
public sealed record LoggerConfig
{
    public required string Name { get; init; }
    public LogSeverity Severity { get; init; } = LogSeverity.Info;

    /// <summary>0 to 99, used when the severity is Debug.</summary>
    public int DebugLevel { get; init; }

    public ImmutableArray<LogOutput> Outputs { get; init; } = [];
}

/// <summary>The severities of the configuration, most talkative first.</summary>
public enum LogSeverity
{
    Debug,
    Info,
    Warn,
    Error,
    Fatal,
    None,
}

/// <summary>One destination of a logger.</summary>
public sealed record LogOutput
{
    /// <summary>"stdout", "stderr", "syslog", "syslog:NAME", or the path of a file.</summary>
    public required string Output { get; init; }

    /// <summary>Each line is written at once.</summary>
    public bool Flush { get; init; } = true;

    /// <summary>Octets after which a file is rotated; below 204800 it never is.</summary>
    public long MaxSize { get; init; } = 10_240_000;

    /// <summary>Rotated files that are kept.</summary>
    public int MaxVersions { get; init; } = 1;

    /// <summary>The line's pattern; null for the default.</summary>
    public string? Pattern { get; init; }
}
