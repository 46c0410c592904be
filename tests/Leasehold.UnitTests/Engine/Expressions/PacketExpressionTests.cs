using Xunit;

namespace Leasehold.UnitTests.Engine.Expressions;

/// <summary>What expressions see of a DHCPv4 packet.</summary>
public class PacketExpressionTests
{
    private static readonly byte[] Discover = Packets.V4(
    [
        53, 1, 1,
        12, 4, (byte)'h', (byte)'o', (byte)'s', (byte)'t',
        57, 2, 0x05, 0xdc,
        50, 4, 192, 0, 2, 50,
        6, 8, 192, 0, 2, 1, 192, 0, 2, 2,
        80, 0,
        61, 3, 1, 0xaa, 0xbb,
        43, 11, 0, 1, 2, 0x0a, 0x0b, 2, 0, 255, 3, 1, 9,              // PAD, 1, 2, END, and what nobody reads
        82, 14, 1, 4, (byte)'p', (byte)'o', (byte)'r', (byte)'t', 0, 1, 7, 5, 3, 9, 9, 9,
        124, 18, 0, 0, 0x11, 0x8b, 7, 3, (byte)'d', (byte)'o', (byte)'c', 2, (byte)'i', (byte)'s', 0, 0, 0, 9, 1, 0,
        125, 21, 0, 0, 0, 9, 3, 1, 1, 5, 0, 0, 0x11, 0x8b, 8, 2, 4, 192, 0, 2, 9, 1, 0,
    ]);

    [Theory]
    [InlineData("pkt.iface", "eth0")]
    [InlineData("pkt.src", "0xc0000263")]
    [InlineData("pkt.dst", "0xffffffff")]
    [InlineData("pkt4.mac", "0x02005e1000ab")]
    [InlineData("pkt4.hlen", "0x00000006")]
    [InlineData("pkt4.htype", "0x00000001")]
    [InlineData("pkt4.ciaddr", "0xc000020b")]
    [InlineData("pkt4.yiaddr", "0xc000020c")]
    [InlineData("pkt4.siaddr", "0xc000020d")]
    [InlineData("pkt4.giaddr", "0x0a010203")]
    [InlineData("pkt4.msgtype", "0x00000001")]
    [InlineData("pkt4.transid", "0x12345678")]
    [InlineData("hexstring(pkt4.mac, ':')", "02:00:5e:10:00:ab")]
    [InlineData("addrtotext(pkt4.giaddr)", "10.1.2.3")]
    [InlineData("option[12].hex", "host")]
    [InlineData("option[host-name].text", "host")]
    [InlineData("option[57].hex", "0x05dc")]
    [InlineData("option[57].text", "1500")]
    [InlineData("option[50].text", "192.0.2.50")]
    [InlineData("option[6].text", "192.0.2.1,192.0.2.2")]
    [InlineData("option[53].text", "1")]
    [InlineData("option[61].text", "01AABB")]
    [InlineData("option[80].hex", "")]
    [InlineData("option[80].text", "")]
    [InlineData("option[200].hex", "")]
    [InlineData("option[200].text", "")]
    [InlineData("option[43].option[1].hex", "0x0a0b")]
    [InlineData("option[43].option[2].hex", "")]
    [InlineData("option[43].option[3].hex", "")]
    [InlineData("option[43].option[255].hex", "")]
    [InlineData("option[82].option[1].hex", "port")]
    [InlineData("option[82].option[0].hex", "0x07")]
    [InlineData("option[dhcp-agent-options].option[circuit-id].text", "706F7274")]
    [InlineData("relay4[1].hex", "port")]
    [InlineData("relay4[2].hex", "")]
    [InlineData("option[12].option[104].hex", "")]
    [InlineData("vendor.enterprise", "0x00000009")]
    [InlineData("vendor[4491].enterprise", "0x0000118b")]
    [InlineData("vendor[7].enterprise", "")]
    [InlineData("vendor-class.enterprise", "0x0000118b")]
    [InlineData("vendor[9].option[1].hex", "0x05")]
    [InlineData("vendor[4491].option[1].hex", "")]
    [InlineData("vendor[4491].option[2].hex", "0xc0000209")]
    [InlineData("vendor[4491].option[tftp-servers].text", "192.0.2.9")]
    [InlineData("vendor[*].option[2].hex", "0xc0000209")]
    [InlineData("vendor[*].option[1].hex", "0x05")]
    [InlineData("vendor[7].option[1].hex", "")]
    [InlineData("option[125].option[1].hex", "0x05")]
    [InlineData("option[125].option[2].hex", "")]
    [InlineData("vendor-class[4491].data", "doc")]
    [InlineData("vendor-class[4491].data[1]", "is")]
    [InlineData("vendor-class[4491].data[2]", "")]
    [InlineData("vendor-class[*].data", "doc")]
    [InlineData("vendor-class[9].data", "")]
    [InlineData("vendor-class[9].data[1]", "")]
    [InlineData("vendor-class[7].data", "")]
    public void Value_is(string text, string expected) => Assert.Equal(Packets.Octets(expected), Packets.Value4(text, Discover));

