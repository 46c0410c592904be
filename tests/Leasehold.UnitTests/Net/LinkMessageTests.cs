using Leasehold.Net.Netlink;
using Leasehold.Protocol;
using Xunit;

namespace Leasehold.UnitTests.Net;

/// <summary>Octets as a little-endian kernel sends them.</summary>
public class LinkMessageTests
{
    // struct ifinfomsg: family, pad, type 1, index 7, flags up|broadcast|running|multicast|0x10000, change
    private const string LinkHead = "00 00 01 00  07 00 00 00  43 10 01 00  00 00 00 00";

    [Fact]
    public void A_link_is_read_with_its_name_addresses_and_mtu()
    {
        NetworkLink? link = LinkMessage.ReadLink(Hex(
            LinkHead +
            "09 00 03 00  65 74 68 30 00 00 00 00" +      // IFLA_IFNAME "eth0", padded
            "0a 00 01 00  02 00 5e 10 00 01 00 00" +      // IFLA_ADDRESS
            "0a 00 02 00  ff ff ff ff ff ff 00 00" +      // IFLA_BROADCAST
            "08 00 04 00  dc 05 00 00" +                  // IFLA_MTU 1500
            "05 00 99 80  01 00 00 00"));                 // one that nobody here knows, nested

        Assert.Equal(
            new NetworkLink
            {
                Index = 7,
                Name = "eth0",
                Type = 1,
                Flags = LinkFlags.Up | LinkFlags.Broadcast | LinkFlags.Running | LinkFlags.Multicast,
                Mtu = 1500,
                HardwareAddress = HardwareAddress.Parse("02:00:5e:10:00:01"),
                BroadcastAddress = HardwareAddress.Parse("ff:ff:ff:ff:ff:ff"),
            },
            link);
    }

    [Fact]
    public void A_link_address_of_more_than_16_octets_is_left_out()
    {
        NetworkLink? link = LinkMessage.ReadLink(Hex(
            LinkHead +
            "08 00 03 00  69 62 30 00" +
            "18 00 01 00  00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10 11 12 13"));
        Assert.Equal("ib0", link?.Name);
        Assert.True(link?.HardwareAddress.IsEmpty);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00 00 01 00  07 00 00 00  43 10 01 00  00 00 00")]
    [InlineData(LinkHead)]
    [InlineData(LinkHead + "09 00 03 00  65 74 68 30")] // the name is cut
    [InlineData(LinkHead + "03 00 03 00")]              // a length below its own head
    public void A_link_without_a_name_is_none(string octets) => Assert.Null(LinkMessage.ReadLink(Hex(octets)));

    [Fact]
    public void An_address_is_read_with_its_prefix_label_and_place()
    {
        Assert.True(LinkMessage.TryReadAddress(
            Hex("02 18 81 00  07 00 00 00" +               // AF_INET, /24, permanent|secondary, global, index 7
                "08 00 01 00  c0 00 02 01" +               // IFA_ADDRESS
                "08 00 02 00  c0 00 02 01" +               // IFA_LOCAL
                "0b 00 03 00  65 74 68 30 3a 31 00 00"),   // IFA_LABEL "eth0:1"
            out int index,
            out InterfaceAddress address));
        Assert.Equal(7, index);
        Assert.Equal(new(Ipv4.Parse("192.0.2.1"), 24, IsSecondary: true, "eth0:1", Peer: null), address);
    }

    [Fact]
    public void On_a_point_to_point_link_the_local_address_is_ours_and_the_other_the_peers()
    {
        Assert.True(LinkMessage.TryReadAddress(
            Hex("02 20 80 00  07 00 00 00  08 00 01 00 c0 00 02 02  08 00 02 00 c0 00 02 01"), out _, out InterfaceAddress address));
        Assert.Equal(new(Ipv4.Parse("192.0.2.1"), 32, IsSecondary: false, "", Ipv4.Parse("192.0.2.2")), address);
    }

    [Theory]
    [InlineData("02 18 80 00  07 00 00")]
    [InlineData("02 18 80 00  07 00 00 00")]
    [InlineData("0a 40 80 00  07 00 00 00  08 00 01 00 c0 00 02 01")] // AF_INET6
    [InlineData("02 18 80 00  07 00 00 00  07 00 02 00 c0 00 02 00")] // three octets
    public void What_is_no_ipv4_address_is_refused(string octets) =>
        Assert.False(LinkMessage.TryReadAddress(Hex(octets), out _, out _));

    [Fact]
    public void Messages_follow_each_other_padded_and_end_where_a_length_is_wrong()
    {
        NetlinkReader messages = new(Hex(
            "11 00 00 00  10 00 02 00  05 00 00 00  00 00 00 00  aa 00 00 00" +
            "10 00 00 00  03 00 10 00  06 00 00 00  00 00 00 00" +
            "ff 00 00 00  10 00 00 00  05 00 00 00  00 00 00 00"));
        Assert.True(messages.TryNext());
        Assert.Equal((16, 2, 5u), (messages.Type, messages.Flags, messages.Sequence));
        Assert.Equal([0xaa], messages.Body.ToArray());
        Assert.True(messages.TryNext());
        Assert.Equal((3, 0x10, 6u), (messages.Type, messages.Flags, messages.Sequence));
        Assert.True(messages.Body.IsEmpty);
        Assert.False(messages.TryNext());
    }

    private static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
}
