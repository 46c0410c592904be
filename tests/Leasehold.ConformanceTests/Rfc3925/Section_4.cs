using Leasehold.Configuration.Model;

namespace Leasehold.ConformanceTests.Rfc3925;

/// <summary>RFC 3925 §4: the options of vendors, for clients that name them in option 124 or 125.</summary>
public class Rfc3925_Section_4
{
    private static readonly OptionData[] TwoVendors =
    [
        Network.Option(3, "61", space: "vendor-25506"), Network.Option(2, "c0 00 02 07", space: "vendor-4491"), Network.Option(9, "62 63", space: "vendor-4491"),
    ];

    private static byte[]? Offered(string extra, byte[] requestList, params OptionData[] options)
    {
        Client client = Network.With(Network.Lan with { Options = [.. options] }).NewClient();
        client.RequestList = requestList;
        client.Extra = extra;
        return client.Discover().Option(125);
    }

    [Theory]
    [InlineData("7c 06 00 00 63 a2 01 00", "00 00 63 a2 03 03 01 61")]
    [InlineData("7d 05 00 00 63 a2 00", "00 00 63 a2 03 03 01 61")]
    [InlineData("7c 09 00 00 11 8b 04 03 61 62 63", "00 00 11 8b 0a 02 04 c0 00 02 07 09 02 62 63")]
    [InlineData("7c 0c 00 00 63 a2 01 00 00 00 11 8b 01 00", "00 00 11 8b 0a 02 04 c0 00 02 07 09 02 62 63 00 00 63 a2 03 03 01 61")]
    [InlineData("7c 06 00 00 00 09 01 00", null)]
    [InlineData("7c 03 00 00 63", null)]
    [InlineData("", null)]
    public void Client_gets_the_options_of_the_vendors_that_it_names(string extra, string? expected) =>
        Assert.Equal(expected is null ? null : Hex.Of(expected), Offered(extra, [125], TwoVendors));

    /// <summary>A client that sends a vendor's options takes them; one that only names vendors has to ask.</summary>
    [Fact]
    public void Own_option_125_is_as_good_as_asking()
    {
        Assert.Equal(Hex.Of("00 00 63 a2 03 03 01 61"), Offered("7d 05 00 00 63 a2 00", [1], TwoVendors));
        Assert.Null(Offered("7c 06 00 00 63 a2 01 00", [1], TwoVendors));
    }

    [Fact]
    public void Cable_device_gets_the_sub_options_that_it_lists_and_those_that_are_always_sent()
    {
        const string lists2 = "7d 08 00 00 11 8b 03 01 01 02";
        Assert.Equal(Hex.Of("00 00 11 8b 06 02 04 c0 00 02 07"), Offered(lists2, [1], TwoVendors));
        Assert.Equal(
            Hex.Of("00 00 11 8b 09 02 04 c0 00 02 07 08 01 07"),
            Offered(lists2, [1], [.. TwoVendors, Network.Option(8, "07", alwaysSend: true, space: "vendor-4491")]));
        Assert.Null(Offered("7d 08 00 00 11 8b 03 01 01 63", [1], TwoVendors));
    }

    [Fact]
    public void Entry_of_an_enterprise_number_is_for_all_who_ask()
    {
        OptionData[] options = [Network.Option(125, "00 00 63 a2"), .. TwoVendors];
        Assert.Equal(Hex.Of("00 00 63 a2 03 03 01 61"), Offered("", [125], options));
        Assert.Null(Offered("", [1], options));
    }

    [Fact]
    public void Whole_value_goes_out_as_typed() =>
        Assert.Equal(Hex.Of("00 00 00 09 02 01 00"), Offered("", [125], [Network.Option(125, "00 00 00 09 02 01 00"), .. TwoVendors]));

    [Fact]
    public void Always_sent_vendor_options_reach_a_client_of_the_vendor_that_does_not_ask()
    {
        OptionData always = Network.Option(3, "61", alwaysSend: true, space: "vendor-25506");
        Assert.Equal(Hex.Of("00 00 63 a2 03 03 01 61"), Offered("7c 06 00 00 63 a2 01 00", [1], always));
        Assert.Null(Offered("", [1], always));
    }

    [Fact]
    public void Vendor_options_that_are_never_sent_are_not() =>
        Assert.Null(Offered("7d 05 00 00 63 a2 00", [125], [Network.Option(125, "", neverSend: true), .. TwoVendors]));

    /// <summary>RFC 3925 §3 leads to RFC 3396 for data that is longer than one option.</summary>
    [Fact]
    public void Option_124_in_pieces_is_read_as_one() =>
        Assert.Equal(Hex.Of("00 00 63 a2 03 03 01 61"), Offered("7c 04 00 00 63 a2 7c 02 01 00", [125], TwoVendors));
}
