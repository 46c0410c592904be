namespace Leasehold.ConformanceTests.Rfc2132;

/// <summary>RFC 2132 §2: the format of options.</summary>
public class Rfc2132_Section_2
{
    /// <summary>"… the receiver of such options MUST be prepared to delete trailing nulls if they exist. The receiver MUST NOT require that a trailing null be included".</summary>
    [Theory]
    [InlineData("0c 03 62 6f 78")]
    [InlineData("0c 04 62 6f 78 00")]
    [InlineData("0c 06 62 6f 78 00 00 00")]
    public void Trailing_nulls_of_a_name_do_not_count(string hostName)
    {
        Client client = Network.WithLan().NewClient();
        client.Extra = hostName;

        Assert.Equal("box", client.Dora().Hostname);
    }

    /// <summary>"Options containing NVT ASCII data SHOULD NOT include a trailing NULL".</summary>
    [Fact]
    public void Text_is_sent_without_a_trailing_null()
    {
        Network net = Network.With(
            """
            {
              "interfaces-config": { "interfaces": [ "eth0" ] },
              "option-data": [ { "name": "root-path", "data": "/srv", "always-send": true } ],
              "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10 - 192.0.2.20" } ] } ]
            }
            """);

        Assert.Equal("2F 73 72 76", net.NewClient().Discover().Hex(17));
    }

    /// <summary>"Any options defined subsequent to this document MUST contain a length octet": so what is not known can be passed over.</summary>
    [Fact]
    public void Unknown_options_are_passed_over_by_their_length()
    {
        Client client = Network.WithLan().NewClient();
        client.RequestList = [];
        client.Extra = "f0 00  a0 05 32 04 c0 00 02  32 04 c0 00 02 11";

        Assert.Equal("192.0.2.17", client.Discover().Yiaddr.ToString());
    }
}
