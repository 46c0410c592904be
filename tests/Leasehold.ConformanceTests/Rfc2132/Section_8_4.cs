using Leasehold.Configuration.Model;

namespace Leasehold.ConformanceTests.Rfc2132;

/// <summary>RFC 2132 §8.4: options that carry options.</summary>
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

    /// <summary>Every vendor's sub-options have their own codes: a class says what option 43 is for its clients.</summary>
    [Fact]
    public void Class_defines_option_43_for_its_clients()
    {
        Network net = Network.With("""
            { "interfaces-config": { "interfaces": [ "eth0" ] },
              "option-def": [ { "name": "cookie", "code": 1, "space": "APC", "type": "string" }, { "name": "mode", "code": 1, "space": "PXE", "type": "uint8" } ],
              "client-classes": [
                { "name": "apc", "test": "option[60].text == 'APC' and option[43].option[7].exists",
                  "option-def": [ { "name": "vendor-encapsulated-options", "code": 43, "type": "empty", "encapsulate": "APC" } ],
                  "option-data": [ { "name": "cookie", "space": "APC", "data": "1APC" }, { "name": "vendor-encapsulated-options" } ] },
                { "name": "pxe", "test": "substring(option[60].hex, 0, 9) == 'PXEClient'",
                  "option-def": [ { "name": "vendor-encapsulated-options", "code": 43, "type": "empty", "encapsulate": "PXE" }, { "name": "port", "code": 230, "type": "uint16" } ],
                  "option-data": [ { "name": "mode", "space": "PXE", "data": "8" }, { "name": "vendor-encapsulated-options", "always-send": true }, { "name": "port", "data": "4011" } ] },
                { "name": "wlan", "test": "option[60].text == 'wlan'",
                  "option-def": [ { "name": "vendor-encapsulated-options", "code": 43, "type": "ipv4-address", "array": true }, { "name": "port", "code": 231, "type": "uint8" } ],
                  "option-data": [ { "name": "vendor-encapsulated-options", "data": "192.0.2.7, 192.0.2.8" }, { "name": "port", "data": "9" } ] } ],
              "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10-192.0.2.20" } ] } ] }
            """);
        Answer Offer(string extra)
        {
            Client client = net.NewClient();
            client.RequestList = [43, 230, 231];
            client.Extra = extra;
            return client.Discover();
        }

        Assert.Equal([1, 4, .. "1APC"u8], Offer("3c 03 41 50 43 2b 02 07 00").Option(43));
        Assert.Null(Offer("3c 03 41 50 43").Option(43));
        Answer pxe = Offer("3c 09 50 58 45 43 6c 69 65 6e 74");
        Assert.Equal(Hex.Of("01 01 08"), pxe.Option(43));
        Assert.Equal(Hex.Of("0f ab"), pxe.Option(230));
        Answer wlan = Offer("3c 04 77 6c 61 6e");
        Assert.Equal(Hex.Of("c0 00 02 07 c0 00 02 08"), wlan.Option(43));
        Assert.Equal([9], wlan.Option(231));
    }

    /// <summary>What is for a class is always or never sent to its clients only.</summary>
    [Fact]
    public void Always_and_never_count_for_the_clients_of_a_class()
    {
        Network net = Network.With("""
            { "interfaces-config": { "interfaces": [ "eth0" ] },
              "client-classes": [ { "name": "a", "test": "option[60].hex == 'a'" }, { "name": "b", "test": "option[60].hex == 'b'", "option-data": [ { "name": "ntp-servers", "never-send": true } ] } ],
              "option-data": [ { "name": "time-servers", "data": "192.0.2.4", "always-send": true, "client-classes": [ "a" ] }, { "name": "time-servers", "data": "192.0.2.5" }, { "name": "ntp-servers", "data": "192.0.2.42", "always-send": true } ],
              "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10-192.0.2.20" } ] } ] }
            """);
        byte[] Codes(string extra)
        {
            Client client = net.NewClient();
            client.RequestList = [1];
            client.Extra = extra;
            return [.. client.Discover().Codes.Skip(4)];
        }

        Assert.Equal([4, 42], Codes("3c 01 61"));
        Assert.Equal([], Codes("3c 01 62"));
        Assert.Equal([42], Codes(""));
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
