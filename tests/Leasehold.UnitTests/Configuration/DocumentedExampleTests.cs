using System.Text.RegularExpressions;
using Leasehold.Configuration;
using Leasehold.Configuration.Kea;
using Leasehold.Configuration.Model;
using Xunit;

namespace Leasehold.UnitTests.Configuration;

/// <summary>What docs/configuration.md shows is what the readers take and say.</summary>
public partial class DocumentedExampleTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs/configuration.md"));

    [Fact]
    public void Whole_example_is_good_without_a_warning()
    {
        string example = Example().Matches(Text).Select(m => m.Groups["json"].Value).First();
        ConfigResult<Dhcp4Config> result = Dhcp4ConfigReader.ReadText(example);
        Assert.Empty(result.Diagnostics);
        Assert.NotNull(result.Config);
    }

    [Fact]
    public void Whole_example_of_DHCPv6_is_good_without_a_warning()
    {
        string example = Example().Matches(Text).Select(m => m.Groups["json"].Value).Single(json => json.Contains("Dhcp6", StringComparison.Ordinal));
        ConfigResult<Dhcp6Config> result = Dhcp6ConfigReader.ReadText(example);
        Assert.Empty(result.Diagnostics);
        Assert.NotNull(result.Config);
    }

    [Fact]
    public void Example_of_an_expression_is_good_without_a_warning() =>
        Assert.NotNull(Reads.Good(Example().Matches(Text).Select(m => m.Groups["json"].Value).Last()).FlexIdentifierExpression);

    [Fact]
    public void Example_of_options_by_expression_is_good_without_a_warning() =>
        Assert.Equal(3, Reads.Good(Example().Matches(Text).Select(m => m.Groups["json"].Value).Single(json => json.Contains("libdhcp_flex_option.so", StringComparison.Ordinal))).FlexOptions.Length);

    [Theory]
    [InlineData("boot-machines-over-the-network")]
    public void Example_of_a_how_to_is_good_without_a_warning(string name)
    {
        string text = File.ReadAllText(Path.Combine(RepositoryFiles.Root, $"docs/how-to/{name}.md"));
        Assert.Empty(Dhcp4ConfigReader.ReadText(Example().Match(text).Groups["json"].Value).Diagnostics);
    }

    [Theory]
    [InlineData("serve-addresses-and-prefixes")]
    public void Example_of_a_DHCPv6_how_to_is_good_without_a_warning(string name)
    {
        string text = File.ReadAllText(Path.Combine(RepositoryFiles.Root, $"docs/how-to/{name}.md"));
        Assert.Empty(Dhcp6ConfigReader.ReadText(Example().Match(text).Groups["json"].Value).Diagnostics);
    }

    [Fact]
    public void Message_that_is_shown_is_the_one_that_is_printed() =>
        Assert.Contains(
            Reads.Complaint("""  "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.200-192.0.2.300" } ] } ]""").Split(": ", 2)[1],
            Text,
            StringComparison.Ordinal);

    [GeneratedRegex("```json\n(?<json>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Example();
}
