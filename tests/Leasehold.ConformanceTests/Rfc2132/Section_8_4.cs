using Leasehold.Configuration.Model;

namespace Leasehold.ConformanceTests.Rfc2132;

/// <summary>RFC 2132 §8.4 and RFC 3925 §4: options that carry options.</summary>
public class Rfc2132_Section_8_4
{
    private static Answer Offer(params OptionData[] options)
    {
        Client client = Network.With(Network.Lan with { Options = [.. options] }).NewClient();
        client.RequestList = [43, 125, 222];
        return client.Discover();
    }

    [Fact]
    public void Raw_vendor_option_goes_out_as_typed()
    {
        Assert.Equal(Hex.Of("01 04 c0 00 02 03"), Offer(Network.Option(43, "01 04 c0 00 02 03")).Option(43));
    }

    [Fact]
    public void Vendor_sub_options_need_no_entry_for_the_vendor_option()
    {
        Answer offer = Offer(
            Network.Option(2, "61 62", space: "vendor-encapsulated-options-space"),
            Network.Option(1, "c0 00 02 03", space: "vendor-encapsulated-options-space"));
        Assert.Equal(Hex.Of("01 04 c0 00 02 03 02 02 61 62"), offer.Option(43));
    }

    /// <summary>0.9.1 guide, section 7.2.8: an empty entry makes the option be sent.</summary>
    [Fact]
    public void Empty_entry_for_the_vendor_option_changes_nothing()
    {
        Answer offer = Offer(
            Network.Option(43, "") with { Encapsulates = "vendor-encapsulated-options-space" },
            Network.Option(1, "c0 00 02 03", space: "vendor-encapsulated-options-space"));
        Assert.Equal(Hex.Of("01 04 c0 00 02 03"), offer.Option(43));
    }

    [Fact]
    public void Container_carries_its_value_and_then_its_space()
    {
        Answer offer = Offer(
            Network.Option(222, "12 34") with { Encapsulates = "isc" },
            Network.Option(2, "48 69", space: "isc"),
            Network.Option(1, "c0 00 02 03", space: "isc") with { Encapsulates = "inner" },
            Network.Option(9, "ff", space: "inner"));
        Assert.Equal(Hex.Of("12 34  01 07 c0 00 02 03 09 01 ff  02 02 48 69"), offer.Option(222));
    }

    [Fact]
    public void Space_that_leads_back_to_itself_ends()
    {
        Answer offer = Offer(
            Network.Option(222, "01") with { Encapsulates = "isc" },
            Network.Option(1, "02", space: "isc") with { Encapsulates = "isc" });
        Assert.Equal(0x01, offer.Option(222)![0]);
    }

    [Fact]
    public void Enterprise_spaces_go_into_option_125_by_number()
    {
        Answer offer = Offer(Network.Option(3, "61", space: "vendor-25506"), Network.Option(2, "62 63", space: "vendor-4491"));
        Assert.Equal(Hex.Of("00 00 11 8b 04 02 02 62 63  00 00 63 a2 03 03 01 61"), offer.Option(125));
    }

    [Fact]
    public void Entry_of_only_an_enterprise_number_takes_its_space()
    {
        Answer offer = Offer(Network.Option(125, "00 00 11 8b"), Network.Option(2, "62 63", space: "vendor-4491"));
        Assert.Equal(Hex.Of("00 00 11 8b 04 02 02 62 63"), offer.Option(125));
    }

    [Fact]
    public void Sub_options_of_two_levels_are_joined()
    {
        Network net = new(new()
        {
            Options = [Network.Option(1, "01", space: "vendor-encapsulated-options-space"), Network.Option(2, "02", space: "vendor-encapsulated-options-space")],
            Subnets = [Network.Lan with { Options = [Network.Option(2, "ff", space: "vendor-encapsulated-options-space")] }],
        });
        Client client = net.NewClient();
        client.RequestList = [43];
        Assert.Equal(Hex.Of("01 01 01 02 01 ff"), client.Discover().Option(43));
    }
}
