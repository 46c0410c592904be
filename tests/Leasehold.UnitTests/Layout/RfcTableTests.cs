using System.Text.RegularExpressions;
using Xunit;

namespace Leasehold.UnitTests.Layout;

/// <summary>docs/rfcs.md and the sources say the same, both ways.</summary>
public sealed partial class RfcTableTests
{
    private const string TablePath = "docs/rfcs.md";

    [GeneratedRegex(@"\bRFC (?<number>\d+)\b")]
    private static partial Regex Citation { get; }

    [GeneratedRegex(@"^\| RFC (?<number>\d+) \| (?<title>[^|]+) \| (?<status>[^|]+) \| (?<rooms>[^|]*) \| (?<tests>[^|]*) \|$")]
    private static partial Regex RowLine { get; }

    [GeneratedRegex("^(full|format|partial: .+|later|cited: .+)$")]
    private static partial Regex KnownStatus { get; }

    [Fact]
    public void Every_rfc_that_the_sources_cite_has_a_row() => Rule.Holds(
        $"Every RFC that src/ cites has a row in {TablePath}.",
        "the table is how an administrator learns what is supported and a newcomer where; add the line, and fill in title and status.",
        Missing(RepositoryFiles.All.Where(file => file.IsIn("src/", "tests/")), Rows(RepositoryFiles.Get(TablePath))));

    [Fact]
    public void Every_row_is_true() => Rule.Holds(
        $"In {TablePath} a row's rooms exist and cite the RFC, its tests exist, its status is known, and rows stand in the order of their numbers.",
        "a table that nobody checks says what was true last year.",
        Untrue(RepositoryFiles.Get(TablePath), RepositoryFiles.All));

    [Fact]
    public void The_rules_bite()
    {
        SourceFile[] files = [new("src/A/Server.cs", "// RFC 2131 §4.3\n"), new("src/A/Relay.cs", "// RFC 3046\n"), new("tests/A/Rfc3046.cs", "// RFC 3046\n")];
        SourceFile table = new(TablePath, "| RFC | Title |\n| RFC 2131 | DHCP | full | `src/A/` | `tests/A/` |\n");
        Finding missing = Assert.Single(Missing(files, Rows(table)));
        Assert.Equal("add | RFC 3046 | TITLE | partial: WHAT IS MISSING | `src/A/Relay.cs` | `tests/A/Rfc3046.cs` |", missing.What);
        Assert.Empty(Untrue(table, files));
        foreach ((string row, string what) in ((string, string)[])[
            ("| RFC 2131 | DHCP | nearly | `src/A/` | `tests/A/` |", "status"),
            ("| RFC 2131 | DHCP | full | `src/B/` | `tests/A/` |", "does not exist"),
            ("| RFC 2131 | DHCP | full | `src/A/Relay.cs` | `tests/A/` |", "does not cite"),
            ("| RFC 2131 | DHCP | full | `src/A/` | `tests/B/` |", "does not exist"),
            ("| RFC 2131 | DHCP | full |  | `tests/A/` |", "room"),
            ("| RFC 2131 | DHCP | full | `src/A/` |  |", "test"),
            ("| RFC 2131 | DHCP | later | `src/A/` |  |", "later"),
            ("| RFC 2131 | DHCP | full | `src/A/` |", "five cells"),
            ("| RFC 9999 | X | later |  |  |\n| RFC 2131 | DHCP | full | `src/A/` | `tests/A/` |", "order")])
        {
            Assert.Contains(what, Assert.Single(Untrue(new(TablePath, row + "\n"), files)).What, StringComparison.Ordinal);
        }
    }

    private sealed record Row(int Number, int Line, string Status, string[] Rooms, string[] Tests);

    private static Row[] Rows(SourceFile table) =>
    [
        .. from line in table.Lines
           let match = RowLine.Match(line.Text)
           where match.Success
           select new Row(
               int.Parse(match.Groups["number"].Value), line.Number, match.Groups["status"].Value.Trim(),
               Paths(match.Groups["rooms"].Value), Paths(match.Groups["tests"].Value)),
    ];

    private static string[] Paths(string cell) => [.. Regex.Matches(cell, "`([^`]+)`").Select(match => match.Groups[1].Value)];

    private static IEnumerable<Finding> Missing(IEnumerable<SourceFile> files, Row[] rows)
    {
        ILookup<int, string> cited = files
            .Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(file => Citations(file).Distinct().Select(number => (number, file.Path)))
            .ToLookup(pair => pair.number, pair => pair.Path);
        return from rfc in cited
               where rfc.Any(path => path.StartsWith("src/", StringComparison.Ordinal)) && rows.All(row => row.Number != rfc.Key)
               orderby rfc.Key
               select new Finding(TablePath, 0, $"add | RFC {rfc.Key} | TITLE | partial: WHAT IS MISSING | {Cell(rfc, "src/")} | {Cell(rfc, "tests/")} |");
    }

    private static string Cell(IEnumerable<string> paths, string folder) =>
        string.Join(", ", paths.Where(path => path.StartsWith(folder, StringComparison.Ordinal)).Select(path => $"`{path}`"));

    private static IEnumerable<int> Citations(SourceFile file) => Citation.Matches(file.Text).Select(match => int.Parse(match.Groups["number"].Value));

    private static IEnumerable<Finding> Untrue(SourceFile table, IReadOnlyList<SourceFile> files)
    {
        foreach ((int number, string line) in table.Lines)
        {
            if (line.StartsWith("| RFC ", StringComparison.Ordinal) && line.Length > 6 && char.IsAsciiDigit(line[6]) && !RowLine.IsMatch(line))
            {
                yield return new(table.Path, number, "a row has five cells: RFC, title, status, rooms, tests");
            }
        }

        int last = 0;
        foreach (Row row in Rows(table))
        {
            if (row.Number <= last) yield return new(table.Path, row.Line, $"RFC {row.Number} is out of order or stands twice");
            last = row.Number;
            foreach (string what in Wrong(row, files)) yield return new(table.Path, row.Line, $"RFC {row.Number}: {what}");
        }
    }

    private static IEnumerable<string> Wrong(Row row, IReadOnlyList<SourceFile> files)
    {
        if (!KnownStatus.IsMatch(row.Status))
        {
            yield return $"status '{row.Status}' is none of: full, format, partial: WHAT IS MISSING, cited: WHY, later";
        }

        if (row.Status == "later" && (row.Rooms.Length > 0 || row.Tests.Length > 0)) yield return "what comes later has neither rooms nor tests";
        if (row.Status != "later" && row.Rooms.Length == 0) yield return "names no room";
        if ((row.Status is "full" or "format" || row.Status.StartsWith("partial", StringComparison.Ordinal)) && row.Tests.Length == 0) yield return "names no test";
        foreach (string room in row.Rooms)
        {
            SourceFile[] inRoom = Below(room, files);
            if (inRoom.Length == 0) yield return $"room {room} does not exist";
            else if (!inRoom.Any(file => Citations(file).Contains(row.Number))) yield return $"room {room} does not cite it";
        }

        foreach (string test in row.Tests)
        {
            if (Below(test, files).Length == 0) yield return $"test {test} does not exist";
        }
    }

    private static SourceFile[] Below(string path, IReadOnlyList<SourceFile> files) =>
        [.. files.Where(file => file.Path == path || (path.EndsWith('/') && file.Path.StartsWith(path, StringComparison.Ordinal)))];
}
