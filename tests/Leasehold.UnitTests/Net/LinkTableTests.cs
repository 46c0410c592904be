using Leasehold.Net.Netlink;
using Leasehold.Protocol;
using Xunit;

namespace Leasehold.UnitTests.Net;

public class LinkTableTests
{
    private static readonly InterfaceAddress First = new(Ipv4.Parse("192.0.2.1"), 24, IsSecondary: false, "eth0", Peer: null);

    [Fact]
    public void Changes_are_what_vanished_appeared_or_differs()
    {
        LinkTable before = new([Link(3, "eth2"), Link(1, "lo"), Link(2, "eth0", First)]);
        LinkTable after = new([Link(1, "lo"), Link(2, "eth0"), Link(4, "eth3")]);

        Assert.Equal(
            [
                new(Link(2, "eth0", First), Link(2, "eth0")),
                new(Link(3, "eth2"), After: null),
                new(Before: null, Link(4, "eth3")),
            ],
            after.ChangesSince(before));
        Assert.Empty(before.ChangesSince(before));
        Assert.Equal(3, before.ChangesSince(LinkTable.Empty).Length);
    }

    [Fact]
    public void Equal_lists_of_addresses_are_no_change()
    {
        LinkTable before = new([Link(2, "eth0", First, First with { Label = "eth0:1" })]);
        LinkTable same = new([Link(2, "eth0", First, First with { Label = "eth0:1" })]);
        LinkTable reordered = new([Link(2, "eth0", First with { Label = "eth0:1" }, First)]);

        Assert.Empty(same.ChangesSince(before));
        Assert.Single(reordered.ChangesSince(before));
    }

    [Fact]
    public void What_is_not_there_is_not_found()
    {
        LinkTable table = new([Link(2, "eth0")]);
        Assert.Equal("eth0", table.Find(2)?.Name);
        Assert.Equal(2, table.Find("eth0")?.Index);
        Assert.Null(table.Find(3));
        Assert.Null(table.Find("eth1"));
    }

    private static NetworkLink Link(int index, string name, params InterfaceAddress[] addresses) =>
        new() { Index = index, Name = name, Flags = LinkFlags.Up, Type = 1, Addresses = [.. addresses] };
}
