using System.Collections.Immutable;

namespace Leasehold.Configuration.Text;

/// <summary>The errors and warnings of one reading, in the order they were found until they are asked for.</summary>
internal sealed class Diagnostics
{
    private readonly List<ConfigDiagnostic> found = [];
    private readonly List<string?> files = [];

    /// <summary>How many of them are errors.</summary>
    public int ErrorCount { get; private set; }

    /// <summary>Tells the order of the files in the answer: a file comes where it was first read.</summary>
    public void Entered(string? file)
    {
        if (!files.Contains(file)) files.Add(file);
    }

    /// <summary>What was found so far, to be continued apart from this one.</summary>
    public Diagnostics Copy()
    {
        var copy = new Diagnostics();
        copy.files.AddRange(files);
        foreach (ConfigDiagnostic diagnostic in found) copy.Add(diagnostic);
        return copy;
    }

    public void Error(TextPosition position, string message, string? remedy) => Add(new(position, message, remedy));

    public void Warning(TextPosition position, string message, string? remedy) =>
        Add(ConfigDiagnostic.Warning(position, message, remedy));

    public void Add(ConfigDiagnostic diagnostic)
    {
        found.Add(diagnostic);
        if (!diagnostic.IsWarning) ErrorCount++;
    }

    /// <summary>By file, line and column; what stands at one place keeps the order in which it was found.</summary>
    public ImmutableArray<ConfigDiagnostic> InTextOrder() =>
        [.. found.OrderBy(d => files.IndexOf(d.Position.File)).ThenBy(d => d.Position.Line).ThenBy(d => d.Position.Column).Distinct()];
}
