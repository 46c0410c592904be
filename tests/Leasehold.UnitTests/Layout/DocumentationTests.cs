using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Leasehold.Engine;
using Leasehold.Engine.V6;
using Leasehold.Protocol;
using Xunit;

namespace Leasehold.UnitTests.Layout;

/// <summary>Rules about what is written for people: docs of types and reasons, links.</summary>
public sealed partial class DocumentationTests
{
    private static readonly Type[] Reasons = [typeof(DropReason), typeof(NakReason), typeof(DropReason6), typeof(WireErrorKind)];

    [GeneratedRegex(@"(?<!!)\[[^\]\n]*\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link { get; }

    [GeneratedRegex("`(?<path>(src|tests|bench|docs)/[^` ]*)`")]
    private static partial Regex NamedPath { get; }

    [GeneratedRegex(@"^docs/decisions/(?<number>\d{3})-[a-z0-9-]+\.md$")]
    private static partial Regex Decision { get; }

    [Theory]
    [InlineData("Leasehold.Protocol")]
    [InlineData("Leasehold.Configuration")]
    [InlineData("Leasehold.Leases")]
    [InlineData("Leasehold.Engine")]
    [InlineData("Leasehold.Net")]
    public void A_public_type_says_what_it_is(string assembly)
    {
        HashSet<string> documented = Documented(assembly);
        Rule.Holds(
            "Every public type has an XML doc.",
            "the first line that a newcomer reads about a type is in the editor's tooltip. Members whose doc would restate the name need none.",
            from type in Assembly.Load(assembly).GetExportedTypes()
            let id = $"T:{type.FullName?.Replace('+', '.')}"
            where !type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute)) && !documented.Contains(id)
            select new Finding(assembly, 0, $"{type.FullName} has no <summary>"));
    }

    [Fact]
    public void A_reason_says_what_happened() => Rule.Holds(
        "Every value of DropReason, NakReason, DropReason6 and WireErrorKind has an XML doc.",
        "the value is all that an administrator gets to know about a packet that was not answered.",
        from type in Reasons
        from name in Enum.GetNames(type)
        where name != "None" && !Documented(type.Assembly.GetName().Name).Contains($"F:{type.FullName}.{name}")
        select new Finding(type.Assembly.GetName().Name!, 0, $"{type.Name}.{name} has no <summary>"));

    [Fact]
    public void Links_between_documents_lead_somewhere() => Rule.Holds(
        "A relative link in a Markdown file names a file or folder of the repository.",
        "a dead link tells the reader that nobody reads this.",
        RepositoryFiles.All.Where(file => file.Path.EndsWith(".md", StringComparison.Ordinal)).SelectMany(DeadLinks));

    [Fact]
    public void A_path_that_a_document_names_is_there() => Rule.Holds(
        "A path in backquotes in README.md and docs/architecture.md names a file or folder of the repository ('*' stands for a part of a name).",
        "who looks for a rule by the map must find the room.",
        new[] { "README.md", "docs/architecture.md" }.Select(RepositoryFiles.Get).SelectMany(file => DeadPaths(file, RepositoryFiles.All)));

    [Fact]
    public void Every_document_is_in_the_index() => Rule.Holds(
        "docs/README.md links every document of docs/, and docs/decisions/000-index.md every decision.",
        "a page that no other page names is found by nobody.",
        Unlinked("docs/README.md", "docs/", RepositoryFiles.All, except: "docs/decisions/")
            .Concat(Unlinked("docs/decisions/000-index.md", "docs/decisions/", RepositoryFiles.All, except: null)));

    [Fact]
    public void Every_decision_has_a_number_of_its_own() => Rule.Holds(
        "Files of docs/decisions/ are called NNN-a-few-words.md, and no two have the same number.",
        "a decision is cited by its number; take the next free one.",
        Misnumbered(RepositoryFiles.All));

