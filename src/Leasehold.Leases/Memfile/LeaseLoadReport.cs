namespace Leasehold.Leases.Memfile;

/// <summary>What was found when lease files were read, for the log and for a person.</summary>
public sealed class LeaseLoadReport
{
    /// <summary>How many findings are kept; the rest are counted.</summary>
    public const int MaxFindings = 50;

    private readonly List<LeaseFileFinding> findings = [];
    private readonly List<string> files = [];

    /// <summary>False when the leases must not be served: the findings say why.</summary>
    public bool Succeeded { get; internal set; } = true;

    /// <summary>The files that were read, in their order.</summary>
    public IReadOnlyList<string> Files => files;

    /// <summary>Lines in all files, headers and empty ones not counted.</summary>
    public long Lines { get; internal set; }

    /// <summary>Octets in all files.</summary>
    public long Octets { get; internal set; }

    /// <summary>Lines that could not be read.</summary>
    public long DamagedLines { get; internal set; }

    /// <summary>True when the file was written anew in today's schema, or without what a crash had left.</summary>
    public bool Rewritten { get; internal set; }

    /// <summary>Errors and warnings, at most <see cref="MaxFindings"/>.</summary>
    public IReadOnlyList<LeaseFileFinding> Findings => findings;

    internal void AddFile(string name) => files.Add(name);

    internal void Add(LeaseFileSeverity severity, string file, long line, string text)
    {
        if (findings.Count < MaxFindings) findings.Add(new(severity, file, line, text));
    }
}

/// <summary>One thing found in a lease file.</summary>
/// <param name="File">The file's name without a path.</param>
/// <param name="Line">Counted from 1; 0 where it is about the file.</param>
/// <param name="Text">What, why, and what to do.</param>
public readonly record struct LeaseFileFinding(LeaseFileSeverity Severity, string File, long Line, string Text)
{
    /// <summary>FILE:LINE: text.</summary>
    public override string ToString() => Line == 0 ? $"{File}: {Text}" : $"{File}:{Line}: {Text}";
}

/// <summary>How bad a finding is.</summary>
public enum LeaseFileSeverity : byte
{
    /// <summary>Nothing that was acknowledged is lost.</summary>
    Warning,

    /// <summary>A lease may be lost.</summary>
    Error,
}
