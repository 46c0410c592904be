using Leasehold.Configuration.Model;
using Leasehold.Engine.V4;
using Leasehold.Protocol;
using Xunit;

namespace Leasehold.UnitTests.Engine;

public class ServingSubnetTests
{
    private static ServingSubnet Serve(Dhcp4Config config, Subnet4 subnet) => new(subnet, around: null, network: null, new(config, ServingClass4.TableOf(config)));

    private static Ipv4Range Range(string first, string last) => new(Ipv4.Parse(first), Ipv4.Parse(last));

    [Theory]
    [InlineData("192.0.2.9", null)]
    [InlineData("192.0.2.10", 2u)]
    [InlineData("192.0.2.19", 2u)]
    [InlineData("192.0.2.20", null)]
    [InlineData("192.0.2.50", 1u)]
    [InlineData("192.0.2.59", 1u)]
    [InlineData("192.0.2.60", 3u)]
    [InlineData("192.0.2.61", null)]
    public void Pool_is_found_in_any_order_of_the_file(string address, uint? id)
    {
        Subnet4 subnet = new()
        {
            Id = 1,
            Prefix = new(Ipv4.Parse("192.0.2.0"), 24),
            Pools =
            [
                new() { Id = 1, Range = Range("192.0.2.50", "192.0.2.59") },
                new() { Id = 2, Range = Range("192.0.2.10", "192.0.2.19") },
                new() { Id = 3, Range = Range("192.0.2.60", "192.0.2.60") },
            ],
        };
        ServingSubnet serving = Serve(new(), subnet);
        Assert.Equal(id, serving.PoolOf(Ipv4.Parse(address))?.Id);
        Assert.Equal([1u, 2u, 3u], serving.Pools.Select(pool => pool.Id));
    }

    /// <summary>A pool without options of its own shares its subnet's: ten thousand subnets need no ten thousand tables more.</summary>
    [Fact]
    public void Pool_without_options_shares_the_subnets()
    {
        Subnet4 subnet = new() { Id = 1, Prefix = new(Ipv4.Parse("192.0.2.0"), 24), Pools = [new() { Range = Range("192.0.2.10", "192.0.2.19") }] };
        ServingSubnet serving = Serve(new(), subnet);
        Assert.Same(serving.Options, serving.Pools[0].Options);

        Dhcp4Config config = new();
        ServingLevels levels = new(config, ServingClass4.TableOf(config));
        Assert.Same(levels.Plain, new ServingSubnet(subnet, around: null, network: null, levels).Options.Plain);
    }
}
