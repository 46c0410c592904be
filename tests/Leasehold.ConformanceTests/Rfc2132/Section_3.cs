namespace Leasehold.ConformanceTests.Rfc2132;

/// <summary>RFC 2132 §3 to §8: options that list addresses.</summary>
public class Rfc2132_Section_3
{
    /// <summary>"Servers SHOULD be listed in order of preference": the administrator's order is the preference.</summary>
    [Theory]
    [InlineData(3)]     // §3.5 routers
    [InlineData(4)]     // §3.6 to §3.13
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(41)]    // §8.2, §8.3
    [InlineData(42)]
    [InlineData(48)]    // §8.9, §8.10
    [InlineData(49)]
    [InlineData(65)]    // §8.12 to §8.21
    [InlineData(68)]
    [InlineData(69)]
    [InlineData(70)]
    [InlineData(71)]
    [InlineData(72)]
    [InlineData(73)]
    [InlineData(74)]
    [InlineData(75)]
    [InlineData(76)]
    public void Addresses_stay_in_the_order_in_which_they_are_configured(byte code)
    {
        Network net = Network.With(
            $$"""
            {
              "interfaces-config": { "interfaces": [ "eth0" ] },
              "option-data": [ { "code": {{code}}, "data": "192.0.2.9, 192.0.2.1, 192.0.2.5", "always-send": true } ],
              "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10 - 192.0.2.20" } ] } ]
            }
            """);

        Assert.Equal("C0 00 02 09 C0 00 02 01 C0 00 02 05", net.NewClient().Discover().Hex(code));
    }
}
