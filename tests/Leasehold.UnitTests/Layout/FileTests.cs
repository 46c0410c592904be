using System.Text.RegularExpressions;
using Xunit;

namespace Leasehold.UnitTests.Layout;

/// <summary>Rules about files as text: length, line ends, machine paths, hosts, unfinished work.</summary>
public sealed partial class FileTests
{
    private const int MaxLines = 400;

    // Documentation hosts, and the names and addresses that RFC 2606 and RFC 5737 keep for examples.
    [GeneratedRegex(@"^(www\.rfc-editor\.org|www\.iana\.org|learn\.microsoft\.com|docs\.kernel\.org|xunit\.net|localhost|127\.0\.0\.1|\[::1\]|([\w-]+\.)*example(\.(com|org|net))?|192\.0\.2\.\d+|198\.51\.100\.\d+|203\.0\.113\.\d+|\[2001:db8:.*)$")]
    private static partial Regex KnownHost { get; }

    [GeneratedRegex(@"https?://(?<host>[^/\s""'`)>:\]]+)")]
    private static partial Regex Url { get; }

    [GeneratedRegex(@"(?<![\w.*])/(work|root|home)/")]
    private static partial Regex MachinePath { get; }

    [GeneratedRegex(@"\b(TO[D]O|FIX[M]E|HA[C]K|NotImplemented[E]xception)\b")]
    private static partial Regex Unfinished { get; }

    [Fact]
    public void A_source_file_has_at_most_400_lines() => Rule.Holds(
        $"A source file has at most {MaxLines} lines.",
        "a file that a person can hold in the head has one subject; split it by subject (a partial per kind of thing, a file per message).",
        RepositoryFiles.All.Where(IsSource).SelectMany(TooLong));

    [Fact]
    public void Text_files_end_with_a_newline_and_use_lf() => Rule.Holds(
        "A text file has LF line ends and ends with exactly one newline (a golden .txt ends as the program's output does).",
        "diffs show what changed and nothing else.",
        RepositoryFiles.All.Where(file => !file.Path.EndsWith("packages.lock.json", StringComparison.Ordinal)).SelectMany(LineEnds));

    [Fact]
    public void CSharp_is_indented_with_blanks() => Rule.Holds(
        "C# has no tab characters and no blanks at the end of a line.",
        "diagrams of packets and tables of options line up in every viewer.",
        RepositoryFiles.CSharp.SelectMany(Blanks));

    [Fact]
    public void No_path_of_a_developers_machine_is_in_the_tree() => Rule.Holds(
        "No file names a path of one machine (/wo" + "rk/, /ro" + "ot/, /ho" + "me/).",
        "the tree must build and run wherever it is cloned; use a path from the repository's root, or a temporary folder.",
        RepositoryFiles.All.SelectMany(file => Matches(file, MachinePath)));

    [Fact]
    public void No_unknown_host_is_in_the_tree() => Rule.Holds(
        "A URL names a documentation host or an example host.",
        "neither the program nor its tests talk to hosts of other people; for examples use example.org or 192.0.2.0/24, for a new documentation host add it to KnownHost.",
        RepositoryFiles.All.SelectMany(UnknownHosts));

    [Fact]
    public void No_unfinished_work_is_in_the_tree() => Rule.Holds(
        "No TO" + "DO, FIX" + "ME, HA" + "CK or NotImplemented" + "Exception.",
        "what is not supported is refused in words that an administrator reads; what is planned stands in an issue.",
        RepositoryFiles.All.Where(IsSource).SelectMany(file => Matches(file, Unfinished)));

    [Fact]
    public void The_rules_bite()
    {
        Assert.Single(TooLong(new("src/A.cs", string.Concat(Enumerable.Repeat("x\n", MaxLines + 1)))));
        Assert.Empty(TooLong(new("src/A.cs", string.Concat(Enumerable.Repeat("x\n", MaxLines)))));
        Assert.Single(LineEnds(new("a.md", "no newline")));
        Assert.Single(LineEnds(new("a.md", "a\n\n")));
        Assert.Single(LineEnds(new("a.md", "a\r\n")));
        Assert.Empty(LineEnds(new("a.md", "a\n")));
        Assert.Equal(2, Assert.Single(Blanks(new("A.cs", "a\n\tb\n"))).Line);
        Assert.Single(Blanks(new("A.cs", "a \n")));
        Assert.Single(Matches(new("a.sh", "cd /ho" + "me/me\n"), MachinePath));
        Assert.Empty(Matches(new("a.sh", "tests/wo" + "rk/x and */ro" + "ot/\n"), MachinePath));
        Assert.Single(UnknownHosts(new("a.md", "see http:/" + "/192.168.1.1/x\n")));
        Assert.Empty(UnknownHosts(new("a.md", "see http://www.example.org/x and https://192.0.2.1:8000\n")));
        Assert.Equal(3, Assert.Single(Matches(new("A.cs", "\n\n// TO" + "DO: x\n"), Unfinished)).Line);
    }

    // Scripts in the root have no ending.
    private static bool IsSource(SourceFile file) =>
        file.IsIn("src/", "tests/", "bench/", "fuzz/", ".ci/") && Path.GetExtension(file.Path) is ".cs" or ".c" or ".h" or ".sh" or ".py" or ".js" or ".ts" or ""
        || file.Path is "test" or "leasehold";

    private static IEnumerable<Finding> TooLong(SourceFile file)
    {
        int lines = file.Text.AsSpan().TrimEnd('\n').Count('\n') + 1;
        if (lines > MaxLines) yield return new(file.Path, 0, $"{lines} lines");
    }

    private static IEnumerable<Finding> LineEnds(SourceFile file)
    {
        if (file.Text.Length == 0) yield break;
        if (file.Text.Contains('\r')) yield return new(file.Path, 0, "has a carriage return");
        else if (!file.Text.EndsWith('\n')) yield return new(file.Path, 0, "does not end with a newline");
        else if (file.Text.EndsWith("\n\n", StringComparison.Ordinal) && !(file.IsIn("tests/") && file.Path.EndsWith(".txt", StringComparison.Ordinal))) yield return new(file.Path, 0, "ends with an empty line");
    }

    private static IEnumerable<Finding> Blanks(SourceFile file)
    {
        foreach ((int number, string line) in file.Lines)
        {
            if (line.Contains('\t')) yield return new(file.Path, number, "a tab character");
            else if (line.EndsWith(' ')) yield return new(file.Path, number, "a blank at the end of the line");
        }
    }

    private static IEnumerable<Finding> Matches(SourceFile file, Regex pattern)
    {
        foreach ((int number, string line) in file.Lines)
        {
            if (pattern.IsMatch(line)) yield return new(file.Path, number, line.Trim());
        }
    }

    private static IEnumerable<Finding> UnknownHosts(SourceFile file)
    {
        foreach ((int number, string line) in file.Lines)
        {
            foreach (Match match in Url.Matches(line))
            {
                if (!KnownHost.IsMatch(match.Groups["host"].Value)) yield return new(file.Path, number, match.Value);
            }
        }
    }
}
