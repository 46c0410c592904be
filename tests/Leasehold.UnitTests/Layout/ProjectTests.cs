using System.Xml.Linq;
using Xunit;

namespace Leasehold.UnitTests.Layout;

/// <summary>Rules about the build's own files: walls between projects, packages, .editorconfig.</summary>
public sealed class ProjectTests
{
    // Which project may know which, and which lists of banned APIs it builds with. A project without a row is a new wall.
    private static readonly Dictionary<string, (string[] Knows, string[] Banned)> Walls = new(StringComparer.Ordinal)
    {
        ["Leasehold.Protocol"] = ([], ["Deterministic", "NoFiles"]),
        ["Leasehold.Configuration"] = (["Leasehold.Protocol"], ["Deterministic"]),
        ["Leasehold.Leases"] = (["Leasehold.Protocol"], ["Deterministic"]),
        ["Leasehold.Engine"] = (["Leasehold.Protocol", "Leasehold.Configuration", "Leasehold.Leases"], ["Deterministic", "NoFiles"]),
        ["Leasehold.Net"] = (["Leasehold.Protocol"], []),
        ["Leasehold.Control"] = (["Leasehold.Protocol", "Leasehold.Configuration", "Leasehold.Leases", "Leasehold.Engine"], []),
        ["Leasehold"] = (["Leasehold.Protocol", "Leasehold.Configuration", "Leasehold.Leases", "Leasehold.Engine", "Leasehold.Net", "Leasehold.Control"], []),
    };

    private static IEnumerable<SourceFile> Projects =>
        RepositoryFiles.All.Where(file => file.IsIn("src/") && file.Path.EndsWith(".csproj", StringComparison.Ordinal));

    [Fact]
    public void A_project_knows_only_what_is_below_its_wall() => Rule.Holds(
        "A project references only the projects below it (docs/architecture.md, \"Walls and rooms\").",
        "an assembly is a wall: the compiler forbids that a parser opens a socket or that the sockets learn DHCP.",
        Projects.SelectMany(References));

    [Fact]
    public void Only_the_executable_uses_packages() => Rule.Holds(
        "PackageReference and FrameworkReference stand in src/Leasehold and src/Leasehold.Control only.",
        "the libraries are the product's own field and can be used by other software without bringing anything along.",
        Projects.Where(file => !file.IsIn("src/Leasehold/", "src/Leasehold.Control/")).SelectMany(Packages));

    [Fact]
    public void Pure_projects_build_with_their_list_of_banned_apis() => Rule.Holds(
        "The project file names its lists: <AdditionalFiles Include=\"../BannedSymbols.NAME.txt\" />.",
        "a clock or a random number in the wrong place is an error at the line that reads it, and not a surprise in a replay.",
        Projects.SelectMany(BannedLists));

    [Fact]
    public void Every_package_version_has_a_reason() => Rule.Holds(
        "Each PackageVersion of Directory.Packages.props has a comment directly above it that says why the package is here.",
        "a dependency is somebody else's code in a program that runs networks; the next person must be able to judge it.",
        PackagesWithoutReason(RepositoryFiles.Get("Directory.Packages.props")));

    [Fact]
    public void Every_analyzer_rule_that_is_off_has_a_reason() => Rule.Holds(
        "In .editorconfig a comment above names each rule with severity 'none' and says why.",
        "the analyzers are colleagues; who sends one home says so.",
        RulesOffWithoutReason(RepositoryFiles.Get(".editorconfig")));

    [Fact]
    public void Editorconfig_is_the_root_one() =>
        Assert.StartsWith("root = true\n", RepositoryFiles.Get(".editorconfig").Text, StringComparison.Ordinal);

    [Fact]
    public void Every_project_is_in_the_solution() => Rule.Holds(
        "Leasehold.slnx lists every project of src/ and tests/.",
        "what is not in the solution is not built by ./test.",
        RepositoryFiles.All
            .Where(file => file.IsIn("src/", "tests/") && file.Path.EndsWith(".csproj", StringComparison.Ordinal))
            .Where(file => !RepositoryFiles.Get("Leasehold.slnx").Text.Contains($"\"{file.Path}\""))
            .Select(file => new Finding(file.Path, 0, "is not in Leasehold.slnx")));

