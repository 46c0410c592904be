using System.Text.Json;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Leasehold.Protocol.V6;
using Xunit;

namespace Leasehold.UnitTests.Protocol;

/// <summary>The tables against copies of the established servers' own lists (Facts/).</summary>
public class OptionTableTests
{
    private static readonly JsonElement[] Standard = Read("options.json");
    private static readonly JsonElement[] Dhcpd = Read("dhcpd-options.json");

    private static readonly OptionRow[] Rows = [.. OptionTable4.Rows, .. OptionTable6.Rows];

    [Fact]
    public void Every_standard_option_is_a_row_of_the_same_shape()
    {
        Assert.NotEmpty(Standard);
        string[] wrong =
        [
            .. Standard
                .Where(fact => Find(Space(fact), Code(fact)) is not { IsStandard: true } row || Shape(row) != Shape(fact))
                .Select(fact => $"{Shape(fact)} against {(Find(Space(fact), Code(fact)) is { } row ? Shape(row) : "nothing")}"),
        ];
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_standard_row_is_a_standard_option()
    {
        HashSet<(string, uint)> known = [.. Standard.Select(fact => (Space(fact), Code(fact)))];
        OptionRow[] unknown = [.. Rows.Where(row => row.IsStandard && row.Space != "vendor-4491" && !known.Contains((row.Space, row.Code)))];
        Assert.Empty(unknown);
    }

    [Fact]
    public void Every_row_is_found_by_code_and_by_its_names()
    {
        foreach (OptionRow row in OptionTable4.Rows)
        {
            Assert.Same(row, OptionTable4.Find(row.Space, row.Code));
            Assert.Same(row, OptionTable4.Find(row.Space, row.Name));
            if (row.Space == OptionSpace.Dhcp4) Assert.Same(row, OptionTable4.Find((byte)row.Code));
        }

        foreach (OptionRow row in OptionTable6.Rows)
        {
            Assert.Same(row, OptionTable6.Find(row.Space, row.Code));
            Assert.Same(row, OptionTable6.Find(row.Space, row.Name));
        }
    }

    [Fact]
    public void Every_option_of_dhcpd_has_its_name_and_nothing_else_has()
    {
        Dictionary<(string, uint), string> names = Dhcpd.ToDictionary(fact => (SpaceOfDhcpd(fact), Code(fact)), fact => Text(fact, "name"));
        Assert.All(names, fact => Assert.Equal(fact.Value, Find(fact.Key.Item1, fact.Key.Item2)?.DhcpdName));
        Assert.All(Rows.Where(row => row.DhcpdName is not null), row => Assert.Contains((row.Space, row.Code), names));
        Assert.Equal(67u, OptionTable4.FindDhcpd("dhcp4", "bootfile-name")?.Code);
        Assert.Equal(4u, OptionTable4.FindDhcpd(OptionSpace.RelayAgent, "DOCSIS-device-class")?.Code);
        Assert.Equal(23u, OptionTable6.FindDhcpd("dhcp6", "name-servers")?.Code);
    }

    [Fact]
    public void Every_row_says_where_it_comes_from()
    {
        Assert.All(Rows, row => Assert.NotEmpty(row.Source));
        Assert.All(Rows.Where(row => row.Source.StartsWith("RFC", StringComparison.Ordinal)), row => Assert.Matches(@"^RFC \d{4}( §[0-9.]+)?$", row.Source));
    }

    [Fact]
    public void A_code_without_a_name_is_not_found()
    {
        Assert.Null(OptionTable4.Find(0));
        Assert.Null(OptionTable4.Find(255));
        Assert.Null(OptionTable4.Find(222));
        Assert.Null(OptionTable4.Find("dhcp4", "Routers"));
        Assert.Null(OptionTable4.Find("nowhere", 3));
    }

    private static OptionRow? Find(string space, uint code) => OptionTable4.Find(space, code) ?? OptionTable6.Find(space, code);

    private static string Shape(OptionRow row) => string.Join(
        ' ',
        row.Space,
        row.Code,
        row.Name,
        OptionTypeName.Of(row.Format.Type),
        row.Format.IsArray,
        string.Join(',', row.Format.Fields.Select(OptionTypeName.Of)),
        row.Format.Encapsulates);

    private static string Shape(JsonElement fact) => string.Join(
        ' ',
        Space(fact),
        Code(fact),
        Text(fact, "name"),
        Text(fact, "type"),
        fact.GetProperty("array").GetBoolean(),
        fact.TryGetProperty("record-types", out JsonElement fields) ? string.Join(',', fields.EnumerateArray()) : "",
        fact.TryGetProperty("encapsulate", out JsonElement space) ? space.GetString() : null);

    private static string Space(JsonElement fact) => Text(fact, "space");

    private static string SpaceOfDhcpd(JsonElement fact) => Space(fact) switch
    {
        "dhcp" => OptionSpace.Dhcp4,
        "dhcpv6" => OptionSpace.Dhcp6,
        _ => OptionSpace.RelayAgent,
    };

    private static uint Code(JsonElement fact) => fact.GetProperty("code").GetUInt32();

    private static string Text(JsonElement fact, string key) => fact.GetProperty(key).GetString()!;

    private static JsonElement[] Read(string name)
    {
        using Stream stream = typeof(OptionTableTests).Assembly.GetManifestResourceStream($"Facts/{name}")!;
        using JsonDocument document = JsonDocument.Parse(stream);
        return [.. document.RootElement.Clone().EnumerateArray()];
    }
}
