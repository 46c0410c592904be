using System.Collections.Immutable;
using Leasehold.Configuration.Model;

namespace Leasehold.Log;

/// <summary>All loggers by name, and what the configuration says about them.</summary>
/// <remarks>
/// Names are a hierarchy: what is said about kea-dhcp4 holds for kea-dhcp4.leases unless that is named itself; "*" is above all.
/// Who names no destination uses that of the next name above.
/// </remarks>
internal sealed class LogTree : IDisposable
{
    private static readonly LogOutput StandardOutput = new() { Output = "stdout" };

    private readonly Dictionary<string, NamedLogger> loggers = new(StringComparer.Ordinal);
    private readonly LogThread thread;
    private readonly LogOutput defaultOutput;
    private readonly TimeProvider time;
    private readonly bool verbose;

    // The root of the established server's loggers, and how its lines begin: kea-dhcp4. The other name is ours for it.
    private readonly string root;
    private readonly string ownRoot;
    private Func<string, LogRule> rules = static _ => LogRule.Silent;

    /// <summary>Loggers that write INFO and worse to the default destination until <see cref="Use"/> says otherwise.</summary>
    /// <param name="destination">stdout, stderr, syslog, syslog:FACILITY or a file; null for standard output.</param>
    /// <param name="verbose">Everything, to standard output, whatever the configuration says (the switch -d).</param>
    /// <param name="service">"dhcp4" or "dhcp6".</param>
    public LogTree(string? destination, bool verbose, TimeProvider time, string service = "dhcp4")
    {
        root = $"kea-{service}";
        ownRoot = $"leasehold-{service}";
        this.verbose = verbose;
        this.time = time;
        defaultOutput = new() { Output = destination ?? "stdout" };
        thread = new(static failure => Console.Error.WriteLine($"leasehold: the log cannot be written: {failure}"));
        Use([]);
    }

    /// <summary>The environment's word on where to log before, and without, a configuration; null for none.</summary>
    public static string? DestinationFromEnvironment() =>
        Environment.GetEnvironmentVariable("LEASEHOLD_LOGGER_DESTINATION") is { Length: > 0 } own ? own
        : Environment.GetEnvironmentVariable("KEA_LOGGER_DESTINATION") is { Length: > 0 } established ? established
        : null;

    /// <summary>The logger of a component: "leases" is kea-dhcp4.leases.</summary>
    public NamedLogger Get(string component)
    {
        string name = $"{root}.{component}";
        lock (loggers)
        {
            if (loggers.TryGetValue(name, out NamedLogger? known)) return known;
            NamedLogger logger = new(name, thread) { Rule = rules(name) };
            loggers.Add(name, logger);
            return logger;
        }
    }

    /// <summary>Goes over to another configuration. Files are opened anew, so that one which was moved away is let go.</summary>
    public void Use(ImmutableArray<LoggerConfig> configured)
    {
        Dictionary<string, LoggerConfig> named = new(StringComparer.Ordinal);
        foreach (LoggerConfig logger in configured) named[Canonical(logger.Name)] = logger;
        Dictionary<LogOutput, LogTarget> targets = [];
        Dictionary<string, ILogSink> sinks = new(StringComparer.Ordinal);

        lock (loggers)
        {
            Target(defaultOutput, targets, sinks);
            if (verbose) Target(StandardOutput, targets, sinks);
            foreach (LogOutput output in named.Values.SelectMany(static l => l.Outputs)) Target(output, targets, sinks);
            rules = name => Rule(name, named, targets, sinks);
            foreach (NamedLogger logger in loggers.Values) logger.Rule = rules(logger.Name);
            thread.Use([.. targets.Values]);
        }
    }

    /// <summary>Returns when what was logged so far is written, or after two seconds.</summary>
    public void Flush() => thread.Flush();

    public void Dispose() => thread.Dispose();

    private string Canonical(string name) =>
        name == ownRoot || name.StartsWith($"{ownRoot}.", StringComparison.Ordinal) ? string.Concat(root, name.AsSpan(ownRoot.Length)) : name;

    private static IEnumerable<LoggerConfig> MostSpecificFirst(string name, Dictionary<string, LoggerConfig> named)
    {
        for (string rest = name; ; rest = rest[..rest.LastIndexOf('.')])
        {
            if (named.TryGetValue(rest, out LoggerConfig? found)) yield return found;
            if (!rest.Contains('.', StringComparison.Ordinal)) break;
        }

        if (named.TryGetValue("*", out LoggerConfig? all)) yield return all;
    }

    private LogRule Rule(string name, Dictionary<string, LoggerConfig> named, Dictionary<LogOutput, LogTarget> targets, Dictionary<string, ILogSink> sinks)
    {
        LoggerConfig? says = MostSpecificFirst(name, named).FirstOrDefault();
        IEnumerable<LogOutput> outputs = MostSpecificFirst(name, named).FirstOrDefault(static l => !l.Outputs.IsEmpty)?.Outputs ?? [defaultOutput];
        if (verbose) outputs = outputs.Where(static o => o.Output != StandardOutput.Output).Prepend(StandardOutput);
        ImmutableArray<LogTarget> to = [.. outputs.Select(o => Target(o, targets, sinks)).Distinct()];
        if (verbose) return new(LogSeverity.Debug, 99, to);
        return says is null ? new(LogSeverity.Info, -1, to) : new(says.Severity, says.DebugLevel, to);
    }

    private LogTarget Target(LogOutput output, Dictionary<LogOutput, LogTarget> targets, Dictionary<string, ILogSink> sinks)
    {
        if (targets.TryGetValue(output, out LogTarget? known)) return known;

        // One sink a place, however many patterns: two that rename the same file would be in each other's way.
        if (!sinks.TryGetValue(output.Output, out ILogSink? sink))
        {
            sink = Sink(output);
            sinks.Add(output.Output, sink);
        }

        LogPattern pattern = LogPattern.Parse(output.Pattern ?? (sink is SyslogSink ? LogPattern.Syslog : LogPattern.Default), Environment.ProcessId);
        LogTarget target = new(sink, pattern, time, root);
        targets.Add(output, target);
        return target;
    }

    private ILogSink Sink(LogOutput output) => output.Output switch
    {
        "stdout" => new ConsoleSink(error: false),
        "stderr" => new ConsoleSink(error: true),
        "syslog" => new SyslogSink(SyslogSink.SocketPath, SyslogSink.Local0, root, Environment.ProcessId, time),
        ['s', 'y', 's', 'l', 'o', 'g', ':', .. var name] => SyslogSink.Facility(name) is { } facility
            ? new SyslogSink(SyslogSink.SocketPath, facility, root, Environment.ProcessId, time)
            : new SyslogSink(SyslogSink.SocketPath, SyslogSink.Local0, name, Environment.ProcessId, time),
        var path => new FileSink(path, output.MaxSize, output.MaxVersions),
    };
}
