using System.Text.RegularExpressions;
using Xunit;

namespace Leasehold.UnitTests.Layout;

/// <summary>One spelling of RFCs, so that git grep 'RFC 3046' lists every room.</summary>
public sealed partial class CitationTests
{
    // An option of another server is called rfc3442-…, three words of "mac-sources" rfc4580, rfc4649 and rfc6939, and test classes
    // Rfc2131_Section_4_3_2: names are not citations.
    [GeneratedRegex(@"(?x)
        \bRFC\d                                   # RFC + 1234
      | \b(?-i:rfc|Rfc)[ -]\d                     # rfc 1234
      | (?<![\w/.-])rfc(?!4580|4649|6939)\d+(?![\w-])  # rfc1234 alone
      | \bRFC([-_#]|[ ]{2,})\d                    # RFC-1234
      | \bRFCs[ ]\d                               # RFCs 1234 and 5
      | \bRFC[ ]\d+(/\d|§|[ ]§[ ]|[ ]§§)          # RFC 1234§5, RFC 1234 § 5
      | \bRFC[ ]\d+,?[ ](?i:section|sect?\.|chapter|appendix|clause|par(agraph|\.))")]
    private static partial Regex OtherSpelling { get; }

    [Fact]
    public void Rfcs_are_cited_in_one_spelling() => Rule.Holds(
        "An RFC is cited as 'RFC 3046' or 'RFC 3046 §2.1'.",
        "with one spelling git grep finds every room that a rule of the RFC lives in.",
        RepositoryFiles.All.Where(file => Path.GetExtension(file.Path) is ".cs" or ".md" or ".csproj" or ".props").SelectMany(OtherSpellings));

    [Fact]
    public void The_rule_bites()
    {
        foreach (string bad in (string[])["RFC2131", "rfc 2131", "Rfc 2131", "RFC-2131", "RFC  2131", "RFC 2131, section 4", "RFC 2131 Section 4", "RFC 2131§4", "RFC 2131 § 4", "see rfc2131.", "RFCs 1 and 2", "RFC 2131/2132"])
        {
            Assert.Single(OtherSpellings(new("A.cs", bad)));
        }

        foreach (string good in (string[])["RFC 2131", "RFC 2131 §4.3.2", "(RFC 3396 §5)", "rfc3442-classless-static-routes", "Rfc2131_Section_4_3_2", "docs/rfcs.md", "RFC 2131 figure 3", "rfc-editor.org/rfc/rfc2131"])
        {
            Assert.Empty(OtherSpellings(new("A.cs", good)));
        }
    }

    private static IEnumerable<Finding> OtherSpellings(SourceFile file)
    {
        // This file shows the bad spellings.
        if (file.Path.EndsWith("Layout/CitationTests.cs", StringComparison.Ordinal)) yield break;
        foreach ((int number, string line) in file.Lines)
        {
            Match match = OtherSpelling.Match(line);
            if (match.Success) yield return new(file.Path, number, match.Value.Trim());
        }
    }
}
