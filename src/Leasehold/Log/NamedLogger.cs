using System.Collections.Immutable;
using System.Text;
using Leasehold.Configuration.Model;
using Microsoft.Extensions.Logging;

namespace Leasehold.Log;

/// <summary>What a logger lets through, and where to. Replaced whole when the configuration changes.</summary>
/// <param name="DebugLevel">Debug messages up to this level pass; -1 for none.</param>
internal sealed record LogRule(LogSeverity Severity, int DebugLevel, ImmutableArray<LogTarget> Targets)
{
    public static readonly LogRule Silent = new(LogSeverity.None, -1, []);
}

/// <summary>A logger with the established server's name for it: kea-dhcp4.leases.</summary>
internal sealed class NamedLogger(string name, LogThread thread) : ILogger
{
    /// <summary>Debug levels of the established server for messages that follow a packet: what was decided (basic).</summary>
    public const int BasicLevel = 40;

    /// <summary>For messages with all details.</summary>
    public const int DetailLevel = 55;

    /// <summary>For packets that are dropped in the ordinary course of the protocol.</summary>
    public const int PacketLevel = 15;

    private readonly byte[] utf8Name = Encoding.UTF8.GetBytes(name);
    private volatile LogRule rule = LogRule.Silent;

    public string Name => name;

    public LogRule Rule
    {
        get => rule;
        set => rule = value;
    }

    public bool IsEnabled(LogSeverity severity, int debugLevel)
    {
        LogRule now = rule;
        return severity >= now.Severity && (severity != LogSeverity.Debug || debugLevel <= now.DebugLevel) && severity != LogSeverity.None;
    }

    public bool IsEnabled(LogLevel logLevel)
    {
        (LogSeverity severity, int debugLevel) = Severity(logLevel);
        return IsEnabled(severity, debugLevel);
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        (LogSeverity severity, int debugLevel) = Severity(logLevel);
        if (!IsEnabled(severity, debugLevel)) return;
        string text = formatter(state, exception);
        if (exception is not null) text = $"{text}: {exception}";
        Write(severity, Encoding.UTF8.GetBytes(eventId.Name ?? ""), Encoding.UTF8.GetBytes(text));
        if (severity == LogSeverity.Fatal) thread.Flush();
    }

    /// <summary>Writes without asking whether the severity is wanted: the packet path asks first, then puts its text together.</summary>
    public void Write(LogSeverity severity, ReadOnlySpan<byte> id, ReadOnlySpan<byte> text)
    {
        LogRule now = rule;
        foreach (LogTarget target in now.Targets)
        {
            if (!target.TryWrite(severity, utf8Name, id, text, out bool wake))
            {
                // Closed by a reload that gave this logger a new rule meanwhile.
                if (!ReferenceEquals(now, rule)) Write(severity, id, text);
                return;
            }

            if (wake) thread.Wake();
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    private static (LogSeverity Severity, int DebugLevel) Severity(LogLevel level) => level switch
    {
        LogLevel.Trace => (LogSeverity.Debug, DetailLevel),
        LogLevel.Debug => (LogSeverity.Debug, BasicLevel),
        LogLevel.Information => (LogSeverity.Info, 0),
        LogLevel.Warning => (LogSeverity.Warn, 0),
        LogLevel.Error => (LogSeverity.Error, 0),
        LogLevel.Critical => (LogSeverity.Fatal, 0),
        _ => (LogSeverity.None, 0),
    };
}
