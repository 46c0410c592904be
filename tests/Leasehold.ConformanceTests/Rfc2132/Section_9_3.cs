using Leasehold.Configuration.Model;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Rfc2132;

/// <summary>RFC 2132 §9.3 and RFC 2131 §4.1: options go on in file and sname when the options field is full.</summary>
public class Rfc2132_Section_9_3
{
    private static Client ClientOf(string extra, Parameters4? parameters = null, params OptionData[] options)
    {
        Client client = Network.With(Network.Lan with { Options = [.. options], Parameters = parameters ?? Parameters4.None }).NewClient();
        client.RequestList = [.. options.Select(option => (byte)option.Code)];
        client.Extra = extra;
        return client;
    }

    private static OptionData[] Full => [Network.Option(200, "01*250"), Network.Option(201, "02*100"), Network.Option(202, "03*40")];

    [Fact]
    public void Options_that_do_not_fit_go_into_file_and_sname()
    {
        Answer offer = ClientOf("", null, Full).Discover();
        Assert.Equal([53, 54, 51, 1, 200, 52, 201, 202], offer.Codes);
        Assert.Equal([3], offer.Option(52));
        Assert.Equal(Hex.Of("c9 64 02*100 ff"), offer.Octets[108..211]);
        Assert.Equal(Hex.Of("ca 28 03*40 ff"), offer.Octets[44..87]);
    }

    [Fact]
    public void Reply_that_fits_leaves_the_fields_alone() => Assert.DoesNotContain((byte)52, ClientOf("", null, Full[0]).Discover().Codes);

    [Fact]
    public void Field_with_a_name_in_it_is_left_alone()
    {
        Answer offer = ClientOf("", new() { BootFileName = "b" }, Full).Discover();
        Assert.Equal([53, 54, 51, 1, 200, 52, 202], offer.Codes);
        Assert.Equal([2], offer.Option(52));
        Assert.Equal(Hex.Of("62 00*127"), offer.Octets[108..236]);
    }

    /// <summary>Boot ROMs read the fields as names.</summary>
    [Theory]
    [InlineData("3c 09 50 58 45 43 6c 69 65 6e 74")]
    [InlineData("3c 0a 48 54 54 50 43 6c 69 65 6e 74")]
    public void Boot_client_gets_fields_without_options(string vendorClass)
    {
        Answer offer = ClientOf(vendorClass, null, Full).Discover();
        Assert.Equal([53, 54, 51, 1, 200], offer.Codes);
        Assert.Equal(Hex.Of("00*192"), offer.Octets[44..236]);
    }

    /// <summary>RFC 3046 §2.1: the relay takes option 82 out, and looks for it at the end of the options field.</summary>
    [Fact]
    public void Option_82_stays_in_the_options_field()
    {
        Answer offer = ClientOf("52 06 01 04 61 62 63 64", null, Full).Discover();
        Assert.Equal([53, 54, 51, 1, 200, 52, 82, 201, 202], offer.Codes);
        Assert.Equal(Hex.Of("01 04 61 62 63 64"), offer.Option(82));
        Assert.Equal(255, offer.Octets[^1]);
        Assert.True(Dhcp4Message.TryParse(offer.Octets, out Dhcp4Message message, out _));
        Assert.Equal(OptionOverload.Both, message.Overload);
    }
}
