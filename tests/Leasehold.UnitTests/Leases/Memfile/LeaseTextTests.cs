using System.Text;
using Leasehold.Leases.Memfile;
using Leasehold.Protocol;
using Xunit;

namespace Leasehold.UnitTests.Leases.Memfile;

/// <summary>Texts inside a line.</summary>
public sealed class LeaseTextTests
{
    [Theory]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("1::")]
    [InlineData("2001:db8::10")]
    [InlineData("2001:DB8:1:2:3:4:5:6")]
    [InlineData("1:2:3:4:5:6:7::")]
    [InlineData("::2:3:4:5:6:7:8")]
    [InlineData("::ffff:192.0.2.1")]
    [InlineData("2001:db8::192.0.2.1")]
    [InlineData("fedc:ba98:7654:3210:fedc:ba98:7654:3210")]
    public void An_address_cut_or_changed_anywhere_is_what_the_general_reader_makes_of_it(string text)
    {
        AssertAlike(text);
        for (int i = 0; i < text.Length; i++)
        {
            AssertAlike(text[..i]);
            AssertAlike(text[i..]);
            AssertAlike(text.Remove(i, 1));
            foreach (char c in ":.0fg ") AssertAlike(text.Insert(i, c.ToString()));
            foreach (char c in ":.0Fg/") AssertAlike($"{text[..i]}{c}{text[(i + 1)..]}");
        }
    }

    [Fact]
    public void An_address_comes_back_as_it_was_written()
    {
        Random random = new(1);
        byte[] text = new byte[64];
        for (int i = 0; i < 2000; i++)
        {
            var value = new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64());
            Ipv6 address = new(value & (UInt128.MaxValue << random.Next(128)) & (UInt128.MaxValue >> random.Next(64)));
            int length = LeaseText.WriteAddress(address, text);
            Assert.Equal(address.ToString(), Encoding.ASCII.GetString(text, 0, length));
            Assert.True(LeaseText.TryParseAddress(text.AsSpan(0, length), out Ipv6 read));
            Assert.Equal(address, read);
        }
    }

    private static void AssertAlike(string text)
    {
        bool expected = Ipv6.TryParse(text, out Ipv6 address);
        Assert.True(expected == LeaseText.TryParseAddress(Encoding.ASCII.GetBytes(text), out Ipv6 read), text);
        if (expected) Assert.Equal(address, read);
    }
}
