using System.Text.RegularExpressions;
using Xunit;

namespace Leasehold.UnitTests.Layout;

/// <summary>docs/conformance.md promises nothing that no test shows.</summary>
public sealed partial class ConformanceIndexTests
{
    private const string IndexPath = "docs/conformance.md";

    [GeneratedRegex(@"^## RFC (?<number>\d+)\b")]
    private static partial Regex Heading { get; }

    [GeneratedRegex(@"^\| (?<sections>[^|]*) \| (?<word>[^|]*) \| (?<reading>[^|]*) \| (?<shown>[^|]*) \|$")]
    private static partial Regex RowLine { get; }

    [GeneratedRegex(@"^\d+(\.\d+)*(–\d+(\.\d+)*)?$")]
    private static partial Regex Section { get; }

    [GeneratedRegex("^(MUST|MUST NOT|SHOULD|SHOULD NOT|rule)$")]
    private static partial Regex KnownWord { get; }

    [GeneratedRegex("^(does not apply|deviates|not built): (?<why>.*)$")]
    private static partial Regex Reason { get; }

    [GeneratedRegex(@"`(?<test>[^`]+)`")]
    private static partial Regex Quoted { get; }

    [GeneratedRegex(@"^(public |internal |sealed |abstract |static |partial )*class (?<name>\w+)")]
    private static partial Regex ClassLine { get; }

    [GeneratedRegex(@"^\s*\[(Fact|Theory)\b")]
    private static partial Regex TestAttribute { get; }

    [GeneratedRegex(@"^\s*public (async )?(void|Task|ValueTask) (?<name>\w+)\(")]
    private static partial Regex MethodLine { get; }

    [Fact]
    public void Every_row_has_a_test_that_exists_or_a_reason() => Rule.Holds(
        $"In {IndexPath} each row names tests that exist, or says 'does not apply:', 'deviates:' or 'not built:' and why; sections stand in their order.",
        "who reads that a rule is kept must be able to run what shows it.",
        Untrue(RepositoryFiles.Get(IndexPath), Tests(RepositoryFiles.CSharp.Where(file => file.IsIn("tests/")))));

    [Fact]
    public void The_rules_bite()
    {
        HashSet<string> tests = Tests([new("tests/A.cs", "public class A\n{\n    [Theory]\n    [InlineData(1)]\n    public void B(int i)\n    {\n    }\n\n    public void C()\n    {\n    }\n}\n")]);
        Assert.Equal<string[]>(["A.B"], [.. tests]);
        const string Good = "| 4.3 | MUST | x | `A.B` |";
        Assert.Empty(Untrue(Index(Good), tests));
        Assert.Empty(Untrue(Index("| 3, 4.1–4.10 | SHOULD NOT | x | deviates: y; `A.B` |\n| 4.9 | rule | x | does not apply: z |\n| 4.10 | rule | x | not built: z |"), tests));
        foreach ((string rows, string what) in ((string, string)[])[
            ("| 4.3 | MUST | x | `A.C` |", "A.C is no test"),
            ("| 4.3 | MUST | x | `B` |", "B is no test"),
            ("| 4.3 | MUST | x | yes |", "neither a test nor a reason"),
            ("| 4.3 | MUST | x | deviates: `A.B` |", "without a reason"),
            ("| 4.3 | MUST | x |  |", "neither a test nor a reason"),
            ("| 4.3 | MUST |  | `A.B` |", "says nothing"),
            ("| 4.3 | MAY | x | `A.B` |", "MAY"),
            ("| §4.3 | MUST | x | `A.B` |", "§4.3"),
            ("| 4.3 | MUST | x | y | `A.B` |", "four cells"),
            ("| 4.10 | MUST | x | `A.B` |\n| 4.9 | MUST | x | `A.B` |", "order"),
            (Good + "\n\n## RFC 1\n\n" + Good, "order"),
            (Good + "\n\n## RFC 9999\n", "no row")])
        {
            Assert.Contains(what, Assert.Single(Untrue(Index(rows), tests)).What, StringComparison.Ordinal);
        }

        Assert.Contains("no row", Assert.Single(Untrue(new(IndexPath, "# Conformance\n"), tests)).What, StringComparison.Ordinal);
    }