    [Fact]
    public void The_rules_bite()
    {
        SourceFile[] decisions = [new("docs/decisions/001-a.md", ""), new("docs/decisions/001-b.md", ""), new("docs/decisions/c.md", ""), new("docs/decisions/002-d.md", "")];
        Assert.Equal<string[]>(["docs/decisions/001-b.md", "docs/decisions/c.md"], [.. Misnumbered(decisions).Select(finding => finding.File)]);
        Assert.Equal(2, DeadPaths(new("docs/a.md", "`src/A.cs` `src/B.*.cs` `src/` `src/C.cs` `tests/`\n"), [new("src/A.cs", ""), new("src/B.x.cs", "")]).Count());
        SourceFile[] pages = [new("docs/README.md", "[a](a.md)\n"), new("docs/a.md", "a\n"), new("docs/b.md", "b\n"), new("docs/x/c.md", "c\n")];
        Assert.Equal("docs/b.md", Assert.Single(Unlinked("docs/README.md", "docs/", pages, except: "docs/x/")).File);
        Assert.Equal(2, Assert.Single(DeadLinks(new("docs/a.md", "[x](../LICENSE#start)\n[y](no-such.md)\n"))).Line);
        Assert.Empty(DeadLinks(new("docs/a.md", "[x](https://example.org/y) [z](#here)\n```\n[y](no-such.md)\n```\n")));
        Assert.Contains("T:Leasehold.Protocol.WireReader", Documented("Leasehold.Protocol"));
        Assert.DoesNotContain("T:Leasehold.Protocol.NoSuchType", Documented("Leasehold.Protocol"));
    }

    private static IEnumerable<Finding> Misnumbered(IReadOnlyList<SourceFile> files)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach (SourceFile file in files.Where(file => file.IsIn("docs/decisions/")))
        {
            Match match = Decision.Match(file.Path);
            if (!match.Success) yield return new(file.Path, 0, "is not called NNN-a-few-words.md");
            else if (!taken.Add(match.Groups["number"].Value)) yield return new(file.Path, 0, "its number is taken");
        }
    }

    private static IEnumerable<Finding> Unlinked(string index, string folder, IReadOnlyList<SourceFile> files, string? except)
    {
        SourceFile page = files.Single(file => file.Path == index);
        HashSet<string> linked = Links(page)
            .Select(link => Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(index) ?? "", link.Target))[1..])
            .ToHashSet(StringComparer.Ordinal);
        return from file in files
               where file.IsIn(folder) && file.Path.EndsWith(".md", StringComparison.Ordinal) && file.Path != index
               where (except is null || !file.IsIn(except)) && !linked.Contains(file.Path)
               select new Finding(file.Path, 0, $"is not linked from {index}");
    }

    private static HashSet<string> Documented(string? assembly) =>
        XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{assembly}.xml")).Descendants("member")
            .Where(member => !string.IsNullOrWhiteSpace(member.Value) || member.HasElements)
            .Select(member => member.Attribute("name")?.Value ?? "")
            .ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<Finding> DeadLinks(SourceFile file)
    {
        string folder = Path.GetDirectoryName(file.Path) ?? "";
        foreach ((int line, string link, string target) in Links(file))
        {
            if (!RepositoryFiles.Exists(Path.Combine(folder, target))) yield return new(file.Path, line, link);
        }
    }

    private static IEnumerable<Finding> DeadPaths(SourceFile file, IReadOnlyList<SourceFile> files) =>
        from line in file.Lines
        from match in NamedPath.Matches(line.Text)
        let pattern = $"^{Regex.Escape(match.Groups["path"].Value).Replace("\\*", "[^/]+", StringComparison.Ordinal)}(/|$|(?<=/))"
        where !files.Any(other => Regex.IsMatch(other.Path, pattern))
        select new Finding(file.Path, line.Number, match.Value);

    // Relative links outside of code blocks, without the part after '#'.
    private static IEnumerable<(int Line, string Link, string Target)> Links(SourceFile file)
    {
        bool inCode = false;
        foreach ((int number, string line) in file.Lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) inCode = !inCode;
            if (inCode) continue;
            foreach (Match match in Link.Matches(line))
            {
                string target = match.Groups["target"].Value.Split('#')[0];
                if (target.Length == 0 || target.Contains("://") || target.StartsWith("mailto:", StringComparison.Ordinal)) continue;
                yield return (number, match.Value, target);
            }
        }
    }
}
