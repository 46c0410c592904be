namespace Leasehold.ConformanceTests.Reservations;

/// <summary>Reservations by the value of an expression over the packet.</summary>
public class FlexIdTests
{
    private static Network With(string expression, string flexId) => Network.With(
        $$"""
        {
          "interfaces-config": { "interfaces": [ "eth0" ] },
          "hooks-libraries": [ { "library": "/usr/lib/libdhcp_flex_id.so", "parameters": { "identifier-expression": "{{expression}}" } } ],
          "subnet4": [ {
            "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10 - 192.0.2.20" } ],
            "reservations": [ { "flex-id": "{{flexId}}", "ip-address": "192.0.2.200" } ]
          } ]
        }
        """);

    [Theory]
    [InlineData("relay4[1].hex", "'eth3'")]
    [InlineData("concat(relay4[1].hex, '/') + relay4[2].hex", "'eth3/ab'")]
    [InlineData("substring(relay4[1].hex, 1, 2)", "'th'")]
    [InlineData("substring(relay4[1].hex, -2, all)", "'h3'")]
    [InlineData("substring(relay4[1].hex, 3, -2)", "'th'")]
    [InlineData("substring(relay4[1].hex, 3, -9)", "'eth'")]
    [InlineData("hexstring(pkt4.mac, ':')", "'02:00:5e:10:00:01'")]
    [InlineData("pkt4.mac", "02005e100001")]
    [InlineData("pkt4.htype", "00000001")]
    [InlineData("option[60].hex", "'phone'")]
    [InlineData("ifelse(option[60].exists and not option[77].exists, 'p', 'q')", "'p'")]
    [InlineData("ifelse(option[77].exists or option[60].hex == 'fax', 'p', 'q')", "'q'")]
    [InlineData("option[43].option[5].hex", "'in'")]
    public void Owner_is_found_by_the_value_of_the_expression(string expression, string flexId)
    {
        Network net = With(expression, flexId);
        Client owner = net.NewClient("02:00:5e:10:00:01");
        owner.Extra = "3c 05 70 68 6f 6e 65  2b 06 04 00 05 02 69 6e  52 0a 01 04 65 74 68 33 02 02 61 62";
        Assert.Equal("192.0.2.200", owner.Dora().Yiaddr.ToString());
        Assert.Equal("192.0.2.10", net.NewClient("06:00:5e:10:00:ff").Dora().Yiaddr.ToString());
    }

    /// <summary>What the packet lacks is empty, and an empty value is nobody's identifier.</summary>
    [Theory]
    [InlineData("option[60].hex")]
    [InlineData("option[43].option[9].hex")]
    [InlineData("substring(pkt4.mac, 6, all)")]
    [InlineData("substring(pkt4.mac, -7, 2)")]
    public void Empty_value_finds_nobody(string expression)
    {
        Client client = With(expression, "'x'").NewClient();
        client.Extra = "2b 03 09 05 61";
        Assert.Equal("192.0.2.10", client.Dora().Yiaddr.ToString());
    }

    [Fact]
    public void Option_in_two_pieces_is_one_value()
    {
        Client owner = With("option[60].hex + 'z'", "'abcdz'").NewClient();
        owner.Extra = "3c 02 61 62 3c 02 63 64";
        Assert.Equal("192.0.2.200", owner.Dora().Yiaddr.ToString());
    }
}
