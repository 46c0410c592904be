using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Xunit;

namespace Leasehold.UnitTests.Protocol.V4;

/// <summary>The writer: RFC 2131 §2 and §4.1, RFC 3396 §6.</summary>
public class Dhcp4WriterTests
{
    [Fact]
    public void A_message_is_written_octet_by_octet()
    {
        byte[] buffer = new byte[1500];
        Array.Fill(buffer, (byte)0xAA);
        Dhcp4Writer writer = new(buffer)
        {
            Op = Op4.BootReply,
            Hops = 1,
            Xid = 0x12345678,
            Secs = 2,
            Flags = 0x8000,
            Ciaddr = Ipv4.Parse("192.0.2.2"),
            Yiaddr = Ipv4.Parse("192.0.2.3"),
            Siaddr = Ipv4.Parse("192.0.2.4"),
            Giaddr = Ipv4.Parse("192.0.2.5"),
            Chaddr = HardwareAddress.Parse("02:00:5e:10:00:01"),
        };
        Assert.True(writer.TrySetSname("boot"u8));
        Assert.True(writer.TrySetFile("kernel"u8));
        Assert.True(writer.Add(OptionCode4.MessageType, (byte)MessageType4.Ack));
        Assert.True(writer.Add(OptionCode4.LeaseTime, new Lifetime(3600)));
        Assert.True(writer.Add(OptionCode4.MaxMessageSize, (ushort)1500));
        Assert.Equal(300, writer.Finish());

        byte[] expected =
        [
            .. Octets.Hex("02 01 06 01  12 34 56 78  00 02 80 00  c0 00 02 02  c0 00 02 03  c0 00 02 04  c0 00 02 05"),
            .. Octets.Hex("02 00 5e 10 00 01"), .. new byte[10],
            .. "boot"u8, .. new byte[60],
            .. "kernel"u8, .. new byte[122],
            .. Octets.Hex("63 82 53 63  35 01 05  33 04 00 00 0e 10  39 02 05 dc  ff"),
        ];
        Assert.Equal(Octets.Show([.. expected, .. new byte[300 - expected.Length]]), Octets.Show(buffer.AsSpan(0, 300)));
        Assert.Equal(0xAA, buffer[300]);
    }

    [Fact]
    public void A_value_above_255_octets_is_split()
    {
        byte[] buffer = new byte[1500];
        Dhcp4Writer writer = new(buffer);
        byte[] value = [.. Enumerable.Range(0, 300).Select(i => (byte)i)];
        Assert.True(writer.Add(121, value));
        int length = writer.Finish();
        Assert.Equal("79 ff", Octets.Show(buffer.AsSpan(240, 2)));
        Assert.Equal("79 2d", Octets.Show(buffer.AsSpan(240 + 257, 2)));
        Assert.Equal(240 + 257 + 47 + 1, length);
        Assert.True(Dhcp4Message.TryParse(Typed(buffer.AsSpan(0, length)), out _, out _));
    }

    [Fact]
    public void An_empty_option_is_its_code_and_a_zero()
    {
        byte[] buffer = new byte[300];
        Dhcp4Writer writer = new(buffer);
        Assert.True(writer.Add(OptionCode4.RapidCommit, (ReadOnlySpan<byte>)[]));
        writer.Finish();
        Assert.Equal("50 00 ff 00", Octets.Show(buffer.AsSpan(240, 4)));
    }

    [Fact]
    public void An_option_that_does_not_fit_is_left_out_whole_and_a_smaller_one_still_fits()
    {
        byte[] buffer = new byte[300];
        Dhcp4Writer writer = new(buffer);
        Assert.Equal(59, writer.Room);
        Assert.False(writer.Add(12, new byte[58]));
        Assert.True(writer.Overflowed);
        Assert.True(writer.Add(12, new byte[57]));
        Assert.Equal(0, writer.Room);
        Assert.True(writer.Overflowed);
        Assert.Equal(300, writer.Finish());
        Assert.Equal(255, buffer[299]);
    }

    [Fact]
    public void The_limit_holds_END_included_and_is_never_below_300()
    {
        byte[] buffer = new byte[1500];
        Dhcp4Writer writer = new(buffer) { Limit = 20 };
        Assert.Equal(300, writer.Limit);
        writer.Limit = 400;
        Assert.False(writer.Add(43, new byte[158]));
        Assert.True(writer.Add(43, new byte[157]));
        Assert.Equal(400, writer.Finish());
    }

    [Fact]
    public void A_name_that_is_too_long_is_not_written()
    {
        Dhcp4Writer writer = new(new byte[300]);
        Assert.False(writer.TrySetSname(new byte[65]));
        Assert.False(writer.TrySetFile(new byte[129]));
        Assert.True(writer.TrySetSname(new byte[64]));
        Assert.True(writer.TrySetFile(new byte[128]));
    }

