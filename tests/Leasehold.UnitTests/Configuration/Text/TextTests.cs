using System.Globalization;
using Leasehold.Configuration;
using Leasehold.Configuration.Kea;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Xunit;

namespace Leasehold.UnitTests.Configuration.Text;

public class TextTests
{
    [Fact]
    public void Comments_of_all_kinds_stand_anywhere_and_not_in_texts()
    {
        Dhcp4Config config = Reads.Good("""
            # a line
            "server-hostname"/* before the colon */: // after it
            "a#b//c/*d*/e", "boot-file-name": "<?include \"x\"?>" #end
            """);
        Assert.Equal("a#b//c/*d*/e", config.Parameters.ServerHostname);
        Assert.Equal("<?include \"x\"?>", config.Parameters.BootFileName);
    }

    [Fact]
    public void Columns_count_characters_and_not_octets()
    {
        ConfigResult<Dhcp4Config> result = Dhcp4ConfigReader.ReadText("{ \"Dhcp4\": { /* grüße 😀 */ \"bogus\": 1 } }", "f");
        Assert.Contains(result.Diagnostics, d => d.Position == new TextPosition("f", 1, 28) && d.Message.StartsWith("\"bogus\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Byte_order_mark_and_carriage_returns_are_read_over()
    {
        ConfigResult<Dhcp4Config> result = Dhcp4ConfigReader.ReadText("\uFEFF{\r\n  \"Dhcp4\": {\r\n    \"valid-lifetime\": 60 # here\r\n  }\r\n}\r\n");
        Assert.Equal(60u, result.Config!.Parameters.ValidLifetime!.Value.Seconds);
    }

    [Fact]
    public void Include_is_read_beside_the_including_file()
    {
        FileReader files = Reads.Files(
            ("/etc/dhcp/main.json", """{ "Dhcp4": <?include "parts/all.json"?> }"""),
            ("/etc/dhcp/parts/all.json", """{ "valid-lifetime": <?include "number"?>, "bogus": 1 }"""),
            ("/etc/dhcp/parts/number", "17 // seconds"));
        ConfigResult<Dhcp4Config> result = Dhcp4ConfigReader.ReadFile("/etc/dhcp/main.json", files);
        Assert.Equal(
            "/etc/dhcp/parts/all.json:1:43: \"bogus\" is not a key of \"Dhcp4\"; remove it; docs/configuration.md lists the keys",
            Assert.Single(result.Diagnostics, d => !d.IsWarning).ToString());
    }

    [Fact]
    public void Members_of_a_map_may_come_from_a_file()
    {
        FileReader files = Reads.Files(("a", """{ "Dhcp4": { "authoritative": true, <?include "b"?> } }"""), ("b", "\"valid-lifetime\": 99, \"renew-timer\": 9"));
        Dhcp4Config config = Dhcp4ConfigReader.ReadFile("a", files).Config!;
        Assert.Equal(99u, config.Parameters.ValidLifetime!.Value.Seconds);
        Assert.Equal(9u, config.Parameters.RenewTimer!.Value.Seconds);
    }

    [Fact]
    public void Ten_files_inside_each_other_are_read_and_eleven_are_not()
    {
        FileReader chain = name => FileContent.Of(System.Text.Encoding.UTF8.GetBytes(
            name == "10" ? "60" : $"<?include \"{int.Parse(name, CultureInfo.InvariantCulture) + 1}\"?>"));
        FileReader endless = name => FileContent.Of(System.Text.Encoding.UTF8.GetBytes($"<?include \"{int.Parse(name, CultureInfo.InvariantCulture) + 1}\"?>"));
        const string text = """{ "Dhcp4": { "valid-lifetime": <?include "1"?> } }""";
        Assert.Equal(60u, Dhcp4ConfigReader.ReadText(text, "0", chain).Config!.Parameters.ValidLifetime!.Value.Seconds);
        Assert.Contains("more than 10 deep", Dhcp4ConfigReader.ReadText(text, "0", endless).Diagnostics.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Circle_of_includes_is_told_with_its_files()
    {
        FileReader files = Reads.Files(("a", "<?include \"b\"?>"), ("b", "<?include \"c\"?>"), ("c", "\n <?include \"b\"?>"));
        Assert.Equal(
            "c:2:2: the files include each other in a circle: b includes c includes b; remove one of the includes",
            Dhcp4ConfigReader.ReadFile("a", files).Diagnostics.Single().ToString());
    }

    [Fact]
    public void File_that_cannot_be_read_is_an_error_without_a_line()
    {
        ConfigResult<Dhcp4Config> result = Dhcp4ConfigReader.ReadFile("/no/such/file", DiskFiles.Read);
        Assert.Equal("/no/such/file: the file cannot be read: there is no such file; correct its name or its rights", result.Diagnostics.Single().ToString());
    }

    [Fact]
    public void Maps_nested_without_end_are_an_error_and_no_exception()
    {
        ConfigResult<Dhcp4Config> result = Dhcp4ConfigReader.ReadText(string.Concat(Enumerable.Repeat("{\"a\":", 100_000)) + "1" + new string('}', 100_000));
        Assert.Null(result.Config);
    }

    /// <summary>Whatever a file holds, reading ends with a model or with errors that have a place.</summary>
    [Fact]
    public void Damaged_text_gives_errors_and_never_an_exception()
    {
        string folder = Path.Combine(RepositoryFiles.Configs, "accepted");
        string whole = File.ReadAllText(Path.Combine(folder, "everything.json"));
        var random = new Random(20261121);
        const string pieces = "{}[]\",:#/*'\\<?0-9tnuE\n\t\u00ff";
        for (int i = 0; i < 3000; i++)
        {
            char[] text = whole.ToCharArray(0, random.Next(whole.Length));
            for (int j = random.Next(4); j > 0 && text.Length > 0; j--) text[random.Next(text.Length)] = pieces[random.Next(pieces.Length)];
            ConfigResult<Dhcp4Config> result = Dhcp4ConfigReader.ReadText(new string(text), "x");
            if (result.Config is not null) continue;
            Assert.Contains(result.Diagnostics, d => d is { IsWarning: false, Position.Line: > 0 });
        }
    }
}
