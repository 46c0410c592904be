using static Leasehold.ConformanceTests.Client6;

namespace Leasehold.ConformanceTests.Rfc6939;

/// <summary>RFC 6939 §5 and the other places where a client's link-layer address can be found, in the configured order.</summary>
public class Rfc6939_Section_5
{
    [Theory]
    [InlineData("client-link-addr-option", "0a0b0c0d0e0f ClientLinkLayerAddress")]
    [InlineData("rfc6939", "0a0b0c0d0e0f ClientLinkLayerAddress")]
    [InlineData("remote-id", "020000000025 RemoteId")]
    [InlineData("subscriber-id", "020000000026 SubscriberId")]
    [InlineData("duid", "02005e100001 Duid")]
    [InlineData("ipv6-link-local", "02005e100001 LinkLocalAddress")]
    [InlineData("docsis-cmts", "020000000402 DocsisCmts")]
    [InlineData("docsis-modem", "020000000024 DocsisModem")]
    [InlineData("raw", " None")]
    [InlineData("raw\", \"subscriber-id\", \"duid", "020000000026 SubscriberId")]
    [InlineData("any", "0a0b0c0d0e0f ClientLinkLayerAddress")]
    public void Hardware_address_comes_from_the_first_source_that_has_one(string sources, string found)
    {
        Network6 net = Network6.With($$"""
            { "mac-sources": [ "{{sources}}" ], "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "pools": [ { "pool": "2001:db8:1::10-2001:db8:1::1f" } ] } ] }
            """);
        Client6 client = net.NewClient();
        client.LinkLocal = Leasehold.Protocol.Ipv6.Parse("fe80::5eff:fe10:1");
        client.Extra = "00 11 00 0e 00 00 11 8b 00 24 00 06 02 00 00 00 00 24";
        client.Relays.Add(new("2001:db8:1::2")
        {
            Options = """
                00 4f 00 08 00 01 0a 0b 0c 0d 0e 0f
                00 25 00 0a 00 00 00 09 02 00 00 00 00 25
                00 26 00 06 02 00 00 00 00 26
                00 11 00 0e 00 00 11 8b 04 02 00 06 02 00 00 00 04 02
                """,
        });
        Assert.Equal(found, Assert.Single(client.Request(IaNa(1)).Changes).Hardware);
    }
}
