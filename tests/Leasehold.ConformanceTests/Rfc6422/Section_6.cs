using static Leasehold.ConformanceTests.Client6;

namespace Leasehold.ConformanceTests.Rfc6422;

/// <summary>RFC 6422 §6: options that relays supply.</summary>
public class Rfc6422_Section_6
{
    // Options 65 (ERP local domain "lan."), 23 (a DNS server) and 99, in option 66.
    private const string Supplied = "00 42 00 1d 00 41 00 05 03 6c 61 6e 00 00 17 00 10 20 01 0d b8 00*11 99";

    [Fact]
    public void Client_gets_what_it_asks_for_and_the_relay_may_supply()
    {
        Answer6 answer = Ask("", Supplied);
        Assert.Equal([1, 2, 65], answer.Codes.Select(static code => (int)code));
        Assert.Equal(Hex.Of("03 6c 61 6e 00"), answer.Option(65));
    }

    [Fact]
    public void Configured_options_may_be_supplied_and_those_of_the_server_come_first()
    {
        Assert.Equal(0x99, Ask("\"relay-supplied-options\": [ \"23\" ],", Supplied).Option(23)![15]);
        Assert.Equal(0x53, Ask("\"relay-supplied-options\": [ \"23\" ], \"option-data\": [ { \"name\": \"dns-servers\", \"data\": \"2001:db8::53\" } ],", Supplied).Option(23)![15]);
    }

    [Fact]
    public void Relay_nearest_to_the_client_counts()
    {
        Answer6 answer = Ask("", Supplied, "00 42 00 09 00 41 00 05 03 77 61 6e 00");
        Assert.Equal(Hex.Of("03 6c 61 6e 00"), answer.Option(65));
    }

    [Fact]
    public void Client_that_does_not_ask_gets_nothing_and_garbage_does_not_matter()
    {
        Assert.Null(Ask("", Supplied, asked: 24).Option(65));
        Assert.Null(Ask("", "00 42 00 03 00 41 00").Option(65));
    }

    private static Answer6 Ask(string parameters, string near, string? far = null, ushort asked = 0)
    {
        Network6 net = Network6.With($$"""
            { {{parameters}} "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "pools": [ { "pool": "2001:db8:1::10-2001:db8:1::1f" } ] } ] }
            """);
        Client6 client = net.NewClient();
        client.Relays.Add(new("2001:db8:1::2") { Options = near });
        if (far is not null) client.Relays.Add(new("::") { Options = far });
        return client.InformationRequest(asked == 0 ? OptionRequest(65, 23, 65) : OptionRequest(asked));
    }
}
