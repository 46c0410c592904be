using Xunit;

namespace Leasehold.UnitTests.Layout;

/// <summary>A place where a rule of the layout is broken.</summary>
/// <param name="File">The path from the repository's root, with forward slashes.</param>
/// <param name="Line">From 1; 0 when the whole file is meant.</param>
/// <param name="What">What stands there.</param>
internal sealed record Finding(string File, int Line, string What)
{
    public override string ToString() => Line == 0 ? $"{File}: {What}" : $"{File}:{Line}: {What}";
}

/// <summary>Turns findings into one readable failure: where, what, the rule, and why there is such a rule.</summary>
internal static class Rule
{
    public static void Holds(string rule, string why, IEnumerable<Finding> findings)
    {
        string[] lines = [.. findings.Select(finding => finding.ToString()).Order(StringComparer.Ordinal)];
        if (lines.Length == 0) return;
        Assert.Fail($"{rule}\nWhy: {why}\n{string.Join('\n', lines)}");
    }
}