    private static SourceFile Index(string rows) => new(IndexPath, $"## RFC 2131\n\n| § | word | reading | shown by |\n|---|---|---|---|\n{rows}\n");

    /// <summary>"Class.Method" of every test.</summary>
    private static HashSet<string> Tests(IEnumerable<SourceFile> files)
    {
        HashSet<string> tests = new(StringComparer.Ordinal);
        foreach (SourceFile file in files)
        {
            string name = "";
            bool isTest = false;
            foreach ((_, string line) in file.Lines)
            {
                if (ClassLine.Match(line) is { Success: true } type) name = type.Groups["name"].Value;
                else if (TestAttribute.IsMatch(line)) isTest = true;
                else if (MethodLine.Match(line) is { Success: true } method)
                {
                    if (isTest) tests.Add($"{name}.{method.Groups["name"].Value}");
                    isTest = false;
                }
            }
        }

        return tests;
    }

    private static IEnumerable<Finding> Untrue(SourceFile index, HashSet<string> tests)
    {
        int rfc = 0;
        int rows = 0;
        Version last = new(0, 0);
        foreach ((int number, string line) in index.Lines)
        {
            if (Heading.Match(line) is { Success: true } heading)
            {
                int next = int.Parse(heading.Groups["number"].Value);
                if (next <= rfc) yield return new(index.Path, number, $"RFC {next} is out of order or stands twice");
                if (rfc != 0 && rows == 0) yield return new(index.Path, number, $"RFC {rfc} has no row");
                (rfc, rows, last) = (next, 0, new(0, 0));
                continue;
            }

            if (!line.StartsWith("| ", StringComparison.Ordinal) || line.StartsWith("| § ", StringComparison.Ordinal)) continue;
            rows++;
            Match row = RowLine.Match(line);
            if (!row.Success)
            {
                yield return new(index.Path, number, "a row has four cells: section, word, reading, shown by");
                continue;
            }

            foreach (string what in Wrong(row, tests)) yield return new(index.Path, number, what);
            Version first = First(row.Groups["sections"].Value);
            if (first < last) yield return new(index.Path, number, "is out of the order of the sections");
            last = first;
        }

        if (rows == 0) yield return new(index.Path, 0, $"RFC {rfc} has no row");
    }

    private static IEnumerable<string> Wrong(Match row, HashSet<string> tests)
    {
        foreach (string section in row.Groups["sections"].Value.Split(", "))
        {
            if (!Section.IsMatch(section)) yield return $"'{section}' is no section such as 4.3.1 or 3.5–3.13";
        }

        if (!KnownWord.IsMatch(row.Groups["word"].Value)) yield return $"'{row.Groups["word"].Value}' is none of MUST, MUST NOT, SHOULD, SHOULD NOT, rule";
        if (row.Groups["reading"].Value.Trim().Length == 0) yield return "the reading says nothing";
        string shown = row.Groups["shown"].Value;
        string[] named = [.. Quoted.Matches(shown).Select(match => match.Groups["test"].Value)];
        Match reason = Reason.Match(shown);
        if (named.Length == 0 && !reason.Success) yield return "has neither a test nor a reason ('does not apply:', 'deviates:', 'not built:')";
        if (reason.Success && Quoted.Replace(reason.Groups["why"].Value, "").Trim(' ', ',', ';').Length == 0) yield return "a word without a reason after it";
        foreach (string test in named)
        {
            if (!tests.Contains(test)) yield return $"{test} is no test";
        }
    }

    /// <summary>The first section of a cell, to be compared; 0.0 for what is none.</summary>
    private static Version First(string sections)
    {
        string[] parts = [.. sections.Split(',', '–')[0].Trim().Split('.'), "0", "0", "0"];
        return Version.TryParse(string.Join('.', parts[..4]), out Version? version) ? version : new(0, 0);
    }
}
