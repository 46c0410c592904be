using System.Text;
using Leasehold.Engine.Expressions;
using Leasehold.Protocol;
using Xunit;

namespace Leasehold.UnitTests.Engine.Expressions;

/// <summary>.text of an option: as its definition says.</summary>
public class OptionValueTextTests
{
    public static TheoryData<OptionFormat, string, string> Values => new()
    {
        { OptionFormat.Text, "68 69 00 00", "hi" },
        { OptionFormat.Text, "", "" },
        { OptionFormat.Binary, "0a ff", "0AFF" },
        { OptionFormat.NoValue, "01", "" },
        { OptionFormat.Flag, "01", "true" },
        { OptionFormat.Flag, "00", "false" },
        { OptionFormat.Signed32, "ff ff ff fe", "-2" },
        { OptionFormat.Number8, "ff", "255" },
        { OptionFormat.Number16, "05 dc", "1500" },
        { OptionFormat.Number32, "ff ff ff ff", "4294967295" },
        { OptionFormat.Of(OptionType.Int8), "ff", "-1" },
        { OptionFormat.Of(OptionType.Int16), "80 00", "-32768" },
        { OptionFormat.Number8List, "01 02 03", "1,2,3" },
        { OptionFormat.Ipv4Address, "c0 00 02 01", "192.0.2.1" },
        { OptionFormat.Ipv4List, "c0 00 02 01 c0 00 02 02", "192.0.2.1,192.0.2.2" },
        { OptionFormat.Ipv6Address, "20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01", "2001:db8::1" },
        { OptionFormat.Ipv6Prefix, "21 20 01 0d b8 80", "2001:db8:8000::/33" },
        { OptionFormat.Of(OptionType.Psid), "04 f0 00", "15/4" },
        { OptionFormat.Fqdn, "01 61 02 62 63 00", "a.bc." },
        { OptionFormat.Fqdn, "00", "." },
        { OptionFormat.Of(OptionType.PartialFqdn), "01 61 02 62 63", "a.bc" },
        { OptionFormat.Of(OptionType.PartialFqdn), "", "" },
        { OptionFormat.CompressedFqdnList, "01 61 02 62 63 00 01 64 c0 02", "a.bc.,d.bc." },
        { OptionFormat.TupleList(lengthOctets: 1), "01 61 02 62 63", "a,bc" },
        { OptionFormat.TupleList(lengthOctets: 2), "00 01 61 00 00", "a," },
        { OptionFormat.ClasslessRoutes, "18 c0 00 02 0a 00 00 01 00 0a 00 00 02", "192.0.2.0/24 - 10.0.0.1,0.0.0.0/0 - 10.0.0.2" },
        { OptionFormat.Record(OptionType.UInt8, OptionType.String), "07 61 62", "7,ab" },
        { OptionFormat.RecordList(OptionType.UInt8, OptionType.UInt16), "01 00 02 00 03", "1,2,3" },
        { OptionFormat.Record(OptionType.UInt16, OptionType.Binary), "00 01", "1," },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Value_is_written_plainly(OptionFormat format, string octets, string text)
    {
        byte[] place = new byte[100];
        Assert.True(OptionValueText.TryWrite(format, Protocol.Octets.Hex(octets), place, out int written));
        Assert.Equal(text, Encoding.UTF8.GetString(place, 0, written));

        // Where it does not fit, by whatever is missing, there is no text.
        for (int room = 0; room < written; room++) Assert.False(OptionValueText.TryWrite(format, Protocol.Octets.Hex(octets), place.AsSpan(0, room), out _));
    }

    public static TheoryData<OptionFormat, string> Malformed => new()
    {
        { OptionFormat.Flag, "02" },
        { OptionFormat.Flag, "" },
        { OptionFormat.Number16, "01" },
        { OptionFormat.Number16List, "00 01 02" },
        { OptionFormat.Ipv4Address, "c0 00 02" },
        { OptionFormat.Ipv6Prefix, "81" },
        { OptionFormat.Ipv6Prefix, "21 20" },
        { OptionFormat.Of(OptionType.Psid), "11 00 00" },
        { OptionFormat.Fqdn, "05 61" },
        { OptionFormat.Fqdn, "c0 00" },
        { OptionFormat.TupleList(lengthOctets: 1), "02 61" },
        { OptionFormat.TupleList(lengthOctets: 2), "00" },
        { OptionFormat.ClasslessRoutes, "21 00" },
        { OptionFormat.ClasslessRoutes, "08 0a 00 00" },
        { OptionFormat.Record(OptionType.UInt8, OptionType.UInt16), "07 61" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Value_that_is_not_of_its_type_has_no_text(OptionFormat format, string octets)
    {
        Assert.False(OptionValueText.TryWrite(format, Protocol.Octets.Hex(octets), new byte[100], out int written));
        Assert.Equal(0, written);
        Assert.False(OptionValueText.TryMeasure(format, Protocol.Octets.Hex(octets), out _));
    }

    [Fact]
    public void Value_before_options_is_measured_without_room()
    {
        Assert.True(OptionValueText.TryMeasure(OptionFormat.Record(OptionType.UInt8, OptionType.Fqdn), Protocol.Octets.Hex("07 01 61 00 01 02"), out int length));
        Assert.Equal(4, length);
    }
}
