using System.Collections.Immutable;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Xunit;

namespace Leasehold.UnitTests.Protocol;

public class OptionEncoderTests
{
    [Theory]
    [InlineData("binary", "0x0a1b", "0a 1b")]
    [InlineData("binary", "0A 1B", "0a 1b")]
    [InlineData("binary", "2001 0db8", "20 01 0d b8")]
    [InlineData("binary", "a:1B:0", "0a 1b 00")]
    [InlineData("binary", "abc", "0a bc")]
    [InlineData("binary", "'ab c'", "61 62 20 63")]
    [InlineData("boolean", "TRUE", "01")]
    [InlineData("boolean", "0", "00")]
    [InlineData("int8", "-128", "80")]
    [InlineData("int16", "-2", "ff fe")]
    [InlineData("int32", "-3600", "ff ff f1 f0")]
    [InlineData("int32", "-0x10", "ff ff ff f0")]
    [InlineData("uint8", "255", "ff")]
    [InlineData("uint8", "0x10", "10")]
    [InlineData("uint8", "ff", "ff")]
    [InlineData("uint16", "1500", "05 dc")]
    [InlineData("uint32", "4294967295", "ff ff ff ff")]
    [InlineData("ipv4-address", " 192.0.2.1 ", "c0 00 02 01")]
    [InlineData("ipv6-address", "2001:db8::1", "20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01")]
    [InlineData("ipv6-prefix", "2001:db8::/32", "20 20 01 0d b8")]
    [InlineData("ipv6-prefix", "2001:dbf::/31", "1f 20 01 0d be")]
    [InlineData("ipv6-prefix", "::/0", "00")]
    [InlineData("psid", "3/4", "04 30 00")]
    [InlineData("psid", "0/0", "00 00 00")]
    [InlineData("psid", "65535 / 16", "10 ff ff")]
    [InlineData("string", "Hello\\, World", "48 65 6c 6c 6f 2c 20 57 6f 72 6c 64")]
    [InlineData("string", "C:\\boot\\\\x", "43 3a 5c 62 6f 6f 74 5c 78")]
    [InlineData("string", "\u00fc", "c3 bc")]
    [InlineData("tuple", "abc", "03 61 62 63")]
    [InlineData("fqdn", "a.example", "01 61 07 65 78 61 6d 70 6c 65 00")]
    [InlineData("fqdn", "a\\.b.", "03 61 2e 62 00")]
    [InlineData("fqdn", ".", "00")]
    [InlineData("empty", "", "")]
    public void Text_of_a_type_becomes_its_octets(string type, string text, string octets)
    {
        Assert.Equal(octets, Encode(Format(type), text));
    }

