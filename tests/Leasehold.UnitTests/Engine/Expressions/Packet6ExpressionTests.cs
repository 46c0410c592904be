using Xunit;
using static Leasehold.UnitTests.Engine.Expressions.Packets;

namespace Leasehold.UnitTests.Engine.Expressions;

/// <summary>What expressions see of a DHCPv6 packet through two relays: relay 0 is next to the server.</summary>
public class Packet6ExpressionTests
{
    private static readonly byte[] Solicit =
    [
        1, 0xab, 0xcd, 0xef,
        .. Option6(1, 0, 3, 0, 1, 2, 0, 0x5e, 0x10, 0, 1),
        .. Option6(3, [0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0, .. Option6(5, [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2])]),
        .. Option6(16, [0, 0, 0x11, 0x8b, 0, 3, (byte)'d', (byte)'o', (byte)'c', 0, 1, (byte)'x']),
        .. Option6(17, [0, 0, 0, 9, .. Option6(1, 5)]),
        .. Option6(17, [0, 0, 0x11, 0x8b, .. Option6(300, (byte)'a')]),
        .. Option6(39, 1, 1, (byte)'h', 0),
        .. Option6(8, 0x01, 0x00),
    ];

    private static readonly byte[] Packet = Relayed(
        Relayed(Solicit, "2001:db8:1::1", "fe80::c", Option6(18, (byte)'i', (byte)'n')),
        "2001:db8:2::1",
        "fe80::2",
        Option6(18, (byte)'o', (byte)'u', (byte)'t'));

    [Theory]
    [InlineData("relay6[0].linkaddr", "0x20010db8000200000000000000000001")]
    [InlineData("relay6[1].linkaddr", "0x20010db8000100000000000000000001")]
    [InlineData("relay6[-1].linkaddr", "0x20010db8000100000000000000000001")]
    [InlineData("relay6[-2].linkaddr", "0x20010db8000200000000000000000001")]
    [InlineData("relay6[2].linkaddr", "")]
    [InlineData("relay6[-3].peeraddr", "")]
    [InlineData("addrtotext(relay6[0].peeraddr)", "fe80::2")]
    [InlineData("addrtotext(relay6[-1].peeraddr)", "fe80::c")]
    [InlineData("relay6[0].option[18].hex", "out")]
    [InlineData("relay6[1].option[interface-id].hex", "in")]
    [InlineData("relay6[1].option[37].hex", "")]
    [InlineData("relay6[5].option[18].hex", "")]
    [InlineData("pkt6.msgtype", "0x00000001")]
    [InlineData("pkt6.transid", "0x00abcdef")]
    [InlineData("pkt.iface", "eth6")]
    [InlineData("addrtotext(pkt.src)", "fe80::1")]
    [InlineData("addrtotext(pkt.dst)", "ff02::1:2")]
    [InlineData("option[1].hex", "0x0003000102005e100001")]
    [InlineData("option[elapsed-time].text", "256")]
    [InlineData("option[39].text", "1,h.")]
    [InlineData("option[3].option[5].text", "2001:db8::1,1,2")]
    [InlineData("option[ia-na].option[iaaddr].text", "2001:db8::1,1,2")]
    [InlineData("option[3].option[13].text", "")]
    [InlineData("vendor.enterprise", "0x00000009")]
    [InlineData("vendor[4491].option[300].hex", "a")]
    [InlineData("vendor[*].option[300].hex", "a")]
    [InlineData("vendor[9].option[1].hex", "0x05")]
    [InlineData("option[17].option[1].hex", "0x05")]
    [InlineData("vendor-class[4491].data", "doc")]
    [InlineData("vendor-class[*].data[1]", "x")]
    [InlineData("vendor-class[*].data[2]", "")]
    public void Value_is(string text, string expected) => Assert.Equal(Octets(expected), Value6(text, Packet));

    [Theory]
    [InlineData("relay6[0].option[18].exists and not relay6[2].option[18].exists")]
    [InlineData("relay6[-1].linkaddr in 2001:db8:1::/48 and not relay6[0].linkaddr in 2001:db8:1::/48 and not relay6[7].linkaddr in ::/0")]
    [InlineData("vendor[4491].exists and vendor[9].exists and not vendor[8].exists and vendor-class[4491].exists")]
    [InlineData("pkt6.msgtype in (1, 3) and pkt6.transid > 11259374")]
    [InlineData("uint(option[8].hex) == 256")]
    public void Condition_holds(string text) => Assert.True(Holds6(text, Packet));

    [Fact]
    public void Message_without_relays_has_none()
    {
        Assert.Equal([], Value6("relay6[0].linkaddr + relay6[-1].peeraddr + relay6[0].option[18].hex", Solicit));
    }
}
