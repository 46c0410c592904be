using Leasehold.Protocol;
using Leasehold.Protocol.V6;
using Xunit;

namespace Leasehold.UnitTests.Protocol.V6;

public class Dhcp6MessageTests
{
    // A Reply by hand, one option a line.
    private const string Reply =
        "07 0a 0b 0c"                                                        // Reply, transaction-id 0x0a0b0c
        + " 00 01 00 0a 00 03 00 01 02 00 5e 10 00 01"                       // client identifier: DUID-LL, Ethernet
        + " 00 02 00 06 00 02 00 00 11 8b"                                   // server identifier: DUID-EN
        + " 00 03 00 28 00 00 00 01 00 00 0e 10 00 00 1c 20"                 // IA_NA 1, T1 3600, T2 7200
        + " 00 05 00 18 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 0a 00 00 0b b8 00 00 0f a0" // its address, 3000, 4000
        + " 00 19 00 29 00 00 00 02 00 00 00 00 00 00 00 00"                 // IA_PD 2
        + " 00 1a 00 19 00 00 00 64 00 00 00 c8 38 20 01 0d b8 00 01 02 00 00 00 00 00 00 00 00 00" // its prefix /56, 100, 200
        + " 00 0d 00 02 00 00";                                              // status: success

    private const string Relayed =
        "0d 01"                                                              // Relay-reply, hop-count 1
        + " 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01"                 // link-address
        + " fe 80 00 00 00 00 00 00 00 00 00 00 00 00 00 02"                 // peer-address
        + " 00 12 00 02 65 30"                                               // interface-id "e0"
        + " 00 09 00 04 07 0a 0b 0c";                                        // relayed: a Reply without options

    [Fact]
    public void A_message_is_read_field_by_field()
    {
        Assert.True(Dhcp6Message.TryParse(Hex(Reply), out Dhcp6Message message, out WireError error), error.ToString());

        Assert.Equal(MessageType6.Reply, message.MessageType);
        Assert.Equal(0x0a0b0cu, message.TransactionId);
        Assert.Equal(StatusCode6.Success, message.Status);
        Assert.True(message.TryGetOption(OptionCode6.ServerId, out ReadOnlySpan<byte> server));
        Assert.Equal("00 02 00 00 11 8b", HexText.Format(server, ' '));
        Assert.False(message.TryGetOption(OptionCode6.ElapsedTime, out _));

        Assert.True(message.TryGetOption(OptionCode6.IaNa, out ReadOnlySpan<byte> value));
        Assert.True(IdentityAssociation.TryRead(value, out IdentityAssociation addresses));
        Assert.Equal((1u, new Lifetime(3600), new Lifetime(7200)), (addresses.Iaid, addresses.T1, addresses.T2));
        Assert.True(addresses.Options.TryFind(OptionCode6.IaAddress, out value));
        Assert.True(LeasedPrefix6.TryReadAddress(value, out LeasedPrefix6 address));
        Assert.Equal(new(Ipv6.Parse("2001:db8::a"), 128, new(3000), new(4000)), address);

        Assert.True(message.TryGetOption(OptionCode6.IaPd, out value));
        Assert.True(IdentityAssociation.TryRead(value, out IdentityAssociation prefixes));
        Assert.True(prefixes.Options.TryFind(OptionCode6.IaPrefix, out value));
        Assert.True(LeasedPrefix6.TryReadPrefix(value, out LeasedPrefix6 prefix));
        Assert.Equal(new(Ipv6.Parse("2001:db8:1:200::"), 56, new(100), new(200)), prefix);
    }

    [Fact]
    public void Options_come_in_their_order_and_all_octets_are_taken()
    {
        Assert.True(Dhcp6Message.TryParse(Hex(Reply), out Dhcp6Message message, out _));
        List<(ushort Code, int Length)> found = [];
        OptionReader6 options = message.Options;
        while (options.TryRead(out ushort code, out ReadOnlySpan<byte> value)) found.Add((code, value.Length));

        Assert.Equal([(1, 10), (2, 6), (3, 40), (25, 41), (13, 2)], found);
        Assert.Equal(WireErrorKind.None, options.Error.Kind);
        Assert.Equal(Hex(Reply).Length, 4 + found.Sum(option => 4 + option.Length));
    }

    [Fact]
    public void A_relays_message_is_read_field_by_field()
    {
        Assert.True(Dhcp6Relay.TryParse(Hex(Relayed), out Dhcp6Relay relay, out WireError error), error.ToString());

        Assert.Equal(MessageType6.RelayReply, relay.MessageType);
        Assert.Equal(1, relay.HopCount);
        Assert.Equal(Ipv6.Parse("2001:db8::1"), relay.LinkAddress);
        Assert.Equal(Ipv6.Parse("fe80::2"), relay.PeerAddress);
        Assert.True(relay.TryGetRelayed(out ReadOnlySpan<byte> inner));
        Assert.True(Dhcp6Message.TryParse(inner, out Dhcp6Message message, out _));
        Assert.Equal(0x0a0b0cu, message.TransactionId);
    }

    [Fact]
    public void A_message_cut_at_any_length_is_an_error_unless_the_cut_is_between_options()
    {
        byte[] whole = Hex(Reply);
        int[] between = [4, 18, 28, 72, 117, whole.Length];
        for (int length = 0; length <= whole.Length; length++)
        {
            bool parsed = Dhcp6Message.TryParse(whole.AsSpan(0, length), out _, out WireError error);
            Assert.Equal((length, between.Contains(length)), (length, parsed));
            Assert.Equal(parsed, error.Kind == WireErrorKind.None);
            Assert.InRange(error.Offset, 0, length);
        }
    }