    [Fact]
    public void The_rules_bite()
    {
        SourceFile net = new("src/Leasehold.Net/Leasehold.Net.csproj", "<Project><ItemGroup>\n<ProjectReference Include=\"../Leasehold.Engine/Leasehold.Engine.csproj\" /></ItemGroup></Project>");
        Assert.Equal(2, Assert.Single(References(net)).Line);
        Assert.Single(References(new("src/Leasehold.New/Leasehold.New.csproj", "<Project />")));
        Assert.Single(Packages(new("a.csproj", "<Project><ItemGroup><PackageReference Include=\"X\" /></ItemGroup></Project>")));
        Assert.Equal(2, BannedLists(new("src/Leasehold.Engine/Leasehold.Engine.csproj", "<Project />")).Count());
        Assert.Single(PackagesWithoutReason(new("p", "<Project>\n<!-- For A. -->\n<PackageVersion Include=\"A\" />\n<PackageVersion Include=\"B\" />\n</Project>")));
        Assert.Single(RulesOffWithoutReason(new("e", "# CA1: x.\ndotnet_diagnostic.CA1.severity = none\ndotnet_diagnostic.CA2.severity = none\n")));
        Assert.Empty(RulesOffWithoutReason(new("e", "# CA1, CA2: x\n# and y.\ndotnet_diagnostic.CA1.severity = none\ndotnet_diagnostic.CA2.severity = none\n")));
    }

    private static IEnumerable<Finding> References(SourceFile project)
    {
        string name = Path.GetFileNameWithoutExtension(project.Path);
        if (!Walls.TryGetValue(name, out (string[] Knows, string[] Banned) wall))
        {
            yield return new(project.Path, 0, "a new wall: say in the table of ProjectTests what it may know, and in docs/architecture.md what it is for");
            yield break;
        }

        foreach ((XElement element, string include) in Items(project, "ProjectReference"))
        {
            string known = Path.GetFileNameWithoutExtension(include);
            if (!wall.Knows.Contains(known)) yield return new(project.Path, Line(element), $"{name} must not know {known}");
        }
    }

    private static IEnumerable<Finding> Packages(SourceFile project) =>
        Items(project, "PackageReference").Concat(Items(project, "FrameworkReference"))
            .Select(item => new Finding(project.Path, Line(item.Element), item.Include));

    private static IEnumerable<Finding> BannedLists(SourceFile project)
    {
        string name = Path.GetFileNameWithoutExtension(project.Path);
        string[] found = [.. Items(project, "AdditionalFiles").Select(item => item.Include)];
        foreach (string list in Walls.TryGetValue(name, out (string[] Knows, string[] Banned) wall) ? wall.Banned : [])
        {
            string wanted = $"../BannedSymbols.{list}.txt";
            if (!found.Contains(wanted)) yield return new(project.Path, 0, $"add <AdditionalFiles Include=\"{wanted}\" />");
        }
    }

    private static IEnumerable<Finding> PackagesWithoutReason(SourceFile file)
    {
        string above = "";
        foreach ((int number, string text) in file.Lines)
        {
            string line = text.Trim();
            if ((line.StartsWith("<PackageVersion", StringComparison.Ordinal) || line.StartsWith("<GlobalPackageReference", StringComparison.Ordinal))
                && !above.EndsWith("-->", StringComparison.Ordinal))
            {
                yield return new(file.Path, number, line);
            }

            above = line;
        }
    }

    private static IEnumerable<Finding> RulesOffWithoutReason(SourceFile file)
    {
        string reason = "";
        bool inReason = false;
        foreach ((int number, string line) in file.Lines)
        {
            if (line.StartsWith('#'))
            {
                reason = inReason ? reason + line : line;
                inReason = true;
                continue;
            }

            inReason = false;
            if (!line.StartsWith("dotnet_diagnostic.", StringComparison.Ordinal) || !line.EndsWith("= none", StringComparison.Ordinal)) continue;
            string id = line.Split('.')[1];
            if (!reason.Contains(id)) yield return new(file.Path, number, line);
        }
    }

    private static IEnumerable<(XElement Element, string Include)> Items(SourceFile project, string kind) =>
        from element in XDocument.Parse(project.Text, LoadOptions.SetLineInfo).Descendants(kind)
        select (element, element.Attribute("Include")?.Value ?? "");

    private static int Line(System.Xml.IXmlLineInfo element) => element.LineNumber;
}
