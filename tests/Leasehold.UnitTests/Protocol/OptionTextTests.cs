using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Xunit;

namespace Leasehold.UnitTests.Protocol;

public class OptionTextTests
{
    [Theory]
    [InlineData(1, "ff ff ff 00", "255.255.255.0")]
    [InlineData(1, "ff ff ff", "0xffffff (malformed: expected ipv4-address)")]
    [InlineData(1, "ff ff ff 00 01", "255.255.255.0 (malformed: then 0x01)")]
    [InlineData(2, "ff ff f1 f0", "-3600")]
    [InlineData(3, "c0 00 02 01 c0 00 02 02", "192.0.2.1, 192.0.2.2")]
    [InlineData(3, "", "(empty) (malformed: expected list of ipv4-address)")]
    [InlineData(12, "61 22 5c 00 0a", "\"a\\\"\\\\\\x00\\x0a\"")]
    [InlineData(12, "c3 bc ff", "\"\u00fc\\xff\"")]
    [InlineData(12, "e2 80 ae 78", "\"\\xe2\\x80\\xaex\"")]
    [InlineData(19, "01", "true")]
    [InlineData(19, "02", "0x02 (malformed: expected boolean)")]
    [InlineData(43, "01 02 03 04", "0x01020304")]
    [InlineData(61, "01 02", "0x0102")]
    [InlineData(80, "", "")]
    [InlineData(80, "07", "0x07 (malformed: expected no value)")]
    [InlineData(119, "01 61 01 62 00 01 63 c0 02", "a.b., c.b.")]
    [InlineData(119, "03 61 2c 20 01 62 00", "a\\,\\032.b.")]
    [InlineData(121, "00 c0 00 02 01 19 0a e5 00 80 00 00 00 00", "0.0.0.0/0 - 192.0.2.1, 10.229.0.128/25 - 0.0.0.0")]
    [InlineData(121, "21 0a 00 00 00 00", "0x210a00000000 (malformed: expected classless routes)")]
    [InlineData(143, "00 01 61 00 00", "\"a\", \"\"")]
    [InlineData(143, "00 02 61", "0x000261 (malformed: expected list of tuple)")]
    [InlineData(159, "00 04 30 00", "0, 3/4")]
    [InlineData(159, "00 04 30 01", "0x00043001 (malformed: expected record of uint8, psid)")]
    [InlineData(162, "00 06 00 01 03 01 61 00 00 06 00 02 03 01 62 00", "1, a. | 2, b.")]
    [InlineData(213, "04 68 65 6c 64", "0x0468656c64 (malformed: expected fqdn)")]
    public void A_value_is_shown_by_its_format(byte code, string octets, string text)
    {
        Assert.Equal(text, OptionText.Format(OptionTable4.Find(code)!.Format, Octets.Hex(octets)));
    }

    [Theory]
    [InlineData(162, "10, dot.example., 192.0.2.1 192.0.2.2, alpn=dot\\,doq port=853")]
    [InlineData(121, "10.0.0.0/8 - 192.0.2.1, 0.0.0.0/0 - 192.0.2.2")]
    [InlineData(146, "1, 192.0.2.1, 192.0.2.2, corp.example., lab.example.")]
    [InlineData(212, "4, 32, 2001:db8::, 192.0.2.60")]
    public void What_is_shown_can_be_typed(byte code, string text)
    {
        OptionFormat format = OptionTable4.Find(code)!.Format;
        Assert.True(OptionEncoder.TryEncode(format, text, out var octets, out OptionTextError error), error.ToString());
        Assert.Equal(text, OptionText.Format(format, octets.AsSpan()));
    }

    [Fact]
    public void Any_octets_in_any_format_are_shown()
    {
        Random random = new(3);
        byte[] octets = new byte[40];
        foreach (OptionRow row in OptionTable4.Rows)
        {
            for (int i = 0; i < 200; i++)
            {
                int length = random.Next(octets.Length);
                random.NextBytes(octets);

                // Small numbers make lengths and counts that are almost right.
                if (i % 2 == 0) for (int at = 0; at < length; at++) octets[at] &= 7;
                Assert.NotNull(OptionText.Format(row.Format, octets.AsSpan(0, length)));
            }
        }
    }
}
