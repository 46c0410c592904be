using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Leasehold.Protocol.V4.Options;
using Xunit;

namespace Leasehold.UnitTests.Protocol.V4.Options;

/// <summary>RFC 3046 §2.0, RFC 3925, RFC 3004 §4, RFC 4702 §2, RFC 3118 §2, RFC 3442.</summary>
public class StructuredOptionTests
{
    [Fact]
    public void Sub_options_of_a_relay_are_found_by_code()
    {
        RelayAgentInformation information = new(Octets.Hex("01 04 65 74 68 30  05 04 c6 33 64 00  0b 03 01 02 03  00 00  ff 01 07"));
        Assert.True(information.IsWellFormed);
        Assert.True(information.TryGet(RelaySubOption.CircuitId, out ReadOnlySpan<byte> circuit));
        Assert.Equal("eth0"u8, circuit);
        Assert.Equal(Ipv4.Parse("198.51.100.0"), information.Address(RelaySubOption.LinkSelection));
        Assert.Null(information.Address(RelaySubOption.ServerIdentifierOverride));
        Assert.False(information.TryGet(RelaySubOption.RemoteId, out _));

        // RFC 3046 §2.0: neither 0 nor 255 is padding or an end here.
        Assert.True(information.TryGet(0, out _));
        Assert.True(information.TryGet(255, out ReadOnlySpan<byte> last));
        Assert.Equal("07", Octets.Show(last));
    }

    [Theory]
    [InlineData("01 04 65", WireErrorKind.OptionTooLong, 0)]
    [InlineData("01 00 02", WireErrorKind.OptionLengthMissing, 2)]
    public void Sub_options_that_do_not_fit_end_the_walk(string octets, WireErrorKind kind, int offset)
    {
        RelayAgentInformation information = new(Octets.Hex(octets));
        Assert.False(information.IsWellFormed);
        SubOptionReader4 reader = information.SubOptions;
        while (reader.TryRead(out _, out _))
        {
        }

        Assert.Equal(new WireError(kind, offset), reader.Error);
        Assert.False(reader.TryRead(out _, out _));
    }

    [Fact]
    public void Sub_options_of_option_43_have_padding_and_an_end()
    {
        OptionReader4 reader = new(Octets.Hex("00 06 01 08 00 ff 0a 01 01"));
        Assert.True(reader.TryRead(out byte code, out ReadOnlySpan<byte> value));
        Assert.Equal((6, 1, 1), (code, value.Length, reader.Offset));
        Assert.False(reader.TryRead(out _, out _));
        Assert.Equal(WireError.None, reader.Error);
    }

    [Fact]
    public void Vendor_blocks_are_found_by_enterprise()
    {
        byte[] value = Octets.Hex("00 00 0d e9 02 01 00  00 00 11 8b 03 02 01 09");
        Assert.True(VendorBlocks.TryFind(value, 4491, out ReadOnlySpan<byte> data));
        Assert.Equal("02 01 09", Octets.Show(data));
        Assert.False(VendorBlocks.TryFind(value, 9, out _));
        Assert.False(VendorBlocks.TryFind(value.AsSpan(0, 10), 4491, out _));
    }

    [Theory]
    [InlineData("00 00 0d", 0)]
    [InlineData("00 00 0d e9", 0)]
    [InlineData("00 00 0d e9 01 aa 00 00 0d e9 05 01", 6)]
    public void A_vendor_block_that_does_not_fit_ends_the_walk(string octets, int offset)
    {
        VendorBlocks blocks = new(Octets.Hex(octets));
        while (blocks.TryRead(out _, out _))
        {
        }

        Assert.Equal(new WireError(WireErrorKind.OptionTooLong, offset), blocks.Error);
    }

    [Theory]
    [InlineData("05 73 61 6c 65 73 01 61", "sales|a", false)]
    [InlineData("69 50 58 45", "iPXE", true)]
    [InlineData("00 01 61", "\0\u0001a", true)]
    [InlineData("02 61", "\u0002a", true)]
    [InlineData("", "", false)]
    public void User_classes_have_lengths_or_are_one_string(string octets, string classes, bool isBare)
    {
        UserClasses reader = new(Octets.Hex(octets));
        List<string> found = [];
        while (reader.TryRead(out ReadOnlySpan<byte> userClass)) found.Add(System.Text.Encoding.ASCII.GetString(userClass));
        Assert.Equal(classes, string.Join('|', found));
        Assert.Equal(isBare, reader.IsBare);
    }

