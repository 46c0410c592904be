using Leasehold.Protocol;
using Leasehold.Protocol.Link;
using Xunit;

namespace Leasehold.UnitTests.Protocol.Link;

/// <summary>Headers octet by octet: RFC 791, RFC 768, RFC 826, RFC 792, RFC 1071.</summary>
public class LinkTests
{
    [Theory]
    [InlineData("00 01 f2 03 f4 f5 f6 f7", 0x220D)]
    [InlineData("", 0xFFFF)]
    [InlineData("ff ff", 0x0000)]
    [InlineData("01", 0xFEFF)]
    [InlineData("45 00 00 73 00 00 40 00 40 11 00 00 c0 a8 00 01 c0 a8 00 c7", 0xB861)]
    public void The_checksum_is_that_of_RFC_1071(string octets, int sum)
    {
        Assert.Equal(sum, InternetChecksum.Of(Octets.Hex(octets)));
    }

    [Fact]
    public void The_checksum_of_any_octets_is_the_sum_of_words()
    {
        Random random = new(5);
        for (int length = 0; length < 300; length++)
        {
            byte[] octets = new byte[length];
            random.NextBytes(octets);
            if (length % 3 == 0) Array.Fill(octets, (byte)0xFF);
            uint sum = 0;
            for (int i = 0; i < length; i += 2)
            {
                sum += (uint)((octets[i] << 8) | (i + 1 < length ? octets[i + 1] : 0));
                sum = (sum & 0xFFFF) + (sum >> 16);
            }

            Assert.Equal((ushort)~sum, InternetChecksum.Of(octets));
        }
    }

    [Fact]
    public void Headers_are_written_before_the_payload()
    {
        byte[] packet = [.. new byte[28], .. "abc"u8];
        Ipv4Udp.WriteHeaders(packet, (Ipv4.Parse("192.0.2.1"), 67), (Ipv4.Parse("192.0.2.10"), 68));
        Assert.Equal(
            "45 00 00 1f 00 00 40 00 40 11 b6 c2 c0 00 02 01 c0 00 02 0a 00 43 00 44 00 0b b6 e2 61 62 63",
            Octets.Show(packet));
        Assert.True(Ipv4Udp.TryParse(packet, out Ipv4Udp datagram, out _));
        Assert.True(datagram.IsHeaderSumRight);
        Assert.True(datagram.IsUdpSumRight);
        Assert.Equal("abc"u8, datagram.Payload);
        Assert.Equal((67, 68), (datagram.SourcePort, datagram.DestinationPort));
        Assert.Equal("192.0.2.1 192.0.2.10", $"{datagram.Source} {datagram.Destination}");
    }

    [Fact]
    public void A_changed_octet_makes_a_sum_wrong()
    {
        byte[] packet = [.. new byte[28], .. "abc"u8];
        Ipv4Udp.WriteHeaders(packet, (new(1), 67), (new(2), 68));
        packet[30]++;
        Assert.True(Ipv4Udp.TryParse(packet, out Ipv4Udp payload, out _));
        Assert.True(payload.IsHeaderSumRight);
        Assert.False(payload.IsUdpSumRight);
        packet[8]--;
        Assert.True(Ipv4Udp.TryParse(packet, out Ipv4Udp header, out _));
        Assert.False(header.IsHeaderSumRight);
        packet[26] = packet[27] = 0;
        Assert.True(Ipv4Udp.TryParse(packet, out Ipv4Udp none, out _));
        Assert.True(none.IsUdpSumRight);
    }

    [Fact]
    public void Options_of_the_header_and_padding_of_the_frame_are_passed_over()
    {
        byte[] packet = Octets.Hex("46 00 00 22 00 00 00 00 40 11 00 00 c0 00 02 01 c0 00 02 0a 94 04 00 00 00 43 00 44 00 09 00 00 61 00 00 00 00");
        Assert.True(Ipv4Udp.TryParse(packet, out Ipv4Udp datagram, out WireError error), error.ToString());
        Assert.Equal("a"u8, datagram.Payload);
        Assert.Equal(67, datagram.SourcePort);
    }

    [Theory]
    [InlineData(0, 0x65, 0)]
    [InlineData(0, 0x44, 0)]
    [InlineData(3, 0xFF, 2)]
    [InlineData(3, 0x1B, 2)]
    [InlineData(6, 0x20, 6)]
    [InlineData(7, 0x01, 6)]
    [InlineData(9, 0x06, 9)]
    [InlineData(25, 0x07, 24)]
    [InlineData(25, 0x0C, 24)]
    public void A_header_that_contradicts_itself_is_refused(int at, byte octet, int offset)
    {
        byte[] packet = [.. new byte[28], .. "abc"u8];
        Ipv4Udp.WriteHeaders(packet, (new(1), 67), (new(2), 68));
        packet[at] = octet;
        Assert.False(Ipv4Udp.TryParse(packet, out _, out WireError error));
        Assert.Equal(new WireError(WireErrorKind.Header, offset), error);
    }

