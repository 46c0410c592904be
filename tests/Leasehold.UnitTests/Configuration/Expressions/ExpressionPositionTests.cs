using Leasehold.Configuration;
using Leasehold.Configuration.Kea;
using Leasehold.Configuration.Model;
using Xunit;

namespace Leasehold.UnitTests.Configuration.Expressions;

/// <summary>A mistake in an expression is told at its place in the file, and names are those of the file.</summary>
public class ExpressionPositionTests
{
    [Theory]
    [InlineData("pkt4.mca", 6)]
    [InlineData("  pkt4.mca", 8)]
    [InlineData("'é' + pkt4.mca", 12)]
    [InlineData("'😀' + pkt4.mca", 12)]
    [InlineData("'\\u00e9' + pkt4.mca", 17)]
    [InlineData("'\\ud83d\\ude00' + pkt4.mca", 23)]
    [InlineData("'\\\"\\\\\\/' + pkt4.mca", 17)]
    [InlineData("'a' +\\n\\tpkt4.mca", 15)]
    public void Place_counts_characters_of_the_file(string expression, int column)
    {
        ConfigDiagnostic error = Assert.Single(Read(expression).Diagnostics);
        Assert.Equal(new TextPosition("f.json", 3, 30 + column), error.Position);
        Assert.Equal("'mca' is not a part of pkt4", error.Message);
        Assert.Equal("did you mean mac?", error.Remedy);
    }

    [Fact]
    public void Option_defined_in_the_file_has_its_name_and_its_sub_options()
    {
        const string definitions = """
            { "name": "box", "code": 230, "type": "uint8", "encapsulate": "things" },
            { "name": "thing", "code": 7, "space": "things", "type": "ipv4-address" }
            """;
        ConfigResult<Dhcp4Config> result = Read("option[box].option[thing].text", definitions);
        Assert.Empty(result.Diagnostics);
        Assert.NotNull(result.Config?.FlexIdentifierExpression);
        Assert.Equal("option[230].option[7].text", Tree.Show(result.Config.FlexIdentifierExpression.Root));

        ConfigDiagnostic error = Assert.Single(Read("option[box].option[thnig].text", definitions).Diagnostics);
        Assert.Equal(("'thnig' is not an option of things", "did you mean thing?"), (error.Message, error.Remedy));
        error = Assert.Single(Read("option[boks].text", definitions).Diagnostics);
        Assert.Equal("did you mean box?", error.Remedy);
    }

    private static ConfigResult<Dhcp4Config> Read(string expression, string definitions = "") => Dhcp4ConfigReader.ReadText(
        $$"""
        { "Dhcp4": { "interfaces-config": { "interfaces": [ "eth0" ] }, "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24" } ],
          "hooks-libraries": [ { "library": "libdhcp_flex_id.so", "parameters": {
            "identifier-expression": "{{expression}}" } } ],
          "option-def": [ {{definitions}} ]
        } }
        """,
        "f.json");
}
