using System.Globalization;
using System.Text;
using Leasehold.Configuration.Kea;
using Xunit;

namespace Leasehold.UnitTests.Configuration.Kea;

public class KeyTests
{
    public static TheoryData<string> DocumentedKeys =>
    [
        .. File.ReadLines(Path.Combine(RepositoryFiles.Configs, "keys-dhcp4.txt"))
            .Concat(File.ReadLines(Path.Combine(RepositoryFiles.Configs, "keys-dhcp6.txt")))
            .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t')[0]),
    ];

    /// <summary>Spellings of older versions, and keys that no list of examples has.</summary>
    public static TheoryData<string> OlderKeys =>
    [
        "Logging/loggers[]/output_options[]/destination", "Dhcp4/interfaces[]", "Dhcp4/reservation-mode", "Dhcp4/subnet4[]/reservation-mode",
        "Dhcp4/subnet4[]/client-class", "Dhcp4/subnet4[]/relay/ip-address", "Dhcp4/subnet4[]/require-client-classes[]",
        "Dhcp4/subnet4[]/pools[]/require-client-classes[]", "Dhcp4/client-classes[]/only-if-required", "Dhcp4/hosts-database/type",
        "Dhcp4/control-socket/socket-name", "Dhcp4/dhcp-ddns/qualifying-suffix", "Dhcp4/dhcp-ddns/override-no-update",
        "Dhcp4/ddns-use-conflict-resolution", "Dhcp4/hooks-libraries[]/parameters", "Dhcp4/subnet4[]/reservations[]/flex-id",
        "Dhcp4/subnet4[]/reservations[]/client-classes[]", "Dhcp4/subnet4[]/user-context/anything/at/all", "Dhcp4/option-def[]/comment",
        "Dhcp6/interfaces[]", "Dhcp6/data-directory", "Dhcp6/reservation-mode", "Dhcp6/subnet6[]/reservation-mode", "Dhcp6/subnet6[]/client-class",
        "Dhcp6/subnet6[]/relay/ip-address", "Dhcp6/subnet6[]/require-client-classes[]", "Dhcp6/subnet6[]/pd-pools[]/require-client-classes[]",
        "Dhcp6/client-classes[]/only-if-required", "Dhcp6/hosts-database/type", "Dhcp6/control-socket/socket-name",
        "Dhcp6/dhcp-ddns/qualifying-suffix", "Dhcp6/dhcp-ddns/override-no-update", "Dhcp6/ddns-use-conflict-resolution",
        "Dhcp6/hooks-libraries[]/parameters/identifier-expression", "Dhcp6/subnet6[]/reservations[]/flex-id",
        "Dhcp6/subnet6[]/reservations[]/hw-address", "Dhcp6/subnet6[]/reservations[]/client-classes[]", "Dhcp6/server-id/htype", "Dhcp6/server-id/time",
        "Dhcp6/subnet6[]/routes-for-delegated-prefixes", "Dhcp6/shared-networks[]/rapid-commit", "Dhcp6/option-def[]/encapsulates",
    ];

    [Theory]
    [MemberData(nameof(DocumentedKeys))]
    public void Every_documented_key_is_known_in_its_place(string path) => Assert.True(KeyDescriptions.IsKnown(path), path);

    [Theory]
    [MemberData(nameof(OlderKeys))]
    public void Older_spellings_stay_known(string path) => Assert.True(KeyDescriptions.IsKnown(path), path);

    [Theory]
    [InlineData("Dhcp4/valid-lifetme")]
    [InlineData("Dhcp4/subnet4[]/pools[]/subnet")]
    [InlineData("Dhcp4/valid-lifetime[]")]
    [InlineData("Dhcp4/valid-lifetime/x")]
    [InlineData("Dhcp6/rapid-commit")]
    [InlineData("Dhcp6/next-server")]
    [InlineData("Dhcp6/subnet4[]")]
    [InlineData("Dhcp4/subnet4[]/pd-pools[]")]
    public void Other_keys_are_not_known(string path) => Assert.False(KeyDescriptions.IsKnown(path), path);

    [Fact]
    public void The_table_in_the_documentation_is_the_one_by_which_files_are_read()
    {
        const string begin = "<!-- keys: begin -->\n";
        const string end = "<!-- keys: end -->\n";
        string path = Path.Combine(RepositoryFiles.Root, "docs/configuration.md");
        string text = File.ReadAllText(path);
        int from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        int to = text.IndexOf(end, StringComparison.Ordinal);
        Assert.True(from >= begin.Length && to >= from, $"{path} has lost the marks around its table");
        RepositoryFiles.AssertEqual(path, text[..from] + Table() + text[to..]);
    }

    private static string Table()
    {
        var table = new StringBuilder();
        foreach (MapDescription map in KeyDescriptions.Maps)
        {
            string heading = map.Places[0].Length == 0 ? "The file" : string.Join(", ", map.Places.OrderBy(p => p.Length).Select(p => $"`{p}`"));
            table.Append(CultureInfo.InvariantCulture, $"\n### {heading}\n\n| key | state | what it does |\n|---|---|---|\n");
            foreach (IGrouping<(KeyStatus Status, string Note), KeyDescription> alike in map.Keys.GroupBy(k => (k.Status, Note(k))))
            {
                string keys = string.Join(", ", alike.Select(k => $"`{k.Path[(k.Path.LastIndexOf('/') + 1)..]}`"));
                table.Append(CultureInfo.InvariantCulture, $"| {keys} | {State(alike.Key.Status)} | {alike.Key.Note} |\n");
            }
        }

        return table.Append('\n').ToString();
    }

    private static string Note(KeyDescription key)
    {
        string sentence = (key.Status == KeyStatus.Implemented ? key.Note : char.ToUpperInvariant(key.Note[0]) + key.Note[1..]).TrimEnd('.', ' ', '…') + ".";
        return key.Inside.IsEmpty ? sentence : $"{sentence} Keys in it: {string.Join(", ", key.Inside.Select(k => $"`{k}`"))}.";
    }

    private static string State(KeyStatus status) => status switch
    {
        KeyStatus.Implemented => "works",
        KeyStatus.AcceptedNoEffect => "no effect",
        _ => "not yet",
    };
}
