namespace Leasehold.ConformanceTests.Rfc2132;

/// <summary>RFC 2132 §8.4 and §9.13: what vendors say to each other.</summary>
public class Rfc2132_Section_9_13
{
    /// <summary>"Servers not equipped to interpret the vendor-specific information sent by a client MUST ignore it";
    /// "Servers not equipped to interpret the class-specific information sent by a client MUST ignore it".</summary>
    [Theory]
    [InlineData("2b 03 01 01 61")]              // sub-options
    [InlineData("2b 04 ff 63 82 53")]           // octets that are none
    [InlineData("2b 00")]
    [InlineData("3c 08 4d 53 46 54 20 35 2e 30")]
    [InlineData("3c 03 00 ff 00")]
    [InlineData("3c 00")]
    public void Vendor_information_that_means_nothing_here_changes_nothing(string option)
    {
        Answer plain = Network.WithLan().NewClient().Discover();
        Client client = Network.WithLan().NewClient();
        client.Extra = option;

        Assert.Equal(plain.Octets, client.Discover().Octets);
    }
}
