using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Xunit;

namespace Leasehold.UnitTests.Protocol.V4;

/// <summary>The view: RFC 2131 §2, RFC 951 §3, RFC 2132 §9.3, RFC 3396.</summary>
public class Dhcp4MessageTests
{
    [Fact]
    public void Fields_are_where_RFC_2131_puts_them()
    {
        Dhcp4Message message = Parse("v4/discover-relayed.pkt");
        Assert.Equal(Op4.BootRequest, message.Op);
        Assert.Equal(HardwareAddress.Parse("02:00:5e:10:00:01"), message.Chaddr);
        Assert.Equal(1, message.Hops);
        Assert.Equal(0x12345678u, message.Xid);
        Assert.Equal(Ipv4.Parse("203.0.113.1"), message.Giaddr);
        Assert.Equal(MessageType4.Discover, message.MessageType);
        Assert.False(message.IsBootp);
        Assert.False(message.Broadcast);
        Assert.True(Parse("v4/discover-pxe.pkt").Broadcast);
        Assert.Equal(4, Parse("v4/discover-pxe.pkt").Secs);
    }

    [Theory]
    [InlineData("v4/one-octet.pkt", WireErrorKind.MessageTooShort, 1)]
    [InlineData("v4/discover-truncated.pkt", WireErrorKind.MessageTooShort, 200)]
    [InlineData("v4/discover-hlen-17.pkt", WireErrorKind.HardwareLength, 2)]
    [InlineData("v4/wrong-op.pkt", WireErrorKind.Op, 0)]
    [InlineData("v4/bad-cookie.pkt", WireErrorKind.MagicCookie, 236)]
    [InlineData("v4/option-past-end.pkt", WireErrorKind.OptionTooLong, 252)]
    [InlineData("v4/option-without-length.pkt", WireErrorKind.OptionLengthMissing, 252)]
    [InlineData("v4/option-past-file.pkt", WireErrorKind.OptionTooLong, 228)]
    [InlineData("v4/message-type-two-octets.pkt", WireErrorKind.OptionValue, 240)]
    public void A_broken_rule_is_named_with_its_octet(string file, WireErrorKind kind, int offset)
    {
        Assert.False(Dhcp4Message.TryParse(PacketFile.Read(file), out _, out WireError error));
        Assert.Equal(new WireError(kind, offset), error);
    }

    [Theory]
    [InlineData("v4/bootp-request.pkt")]
    [InlineData("v4/bootp-fixed-fields.pkt")]
    [InlineData("v4/bootp-rfc1497.pkt")]
    public void A_message_without_option_53_is_bootp(string file)
    {
        Dhcp4Message message = Parse(file);
        Assert.True(message.IsBootp);
        Assert.Equal(MessageType4.None, message.MessageType);
    }

    [Fact]
    public void The_first_message_type_counts()
    {
        Assert.Equal(MessageType4.Discover, Parse("v4/message-type-twice.pkt").MessageType);
        Assert.Equal(MessageType4.Ack, Parse("v4/overload-type-in-file.pkt").MessageType);
    }

    [Fact]
    public void Overloaded_fields_are_read_after_the_options_field_file_first()
    {
        Dhcp4Message message = Parse("v4/ack-overloaded-both.pkt");
        List<byte> codes = [];
        List<int> offsets = [];
        OptionReader4 options = message.Options;
        while (options.TryRead(out byte code, out _))
        {
            codes.Add(code);
            offsets.Add(options.Offset);
        }

        Assert.Equal([53, 52, 54, 51, 3, 6, 15], codes);
        Assert.Equal([240, 243, 246, 252, 108, 114, 44], offsets);
        Assert.Equal(OptionOverload.Both, message.Overload);
    }

    [Fact]
    public void Option_52_inside_an_overloaded_field_opens_nothing()
    {
        Dhcp4Message message = Parse("v4/overload-inside-overload.pkt");
        Assert.Equal(OptionOverload.File, message.Overload);
        Assert.True(message.TryGetOption(OptionCode4.HostName, out ReadOnlySpan<byte> name));
        Assert.Equal("box"u8, name);
    }

