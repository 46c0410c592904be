using System.Collections.Immutable;
using Leasehold.Net;
using Leasehold.Net.Netlink;
using Leasehold.Protocol;
using Leasehold.SystemTests.Namespaces;
using Xunit;
using static Leasehold.SystemTests.Net.Sockets;

namespace Leasehold.SystemTests.Net;

public class LinkMonitorTests
{
    [Fact]
    public async Task The_list_has_every_interface_with_its_addresses_in_the_kernels_order()
    {
        await using TestNetwork net = await OneLink();
        await net.Ip("server", "link", "set", "eth0", "address", "02:00:5e:10:00:01", "mtu", "1400");
        await net.Ip("server", "address", "add", "198.51.100.1/25", "dev", "eth0", "label", "eth0:b");
        await net.Ip("server", "address", "add", "192.0.2.3/24", "dev", "eth0");
        await net.Ip("server", "address", "add", "203.0.113.1", "peer", "203.0.113.2/32", "dev", "eth0");

        LinkTable table = net.In("server", LinkTable.Read);

        Assert.Equal("lo eth0", string.Join(' ', table.Links.Select(link => link.Name)));
        NetworkLink lo = table.Links[0];
        Assert.True(lo is { IsLoopback: true, IsUp: true, Index: 1 });
        Assert.Equal([new(Ip("127.0.0.1"), 8, IsSecondary: false, "lo", Peer: null)], lo.Addresses);
        NetworkLink eth0 = table.Links[1];
        Assert.Same(eth0, table.Find("eth0"));
        Assert.Same(eth0, table.Find(eth0.Index));
        Assert.True(eth0 is { IsLoopback: false, IsPointToPoint: false, IsUp: true, IsRunning: true, Mtu: 1400, Type: NetworkLink.EthernetType });
        Assert.Equal(HardwareAddress.Parse("02:00:5e:10:00:01"), eth0.HardwareAddress);
        Assert.Equal(HardwareAddress.Parse("ff:ff:ff:ff:ff:ff"), eth0.BroadcastAddress);
        Assert.Equal(
            [
                new(Ip("192.0.2.1"), 24, IsSecondary: false, "eth0", Peer: null),
                new(Ip("198.51.100.1"), 25, IsSecondary: false, "eth0:b", Peer: null),
                new(Ip("203.0.113.1"), 32, IsSecondary: false, "eth0", Peer: Ip("203.0.113.2")),
                new(Ip("192.0.2.3"), 24, IsSecondary: true, "eth0", Peer: null),
            ],
            eth0.Addresses.OrderBy(address => address.IsSecondary));
    }

    [Fact]
    public async Task An_interface_that_appears_changes_and_vanishes_is_told_each_time()
    {
        await using TestNetwork net = await OneLink();
        using LinkMonitor monitor = net.In("server", LinkMonitor.Open);
        Assert.Empty(monitor.Refresh());

        await net.Ip("server", "link", "add", "new0", "type", "veth", "peer", "name", "new0", "netns", net.NamespaceOf("client"));
        LinkChange appeared = await NextChange(monitor, change => change.Before is null);
        Assert.Equal("new0", appeared.After?.Name);
        Assert.False(appeared.After?.IsUp);

        await net.Ip("server", "link", "set", "new0", "up");
        Assert.Equal(appeared.After?.Index, (await NextChange(monitor, change => change.After is { IsUp: true })).After?.Index);

        await net.Ip("server", "address", "add", "192.0.2.9/28", "dev", "new0");
        LinkChange addressed = await NextChange(monitor, change => change.After is { Addresses.Length: 1 });
        Assert.Equal(Ip("192.0.2.9"), addressed.After?.Addresses[0].Address);
        Assert.Empty(addressed.Before?.Addresses ?? [default]);

        await net.Ip("server", "address", "del", "192.0.2.9/28", "dev", "new0");
        await NextChange(monitor, change => change.After is { Addresses.Length: 0 });

        await net.Ip("server", "link", "set", "new0", "down", "name", "renamed0");
        await NextChange(monitor, change => change is { Before.Name: "new0", After.Name: "renamed0" });

        await net.Ip("server", "link", "del", "renamed0");
        LinkChange vanished = await NextChange(monitor, change => change.After is null);
        Assert.Equal(appeared.After?.Index, vanished.Before?.Index);
        Assert.Equal("lo eth0", string.Join(' ', monitor.Table.Links.Select(link => link.Name)));
    }

    [Fact]
    public async Task A_carrier_that_is_lost_is_told()
    {
        await using TestNetwork net = await OneLink();
        using LinkMonitor monitor = net.In("server", LinkMonitor.Open);

        await net.Ip("client", "link", "set", "eth0", "down");

        LinkChange change = await NextChange(monitor, change => change.After is { IsRunning: false });
        Assert.True(change is { Before.IsRunning: true, After: { IsUp: true, Name: "eth0" } });
    }

    [Fact]
    public async Task Notifications_that_were_lost_do_not_lose_a_change()
    {
        await using TestNetwork net = await OneLink();
        using LinkMonitor monitor = net.In("server", LinkMonitor.Open);
        string batch = Path.GetTempFileName();
        try
        {
            // Nobody reads meanwhile, and 200 KiB of notifications is what the kernel keeps.
            File.WriteAllLines(batch, Enumerable.Range(0, 1000).Select(i => $"address add 10.{i / 250}.{i % 250}.1/24 dev eth0"));
            await net.Ip("server", "-batch", batch);
        }
        finally
        {
            File.Delete(batch);
        }

        ImmutableArray<LinkChange> changes = monitor.Refresh();
        Assert.Equal(1, monitor.Overruns);
        Assert.Equal(1001, Assert.Single(changes).After?.Addresses.Length);
        Assert.Empty(monitor.Refresh());
    }

    private static async Task<TestNetwork> OneLink()
    {
        TestNetwork net = await TestNetwork.Create("server", "client");
        await net.Connect("server", "eth0", "192.0.2.1/24", "client", "eth0", null);
        return net;
    }

    /// <summary>Waits as a server does, until a change is told; others may be told before.</summary>
    private static Task<LinkChange> NextChange(LinkMonitor monitor, Predicate<LinkChange> wanted)
    {
        using EventLoop loop = new();
        loop.Add(monitor);
        try
        {
            DateTime end = DateTime.UtcNow + Patience;
            while (DateTime.UtcNow < end)
            {
                if (loop.Wait(TimeSpan.FromSeconds(1)).IsEmpty) continue;
                foreach (LinkChange change in monitor.Refresh())
                {
                    if (wanted(change)) return Task.FromResult(change);
                }
            }

            throw new TimeoutException("The change was not told.");
        }
        finally
        {
            loop.Remove(monitor);
        }
    }
}
