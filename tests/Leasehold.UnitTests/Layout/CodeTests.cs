using System.Text.RegularExpressions;
using Xunit;

namespace Leasehold.UnitTests.Layout;

/// <summary>Rules about words in code: names, native calls, the null-forgiving operator, suppressed warnings.</summary>
public sealed partial class CodeTests
{
    private static readonly HashSet<string> TypeKeywords = new(StringComparer.Ordinal) { "class", "struct", "record", "interface", "enum" };
    private static readonly HashSet<string> NativeWords = new(StringComparer.Ordinal) { "LibraryImport", "DllImport", "NativeLibrary", "unsafe" };

    // Words after which an expression begins, so that '!' is a negation.
    private static readonly HashSet<string> BeforeExpression = new(StringComparer.Ordinal)
    {
        "and", "await", "case", "do", "else", "in", "is", "not", "or", "return", "throw", "when", "yield",
    };

    private static readonly HashSet<string> BetweenExpressions = new(StringComparer.Ordinal) { "and", "as", "is", "or", "switch", "when", "with" };

    [GeneratedRegex("(Manager|Helpers?|Util\\w*|Common|Base|Impl)$")]
    private static partial Regex JobTitle { get; }

    [Fact]
    public void Names_name_the_thing() => Rule.Holds(
        "No type or file is called *Manager, *Helper, *Util*, *Common, *Base or *Impl.",
        "such a name says that somebody works here and not what it is, and everything gathers there; name the thing (LeaseTable4, FreeAddresses).",
        RepositoryFiles.CSharp.SelectMany(JobTitles));

    [Fact]
    public void Native_code_is_behind_the_wall_of_Net() => Rule.Holds(
        "LibraryImport, DllImport and unsafe stand in src/Leasehold.Net only.",
        "memory that the runtime does not check is in one small place, and every system call's error is turned into a named one there.",
        RepositoryFiles.CSharp.Where(file => !file.IsIn("src/Leasehold.Net/")).SelectMany(NativeCode));

    [Fact]
    public void Null_is_never_talked_away() => Rule.Holds(
        "The null-forgiving operator '!' is used in tests only.",
        "null means that the client did not send it; a pattern ('is { } value') or a Try method says what happens then.",
        RepositoryFiles.CSharp.Where(file => !file.IsIn("tests/")).SelectMany(NullForgiving));

    [Fact]
    public void A_suppressed_warning_has_a_reason() => Rule.Holds(
        "'#pragma warning disable' has a comment on its line or on the line above; SuppressMessage has a Justification.",
        "the next person must know when the reason is gone.",
        RepositoryFiles.CSharp.SelectMany(Suppressions));

    [Fact]
    public void The_rules_bite()
    {
        Assert.Equal(2, JobTitles(new("src/LeaseHelper.cs", "class LeaseHelper;")).Count());
        Assert.Single(JobTitles(new("src/A.cs", "public readonly record struct NetUtils(int A);")));
        Assert.Empty(JobTitles(new("src/A.cs", "record LeaseDatabase; class A<T> where T : class { string s = \"class BaseImpl\"; }")));
        Assert.Equal(2, Assert.Single(NativeCode(new("src/A.cs", "// unsafe\n[LibraryImport(\"libc\")]"))).Line);
        Assert.Empty(NativeCode(new("src/A.cs", "var unsafely = \"unsafe\";")));
        foreach (string bad in (string[])["x!.Y", "F(x)!;", "a[0]!.B", "x! is null", "y = x!;", "F(x!)", "$\"{x!.Y}\"", "null!", "d!(1)", "(x as Y)! as Z"])
        {
            Assert.Single(NullForgiving(new("src/A.cs", bad)));
        }

        foreach (string good in (string[])["x != y", "!x", "return !x;", "x => !x", "a && !b", "if (!a) b();", "(bool)!x", "x is not null", "case 1 when !x:", "\"x!\"", "x!=y"])
        {
            Assert.Empty(NullForgiving(new("src/A.cs", good)));
        }

        Assert.Single(Suppressions(new("src/A.cs", "x\n#pragma warning disable CA1\n")));
        Assert.Empty(Suppressions(new("src/A.cs", "// The table is written once.\n#pragma warning disable CA1\n#pragma warning disable CA2 // so is this\n")));
        Assert.Single(Suppressions(new("src/A.cs", "[SuppressMessage(\"a\", \"b\")]\n")));
    }

    private static IEnumerable<Finding> JobTitles(SourceFile file)
    {
        foreach (string part in Path.GetFileName(file.Path).Split('.'))
        {
            if (JobTitle.IsMatch(part)) yield return new(file.Path, 0, "the file's name");
        }

        IReadOnlyList<Token> code = CSharpLexer.ReadCode(file.Text);
        for (int i = 0; i + 1 < code.Count; i++)
        {
            // "record struct X" is found at "struct"; "where T : class" names no type.
            if (code[i].Kind == TokenKind.Word && TypeKeywords.Contains(code[i].Text)
                && code[i + 1].Kind == TokenKind.Word && JobTitle.IsMatch(code[i + 1].Text))
            {
                yield return new(file.Path, code[i + 1].Line, $"{code[i].Text} {code[i + 1].Text}");
            }
        }
    }

    private static IEnumerable<Finding> NativeCode(SourceFile file) =>
        CSharpLexer.Read(file.Text)
            .Where(token => token.Kind == TokenKind.Word && NativeWords.Contains(token.Text))
            .Select(token => new Finding(file.Path, token.Line, token.Text));

    private static IEnumerable<Finding> NullForgiving(SourceFile file)
    {
        IReadOnlyList<Token> code = CSharpLexer.ReadCode(file.Text);
        for (int i = 1; i < code.Count; i++)
        {
            if (code[i] is { Kind: TokenKind.Symbol, Text: "!" } && EndsExpression(code[i - 1], i + 1 < code.Count ? code[i + 1] : default))
            {
                yield return new(file.Path, code[i].Line, $"{code[i - 1].Text}!");
            }
        }
    }

    // After ')' a '!' is postfix unless an operand follows: "(bool)!x" is a cast of a negation.
    private static bool EndsExpression(Token before, Token after) => before switch
    {
        { Kind: TokenKind.Word } => !BeforeExpression.Contains(before.Text),
        { Kind: TokenKind.Literal } or { Text: "]" } => true,
        { Text: ")" } => after.Text != "(" && (after.Kind != TokenKind.Word || after.Text is null || BetweenExpressions.Contains(after.Text)),
        _ => false,
    };

    private static IEnumerable<Finding> Suppressions(SourceFile file)
    {
        string above = "";
        foreach ((int number, string text) in file.Lines)
        {
            string line = text.Trim();
            if (line.StartsWith("#pragma warning disable", StringComparison.Ordinal) && !line.Contains("//") && !above.StartsWith("//", StringComparison.Ordinal))
            {
                yield return new(file.Path, number, line);
            }

            if (line.StartsWith('[') && line.Contains("SuppressMessage(") && !line.Contains("Justification"))
            {
                yield return new(file.Path, number, line);
            }

            above = line;
        }
    }
}
