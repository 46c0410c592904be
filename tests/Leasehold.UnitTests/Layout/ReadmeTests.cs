using System.Text.RegularExpressions;
using Leasehold.Configuration;
using Leasehold.Configuration.Kea;
using Leasehold.Configuration.Model;
using Leasehold.Protocol;
using Xunit;

namespace Leasehold.UnitTests.Layout;

/// <summary>What README.md shows is what the program does.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = RepositoryFiles.Get("README.md").Text;

    [GeneratedRegex("^```json\n(?<json>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex JsonBlock { get; }

    // One complete piece of JSON in the second column.
    [GeneratedRegex("^\\| [^|]+ \\| `(?<json>\"[^|`]+\": [^|`]+)` \\|$", RegexOptions.Multiline)]
    private static partial Regex DhcpdRow { get; }

    private static string Json => Assert.Single(JsonBlock.Matches(Readme)).Groups["json"].Value;

    [Fact]
    public void The_configuration_is_read_without_a_word_and_says_what_the_text_says()
    {
        ConfigResult<Dhcp4Config> result = Dhcp4ConfigReader.ReadText(Json);

        Assert.Empty(result.Diagnostics);
        Assert.NotNull(result.Config);
        Assert.Equal("eth0", Assert.Single(result.Config.Interfaces.Interfaces).Name);
        Assert.Equal(new Lifetime(43200), result.Config.Parameters.ValidLifetime);
        Subnet4 subnet = Assert.Single(result.Config.Subnets);
        Assert.Equal("192.0.2.0/24", subnet.Prefix.ToString());
        Assert.Equal("192.0.2.100-192.0.2.199", Assert.Single(subnet.Pools).Range.ToString());
        Reservation4 printer = Assert.Single(subnet.Reservations);
        Assert.Equal("printer", printer.Hostname);
        Assert.Equal(Ipv4.Parse("192.0.2.10"), printer.Address);
    }

    [Fact]
    public void The_mistake_is_reported_with_the_words_that_the_text_shows()
    {
        ConfigResult<Dhcp4Config> result = Dhcp4ConfigReader.ReadText(Json.Replace("192.0.2.0/24", "192.0.2.0/33", StringComparison.Ordinal), "/etc/leasehold/leasehold.json");

        Assert.Null(result.Config);
        Assert.Contains($"\n{Assert.Single(result.Diagnostics)}\n", Readme, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_for_dhcpd_writes_what_the_reader_reads()
    {
        string[] cells = [.. DhcpdRow.Matches(Readme).Select(match => match.Groups["json"].Value)];
        string[] inSubnet = [.. cells.Where(cell => cell.StartsWith("\"pools\"", StringComparison.Ordinal) || cell.StartsWith("\"reservations\"", StringComparison.Ordinal))];
        string subnet = cells.Single(cell => cell.StartsWith("\"subnet4\"", StringComparison.Ordinal));
        string global = string.Join(", ", cells.Where(cell => cell != subnet && !inSubnet.Contains(cell)));

        ConfigResult<Dhcp4Config> result = Dhcp4ConfigReader.ReadText(
            $$"""{ "Dhcp4": { "interfaces-config": { "interfaces": [ "eth0" ] }, {{global}}, {{subnet.Replace("…", string.Join(", ", inSubnet), StringComparison.Ordinal)}} } }""");

        Assert.Equal(6, cells.Length);
        Assert.Empty(result.Diagnostics);
        Assert.NotNull(result.Config);
        Assert.Equal(new Lifetime(7200), result.Config.Parameters.MaxValidLifetime);
        Assert.True(result.Config.Parameters.Authoritative);
        Assert.Single(result.Config.Options);
        Assert.Single(Assert.Single(result.Config.Subnets).Pools);
        Assert.Single(Assert.Single(result.Config.Subnets).Reservations);
    }
}
