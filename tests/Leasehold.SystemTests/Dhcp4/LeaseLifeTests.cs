using Leasehold.Demo;
using Leasehold.Demo.Clients;
using Leasehold.Protocol;
using Xunit;
using static Leasehold.SystemTests.Dhcp4.ServedNetwork;

namespace Leasehold.SystemTests.Dhcp4;

/// <summary>What every client of other projects must get: a lease, more time for it, and an end that the server notices.</summary>
/// <remarks>A class for each client, so that they run side by side.</remarks>
public abstract class LeaseLifeTests
{
    protected const string OneSubnet =
        """
        {
          "valid-lifetime": 600,
          "subnet4": [ {
            "id": 7, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.100 - 192.0.2.109" } ],
            "option-data": [ { "name": "routers", "data": "192.0.2.1" }, { "name": "domain-name-servers", "data": "192.0.2.53" } ]
          } ]
        }
        """;

    [Fact]
    public async Task A_lease_is_obtained_renewed_and_released()
    {
        await using var network = await Create(OneSubnet);
        await network.StartServer();
        var client = NewClient(network);

        var obtained = await client.ObtainAsync(Cancel);
        Assert.Equal(600u, obtained.LeaseSeconds);
        Assert.Equal(Ipv4.Parse("192.0.2.1"), obtained.Server);
        Ipv4 address = Assert.NotNull(obtained.Address);
        AssertWithin("192.0.2.100", "192.0.2.109", address);
        Assert.Contains($"inet {address}/24 ", network.ClientHost.Ip("-4", "address", "show", "dev", "eth0"), StringComparison.Ordinal);
        var recorded = RecordedLeases.Read(network.Server.LeaseFile)[address];
        Assert.Equal((true, $"{client.HardwareAddress}", 600u, "host-a"), (recorded.IsInUse, recorded.HardwareAddress, recorded.ValidLifetime, recorded.Hostname));

        // In a later second, so that the renewal's line differs.
        await Task.Delay(TimeSpan.FromSeconds(1), Cancel);
        var renewed = await client.RenewAsync(Cancel);
        Assert.Equal((address, 600u), (renewed.Address, renewed.LeaseSeconds));
        Assert.True(RecordedLeases.Read(network.Server.LeaseFile)[address].Expire > recorded.Expire);

        await client.ReleaseAsync(Cancel);
        await network.Recorded(address, lease => !lease.IsInUse, "is released");
    }

    [Fact]
    public async Task A_renewal_by_the_clients_own_timer_gets_more_time()
    {
        await using var network = await Create(OneSubnet.Replace("\"valid-lifetime\": 600", EarlyRenewal, StringComparison.Ordinal));
        await network.StartServer();
        var client = NewClient(network);

        var obtained = await client.ObtainAsync(Cancel);
        var renewed = await client.NextLeaseAsync(Cancel);

        Assert.Equal("RENEW", renewed.Reason, ignoreCase: true);
        Assert.Equal(obtained.Address, renewed.Address);
    }

    /// <summary>Lifetimes with which the client renews within seconds.</summary>
    protected virtual string EarlyRenewal => "\"valid-lifetime\": 600, \"renew-timer\": 2, \"rebind-timer\": 500";

    protected abstract DhcpClient NewClient(ServedNetwork network);
}

public class UdhcpcTests : LeaseLifeTests
{
    /// <summary>It renews after half the lease, whatever the server says, and takes no lease to be shorter than this.</summary>
    protected override string EarlyRenewal => "\"valid-lifetime\": 16";

    protected override DhcpClient NewClient(ServedNetwork network) => new Udhcpc("host-a", network.ClientHost, "eth0", network.Folder);
}

public class DhclientTests : LeaseLifeTests
{
    protected override DhcpClient NewClient(ServedNetwork network) => new Dhclient("host-a", network.ClientHost, "eth0", network.Folder);
}

public class DhcpcdTests : LeaseLifeTests
{
    protected override DhcpClient NewClient(ServedNetwork network) => new Dhcpcd("host-a", network.ClientHost, "eth0", network.Folder);
}
