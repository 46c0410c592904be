namespace Leasehold.ConformanceTests.Rfc2132;

/// <summary>RFC 2132 §9.14: the client identifier.</summary>
public class Rfc2132_Section_9_14
{
    /// <summary>"Identifiers SHOULD be treated as opaque objects by DHCP servers."</summary>
    [Theory]
    [InlineData("01 02 00 5e 10 00 01", "00 02 00 5e 10 00 01")]        // another type
    [InlineData("00 61", "00 61 00")]                                   // a null more
    [InlineData("00 61 62", "00 41 42")]                                // capitals
    [InlineData("00 00", "00 00 00")]
    [InlineData("ff 00 00 00 01 00 03 00 01 02 00 5e 10 00 0b", "ff 00 00 00 01 00 03 00 01 02 00 5e 10 00 0c")]
    public void Identifiers_are_equal_when_all_octets_are(string one, string other)
    {
        Network net = Network.WithLan();
        Answer first = net.NewClient(clientId: one).Dora();

        Assert.Equal("192.0.2.11", net.NewClient(clientId: other).Dora().Yiaddr.ToString());
        Assert.Equal(first.Yiaddr, net.NewClient(clientId: one).Dora().Yiaddr);
    }
}
