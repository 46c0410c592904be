using Leasehold.Decode;
using Leasehold.Protocol;
using Xunit;

namespace Leasehold.UnitTests.Protocol;

/// <summary>Option 61 and DUIDs: RFC 2132 §9.14, RFC 4361 §6.1, RFC 8415 §11.</summary>
public class IdentifierTests
{
    [Theory]
    [InlineData("00 01 00 01 00 00 00 10 02 00 5e 10 00 01", "DUID-LLT hardware 1, 2000-01-01T00:00:16Z, 02:00:5e:10:00:01")]
    [InlineData("00 02 00 00 00 09 0c c0", "DUID-EN enterprise 9, 0x0cc0")]
    [InlineData("00 03 00 01 02 00 5e 10 00 01", "DUID-LL hardware 1, 02:00:5e:10:00:01")]
    [InlineData("00 04 00 11 22 33 44 55 66 77 88 99 aa bb cc dd ee ff", "DUID-UUID 00112233-4455-6677-8899-aabbccddeeff")]
    [InlineData("00 04 00", "DUID type 4, 0x00")]
    [InlineData("00 01 00 01 00", "DUID type 1, 0x000100")]
    [InlineData("ab cd 01", "DUID type 43981, 0x01")]
    [InlineData("00 01", "0x0001 (malformed: a DUID has 3 to 130 octets)")]
    public void A_duid_is_shown_by_its_type(string octets, string text)
    {
        Assert.Equal(text, IdentifierText.OfDuid(Octets.Hex(octets)));
    }

    [Fact]
    public void A_duid_has_parts()
    {
        Assert.True(Duid.TryParse("00:01:00:06:00:00:00:10:02:00:5e:10:00:01", new byte[Duid.MaxLength], out Duid duid));
        Assert.Equal(DuidType.LinkLayerTime, duid.Type);
        Assert.Equal((ushort)6, duid.HardwareType);
        Assert.Equal(new Instant(Duid.TimeEpoch + 16), duid.Time);
        Assert.Equal("02 00 5e 10 00 01", Octets.Show(duid.LinkLayerAddress));
        Assert.Null(duid.EnterpriseNumber);
        Assert.Equal("00:01:00:06:00:00:00:10:02:00:5e:10:00:01", duid.ToString());
        Assert.False(Duid.TryRead(new byte[Duid.MaxLength + 1], out _));
    }

    [Theory]
    [InlineData("01 02 00 5e 10 00 01", "type 1 Ethernet, 02:00:5e:10:00:01")]
    [InlineData("00 62 6f 78", "type 0, 0x626f78 \"box\"")]
    [InlineData("01 02 03", "type 1, 0x0203")]
    [InlineData("ff 00 00 00 07 00 03 00 01 02 00 5e 10 00 01", "type 255, IAID 0x00000007, DUID-LL hardware 1, 02:00:5e:10:00:01")]
    [InlineData("ff 00 00 00 07", "type 255, 0x00000007")]
    [InlineData("01", "0x01 (malformed: shorter than 2 octets)")]
    [InlineData("", "(empty) (malformed: shorter than 2 octets)")]
    public void A_client_identifier_is_shown_by_its_type(string octets, string text)
    {
        Assert.Equal(text, IdentifierText.OfClient(Octets.Hex(octets)));
    }

    [Fact]
    public void A_node_specific_identifier_has_iaid_and_duid()
    {
        Assert.True(ClientIdentifier.TryRead(Octets.Hex("ff 01 02 03 04 00 02 00 00 00 09 aa"), out ClientIdentifier identifier));
        Assert.True(identifier.TryGetDuid(out uint iaid, out Duid duid));
        Assert.Equal(0x01020304u, iaid);
        Assert.Equal(9u, duid.EnterpriseNumber);
        Assert.False(identifier.TryGetHardwareAddress(out _));
    }
}
