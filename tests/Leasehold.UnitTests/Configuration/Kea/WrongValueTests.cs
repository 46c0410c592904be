using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Leasehold.Configuration;
using Leasehold.Configuration.Kea;
using Leasehold.Configuration.Model;
using Xunit;

namespace Leasehold.UnitTests.Configuration.Kea;

/// <summary>Every value of a configuration that has every key, replaced by values it is not made for.</summary>
public class WrongValueTests
{
    private static readonly string[] Strange =
    [
        "null", "true", "-1", "0", "256", "4294967296", "1e400", "1.5", "\"\"", "\" \"", "\"/\"", "\"-\"", "\"'\"", "\"''\"", "\"0x\"", "\"(\"",
        "\"\\u0000\"", "\"\\ud83d\\ude00\"", "[]", "[[]]", "[null]", "{}", "{\"\":{}}", "\"255.255.255.255/32\"", "\"0.0.0.0-255.255.255.255\"",
        "\"" + new string('a', 70_000) + "\"",
    ];

    public static TheoryData<string> Values => [.. Strange];

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public void Value_in_the_wrong_place_gives_an_error_or_a_model_and_never_an_exception(string strange)
    {
        EveryPlace(strange, "accepted/everything.json", text =>
        {
            ConfigResult<Dhcp4Config> result = Dhcp4ConfigReader.ReadText(text);
            return (result.Config, result.Diagnostics);
        });
    }

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public void Value_in_the_wrong_place_of_DHCPv6_gives_an_error_or_a_model_and_never_an_exception(string strange)
    {
        EveryPlace(strange, "accepted/everything6.json", text =>
        {
            ConfigResult<Dhcp6Config> result = Dhcp6ConfigReader.ReadText(text);
            return (result.Config, result.Diagnostics);
        });
    }

    private static void EveryPlace(string strange, string file, Func<string, (object? Config, ImmutableArray<ConfigDiagnostic> Diagnostics)> read)
    {
        string text = File.ReadAllText(Path.Combine(RepositoryFiles.Configs, file));
        int places = Places(JsonNode.Parse(text)).Count();
        Assert.True(places > 100, "the configuration has lost its keys");
        for (int i = 0; i < places; i++)
        {
            JsonNode? root = JsonNode.Parse(text);
            JsonNode place = Places(root).ElementAt(i);
            string path = place.GetPath();
            place.ReplaceWith(JsonNode.Parse(strange));
            (object? config, ImmutableArray<ConfigDiagnostic> diagnostics) = read(root!.ToJsonString());
            Assert.True(config is not null || diagnostics.Any(d => !d.IsWarning), path);
            Assert.All(diagnostics, d => Assert.True(d.Position.Line > 0, $"{path}: {d}"));
        }
    }

    private static IEnumerable<JsonNode> Places(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(m => m.Value is null ? [] : Places(m.Value).Prepend(m.Value)),
        JsonArray list => list.SelectMany(v => v is null ? [] : Places(v).Prepend(v)),
        _ => [],
    };
}