    [Theory]
    [InlineData("05 00 00 03 62 6f 78 07 65 78 61 6d 70 6c 65 00", "box.example.")]
    [InlineData("05 00 00 03 62 6f 78", "box")]
    [InlineData("01 00 00 62 6f 78 2e 65 78", "box.ex")]
    [InlineData("01 00 00 62 6f 78 00", "box")]
    [InlineData("05 00 00", null)]
    [InlineData("01 00 00", null)]
    [InlineData("05 00 00 09 62 6f 78", null)]
    [InlineData("05 00 00 c0 00", null)]
    [InlineData("05 00 00 00 62", null)]
    [InlineData("01 00 00 ff fe", null)]
    public void The_name_of_option_81_is_read_in_both_encodings(string octets, string? name)
    {
        Assert.True(ClientFqdn.TryRead(Octets.Hex(octets), out ClientFqdn fqdn));
        bool found = fqdn.TryGetName(new byte[255], out DomainName domain);
        Assert.Equal(name, found ? domain.ToString() : null);
    }

    [Fact]
    public void Option_81_is_answered_in_the_encoding_of_the_client()
    {
        Assert.True(DomainName.TryParse("box.ex.", makeAbsolute: true, new byte[255], out DomainName name));
        WireWriter labels = new(new byte[64]);
        ClientFqdn.Write(ref labels, ClientFqdnFlags.S | ClientFqdnFlags.E, name);
        Assert.Equal("05 ff ff 03 62 6f 78 02 65 78 00", Octets.Show(labels.Written));
        WireWriter ascii = new(new byte[64]);
        ClientFqdn.Write(ref ascii, ClientFqdnFlags.N | ClientFqdnFlags.O, name);
        Assert.Equal("0a ff ff 62 6f 78 2e 65 78 2e", Octets.Show(ascii.Written));
    }

    [Fact]
    public void Option_81_has_flags_and_at_least_three_octets()
    {
        Assert.False(ClientFqdn.TryRead([1, 0], out _));
        Assert.True(ClientFqdn.TryRead([0xF3, 0, 0], out ClientFqdn fqdn));
        Assert.Equal(ClientFqdnFlags.S | ClientFqdnFlags.O, fqdn.Flags);
    }

    [Fact]
    public void Option_90_has_a_header_of_eleven_octets()
    {
        Assert.True(Authentication.TryRead(Octets.Hex("01 02 00 00 00 00 00 00 00 00 2a aa bb"), out Authentication option));
        Assert.Equal((1, 2, 0, 42ul), (option.Protocol, option.Algorithm, option.ReplayMethod, option.ReplayDetection));
        Assert.Equal("aa bb", Octets.Show(option.Information));
        Assert.False(Authentication.TryRead(new byte[10], out _));
    }

    [Fact]
    public void Routes_are_read_with_the_octets_of_their_width()
    {
        ClasslessRoutes routes = new(Octets.Hex("00 c0 00 02 01  19 0a e5 00 ff c0 00 02 02  20 0a c6 7a 2f 00 00 00 00"));
        List<string> found = [];
        while (routes.TryRead(out Ipv4Prefix destination, out Ipv4 router)) found.Add($"{destination} {router}");
        Assert.Equal(["0.0.0.0/0 192.0.2.1", "10.229.0.128/25 192.0.2.2", "10.198.122.47/32 0.0.0.0"], found);
        Assert.Equal(WireError.None, routes.Error);
    }

    [Theory]
    [InlineData("21 0a 00 00 00 00 c0 00 02 01", 0)]
    [InlineData("00 c0 00 02 01 08 0a c0 00 02", 5)]
    public void A_route_that_does_not_fit_ends_the_walk(string octets, int offset)
    {
        ClasslessRoutes routes = new(Octets.Hex(octets));
        while (routes.TryRead(out _, out _))
        {
        }

        Assert.Equal(new WireError(WireErrorKind.OptionValue, offset), routes.Error);
    }
}
