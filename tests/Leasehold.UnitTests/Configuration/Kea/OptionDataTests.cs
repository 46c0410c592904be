using Leasehold.Configuration.Model;
using Leasehold.Protocol;
using Xunit;

namespace Leasehold.UnitTests.Configuration.Kea;

public class OptionDataTests
{
    [Theory]
    [InlineData("""{ "name": "domain-name-servers", "data": "192.0.2.1, 192.0.2.2" }""", "c0000201c0000202")]
    [InlineData("""{ "code": 6, "data": "192.0.2.1" }""", "c0000201")]
    [InlineData("""{ "code": 6, "csv-format": false, "data": "C0 00 02 01" }""", "c0000201")]
    [InlineData("""{ "code": 6, "csv-format": false, "data": "0xc0000201" }""", "c0000201")]
    [InlineData("""{ "code": 6, "csv-format": false, "data": "c0:00:02:01" }""", "c0000201")]
    [InlineData("""{ "name": "default-ip-ttl", "data": "0xf0" }""", "f0")]
    [InlineData("""{ "name": "ip-forwarding", "data": "true" }""", "01")]
    [InlineData("""{ "name": "domain-search", "data": "a.example, b.example" }""", "0161076578616d706c6500 0162c002")]
    [InlineData("""{ "name": "subnet-selection", "data": "192.0.2.0" }""", "c0000200")]
    [InlineData("""{ "name": "uuid-guid", "data": "0, 0102" }""", "000102")]
    [InlineData("""{ "name": "user-class", "data": "616263" }""", "616263")]
    public void Standard_option_is_encoded_by_its_type(string option, string octets) => Assert.Equal(octets.Replace(" ", ""), Hex(Only(option)));

    [Theory]
    [InlineData("""{ "code": 43, "data": "0104c0000201" }""")]
    [InlineData("""{ "code": 43, "csv-format": false, "data": "01 04 c0 00 02 01" }""")]
    [InlineData("""{ "code": 43, "csv-format": true, "data": "0x0104C0000201" }""")]
    [InlineData("""{ "name": "vendor-encapsulated-options", "data": "01:04:c0:00:02:01" }""")]
    public void Hexadecimal_value_of_option_43_goes_out_as_typed(string option)
    {
        OptionData data = Only(option);
        Assert.Equal("0104c0000201", Hex(data));
        Assert.Null(data.Encapsulates);
    }

    [Fact]
    public void Option_43_without_a_value_carries_its_space() =>
        Assert.Equal("vendor-encapsulated-options-space", Only("""{ "code": 43 }""").Encapsulates);

    [Fact]
    public void Option_125_carries_the_space_of_its_enterprise()
    {
        OptionData data = Only("""{ "name": "vivso-suboptions", "data": "4491" }""");
        Assert.Equal("0000118b", Hex(data));
        Assert.Equal("vendor-4491", data.Encapsulates);
    }

    [Fact]
    public void Hexadecimal_value_of_option_125_goes_out_as_typed()
    {
        OptionData data = Only("""{ "code": 125, "csv-format": false, "data": "0000118b06 0204c0000201" }""".Replace("06 ", "06"));
        Assert.Equal("0000118b060204c0000201", Hex(data));
        Assert.Null(data.Encapsulates);
    }

    [Fact]
    public void Option_without_a_definition_is_hexadecimal_unless_csv_is_asked_for()
    {
        Assert.Equal("0102", Hex(Only("""{ "code": 240, "data": "0102" }""")));
        Assert.Contains("has no definition", Reads.Complaint("""  "option-data": [ { "code": 240, "csv-format": true, "data": "0102" } ]"""), StringComparison.Ordinal);
    }

    [Fact]
    public void Definition_below_the_options_counts_for_them()
    {
        Dhcp4Config config = Reads.Good("""
            "option-data": [ { "name": "ours", "data": "1, 2" } ],
            "option-def": [ { "name": "ours", "code": 240, "type": "uint16", "array": true } ]
            """);
        Assert.Equal("00010002", Hex(Assert.Single(config.Options)));
    }

    [Fact]
    public void Definition_of_a_standard_code_is_used_and_told()
    {
        Dhcp4Config config = Reads.Good("""
            "option-def": [ { "name": "capwap", "code": 138, "type": "string" } ],
            "option-data": [ { "name": "capwap", "data": "hello" } ]
            """);
        Assert.Equal("68656c6c6f", Hex(Assert.Single(config.Options)));
        Assert.Contains("standard option capwap-ac-v4", Assert.Single(config.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sub_option_that_no_option_carries_is_told()
    {
        string complaint = Reads.Complaint("""
            "option-def": [ { "name": "one", "code": 1, "space": "isc", "type": "uint8" } ],
            "option-data": [ { "name": "one", "space": "isc", "data": "1" } ]
            """);
        Assert.Contains("no option that is given carries space isc", complaint, StringComparison.Ordinal);
    }

    [Fact]
    public void Option_stands_at_every_level()
    {
        Dhcp4Config config = Reads.Good("""
            "option-data": [ { "code": 3, "data": "192.0.2.1" } ],
            "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24",
              "option-data": [ { "code": 3, "data": "192.0.2.2" } ],
              "pools": [ { "pool": "192.0.2.10-192.0.2.20", "option-data": [ { "code": 3, "data": "192.0.2.3" } ] } ],
              "reservations": [ { "hw-address": "02:00:5e:10:00:01", "option-data": [ { "code": 3, "data": "192.0.2.4" } ] } ] } ]
            """);
        Subnet4 subnet = Assert.Single(config.Subnets);
        Assert.Equal(
            ["c0000201", "c0000202", "c0000203", "c0000204"],
            [Hex(config.Options[0]), Hex(subnet.Options[0]), Hex(subnet.Pools[0].Options[0]), Hex(subnet.Reservations[0].Options[0])]);
    }

    private static OptionData Only(string option) => Assert.Single(Reads.Good($"\"option-data\": [ {option} ]").Options);

    private static string Hex(OptionData data) => HexText.Format(data.Data.AsSpan(), ':').Replace(":", "");
}