    [Theory]
    [InlineData("binary", "0x0g", "hexadecimal")]
    [InlineData("binary", "a::b", "hexadecimal")]
    [InlineData("boolean", "yes", "true or false")]
    [InlineData("boolean", "2", "true or false")]
    [InlineData("int8", "128", "-128 to 127")]
    [InlineData("int16", "x", "-32768 to 32767")]
    [InlineData("int32", "2147483648", "-2147483648")]
    [InlineData("uint8", "256", "0 to 255")]
    [InlineData("uint8", "-1", "0 to 255")]
    [InlineData("uint8", "1.5", "0 to 255")]
    [InlineData("uint16", "65536", "0 to 65535")]
    [InlineData("uint32", "4294967296", "0 to 4294967295")]
    [InlineData("uint32", "0xffffffffffffffff", "0 to 4294967295")]
    [InlineData("ipv4-address", "192.0.2.256", "an IPv4 address")]
    [InlineData("ipv4-address", "2001:db8::1", "an IPv4 address")]
    [InlineData("ipv6-address", "192.0.2.1", "an IPv6 address")]
    [InlineData("ipv6-prefix", "2001:db8::", "an IPv6 prefix")]
    [InlineData("ipv6-prefix", "2001:db8::/129", "an IPv6 prefix")]
    [InlineData("psid", "16/4", "a port set")]
    [InlineData("psid", "1/17", "a port set")]
    [InlineData("fqdn", "a..b", "a domain name")]
    [InlineData("fqdn", "1234567890123456789012345678901234567890123456789012345678901234.example", "a domain name")]
    [InlineData("empty", "x", "allowed")]
    public void Text_that_is_not_of_its_type_is_refused_with_what_is_expected(string type, string text, string expected)
    {
        Assert.False(OptionEncoder.TryEncode(Format(type), text, out ImmutableArray<byte> octets, out OptionTextError error));
        Assert.Empty(octets);
        Assert.Equal(OptionTextErrorKind.Value, error.Kind);
        Assert.Equal(1, error.Field);
        Assert.Equal(text, error.Found);
        Assert.Contains(expected, error.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_value_of_a_list_is_named_and_placed()
    {
        Assert.False(OptionEncoder.TryEncode(OptionFormat.Ipv4List, "192.0.2.1,  nowhere", out _, out OptionTextError error));
        Assert.Equal((2, 12), (error.Field, error.Position));
        Assert.Equal("value 2, 'nowhere', is not an IPv4 address", error.ToString());
    }

    [Theory]
    [InlineData("192.0.2.1, 192.0.2.2", "c0 00 02 01 c0 00 02 02")]
    [InlineData("192.0.2.1,,192.0.2.2,", "c0 00 02 01 c0 00 02 02")]
    public void Values_of_a_list_stand_one_after_the_other(string text, string octets)
    {
        Assert.Equal(octets, Encode(OptionFormat.Ipv4List, text));
    }

    [Fact]
    public void Fields_of_a_record_stand_in_order_and_the_last_may_repeat()
    {
        OptionFormat guide = OptionFormat.Record(OptionType.Ipv4Address, OptionType.UInt16, OptionType.Boolean, OptionType.String);
        Assert.Equal("c0 00 02 64 00 7b 01 48 65 6c 6c 6f 20 57 6f 72 6c 64", Encode(guide, "192.0.2.100, 123, true, Hello World"));

        OptionFormat sixRd = OptionTable4.Find(212)!.Format;
        Assert.Equal(
            "04 20 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 00 c0 00 02 3c c0 00 02 3d",
            Encode(sixRd, "4, 32, 2001:db8::, 192.0.2.60, 192.0.2.61"));
    }

    [Fact]
    public void A_record_with_too_few_values_says_which_is_missing()
    {
        Assert.False(OptionEncoder.TryEncode(OptionTable4.Find(94)!.Format, "1, 3", out _, out OptionTextError error));
        Assert.Equal("value 3 is missing; expected a number from 0 to 255", error.ToString());
    }

    [Fact]
    public void No_value_at_all_is_refused()
    {
        Assert.False(OptionEncoder.TryEncode(OptionFormat.Text, "", out _, out OptionTextError error));
        Assert.Equal("there is no value; expected text", error.ToString());
        Assert.False(OptionEncoder.TryEncode(OptionFormat.Ipv4List, " , ", out _, out _));
    }

    [Fact]
    public void A_comma_too_many_is_a_remark_and_the_first_value_is_used()
    {
        Assert.True(OptionEncoder.TryEncode(OptionFormat.Text, "hello, world", out ImmutableArray<byte> octets, out OptionTextError remark));
        Assert.Equal("hello"u8, octets.AsSpan());
        Assert.Equal(OptionTextErrorKind.Unused, remark.Kind);
        Assert.Equal((2, "world"), (remark.Field, remark.Found));
    }

    [Fact]
    public void Names_of_a_list_point_to_what_earlier_ones_have()
    {
        // RFC 3397 §2: "eng.apple.com" and "marketing.apple.com".
        Assert.Equal(
            "03 65 6e 67 05 61 70 70 6c 65 03 63 6f 6d 00 09 6d 61 72 6b 65 74 69 6e 67 c0 04",
            Encode(OptionTable4.Find(119)!.Format, "eng.apple.com, marketing.apple.com"));
        Assert.Equal("01 61 01 62 00 c0 00 01 63 c0 02", Encode(OptionTable4.Find(119)!.Format, "a.b, a.b, c.b"));
        Assert.Equal("01 61 01 62 00 01 62 00", Encode(OptionTable4.Find(88)!.Format, "a.b, b"));
    }

    [Theory]
    [InlineData("0.0.0.0/0 - 192.0.2.1", "00 c0 00 02 01")]
    [InlineData("10.0.0.0/8 - 192.0.2.1, 10.229.0.128/25 - 192.0.2.2", "08 0a c0 00 02 01 19 0a e5 00 80 c0 00 02 02")]
    [InlineData("10.17.0.0/16-192.0.2.1", "10 0a 11 c0 00 02 01")]
    [InlineData("10.198.122.47/32 - 192.0.2.1", "20 0a c6 7a 2f c0 00 02 01")]
    public void Routes_have_only_the_octets_that_their_width_needs(string text, string octets)
    {
        Assert.Equal(octets, Encode(OptionFormat.ClasslessRoutes, text));
    }

    [Theory]
    [InlineData("10.0.0.0/8")]
    [InlineData("10.0.0.0/33 - 192.0.2.1")]
    [InlineData("10.0.0.0 - 192.0.2.1")]
    public void A_route_without_width_or_router_is_refused(string text)
    {
        Assert.False(OptionEncoder.TryEncode(OptionFormat.ClasslessRoutes, text, out _, out OptionTextError error));
        Assert.Equal($"value 1, '{text}', is not a route such as 10.0.0.0/8 - 192.0.2.1", error.ToString());
    }

    [Theory]
    [InlineData("200, r.example.", "00 0e 00 c8 0b 01 72 07 65 78 61 6d 70 6c 65 00")]
    [InlineData(
        "10, d., 192.0.2.1 192.0.2.2, port=853 alpn=dot\\,doq",
        "00 21 00 0a 03 01 64 00 08 c0 00 02 01 c0 00 02 02 00 01 00 08 03 64 6f 74 03 64 6f 71 00 03 00 02 03 55")]
    [InlineData("1, a. | 2, b.", "00 06 00 01 03 01 61 00 00 06 00 02 03 01 62 00")]
    public void Resolvers_have_their_lengths_and_parameters_in_order(string text, string octets)
    {
        Assert.Equal(octets, Encode(OptionTable4.Find(162)!.Format, text));
    }

    [Theory]
    [InlineData("dot.example.", "a priority")]
    [InlineData("10", "domain name")]
    [InlineData("10, d., nowhere", "an IPv4 address")]
    [InlineData("10, d., 192.0.2.1, alpn=h2", "dohpath")]
    [InlineData("10, d., 192.0.2.1, ech=x", "parameters")]
    [InlineData("10, d., 192.0.2.1, port=1 port=2", "twice")]
    public void A_broken_resolver_is_refused(string text, string expected)
    {
        Assert.False(OptionEncoder.TryEncode(OptionTable4.Find(162)!.Format, text, out _, out OptionTextError error));
        Assert.Contains(expected, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Tuples_have_lengths_of_the_option()
    {
        Assert.Equal("00 01 61 00 02 62 63", Encode(OptionTable4.Find(143)!.Format, "a, bc"));
        Assert.False(OptionEncoder.TryEncode(Format("tuple"), new string('x', 256), out _, out _));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("C0 00 03 01 C0 00 03 02", "c0 00 03 01 c0 00 03 02")]
    [InlineData("0x0", "00")]
    [InlineData("'PXEClient'", "50 58 45 43 6c 69 65 6e 74")]
    public void A_value_in_octets_goes_out_as_typed(string text, string octets)
    {
        Assert.True(OptionEncoder.TryEncodeHex(text, out ImmutableArray<byte> value, out OptionTextError error), error.ToString());
        Assert.Equal(octets, Octets.Show(value.AsSpan()));
    }

    [Fact]
    public void A_value_that_is_not_octets_is_refused()
    {
        Assert.False(OptionEncoder.TryEncodeHex("192.0.2.1", out _, out OptionTextError error));
        Assert.StartsWith("'192.0.2.1' is not hexadecimal octets", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_no_message_can_carry_is_refused()
    {
        Assert.False(OptionEncoder.TryEncode(OptionFormat.Text, new string('x', OptionEncoder.MaxLength + 1), out _, out OptionTextError error));
        Assert.Equal(OptionTextErrorKind.TooLong, error.Kind);
    }

    [Theory]
    [InlineData("string", true, "", "", "an array of 'string' has no place where a value ends")]
    [InlineData("empty", true, "", "", "an array of 'empty' has no place where a value ends")]
    [InlineData("uint8", true, "", "sub", "sub-options cannot follow an array: nothing tells where it ends")]
    [InlineData("uint8", false, "uint8,uint8", "", "only the type 'record' has record-types")]
    [InlineData("record", false, "uint8", "", "a record has at least two fields in record-types")]
    [InlineData("record", false, "string,uint8", "", "'string' can only be the last field: it goes to the end of the option")]
    [InlineData("record", true, "uint8,binary", "", "an array of 'binary' has no place where a value ends")]
    [InlineData("record", false, "uint8,empty", "", "'empty' cannot be a field of a record")]
    public void A_shape_that_cannot_be_read_back_is_refused(string type, bool array, string fields, string encapsulates, string problem)
    {
        ImmutableArray<OptionType> types = [.. fields.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Type)];
        Assert.False(OptionFormat.TryCreate(Type(type), array, types, encapsulates, 1, out OptionFormat? format, out string? found));
        Assert.Null(format);
        Assert.Equal(problem, found);
    }

    [Fact]
    public void An_administrators_shape_equals_the_standard_one()
    {
        Assert.True(OptionFormat.TryCreate(OptionType.Record, isArray: true, [OptionType.Boolean, OptionType.Ipv4Address], "", 1, out OptionFormat? format, out _));
        Assert.Equal(OptionTable4.Find(78)!.Format, format);
        Assert.Equal("record of boolean, ipv4-address, ...", format.ToString());
        Assert.NotEqual(OptionTable4.Find(3)!.Format, format);
    }

    private static OptionType Type(string name)
    {
        Assert.True(OptionTypeName.TryParse(name, out OptionType type), name);
        return type;
    }

    private static OptionFormat Format(string type)
    {
        Assert.True(OptionFormat.TryCreate(Type(type), isArray: false, [], null, 1, out OptionFormat? format, out string? problem), problem);
        return format;
    }

    private static string Encode(OptionFormat format, string text)
    {
        Assert.True(OptionEncoder.TryEncode(format, text, out ImmutableArray<byte> value, out OptionTextError error), error.ToString());
        Assert.Equal(OptionTextError.None, error);
        return Octets.Show(value.AsSpan());
    }
}
