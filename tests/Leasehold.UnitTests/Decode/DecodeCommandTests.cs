using System.Buffers.Binary;
using System.Text;
using Leasehold.Protocol;
using Leasehold.Protocol.Link;
using Leasehold.UnitTests.Protocol;
using Xunit;

namespace Leasehold.UnitTests.Decode;

public class DecodeCommandTests
{
    private static readonly byte[] Message = PacketFile.Read("v4/discover-udhcpc.pkt");
    private static readonly string Expected = PacketFile.Text("v4/discover-udhcpc.txt");

    [Fact]
    public void A_packet_file_prints_its_text_file()
    {
        foreach (string file in PacketFile.In("v4"))
        {
            string expected = PacketFile.Text(Path.ChangeExtension(file, ".txt"));
            (int status, string output, string errors) = Run(Encoding.UTF8.GetBytes(PacketFile.Text(file)));
            Assert.Equal(expected, output);
            Assert.Equal(expected.Contains("\nerror: ", StringComparison.Ordinal) ? 1 : 0, status);
            Assert.Empty(errors);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(":")]
    [InlineData("-")]
    [InlineData(", 0x")]
    public void Octets_may_have_anything_usual_between_them(string separator)
    {
        string text = string.Join(separator, Message.Select(octet => octet.ToString("X2")));
        Assert.Equal((0, Expected, ""), Run(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Lines_of_tcpdump_are_read_with_their_offsets()
    {
        byte[] packet = WithHeaders();
        StringBuilder text = new();
        for (int copy = 0; copy < 2; copy++)
        {
            text.Append("19:35:09.270005 IP 192.0.2.1.68 > 192.0.2.2.67: BOOTP/DHCP, Request, length 300\n");
            Columns(text, packet, 2, offset => $"\t0x{offset:x4}:  ", _ => "  E..d.....@.# beef");
        }

        (int status, string output, string errors) = Run(Encoding.UTF8.GetBytes(text.ToString()));
        Assert.Equal((0, ""), (status, errors));
        Assert.Equal($"packet 1, 192.0.2.1:68 > 192.0.2.2:67\n{Expected}\npacket 2, 192.0.2.1:68 > 192.0.2.2:67\n{Expected}", output);
    }

    [Fact]
    public void Columns_of_xxd_hexdump_and_tshark_are_read()
    {
        StringBuilder xxd = new();
        Columns(xxd, Message, 2, offset => $"{offset:x8}: ", _ => "  ab.cd");
        Assert.Equal((0, Expected, ""), Run(Encoding.UTF8.GetBytes(xxd.ToString())));

        StringBuilder hexdump = new();
        Columns(hexdump, Message, 1, offset => $"{offset:x8}  ", _ => "  |ab cd ef|");
        hexdump.Append($"{Message.Length:x8}\n");
        Assert.Equal((0, Expected, ""), Run(Encoding.UTF8.GetBytes(hexdump.ToString())));

        StringBuilder tshark = new();
        Columns(tshark, Message, 1, offset => $"{offset:x4}  ", _ => "   ab cd ef");
        Assert.Equal((0, Expected, ""), Run(Encoding.UTF8.GetBytes(tshark.ToString())));
    }

    [Theory]
    [InlineData("01 0x 02", "line 1: '0x' is not hexadecimal octets")]
    [InlineData("01 02 \u001b[2J\u0000", "line 1: '\\x1b[2J\\x00' is not hexadecimal octets")]
    [InlineData("01 02\n03 xyz", "line 2: 'xyz' is not hexadecimal octets")]
    [InlineData("0x0000:  0101 0600\n0x0010:  0101", "line 2: offset 10 after 4 octets")]
    [InlineData("", "no octets; give hexadecimal text, pcap or pcapng")]
    [InlineData("# only words\n", "no octets; give hexadecimal text, pcap or pcapng")]
    public void Text_that_is_not_octets_is_bad_usage_and_says_where(string text, string problem)
    {
        (int status, _, string errors) = Run(Encoding.UTF8.GetBytes(text));
        Assert.Equal(2, status);
        Assert.Equal($"leasehold decode: input: {problem}\n", errors);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public void A_capture_is_read_in_both_byte_orders_and_time_units(bool isLittle, bool isNano)
    {
        byte[] file = Pcap(isLittle, isNano, link: 1, Frame(WithHeaders()));
        (int status, string output, string errors) = Run(file);
        Assert.Equal((0, ""), (status, errors));
        Assert.Equal($"packet 1, 2023-11-14T22:13:20.000500Z, 02:00:5e:10:00:01 > ff:ff:ff:ff:ff:ff, VLAN 7, 192.0.2.1:68 > 192.0.2.2:67\n{Expected}", output);
    }

    [Theory]
    [InlineData(101)]
    [InlineData(12)]
    [InlineData(228)]
    public void Raw_ip_has_no_link_header(int link)
    {
        (int status, string output, _) = Run(Pcap(isLittle: true, isNano: false, link, WithHeaders()));
        Assert.Equal(0, status);
        Assert.EndsWith(Expected, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(113, "00 04 00 01 00 06 02 00 5e 10 00 01 00 00 08 00")]
    [InlineData(276, "08 00 00 00 00 00 00 02 00 01 04 06 02 00 5e 10 00 01 00 00")]
    public void Linux_cooked_captures_say_who_sent(int link, string header)
    {
        (int status, string output, _) = Run(Pcap(isLittle: true, isNano: false, link, [.. Octets.Hex(header), .. WithHeaders()]));
        Assert.Equal(0, status);
        Assert.Contains("from 02:00:5e:10:00:01, 192.0.2.1:68", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_newer_capture_format_is_read_in_both_byte_orders(bool isLittle)
    {
        byte[] file = [.. PcapNg(isLittle, Frame(WithHeaders())), .. PcapNg(!isLittle, Frame(WithHeaders()))];
        (int status, string output, string errors) = Run(file);
        Assert.Equal((0, ""), (status, errors));
        Assert.StartsWith("packet 1, 2023-11-14T22:13:20.000500Z, 02:00:5e", output, StringComparison.Ordinal);
        Assert.Contains("\npacket 2, 2023-11-14T22:13:20.000500Z, 02:00:5e", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_capture_that_ends_early_prints_what_is_whole_and_is_bad_usage()
    {
        byte[] one = Pcap(isLittle: true, isNano: false, link: 1, Frame(WithHeaders()));
        byte[] file = [.. one, .. one[24..^9]];
        (int status, string output, string errors) = Run(file);
        Assert.Equal(2, status);
        Assert.EndsWith(Expected, output, StringComparison.Ordinal);
        Assert.Equal($"leasehold decode: input: the capture ends inside packet 2, at octet {one.Length}\n", errors);

        byte[] newer = PcapNg(isLittle: true, Frame(WithHeaders()));
        Assert.Equal(2, Run(newer.AsMemory(0, newer.Length - 8)).Status);
    }

    [Fact]
    public void A_capture_cut_anywhere_never_throws()
    {
        byte[] old = Pcap(isLittle: true, isNano: false, link: 1, Frame(WithHeaders()));
        byte[] newer = PcapNg(isLittle: true, Frame(WithHeaders()));
        for (int length = 24; length < old.Length; length++) Run(old.AsMemory(0, length));
        for (int length = 12; length < newer.Length; length++) Assert.NotEqual(0, Run(newer.AsMemory(0, length)).Status);
    }

    [Fact]
    public void Other_traffic_is_passed_over_and_alone_it_is_a_failure()
    {
        byte[] other = WithHeaders();
        BinaryPrimitives.WriteUInt16BigEndian(other.AsSpan(20), 53);
        BinaryPrimitives.WriteUInt16BigEndian(other.AsSpan(22), 5353);
        (int status, string output, string errors) = Run(Pcap(isLittle: true, isNano: false, link: 101, other));
        Assert.Equal((1, ""), (status, output));
        Assert.Equal("leasehold decode: input: no DHCP message in 1 packets (UDP ports 67, 68, 546, 547)\n", errors);
    }

    [Fact]
    public void A_wrong_checksum_is_remarked()
    {
        byte[] packet = WithHeaders();
        packet[26] ^= 1;
        Assert.Contains("UDP checksum not right", Run(Pcap(isLittle: true, isNano: false, link: 101, packet)).Output, StringComparison.Ordinal);
        packet[8]--;
        Assert.Contains("wrong IPv4 checksum", Run(Pcap(isLittle: true, isNano: false, link: 101, packet)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_of_DHCPv6_is_shown_in_octets()
    {
        byte[] packet = Octets.Hex(
            """
            60 00 00 00 00 0c 11 01 fe 80 00 00 00 00 00 00 00 00 00 00 00 00 00 01
            ff 02 00 00 00 00 00 00 00 00 00 00 00 01 00 02 02 22 02 23 00 0c 00 00  01 aa bb cc
            """);
        (int status, string output, _) = Run(Pcap(isLittle: true, isNano: false, link: 101, packet));
        Assert.Equal(0, status);
        Assert.Equal(
            "packet 1, 2023-11-14T22:13:20.000500Z, [fe80::1]:546 > [ff02::1:2]:547\nDHCPv6 message, 4 octets; DHCPv6 is not decoded yet\n    0  01 aa bb cc\n",
            output);
    }

    private static (int Status, string Output, string Errors) Run(ReadOnlyMemory<byte> input)
    {
        StringWriter output = new();
        StringWriter errors = new();
        int status = DecodeCommand.Decode(input, "input", output, errors);
        return (status, output.ToString(), errors.ToString());
    }

    private static byte[] WithHeaders()
    {
        byte[] packet = [.. new byte[Ipv4Udp.HeadersLength], .. Message];
        Ipv4Udp.WriteHeaders(packet, (Ipv4.Parse("192.0.2.1"), 68), (Ipv4.Parse("192.0.2.2"), 67));
        return packet;
    }

    private static byte[] Frame(byte[] packet) => [.. Octets.Hex("ff ff ff ff ff ff 02 00 5e 10 00 01 81 00 00 07 08 00"), .. packet];

    private static void Columns(StringBuilder text, byte[] octets, int group, Func<int, string> offset, Func<int, string> end)
    {
        for (int at = 0; at < octets.Length; at += 16)
        {
            IEnumerable<string> groups = octets.Skip(at).Take(16).Chunk(group).Select(Convert.ToHexStringLower);
            text.Append(offset(at)).AppendJoin(' ', groups).Append(end(at)).Append('\n');
        }
    }

    private static byte[] Pcap(bool isLittle, bool isNano, int link, byte[] packet) =>
    [
        .. Number(isLittle, isNano ? 0xA1B23C4D : 0xA1B2C3D4), .. Number(isLittle, 0), .. Number(isLittle, 0), .. Number(isLittle, 0),
        .. Number(isLittle, 65535), .. Number(isLittle, (uint)link),
        .. Number(isLittle, 1_700_000_000), .. Number(isLittle, isNano ? 500_000u : 500),
        .. Number(isLittle, (uint)packet.Length), .. Number(isLittle, (uint)packet.Length), .. packet,
    ];

    private static byte[] PcapNg(bool isLittle, byte[] packet)
    {
        ulong time = 1_700_000_000_000_500;
        return
        [
            .. Block(isLittle, 0x0A0D0D0A, [.. Number(isLittle, 0x1A2B3C4D), .. Number(isLittle, 1), .. Number(isLittle, 0xFFFFFFFF), .. Number(isLittle, 0xFFFFFFFF)]),
            .. Block(isLittle, 1, [.. isLittle ? (byte[])[1, 0, 0, 0] : [0, 1, 0, 0], .. Number(isLittle, 65535)]),
            .. Block(isLittle, 5, [1, 2, 3, 4]),
            .. Block(isLittle, 6, [
                .. Number(isLittle, 0), .. Number(isLittle, (uint)(time >> 32)), .. Number(isLittle, (uint)time),
                .. Number(isLittle, (uint)packet.Length), .. Number(isLittle, (uint)packet.Length), .. packet, .. new byte[(4 - (packet.Length % 4)) % 4]]),
        ];
    }

    private static byte[] Block(bool isLittle, uint type, byte[] body) =>
        [.. Number(isLittle, type), .. Number(isLittle, (uint)body.Length + 12), .. body, .. Number(isLittle, (uint)body.Length + 12)];

    private static byte[] Number(bool isLittle, uint value)
    {
        byte[] octets = new byte[4];
        if (isLittle) BinaryPrimitives.WriteUInt32LittleEndian(octets, value);
        else BinaryPrimitives.WriteUInt32BigEndian(octets, value);
        return octets;
    }
}
