using Leasehold.Engine.V6;
using Leasehold.Protocol.V6;
using static Leasehold.ConformanceTests.Client6;

namespace Leasehold.ConformanceTests.Rfc9915;

/// <summary>RFC 9915 §18.3.6: INFORMATION-REQUEST, and §21.7: which options a reply has.</summary>
public class Rfc9915_Section_18_3_6
{
    private const string Options = """
        "option-data": [
          { "name": "dns-servers", "data": "2001:db8::53" },
          { "name": "domain-search", "data": "example.org" },
          { "name": "sntp-servers", "data": "2001:db8::123", "always-send": true },
          { "name": "solmax-rt", "data": "900" }, { "name": "inf-max-rt", "data": "901" }, { "name": "information-refresh-time", "data": "3600" }
        ]
        """;

    [Fact]
    public void Options_come_in_the_order_in_which_they_are_asked_for_then_what_is_always_sent()
    {
        Network6 net = Network6.With($$"""{ {{Options}}, "subnet6": [ {{Network6.Lan}} ] }""");
        Answer6 answer = net.NewClient().InformationRequest(OptionRequest(83, 24, 32, 23, 24, 99, 82));

        Assert.Equal(MessageType6.Reply, answer.Sent);
        Assert.Equal([1, 2, 83, 24, 32, 23, 82, 31], answer.Codes.Select(static code => (int)code));
        Assert.Equal(Hex.Of("00 00 03 84"), answer.Option(82));
        Assert.Equal(Hex.Of("07 65 78 61 6d 70 6c 65 03 6f 72 67 00"), answer.Option(24));
    }

    [Fact]
    public void Client_without_an_identifier_is_answered_without_one()
    {
        Client6 client = Network6.With($$"""{ {{Options}}, "subnet6": [ {{Network6.Lan}} ] }""").NewClient();
        client.Duid = [];
        Assert.Equal([2, 23, 31], client.InformationRequest(OptionRequest(23)).Codes.Select(static code => (int)code));
    }

    [Fact]
    public void Network_without_any_subnet_gets_the_global_options()
    {
        Answer6 answer = Network6.With($$"""{ {{Options}} }""").NewClient().InformationRequest(OptionRequest(23));
        Assert.Equal(Hex.Of("20 01 0d b8 00*11 53"), answer.Option(23));
        Assert.Equal(DropReason6.NoSubnet, Network6.With($$"""{ {{Options}} }""").NewClient().Solicit(IaNa(1)).Drop);
    }

    [Fact]
    public void Inner_levels_hide_outer_ones()
    {
        Network6 net = Network6.With("""
            { "option-data": [ { "name": "dns-servers", "data": "2001:db8::1" }, { "name": "sip-server-addr", "data": "2001:db8::1" }, { "name": "nis-servers", "data": "2001:db8::1" } ],
              "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0",
                "option-data": [ { "name": "dns-servers", "data": "2001:db8::2" }, { "name": "sip-server-addr", "data": "2001:db8::2" } ],
                "pools": [ { "pool": "2001:db8:1::10-2001:db8:1::1f", "option-data": [ { "name": "dns-servers", "data": "2001:db8::3" } ] } ],
                "pd-pools": [ { "prefix": "2001:db8:8000::", "prefix-len": 40, "delegated-len": 56, "option-data": [ { "name": "dns-servers", "data": "2001:db8::4" } ] } ] } ] }
            """);
        Assert.Equal([2, 2, 1], Last(net.NewClient().InformationRequest(OptionRequest(23, 22, 27))));
        Assert.Equal([3, 2, 1], Last(net.NewClient().Request(IaNa(1), OptionRequest(23, 22, 27))));
        Assert.Equal([4, 2, 1], Last(net.NewClient(2).Request(IaPd(1), OptionRequest(23, 22, 27))));
        Assert.Equal([3, 2, 1], Last(net.NewClient(3).Request(IaPd(1), IaNa(1), OptionRequest(23, 22, 27))));

        static int[] Last(Answer6 answer) => [answer.Option(23)![15], answer.Option(22)![15], answer.Option(27)![15]];
    }

    /// <summary>RFC 8415 §21.17: an option for each vendor.</summary>
    [Fact]
    public void Options_of_several_vendors_are_several_options()
    {
        Network6 net = Network6.With($$"""
            { "option-def": [ { "name": "a", "code": 1, "space": "vendor-32473", "type": "uint8" }, { "name": "b", "code": 250, "space": "vendor-4491", "type": "string" } ],
              "option-data": [ { "name": "a", "space": "vendor-32473", "data": "7" }, { "name": "b", "space": "vendor-4491", "data": "x" } ],
              "subnet6": [ {{Network6.Lan}} ] }
            """);
        Answer6 answer = net.NewClient().InformationRequest(OptionRequest(17));
        Assert.Equal(
            [Convert.ToHexString(Hex.Of("00 00 11 8b 00 fa 00 01 78")), Convert.ToHexString(Hex.Of("00 00 7e d9 00 01 00 01 07"))],
            answer.Options.Where(static o => o.Code == 17).Select(static o => Convert.ToHexString(o.Value)));
    }

    [Fact]
    public void Protocol_options_are_not_given_out_of_the_configuration()
    {
        Network6 net = Network6.With($$"""{ "option-data": [ { "name": "preference", "data": "1", "always-send": true } ], "subnet6": [ {{Network6.Lan}} ] }""");
        Assert.Equal([1, 2], net.NewClient().InformationRequest(OptionRequest(1, 2, 3, 7, 9, 13, 14)).Codes.Select(static code => (int)code));
    }
}
