using Leasehold.Protocol;
using Xunit;

namespace Leasehold.UnitTests.Protocol;

public class AddressTests
{
    // RFC 5952 §4 and §5: the canonical text.
    [Theory]
    [InlineData("2001:0db8::0001", "2001:db8::1")]
    [InlineData("2001:db8:0:0:0:0:2:1", "2001:db8::2:1")]
    [InlineData("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1")]
    [InlineData("2001:0:0:1:0:0:0:1", "2001:0:0:1::1")]
    [InlineData("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1")]
    [InlineData("2001:DB8::A", "2001:db8::a")]
    [InlineData("::", "::")]
    [InlineData("::1", "::1")]
    [InlineData("1::", "1::")]
    [InlineData("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0")]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.1")]
    [InlineData("64:ff9b::192.0.2.33", "64:ff9b::c000:221")]
    [InlineData("1:2:3:4:5:6:192.0.2.1", "1:2:3:4:5:6:c000:201")]
    public void An_ipv6_address_has_one_text(string text, string canonical)
    {
        Assert.True(Ipv6.TryParse(text, out Ipv6 address));
        Assert.Equal(canonical, address.ToString());
        Assert.True(Ipv6.TryParse(canonical, out Ipv6 again));
        Assert.Equal(address, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7:8::")]
    [InlineData("1::2::3")]
    [InlineData("12345::")]
    [InlineData("g::")]
    [InlineData("1:2:3:4:5:6:7:")]
    [InlineData(":1:2:3:4:5:6:7:8")]
    [InlineData("::192.0.2")]
    [InlineData("1:2:3:4:5:6:7:192.0.2.1")]
    [InlineData("::192.0.2.1:1")]
    [InlineData("fe80::1%eth0")]
    [InlineData("::/0")]
    [InlineData(" ::1")]
    public void Other_text_is_no_ipv6_address(string text)
    {
        Assert.False(Ipv6.TryParse(text, out _));
    }

    [Fact]
    public void An_ipv6_address_is_sixteen_octets_in_network_order()
    {
        byte[] octets = Octets.Hex("20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 0a");
        Ipv6 address = Ipv6.Read(octets);
        Assert.Equal("2001:db8::a", address.ToString());
        byte[] written = new byte[16];
        address.Write(written);
        Assert.Equal(octets, written);
    }

    [Theory]
    [InlineData("0.0.0.0", 0u)]
    [InlineData("192.0.2.1", 0xC0000201u)]
    [InlineData("255.255.255.255", uint.MaxValue)]
    public void An_ipv4_address_is_read_and_shown(string text, uint value)
    {
        Assert.True(Ipv4.TryParse(text, out Ipv4 address));
        Assert.Equal(value, address.Value);
        Assert.Equal(text, address.ToString());
    }

    [Theory]
    [InlineData("192.0.2")]
    [InlineData("192.0.2.1.")]
    [InlineData("192.0.2.256")]
    [InlineData("192.0.02.1")]
    [InlineData("192.0.2.-1")]
    [InlineData("")]
    public void Other_text_is_no_ipv4_address(string text)
    {
        Assert.False(Ipv4.TryParse(text, out _));
    }

    [Theory]
    [InlineData("02:00:5e:10:00:01", "02:00:5e:10:00:01")]
    [InlineData("02-00-5E-10-00-01", "02:00:5e:10:00:01")]
    [InlineData("02005e100001", "02:00:5e:10:00:01")]
    [InlineData("2:0:5e:10:0:1", "02:00:5e:10:00:01")]
    public void A_hardware_address_is_read_in_the_usual_forms(string text, string shown)
    {
        Assert.Equal(shown, HardwareAddress.Parse(text).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("02:")]
    [InlineData("020")]
    [InlineData("02::01")]
    [InlineData("00:01:02:03:04:05:06:07:08:09:0a:0b:0c:0d:0e:0f:10")]
    public void Other_text_is_no_hardware_address(string text)
    {
        Assert.False(HardwareAddress.TryParse(text, HardwareAddress.Ethernet, out _));
    }
}
