using Leasehold.Configuration.Kea;
using Xunit;

namespace Leasehold.UnitTests.Configuration;

/// <summary>Whole configurations of tests/configs: NAME.json, and NAME.txt with what must come of it.</summary>
public class GoldenConfigurations
{
    public static TheoryData<string> Accepted => Names("accepted");

    public static TheoryData<string> Broken => Names("broken");

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Accepted_configuration_gives_the_expected_model(string name)
    {
        ConfigFile file = Read("accepted", name);
        string said = string.Concat(file.Diagnostics.Select(d => $"{d}\n"));
        Assert.True(file.IsUsable, said);
        Assert.NotNull((object?)file.Dhcp4?.Config ?? file.Dhcp6?.Config);
        RepositoryFiles.AssertEqual(Expected("accepted", name), said + ModelDump.Of(file));
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void Broken_configuration_gives_all_its_errors_in_one_run(string name)
    {
        ConfigFile result = Read("broken", name);
        Assert.False(result.IsUsable);
        Assert.Contains(result.Diagnostics, d => !d.IsWarning);
        Assert.All(result.Diagnostics, d =>
        {
            Assert.True(d.Position.Line > 0, $"no place: {d}");
            Assert.False(string.IsNullOrWhiteSpace(d.Remedy), $"no remedy: {d}");
            Assert.False(d.Message.EndsWith('.'), $"a full stop: {d}");
        });
        RepositoryFiles.AssertEqual(Expected("broken", name), string.Concat(result.Diagnostics.Select(d => $"{d}\n")));
    }

    private static ConfigFile Read(string kind, string name) =>
        ConfigFileReader.ReadFile(name + ".json", RepositoryFiles.In(Path.Combine(RepositoryFiles.Configs, kind)));

    private static string Expected(string kind, string name) => Path.Combine(RepositoryFiles.Configs, kind, name + ".txt");

    private static TheoryData<string> Names(string kind) =>
        [.. Directory.GetFiles(Path.Combine(RepositoryFiles.Configs, kind), "*.json").Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal)];
}
