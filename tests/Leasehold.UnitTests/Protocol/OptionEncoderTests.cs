using Leasehold.Protocol;
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
    public void Text_of_a_type_becomes_its_octets(string type, string text, string octets)
    {
        Assert.True(OptionTypeName.TryParse(type, out OptionType parsed));
        Assert.True(OptionFormat.TryCreate(parsed, isArray: false, [], null, 1, out OptionFormat? format, out _));
        Assert.True(OptionEncoder.TryEncode(format, text, out var value, out OptionTextError error), error.ToString());
        Assert.Equal(octets, HexText.Format(value.AsSpan(), ' '));
        Assert.Equal(OptionTextError.None, error);
    }
}
