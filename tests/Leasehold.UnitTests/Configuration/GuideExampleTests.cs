using Leasehold.Configuration;
using Leasehold.Configuration.Kea;
using Leasehold.Configuration.Model;
using Xunit;

namespace Leasehold.UnitTests.Configuration;

/// <summary>Every example of the 0.9.1 guide's chapter 7, as it is printed there, with what is said about it; those with slips of spelling also mended.</summary>
/// <remarks>What the guide leaves out ("…") is left out, and an interface is added.</remarks>
public class GuideExampleTests
{
    private static readonly string Folder = Path.Combine(RepositoryFiles.Configs, "guide-0.9.1");

    public static TheoryData<string> Examples =>
        [.. Directory.GetFiles(Folder, "*.json").Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal)];

    /// <summary>The verdict and every error and warning, each with a place and a remedy.</summary>
    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_is_taken_or_refused_with_a_message_that_helps(string name)
    {
        ConfigResult<Dhcp4Config> result = Dhcp4ConfigReader.ReadFile(name + ".json", RepositoryFiles.In(Folder));
        Assert.All(result.Diagnostics, d => Assert.True(d.Position.Line > 0 && !string.IsNullOrWhiteSpace(d.Remedy), $"{d}"));
        string said = string.Concat(result.Diagnostics.Select(d => $"{d}\n"));
        RepositoryFiles.AssertEqual(Path.Combine(Folder, name + ".txt"), $"{(result.Config is null ? "refused" : "accepted")}\n{said}");
    }

    /// <summary>Refused are slips of spelling, and what this version cannot do; each slip is accepted when it is mended.</summary>
    [Fact]
    public void Only_slips_and_what_needs_databases_or_DNS_updates_are_refused()
    {
        string[] refused = [.. Examples.Select(row => row.Data).Where(name => Dhcp4ConfigReader.ReadFile(name + ".json", RepositoryFiles.In(Folder)).Config is null)];
        Assert.Equal(
            [
                "7.2.11-stateless", "7.2.13-on", "7.2.14-next-server", "7.2.2.2-host", "7.2.2.2-mysql", "7.2.4-id", "7.2.5-pool", "7.2.5-two-pools",
                "7.2.8-container", "7.2.8-value", "7.2.9-sub-options", "7.2.9-values", "7.3.5-mode", "7.5.2-cable",
            ],
            refused);
    }
}
