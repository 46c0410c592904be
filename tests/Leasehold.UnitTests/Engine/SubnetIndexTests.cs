using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Engine.V4;
using Leasehold.Protocol;
using Xunit;

namespace Leasehold.UnitTests.Engine;

public class SubnetIndexTests
{
    private static Subnet4 Subnet(uint id, string prefix) =>
        Ipv4Prefix.TryParse(prefix, out Ipv4Prefix parsed, out bool hostBits) && !hostBits
            ? new() { Id = id, Prefix = parsed }
            : throw new FormatException(prefix);

    private static SubnetIndex Index(params ImmutableArray<Subnet4> subnets)
    {
        Dhcp4Config config = new() { Subnets = subnets };
        return new(config, ServingClass4.TableOf(config));
    }

    [Theory]
    [InlineData("9.255.255.255", null)]
    [InlineData("10.0.0.0", 1u)]
    [InlineData("10.1.255.255", 1u)]
    [InlineData("10.2.0.0", 2u)]
    [InlineData("10.2.3.3", 2u)]
    [InlineData("10.2.3.4", 3u)]
    [InlineData("10.2.3.5", 2u)]
    [InlineData("10.2.255.255", 2u)]
    [InlineData("10.3.0.0", 1u)]
    [InlineData("10.255.255.255", 1u)]
    [InlineData("11.0.0.0", null)]
    public void Address_belongs_to_the_smallest_subnet_around_it(string address, uint? id)
    {
        SubnetIndex index = Index(Subnet(3, "10.2.3.4/32"), Subnet(1, "10.0.0.0/8"), Subnet(2, "10.2.0.0/16"));
        Assert.Equal(id, index.OfAddress(Ipv4.Parse(address))?.Id);
    }

    [Theory]
    [InlineData("0.0.0.0/0", "0.0.0.0", "255.255.255.255")]
    [InlineData("255.255.255.0/24", "255.255.255.0", "255.255.255.255")]
    [InlineData("0.0.0.0/1", "0.0.0.0", "127.255.255.255")]
    public void Subnet_at_the_edge_of_the_address_space_is_found_up_to_its_ends(string prefix, string first, string last)
    {
        SubnetIndex index = Index(Subnet(1, prefix));
        Assert.Equal(1u, index.OfAddress(Ipv4.Parse(first))?.Id);
        Assert.Equal(1u, index.OfAddress(Ipv4.Parse(last))?.Id);
    }

    [Fact]
    public void Subnets_that_touch_and_nest_are_found_as_by_trying_all()
    {
        Random random = new(7);
        for (int round = 0; round < 50; round++)
        {
            Dictionary<Ipv4Prefix, uint> prefixes = [];
            while (prefixes.Count < 40)
            {
                Ipv4Prefix prefix = new(new Ipv4((uint)(0x0a000000 + random.Next(1 << 12))), random.Next(20, 33));
                prefixes.TryAdd(prefix, (uint)prefixes.Count + 1);
            }

            SubnetIndex index = Index([.. prefixes.Select(p => new Subnet4 { Id = p.Value, Prefix = p.Key })]);
            for (int i = -3; i < (1 << 12) + 3; i++)
            {
                Ipv4 address = new((uint)(0x0a000000 + i));
                uint? expected = prefixes.Where(p => p.Key.Contains(address)).OrderByDescending(p => p.Key.Length).Select(p => (uint?)p.Value).FirstOrDefault();
                Assert.Equal(expected, index.OfAddress(address)?.Id);
            }
        }
    }

    [Fact]
    public void No_subnet_means_no_answer()
    {
        SubnetIndex index = Index();
        Assert.Null(index.OfAddress(Ipv4.Parse("10.0.0.1")));
        Assert.True(index.OfRelay(Ipv4.Parse("10.0.0.1")).IsEmpty);
        Assert.True(index.OfInterface("eth0").IsEmpty);
    }
}
