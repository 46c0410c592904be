using static Leasehold.ConformanceTests.Client6;

namespace Leasehold.ConformanceTests.Rfc6603;

/// <summary>RFC 6603 §4.2: OPTION_PD_EXCLUDE, in octets.</summary>
public class Rfc6603_Section_4_2
{
    private const string Pool = """
        { "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0", "pd-pools": [
            { "prefix": "2001:db8:8000::", "prefix-len": 48, "delegated-len": 59, "excluded-prefix": "2001:db8:8000:0f::", "excluded-prefix-len": 64 } ],
            "reservations": [ { "duid": "00:03:00:01:02:00:5e:10:00:02", "prefixes": [ "2001:db8:7000::/48" ], "excluded-prefixes": [ "2001:db8:7000:abcd::/72" ] } ] } ] }
        """;

    /// <summary>The example of the RFC: 5 bits of subnet id, 0x0f, from the left of one octet.</summary>
    [Theory]
    [InlineData("::/59", "2001:db8:8000::/59", "00 43 00 02 40 78")]
    [InlineData("2001:db8:8000:20::/59", "2001:db8:8000:20::/59", "00 43 00 02 40 78")]
    public void Excluded_prefix_is_told_by_the_bits_after_the_delegated_one(string wish, string granted, string option)
    {
        Answer6 answer = Network6.With(Pool).NewClient().Request(IaPd(1, wish), OptionRequest(67));
        (string lease, uint _, uint _, byte[] options) = Assert.Single(answer.Leases(25, 1));
        Assert.Equal(granted, lease);
        Assert.Equal(Hex.Of(option), options);
    }

    [Fact]
    public void Reserved_prefix_has_an_excluded_one_of_its_own()
    {
        Answer6 answer = Network6.With(Pool).NewClient(2).Request(IaPd(1), OptionRequest(67));
        Assert.Equal(Hex.Of("00 43 00 04 48 ab cd 00"), answer.Leases(25, 1).Single().Options);
    }

    /// <summary>§5.1: not without being asked for, because the client would use the whole prefix.</summary>
    [Fact]
    public void Client_that_does_not_ask_is_not_told() =>
        Assert.Empty(Network6.With(Pool).NewClient().Request(IaPd(1)).Leases(25, 1).Single().Options);
}