    [Fact]
    public void A_packet_that_is_cut_is_refused_at_every_length()
    {
        byte[] packet = [.. new byte[28], .. "abc"u8];
        Ipv4Udp.WriteHeaders(packet, (new(1), 67), (new(2), 68));
        for (int length = 0; length < packet.Length; length++) Assert.False(Ipv4Udp.TryParse(packet.AsSpan(0, length), out _, out _));
    }

    [Fact]
    public void A_frame_has_addresses_tags_and_a_type()
    {
        byte[] octets = Octets.Hex("ff ff ff ff ff ff 02 00 5e 10 00 01 88 a8 00 05 81 00 e0 07 08 00 45");
        Assert.True(EthernetFrame.TryParse(octets, out EthernetFrame frame, out _));
        Assert.Equal("ff:ff:ff:ff:ff:ff 02:00:5e:10:00:01", $"{frame.Destination} {frame.Source}");
        Assert.Equal(2, frame.TagCount);
        Assert.Equal((5, 7), (frame.Vlan(0), frame.Vlan(1)));
        Assert.Equal(EthernetFrame.Ipv4Type, frame.EtherType);
        Assert.Equal("45", Octets.Show(frame.Payload));
        for (int length = 0; length < 22; length++) Assert.False(EthernetFrame.TryParse(octets.AsSpan(0, length), out _, out _));
    }

    [Fact]
    public void A_frames_header_is_written()
    {
        byte[] octets = new byte[14];
        EthernetFrame.WriteHeader(octets, [1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12], EthernetFrame.ArpType);
        Assert.Equal("01 02 03 04 05 06 07 08 09 0a 0b 0c 08 06", Octets.Show(octets));
    }

    [Fact]
    public void A_probe_is_written_and_read()
    {
        byte[] octets = new byte[Arp.Length];
        Arp.Write(octets, Arp.Request, [2, 0, 0x5e, 0x10, 0, 1], Ipv4.Any, new byte[6], Ipv4.Parse("192.0.2.10"));
        Assert.Equal("00 01 08 00 06 04 00 01 02 00 5e 10 00 01 00 00 00 00 00 00 00 00 00 00 c0 00 02 0a", Octets.Show(octets));
        Assert.True(Arp.TryParse([.. octets, .. new byte[18]], out Arp arp, out _));
        Assert.Equal((Arp.Request, Ipv4.Any, Ipv4.Parse("192.0.2.10")), (arp.Operation, arp.Sender, arp.Target));
        Assert.Equal("02:00:5e:10:00:01", arp.SenderHardware.ToString());
        Assert.Equal("00:00:00:00:00:00", arp.TargetHardware.ToString());
        for (int length = 0; length < octets.Length; length++) Assert.False(Arp.TryParse(octets.AsSpan(0, length), out _, out _));
        foreach (int at in (int[])[0, 2, 4, 5])
        {
            byte[] changed = [.. octets];
            changed[at]++;
            Assert.False(Arp.TryParse(changed, out _, out _));
        }
    }

    [Fact]
    public void An_echo_is_written_and_read()
    {
        byte[] octets = [.. new byte[8], .. "abc"u8];
        IcmpEcho.WriteHeader(octets, reply: false, identifier: 0x1234, sequence: 1);
        Assert.Equal("08 00 21 68 12 34 00 01 61 62 63", Octets.Show(octets));
        Assert.True(IcmpEcho.TryParse(octets, out IcmpEcho echo, out _));
        Assert.Equal((false, 0x1234, 1), (echo.IsReply, echo.Identifier, echo.Sequence));
        Assert.Equal("abc"u8, echo.Data);
        IcmpEcho.WriteHeader(octets, reply: true, identifier: 0x1234, sequence: 1);
        Assert.True(IcmpEcho.TryParse(octets, out IcmpEcho answer, out _) && answer.IsReply);
        octets[9]++;
        Assert.False(IcmpEcho.TryParse(octets, out _, out WireError error));
        Assert.Equal(new WireError(WireErrorKind.Header, 2), error);
        Assert.False(IcmpEcho.TryParse([3, 0, 0, 0, 0, 0, 0, 0], out _, out _));
        Assert.False(IcmpEcho.TryParse([8, 0, 0], out _, out _));
    }

    [Fact]
    public void Headers_allocate_nothing()
    {
        byte[] packet = new byte[328];
        Ipv4Udp.WriteHeaders(packet, (new(1), 67), (new(2), 68));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Ipv4Udp.WriteHeaders(packet, (new(1), 67), (new(2), 68));
            _ = Ipv4Udp.TryParse(packet, out Ipv4Udp datagram, out _) && datagram.IsUdpSumRight;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
