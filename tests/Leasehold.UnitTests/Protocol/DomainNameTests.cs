using Leasehold.Protocol;
using Xunit;

namespace Leasehold.UnitTests.Protocol;

/// <summary>Names on the wire and in text: RFC 1035 §3.1, §4.1.4 and §5.1.</summary>
public class DomainNameTests
{
    [Theory]
    [InlineData("01 61 07 65 78 61 6d 70 6c 65 00", "a.example.")]
    [InlineData("00", ".")]
    [InlineData("03 61 2e 62 00", "a\\.b.")]
    [InlineData("03 61 5c 22 00", "a\\\\\\\".")]
    [InlineData("03 20 00 ff 00", "\\032\\000\\255.")]
    public void Labels_and_text_are_the_same_name(string octets, string text)
    {
        byte[] labels = Octets.Hex(octets);
        int position = 0;
        Assert.True(DomainName.TryRead(labels, ref position, allowRelative: false, new byte[255], out DomainName name, out _));
        Assert.Equal(text, name.ToString());
        Assert.Equal(labels.Length, position);
        Assert.True(name.IsAbsolute);
        Assert.True(DomainName.TryParse(text, makeAbsolute: false, new byte[255], out DomainName parsed));
        Assert.Equal(octets, Octets.Show(parsed.Labels));
    }

    [Fact]
    public void A_relative_name_ends_without_the_root()
    {
        int position = 0;
        byte[] labels = Octets.Hex("03 62 6f 78");
        Assert.True(DomainName.TryRead(labels, ref position, allowRelative: true, new byte[255], out DomainName name, out _));
        Assert.False(name.IsAbsolute);
        Assert.Equal("box", name.ToString());
        position = 0;
        Assert.False(DomainName.TryRead(labels, ref position, allowRelative: false, new byte[255], out _, out WireError error));
        Assert.Equal(new WireError(WireErrorKind.DomainName, 4), error);
        Assert.True(DomainName.TryParse("box", makeAbsolute: false, new byte[255], out DomainName parsed));
        Assert.Equal("03 62 6f 78", Octets.Show(parsed.Labels));
    }

    [Theory]
    [InlineData("c0 00", 0)]
    [InlineData("01 61 c0 00", 2)]
    [InlineData("c0 02 01 61 00", 0)]
    [InlineData("c0", 0)]
    [InlineData("03 61 62", 0)]
    [InlineData("40 00", 0)]
    [InlineData("80 00", 0)]
    [InlineData("01 61", 2)]
    public void A_pointer_that_does_not_go_back_and_a_label_that_does_not_fit_are_refused(string octets, int offset)
    {
        int position = 0;
        Assert.False(DomainName.TryRead(Octets.Hex(octets), ref position, allowRelative: false, new byte[255], out _, out WireError error));
        Assert.Equal(new WireError(WireErrorKind.DomainName, offset), error);
        Assert.Equal(0, position);
    }

    [Fact]
    public void Pointers_in_a_circle_are_refused()
    {
        byte[] octets = Octets.Hex("01 61 c0 06 01 62 01 63 c0 00");
        int position = 6;
        Assert.False(DomainName.TryRead(octets, ref position, allowRelative: false, new byte[255], out _, out WireError error));
        Assert.Equal(2, error.Offset);
    }

    [Fact]
    public void A_name_has_at_most_255_octets()
    {
        // Four labels of 63, 63, 63 and 61, and the root: 64 + 64 + 64 + 62 + 1.
        string longest = string.Join('.', new string('a', 63), new string('b', 63), new string('c', 63), new string('d', 61));
        Assert.True(DomainName.TryParse(longest, makeAbsolute: true, new byte[255], out DomainName name));
        Assert.Equal(255, name.Labels.Length);
        Assert.False(DomainName.TryParse($"{longest}d", makeAbsolute: true, new byte[255], out _));

        byte[] over = [.. name.Labels[..^1], 1, (byte)'e', 0];
        int position = 0;
        Assert.False(DomainName.TryRead(over, ref position, allowRelative: false, new byte[255], out _, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData(".a")]
    [InlineData("a..")]
    [InlineData("a\\")]
    [InlineData("a\\1")]
    [InlineData("a\\256")]
    [InlineData("a\\1x2")]
    public void Broken_text_is_no_name(string text)
    {
        Assert.False(DomainName.TryParse(text, makeAbsolute: true, new byte[255], out _));
    }

    [Fact]
    public void A_list_ends_at_its_first_broken_name()
    {
        DomainNameList list = new(Octets.Hex("01 61 00 c0 00 01 62"), new byte[255]);
        Assert.True(list.TryRead(out DomainName first));
        Assert.Equal("a.", first.ToString());
        Assert.True(list.TryRead(out DomainName second));
        Assert.Equal("a.", second.ToString());
        Assert.False(list.TryRead(out _));
        Assert.Equal(new WireError(WireErrorKind.DomainName, 7), list.Error);
        Assert.False(list.TryRead(out _));
    }
}