    [Fact]
    public void Options_go_on_in_file_and_sname_when_allowed()
    {
        byte[] buffer = new byte[300];
        Dhcp4Writer writer = new(buffer) { Op = Op4.BootReply };
        writer.AllowOverload(OptionOverload.Both);
        Assert.Equal(56, writer.Room);
        Assert.True(writer.Add(OptionCode4.MessageType, 5));
        Assert.True(writer.Add(43, Filled(50, 1)));
        Assert.True(writer.Add(12, Filled(100, 2)));
        Assert.True(writer.Add(15, Filled(20, 3)));
        Assert.True(writer.Add(17, Filled(61 - 22, 4)));
        Assert.False(writer.Overflowed);
        Assert.False(writer.Add(18, Filled(25, 5)));
        Assert.True(writer.Overflowed);
        Assert.Equal(300, writer.Finish());

        // options: 53, 43, then 52 and END; file: 12 and END; sname: 15, 17, END.
        Assert.Equal("34 01 03 ff", Octets.Show(buffer.AsSpan(240 + 3 + 52, 4)));
        Assert.Equal("0c 64", Octets.Show(buffer.AsSpan(108, 2)));
        Assert.Equal("0f 14 03", Octets.Show(buffer.AsSpan(108 + 102, 3)));
        Assert.Equal(255, buffer[108 + 102 + 22]);
        Assert.Equal("11 27 04", Octets.Show(buffer.AsSpan(44, 3)));
        Assert.Equal(255, buffer[44 + 41]);
        Assert.True(Dhcp4Message.TryParse(buffer, out Dhcp4Message message, out _));
        Assert.Equal(OptionOverload.Both, message.Overload);
        List<byte> codes = [];
        OptionReader4 options = message.Options;
        while (options.TryRead(out byte code, out _)) codes.Add(code);
        Assert.Equal([53, 43, 52, 12, 15, 17], codes);
    }

    [Fact]
    public void A_field_with_a_name_is_not_overloaded()
    {
        byte[] buffer = new byte[300];
        Dhcp4Writer writer = new(buffer);
        Assert.True(writer.TrySetFile("kernel"u8));
        writer.AllowOverload(OptionOverload.Both);
        Assert.True(writer.Add(12, Filled(54, 1)));
        Assert.True(writer.Add(15, Filled(20, 2)));
        Assert.Equal(OptionOverload.Sname, writer.Overload);
        Assert.False(writer.TrySetSname("name"u8));
        writer.Finish();
        Assert.Equal("34 01 02 ff", Octets.Show(buffer.AsSpan(296, 4)));
        Assert.Equal("kernel"u8, buffer.AsSpan(108, 6));
    }

    [Fact]
    public void A_field_that_was_allowed_and_not_needed_leaves_no_option_52()
    {
        byte[] buffer = new byte[300];
        Dhcp4Writer writer = new(buffer);
        writer.AllowOverload(OptionOverload.Both);
        Assert.True(writer.Add(12, "box"u8));
        writer.Finish();
        Assert.Equal("0c 03 62 6f 78 ff 00", Octets.Show(buffer.AsSpan(240, 7)));
    }

    [Fact]
    public void An_option_too_large_for_a_field_does_not_close_the_options_field()
    {
        byte[] buffer = new byte[300];
        Dhcp4Writer writer = new(buffer);
        writer.AllowOverload(OptionOverload.Both);
        Assert.False(writer.Add(43, Filled(200, 1)));
        Assert.Equal(OptionOverload.None, writer.Overload);
        Assert.True(writer.Add(12, "box"u8));
        Assert.Equal(12, buffer[240]);
    }

    [Fact]
    public void Without_room_for_option_52_no_field_is_opened()
    {
        byte[] buffer = new byte[300];
        Dhcp4Writer writer = new(buffer);
        Assert.True(writer.Add(12, Filled(56, 1)));
        writer.AllowOverload(OptionOverload.Both);
        Assert.False(writer.Add(15, Filled(10, 1)));
        Assert.Equal(300, writer.Finish());
        Assert.Equal("ff 00", Octets.Show(buffer.AsSpan(298, 2)));
    }

    [Fact]
    public void Whatever_is_added_reads_back()
    {
        Random random = new(11);
        byte[] buffer = new byte[576];
        for (int round = 0; round < 2_000; round++)
        {
            Dhcp4Writer writer = new(buffer) { Op = Op4.BootReply, Limit = random.Next(300, 577) };
            if (random.Next(4) > 0) writer.AllowOverload((OptionOverload)random.Next(4));
            Dictionary<byte, byte[]> added = [];
            for (byte code = 60; code < 80; code++)
            {
                byte[] value = Filled(random.Next(4) == 0 ? random.Next(300) : random.Next(30), code);
                if (writer.Add(code, value)) added.Add(code, value);
            }

            int length = writer.Finish();
            Assert.InRange(length, 300, writer.Limit);
            Assert.True(Dhcp4Message.TryParse(buffer.AsSpan(0, length), out Dhcp4Message message, out WireError error), error.ToString());
            byte[] scratch = new byte[1000];
            for (byte code = 60; code < 80; code++)
            {
                Assert.Equal(added.ContainsKey(code), message.TryGetOption(code, scratch, out ReadOnlySpan<byte> value));
                if (added.TryGetValue(code, out byte[]? expected)) Assert.Equal(expected, value);
            }
        }
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        byte[] buffer = new byte[576];
        byte[] value = new byte[300];
        Write(buffer, value);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Write(buffer, value);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static int Write(byte[] buffer, byte[] value)
    {
        Dhcp4Writer writer = new(buffer) { Chaddr = HardwareAddress.Parse("02:00:5e:10:00:01"), Yiaddr = new(1) };
        writer.AllowOverload(OptionOverload.Both);
        writer.Add(OptionCode4.MessageType, 5);
        writer.Add(OptionCode4.ServerIdentifier, new Ipv4(2));
        writer.Add(OptionCode4.LeaseTime, new Lifetime(3));
        writer.Add(43, value);
        writer.Add(12, value.AsSpan(0, 60));
        return writer.Finish();
    }

    private static byte[] Filled(int length, byte octet)
    {
        byte[] value = new byte[length];
        Array.Fill(value, octet);
        return value;
    }

    private static byte[] Typed(ReadOnlySpan<byte> message)
    {
        byte[] copy = message.ToArray();
        copy[0] = 1;
        return copy;
    }
}
