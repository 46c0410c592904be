using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Net.Netlink;
using Leasehold.Protocol;
using Leasehold.Serve;
using Xunit;

namespace Leasehold.UnitTests.Serve;

public sealed class WantedInterfacesTests
{
    private static readonly LinkTable Machine = new([
        Link(1, "lo", LinkFlags.Up | LinkFlags.Loopback, "127.0.0.1"),
        Link(2, "eth0", LinkFlags.Up, "192.0.2.1", "192.0.2.2", "198.51.100.1"),
        Link(3, "eth1", LinkFlags.Up),
        Link(4, "eth2", LinkFlags.None, "203.0.113.1"),
        Link(5, "eth3", LinkFlags.Up, "203.0.113.9"),
    ]);

    [Theory]
    [InlineData("*", "eth0 192.0.2.1,192.0.2.2,198.51.100.1; eth3 203.0.113.9", "")]
    [InlineData("eth0", "eth0 192.0.2.1,192.0.2.2,198.51.100.1", "")]
    [InlineData("eth0/192.0.2.2", "eth0 192.0.2.2 not 192.0.2.1,198.51.100.1", "")]
    [InlineData("eth0/192.0.2.2 eth0/198.51.100.1", "eth0 192.0.2.2,198.51.100.1 not 192.0.2.1", "")]
    [InlineData("eth0/192.0.2.2 *", "eth0 192.0.2.2,192.0.2.1,198.51.100.1; eth3 203.0.113.9", "")]
    [InlineData("eth3 eth3 eth0", "eth0 192.0.2.1,192.0.2.2,198.51.100.1; eth3 203.0.113.9", "")]
    [InlineData("lo", "lo 127.0.0.1", "")]
    [InlineData("eth1", "", "eth1: it has no IPv4 address")]
    [InlineData("eth2", "", "eth2: it is down")]
    [InlineData("eth9 eth3", "eth3 203.0.113.9", "eth9: there is no such interface")]
    [InlineData("eth3/192.0.2.1", "", "eth3: it does not have the address 192.0.2.1")]
    [InlineData("", "", "")]
    public void Selectors_name_what_is_there_and_ready(string selectors, string served, string problems)
    {
        InterfacesConfig config = new() { Interfaces = [.. selectors.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Selector)] };
        (ImmutableArray<WantedInterface> wanted, ImmutableArray<(string Name, string Reason)> unusable) = WantedInterfaces.Of(config, Machine);
        Assert.Equal(served, string.Join("; ", wanted.Select(static w =>
            $"{w.Interface.Name} {string.Join(',', w.Interface.Addresses)}{(w.Ignored.IsEmpty ? "" : $" not {string.Join(',', w.Ignored)}")}")));
        Assert.Equal(problems, string.Join("; ", unusable.Select(static u => $"{u.Name}: {u.Reason}")));
    }

    [Fact]
    public void A_primary_address_is_the_server_identifier_also_when_a_secondary_one_is_listed_before()
    {
        NetworkLink link = Link(2, "eth0", LinkFlags.Up, "192.0.2.2", "192.0.2.1");
        link = link with { Addresses = [link.Addresses[0] with { IsSecondary = true }, link.Addresses[1]] };
        InterfacesConfig config = new() { Interfaces = [new("eth0", null)] };
        Assert.Equal(Ipv4.Parse("192.0.2.1"), Assert.Single(WantedInterfaces.Of(config, new([link])).Wanted).Interface.Address);
    }

    [Fact]
    public void An_interface_that_was_made_anew_under_its_name_is_another_link()
    {
        InterfacesConfig config = new() { Interfaces = [new("eth0", null)] };
        WantedInterface before = Assert.Single(WantedInterfaces.Of(config, new([Link(2, "eth0", LinkFlags.Up, "192.0.2.1")])).Wanted);
        WantedInterface after = Assert.Single(WantedInterfaces.Of(config, new([Link(7, "eth0", LinkFlags.Up, "192.0.2.1")])).Wanted);
        Assert.NotEqual(before.Index, after.Index);
        Assert.False(before.IsSame(after));
    }

    private static InterfaceSelector Selector(string text) =>
        text == "*" ? new(null, null)
        : text.Split('/') is [var name, var address] ? new(name, Ipv4.Parse(address))
        : new(text, null);

    private static NetworkLink Link(int index, string name, LinkFlags flags, params string[] addresses) => new()
    {
        Index = index,
        Name = name,
        Flags = flags,
        Type = NetworkLink.EthernetType,
        Addresses = [.. addresses.Select(a => new InterfaceAddress(Ipv4.Parse(a), 24, IsSecondary: false, name, Peer: null))],
    };
}
