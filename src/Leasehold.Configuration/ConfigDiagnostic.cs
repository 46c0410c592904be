using System.Globalization;

namespace Leasehold.Configuration;

/// <summary>A place in a configuration text.</summary>
/// <param name="File">The file's name as it was given; an included file has its own.</param>
/// <param name="Line">From 1; 0 when there is no place.</param>
/// <param name="Column">From 1, in characters.</param>
public readonly record struct TextPosition(string? File, int Line, int Column)
{
    /// <summary>"file:line:column", or the file alone when there is no place in it.</summary>
    public override string ToString() => Line == 0
        ? File ?? "<configuration>"
        : string.Create(CultureInfo.InvariantCulture, $"{File ?? "<configuration>"}:{Line}:{Column}");
}

/// <summary>Something a person should change or know: where, what, why, and what to do about it.</summary>
/// <param name="Position">The value or key in question.</param>
/// <param name="Message">What and why in one sentence, lower-case, no full stop: "pool 192.0.2.200-192.0.2.300: 192.0.2.300 is not an IPv4 address".</param>
/// <param name="Remedy">What to write instead; null where the message says it all.</param>
public sealed record ConfigDiagnostic(TextPosition Position, string Message, string? Remedy = null)
{
    /// <summary>Warnings do not keep a configuration from being used.</summary>
    public bool IsWarning { get; init; }

    /// <summary>Something to know that does not keep a configuration from being used.</summary>
    public static ConfigDiagnostic Warning(TextPosition position, string message, string? remedy) =>
        new(position, message, remedy) { IsWarning = true };

    /// <summary>"file:line:column: message; remedy", a warning with "warning: " before the message.</summary>
    public override string ToString() =>
        $"{Position}: {(IsWarning ? "warning: " : "")}{Message}{(Remedy is null ? "" : $"; {Remedy}")}";
}

/// <summary>What reading gave: a configuration without errors, or errors.</summary>
/// <param name="Config">Null exactly when there is an error among the diagnostics.</param>
/// <param name="Diagnostics">Errors and warnings in the order of the text.</param>
public sealed record ConfigResult<T>(T? Config, System.Collections.Immutable.ImmutableArray<ConfigDiagnostic> Diagnostics)
    where T : class;
