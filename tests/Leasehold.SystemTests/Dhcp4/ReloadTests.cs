using Leasehold.Demo.Clients;
using Xunit;
using static Leasehold.SystemTests.Dhcp4.ServedNetwork;

namespace Leasehold.SystemTests.Dhcp4;

/// <summary>SIGHUP: the file is read again and taken whole, or not at all.</summary>
public class ReloadTests
{
    [Fact]
    public async Task A_good_file_is_in_force_at_once_and_leases_are_kept()
    {
        await using var network = await Create(OnePool("192.0.2.100 - 192.0.2.109", lifetime: 600));
        await network.StartServer();
        var client = new Udhcpc("host-a", network.ClientHost, "eth0", network.Folder);
        var before = await client.ObtainAsync(Cancel);

        network.Configure(OnePool("192.0.2.100 - 192.0.2.150", lifetime: 900));
        network.Server.Running?.Signal("HUP");
        await network.Logged($"dynamic server reconfiguration succeeded with file: {network.Server.ConfigurationFile}");
        var after = await client.RenewAsync(Cancel);

        Assert.Equal((600u, 900u), (before.LeaseSeconds, after.LeaseSeconds));
        Assert.Equal(before.Address, after.Address);
    }

    [Theory]
    [InlineData("""{ "valid-lifetime": 600, "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "198.51.100.1 - 198.51.100.9" } ] } ] }""")]
    [InlineData("""{ "valid-lifetime": 900, "no-such-key": 1, "subnet4": [] }""")]
    public async Task A_bad_file_changes_nothing(string bad)
    {
        await using var network = await Create(OnePool("192.0.2.100 - 192.0.2.109", lifetime: 600));
        await network.StartServer();
        var client = new Udhcpc("host-a", network.ClientHost, "eth0", network.Folder);
        var before = await client.ObtainAsync(Cancel);

        network.Configure(bad);
        network.Server.Running?.Signal("HUP");
        await network.Logged("dynamic server reconfiguration failed");
        var after = await client.RenewAsync(Cancel);

        Assert.Equal((before.Address, before.LeaseSeconds), (after.Address, after.LeaseSeconds));
    }

    [Fact]
    public async Task A_missing_file_changes_nothing()
    {
        await using var network = await Create(OnePool("192.0.2.100 - 192.0.2.109", lifetime: 600));
        await network.StartServer();

        File.Delete(network.Server.ConfigurationFile);
        network.Server.Running?.Signal("HUP");
        await network.Logged("dynamic server reconfiguration failed");

        var served = await new Udhcpc("host-a", network.ClientHost, "eth0", network.Folder).ObtainAsync(Cancel);
        AssertWithin("192.0.2.100", "192.0.2.109", served.Address);
    }

    private static string OnePool(string pool, int lifetime) =>
        $$"""{ "valid-lifetime": {{lifetime}}, "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "{{pool}}" } ] } ] }""";
}