    [Fact]
    public void A_split_option_is_joined_in_the_order_of_RFC_3396()
    {
        byte[] scratch = new byte[600];
        Assert.True(Parse("v4/ack-long-option.pkt").TryGetOption(OptionCode4.ClasslessStaticRoutes, scratch, out ReadOnlySpan<byte> routes));
        Assert.Equal(384, routes.Length);
        Assert.Equal("18 0a 00 2f c0 00 02 01", Octets.Show(routes[^8..]));

        Assert.True(Parse("v4/ack-split-over-fields.pkt").TryGetOption(OptionCode4.DomainSearch, scratch, out ReadOnlySpan<byte> search));
        Assert.Equal("03 66 6f 6f 07 65 78 61 6d 70 6c 65 03 63 6f 6d 00 03 62 61 72 c0 04", Octets.Show(search));
    }

    [Fact]
    public void An_option_in_one_piece_is_not_copied()
    {
        byte[] octets = PacketFile.Read("v4/discover-udhcpc.pkt");
        Assert.True(Dhcp4Message.TryParse(octets, out Dhcp4Message message, out _));
        Assert.True(message.TryGetOption(OptionCode4.HostName, [], out ReadOnlySpan<byte> name));
        Assert.True(octets.AsSpan().Overlaps(name));
    }

    [Fact]
    public void A_value_that_scratch_cannot_hold_is_cut()
    {
        Assert.True(Parse("v4/ack-long-option.pkt").TryGetOption(OptionCode4.ClasslessStaticRoutes, new byte[10], out ReadOnlySpan<byte> routes));
        Assert.Equal(10, routes.Length);
    }

    [Fact]
    public void An_absent_option_is_not_found()
    {
        Dhcp4Message message = Parse("v4/discover-udhcpc.pkt");
        Assert.False(message.TryGetOption(OptionCode4.RelayAgentInformation, out _));
        Assert.False(message.TryGetOption(OptionCode4.RelayAgentInformation, new byte[10], out _));
        Assert.Null(message.AddressOption(OptionCode4.RequestedAddress));
        Assert.Null(Parse("v4/discover-udhcpc.pkt").AddressOption(OptionCode4.HostName));
        Assert.Equal(Ipv4.Parse("192.0.2.10"), Parse("v4/decline.pkt").AddressOption(OptionCode4.RequestedAddress));
    }

    [Fact]
    public void More_options_than_the_limit_are_refused()
    {
        byte[] octets = [.. PacketFile.Read("v4/bootp-fixed-fields.pkt"), 99, 130, 83, 99, .. Enumerable.Repeat((byte[])[12, 0], Dhcp4Message.MaxOptions + 1).SelectMany(o => o)];
        Assert.False(Dhcp4Message.TryParse(octets, out _, out WireError error));
        Assert.Equal(new WireError(WireErrorKind.TooManyOptions, 240 + (2 * Dhcp4Message.MaxOptions)), error);
        Assert.True(Dhcp4Message.TryParse(octets.AsSpan(0, octets.Length - 2), out _, out _));
    }

    [Fact]
    public void Random_octets_never_throw()
    {
        Random random = new(7);
        byte[] packet = PacketFile.Read("v4/ack-split-over-fields.pkt");
        byte[] octets = new byte[packet.Length];
        for (int i = 0; i < 50_000; i++)
        {
            packet.CopyTo(octets, 0);
            for (int changes = random.Next(1, 8); changes > 0; changes--) octets[random.Next(octets.Length)] = (byte)random.Next(256);
            if (!Dhcp4Message.TryParse(octets, out Dhcp4Message message, out _)) continue;
            OptionReader4 options = message.Options;
            while (options.TryRead(out _, out _))
            {
            }

            Assert.Equal(WireErrorKind.None, options.Error.Kind);
        }
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        byte[] octets = PacketFile.Read("v4/ack-split-over-fields.pkt");
        byte[] scratch = new byte[octets.Length];
        Read(octets, scratch);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Read(octets, scratch);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static int Read(byte[] octets, byte[] scratch)
    {
        int sum = 0;
        if (!Dhcp4Message.TryParse(octets, out Dhcp4Message message, out _)) return sum;
        if (message.TryGetOption(OptionCode4.DomainSearch, scratch, out ReadOnlySpan<byte> search))
        {
            Span<byte> name = stackalloc byte[DomainName.MaxLength];
            DomainNameList list = new(search, name);
            while (list.TryRead(out DomainName domain)) sum += domain.Labels.Length;
        }

        return sum + message.Chaddr.Length + (int)(message.AddressOption(OptionCode4.ServerIdentifier)?.Value ?? 0);
    }

    private static Dhcp4Message Parse(string file)
    {
        Assert.True(Dhcp4Message.TryParse(PacketFile.Read(file), out Dhcp4Message message, out WireError error), error.ToString());
        return message;
    }
}