    [Fact]
    public void A_relays_message_cut_at_any_length_is_an_error_unless_the_cut_is_between_options()
    {
        byte[] whole = Hex(Relayed);
        int[] between = [34, 40, whole.Length];
        for (int length = 0; length <= whole.Length; length++)
            Assert.Equal((length, between.Contains(length)), (length, Dhcp6Relay.TryParse(whole.AsSpan(0, length), out _, out _)));
    }

    [Fact]
    public void An_association_cut_at_any_length_is_refused_unless_the_cut_is_between_options()
    {
        Assert.True(Dhcp6Message.TryParse(Hex(Reply), out Dhcp6Message message, out _));
        Assert.True(message.TryGetOption(OptionCode6.IaNa, out ReadOnlySpan<byte> value));
        for (int length = 0; length <= value.Length; length++)
            Assert.Equal((length, length is 12 or 40), (length, IdentityAssociation.TryRead(value[..length], out _)));
        for (int length = 0; length <= LeasedPrefix6.AddressOptionLength; length++)
            Assert.Equal(length == LeasedPrefix6.AddressOptionLength, LeasedPrefix6.TryReadAddress(new byte[length], out _));
        for (int length = 0; length <= LeasedPrefix6.PrefixOptionLength; length++)
            Assert.Equal(length == LeasedPrefix6.PrefixOptionLength, LeasedPrefix6.TryReadPrefix(new byte[length], out _));
    }

    [Fact]
    public void Each_length_octet_at_its_ends_is_an_error_or_a_message_and_never_an_exception()
    {
        byte[] whole = Hex(Reply);
        for (int at = Dhcp6Message.FixedLength; at < whole.Length; at++)
        {
            foreach (byte value in (byte[])[0, 255])
            {
                byte[] changed = [.. whole];
                changed[at] = value;
                bool parsed = Dhcp6Message.TryParse(changed, out Dhcp6Message message, out _);
                if (!parsed || !message.TryGetOption(OptionCode6.IaNa, out ReadOnlySpan<byte> ia)) continue;
                IdentityAssociation.TryRead(ia, out _);
            }
        }
    }

    [Fact]
    public void The_two_kinds_of_header_are_told_apart()
    {
        Assert.False(Dhcp6Message.TryParse(Hex(Relayed), out _, out WireError error));
        Assert.Equal(new WireError(WireErrorKind.Header, 0), error);
        Assert.False(Dhcp6Relay.TryParse(Hex(Reply), out _, out error));
        Assert.Equal(new WireError(WireErrorKind.Header, 0), error);
    }

    [Fact]
    public void More_options_than_any_client_sends_are_refused()
    {
        byte[] most = [1, 0, 0, 1, .. new byte[4 * Dhcp6Message.MaxOptions]];
        Assert.True(Dhcp6Message.TryParse(most, out _, out _));
        Assert.False(Dhcp6Message.TryParse([.. most, 0, 0, 0, 0], out _, out WireError error));
        Assert.Equal(WireErrorKind.TooManyOptions, error.Kind);
    }

    [Fact]
    public void What_is_written_is_the_reply_octet_by_octet()
    {
        byte[] octets = new byte[512];
        Dhcp6Writer writer = Dhcp6Writer.OfMessage(octets, MessageType6.Reply, 0xff0a0b0c);
        WriteReply(ref writer);

        Assert.False(writer.Overflowed);
        Assert.Equal(Reply, HexText.Format(octets.AsSpan(0, writer.Length), ' '));
    }

    [Fact]
    public void What_a_relay_carries_is_written_inside_its_option()
    {
        byte[] octets = new byte[64];
        Dhcp6Writer writer = Dhcp6Writer.OfRelay(octets, MessageType6.RelayReply, 1, Ipv6.Parse("2001:db8::1"), Ipv6.Parse("fe80::2"));
        writer.Add(OptionCode6.InterfaceId, "e0"u8);
        writer.Add(OptionCode6.RelayMessage, [7, 10, 11, 12]);

        Assert.Equal(Relayed, HexText.Format(octets.AsSpan(0, writer.Length), ' '));
    }

    [Fact]
    public void A_message_that_does_not_fit_says_so_and_writes_nothing_behind_its_end()
    {
        int whole = Hex(Reply).Length;
        for (int room = 0; room < whole; room++)
        {
            byte[] octets = new byte[whole];
            Array.Fill(octets, (byte)0xee);
            Dhcp6Writer writer = Dhcp6Writer.OfMessage(octets.AsSpan(0, room), MessageType6.Reply, 0x0a0b0c);
            WriteReply(ref writer);
            Assert.True(writer.Overflowed);
            Assert.All(octets.AsSpan(room).ToArray(), octet => Assert.Equal(0xee, octet));
        }
    }

    private static void WriteReply(ref Dhcp6Writer writer)
    {
        writer.Add(OptionCode6.ClientId, Hex("00 03 00 01 02 00 5e 10 00 01"));
        writer.Add(OptionCode6.ServerId, Hex("00 02 00 00 11 8b"));
        int association = writer.BeginAssociation(OptionCode6.IaNa, 1, new(3600), new(7200));
        writer.End(writer.BeginAddress(new(Ipv6.Parse("2001:db8::a"), 128, new(3000), new(4000))));
        writer.End(association);
        association = writer.BeginAssociation(OptionCode6.IaPd, 2, new(0), new(0));
        writer.End(writer.BeginPrefix(new(Ipv6.Parse("2001:db8:1:200::"), 56, new(100), new(200))));
        writer.End(association);
        writer.Add(OptionCode6.StatusCode, (ushort)StatusCode6.Success);
    }

    private static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
}