    [Theory]
    [InlineData("pkt.len == 349")]
    [InlineData("pkt4.msgtype == 1 and pkt4.hlen * 2 == 12")]
    [InlineData("uint(option[57].hex) >= 1500 and uint(option[57].hex) < 1501")]
    [InlineData("pkt4.giaddr in 10.0.0.0/8 and not pkt4.ciaddr in (10.0.0.0/8, 192.0.2.10)")]
    [InlineData("option[80].exists and option[12].exists and not option[200].exists")]
    [InlineData("option[43].option[1].exists and option[43].option[2].exists and not option[43].option[3].exists")]
    [InlineData("option[82].exists and relay4[1].exists and not relay4[2].exists")]
    [InlineData("vendor[*].exists and vendor[9].exists and vendor[4491].exists and not vendor[7].exists")]
    [InlineData("vendor-class[*].exists and vendor-class[9].exists and not vendor-class[7].exists")]
    [InlineData("vendor[4491].option[1].exists and not vendor[9].option[2].exists")]
    [InlineData("option[60].hex == option[200].hex and option[60].hex == ''")]
    [InlineData("uint(option[60].hex) == uint(option[200].hex)")]
    [InlineData("not uint(option[60].hex) < 5 and not uint(option[60].hex) >= 5")]
    [InlineData("match('ho.*', option[12].text)")]
    [InlineData("not option[60].exists or option[60].hex == 'never asked'")]
    public void Condition_holds(string text) => Assert.True(Packets.Holds4(text, Discover));

    [Fact]
    public void Option_that_came_in_pieces_is_whole()
    {
        byte[] packet = Packets.V4([53, 1, 1, 60, 2, (byte)'a', (byte)'b', 12, 1, (byte)'h', 60, 1, (byte)'c', 43, 2, 1, 3, 43, 3, (byte)'x', (byte)'y', (byte)'z']);
        Assert.Equal("abch-abcxyz"u8.ToArray(), Packets.Value4("option[60].hex + option[12].hex + '-' + option[60].text + option[43].option[1].hex", packet));
        Assert.True(Packets.Holds4("option[60].hex == 'abc' and length(option[60].hex) == 3 and option[60].hex in ('ab', 'abc')", packet));
    }

    [Fact]
    public void Message_without_a_type_has_type_0() =>
        Assert.True(Packets.Holds4("pkt4.msgtype == 0 and not option[53].exists", Packets.V4(12, 1, (byte)'h')));

    [Fact]
    public void Members_are_asked_by_number()
    {
        string[] names = ["a", "b", "KNOWN"];
        Func<string, int> classes = name => Array.IndexOf(names, name) is >= 0 and var index ? index * 40 : -1;
        Assert.True(Packets.Holds4("member('b') and not member('a') and not member('never') and unknown", Discover, classes, 1UL << 40));
        Assert.True(Packets.Holds4("known and member('KNOWN') and not member('b')", Discover, classes, 0, 1UL << 16));
        Assert.False(Packets.Holds4("known or member('a') or member('b')", Discover, classes));
    }
}
