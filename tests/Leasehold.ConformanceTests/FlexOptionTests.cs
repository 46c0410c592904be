using System.Text;
using Leasehold.Configuration.Kea;

namespace Leasehold.ConformanceTests;

/// <summary>Expressions that add, supersede and remove options of replies (libdhcp_flex_option.so).</summary>
public class FlexOptionTests
{
    private static Client ClientOf(string options, string inside = "", string extra = "", byte[]? requestList = null)
    {
        Client client = Network.With($$"""
            { "interfaces-config": { "interfaces": [ "eth0" ] }, {{inside}}
              "hooks-libraries": [ { "library": "/usr/lib/kea/hooks/libdhcp_flex_option.so", "parameters": { "options": [ {{options}} ] } } ],
              "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10-192.0.2.20" } ], "option-data": [ { "name": "ntp-servers", "data": "192.0.2.42" } ] } ] }
            """).NewClient();
        client.RequestList = requestList ?? [1];
        client.Extra = extra;
        return client;
    }

    /// <summary>The example of the library's documentation.</summary>
    [Fact]
    public void Boot_file_is_made_of_the_clients_name()
    {
        const string action = """{ "code": 67, "add": "ifelse(option[host-name].exists, concat(option[host-name].text, '.boot'), '')" }""";
        Assert.Equal("box.boot"u8.ToArray(), ClientOf(action, extra: "0c 03 62 6f 78").Dora().Option(67));
        Assert.Null(ClientOf(action, requestList: [1, 67]).Dora().Option(67));
    }

    [Fact]
    public void Add_leaves_an_option_alone_that_is_there()
    {
        const string action = """{ "name": "ntp-servers", "add": "192.0.2.99" }""";
        Assert.Equal(Hex.Of("c0 00 02 2a"), ClientOf(action, requestList: [42]).Discover().Option(42));
        Assert.Equal(Hex.Of("c0 00 02 63"), ClientOf(action).Discover().Option(42));
    }

    [Fact]
    public void Supersede_puts_a_value_in_the_place_of_another()
    {
        const string action = """{ "code": 42, "supersede": "ifelse(pkt4.mac == 0x02005e100001, 192.0.2.99, '')" }""";
        Answer offer = ClientOf(action, requestList: [42, 1]).Discover();
        Assert.Equal([53, 54, 51, 1, 42], offer.Codes);
        Assert.Equal(Hex.Of("c0 00 02 63"), offer.Option(42));
        Assert.Equal(Hex.Of("c0 00 02 63"), ClientOf(action).Discover().Option(42));
        const string nothing = """{ "code": 42, "supersede": "option[60].hex" }""";
        Assert.Equal(Hex.Of("c0 00 02 2a"), ClientOf(nothing, requestList: [42]).Discover().Option(42));
    }

    /// <summary>The other example of the documentation, in the text of the type.</summary>
    [Fact]
    public void Mask_of_clients_behind_a_relay_is_superseded()
    {
        const string action = """{ "code": 1, "csv-format": true, "supersede": "ifelse(pkt4.giaddr == 192.0.2.254, '255.255.255.255', '')" }""";
        Client client = ClientOf(action);
        Assert.Equal(Hex.Of("ff ff ff 00"), client.Discover().Option(1));
        client.Giaddr = Leasehold.Protocol.Ipv4.Parse("192.0.2.254");
        Assert.Equal(Hex.Of("ff ff ff ff"), client.Discover().Option(1));
        Assert.Equal([53, 54, 51, 1], client.Discover().Codes);
    }

    [Fact]
    public void Remove_takes_an_option_out_where_its_expression_is_true()
    {
        const string action = """{ "code": 42, "remove": "option[60].hex == 'x'" }, { "code": 3, "remove": "option[60].exists" }""";
        Assert.Equal([53, 54, 51, 1], ClientOf(action, extra: "3c 01 78", requestList: [42]).Discover().Codes);
        Assert.Equal([53, 54, 51, 1, 42], ClientOf(action, extra: "3c 01 79", requestList: [42]).Discover().Codes);
    }

    /// <summary>Several entries for one option act one after the other.</summary>
    [Fact]
    public void Actions_act_in_their_order()
    {
        const string action = """{ "code": 42, "remove": "option[60].exists" }, { "code": 42, "add": "192.0.2.1" }, { "code": 42, "add": "192.0.2.2" }""";
        Assert.Equal(Hex.Of("c0 00 02 01"), ClientOf(action, extra: "3c 01 78", requestList: [42]).Discover().Option(42));
        Assert.Equal(Hex.Of("c0 00 02 2a"), ClientOf(action, requestList: [42]).Discover().Option(42));
    }

    [Theory]
    [InlineData("""{ "name": "domain-search", "csv-format": true, "add": "'a.example, b.example'" }""", 119, "01 61 07 65 78 61 6d 70 6c 65 00 01 62 c0 02")]
    [InlineData("""{ "name": "domain-search", "add": "0x016100" }""", 119, "01 61 00")]
    [InlineData("""{ "code": 42, "csv-format": true, "supersede": "'no address'" }""", 42, "c0 00 02 2a")]
    [InlineData("""{ "code": 222, "add": "'own'" }""", 222, "6f 77 6e")]
    [InlineData("""{ "name": "mine", "csv-format": true, "add": "'7'" }""", 223, "00 07")]
    public void Value_is_octets_or_text_of_the_type(string action, byte code, string octets) =>
        Assert.Equal(Hex.Of(octets), ClientOf(action, """ "option-def": [ { "name": "mine", "code": 223, "type": "uint16" } ], """, requestList: [42]).Discover().Option(code));

    [Fact]
    public void Action_is_for_the_clients_of_its_class()
    {
        const string classes = """ "client-classes": [ { "name": "x", "test": "option[60].hex == 'x'" } ], """;
        const string action = """{ "code": 42, "client-class": "x", "supersede": "192.0.2.1" }, { "code": 4, "add": "ifelse(member('x'), 192.0.2.4, '')" }, { "code": 5, "client-class": "VENDOR_CLASS_y", "add": "192.0.2.5" }""";
        Assert.Equal([53, 54, 51, 1, 42, 4], ClientOf(action, classes, "3c 01 78").Discover().Codes);
        Assert.Equal([53, 54, 51, 1, 5], ClientOf(action, classes, "3c 01 79").Discover().Codes);
        Assert.Equal([53, 54, 51, 1], ClientOf(action, classes).Discover().Codes);
    }

    [Theory]
    [InlineData("""{ "code": 1, "add": "'foobar'" }""", "", "01 06 66 6f 6f 62 61 72")]
    [InlineData("""{ "code": 1, "add": "'foobar'" }""", "01 01 61 02 01 62", "01 01 61 02 01 62")]
    [InlineData("""{ "code": 1, "supersede": "'c'" }""", "01 01 61 02 01 62", "02 01 62 01 01 63")]
    [InlineData("""{ "code": 1, "remove": "option[12].exists" }""", "01 01 61 02 01 62", "02 01 62")]
    [InlineData("""{ "code": 1, "remove": "option[12].exists" }""", "01 01 61", null)]
    [InlineData("""{ "code": 1, "remove": "option[12].exists", "container-remove": false }""", "01 01 61", "")]
    [InlineData("""{ "code": 1, "remove": "not option[12].exists" }""", "01 01 61", "01 01 61")]
    [InlineData("""{ "code": 1, "add": "'a'", "container-add": false }""", "", null)]
    [InlineData("""{ "code": 1, "add": "option[60].hex" }""", "", null)]
    [InlineData("""{ "code": 1, "add": "'a'" }, { "code": 2, "add": "'b'" }""", "", "01 01 61 02 01 62")]
    public void Sub_options_are_changed_inside_their_option(string actions, string configured, string? expected)
    {
        string data = configured.Length == 0 ? "" : $$""" "option-data": [ { "code": 43, "csv-format": false, "data": "{{configured}}", "always-send": true } ], """;
        Answer offer = ClientOf($$"""{ "code": 43, "sub-options": [ {{actions}} ] }""", data, "0c 01 61").Discover();
        Assert.Equal(expected is null ? null : Hex.Of(expected), offer.Option(43));
    }

    [Fact]
    public void Sub_options_of_an_enterprise_stand_in_its_block()
    {
        const string data = """ "option-data": [ { "name": "tftp-servers", "space": "vendor-4491", "data": "192.0.2.7" }, { "code": 9, "space": "vendor-9", "data": "0a" } ], """;
        const string action = """{ "code": 125, "sub-options": [ { "name": "tftp-servers", "space": "vendor-4491", "csv-format": true, "supersede": "'192.0.2.8, 192.0.2.9'" } ] }""";
        Answer offer = ClientOf(action, data, "7d 0a 00 00 11 8b 00 00 00 00 09 00").Discover();
        Assert.Equal(Hex.Of("00 00 00 09 03 09 01 0a  00 00 11 8b 0a 02 08 c0 00 02 08 c0 00 02 09"), offer.Option(125));
        Assert.Equal(Hex.Of("00 00 11 8b 0a 02 08 c0 00 02 08 c0 00 02 09"), ClientOf(action).Discover().Option(125));
    }

    /// <summary>RFC 2131 §4.3.1, table 3: a NAK has none of these options.</summary>
    [Fact]
    public void Nak_is_left_alone() =>
        Assert.Equal([53, 54, 56], ClientOf("""{ "code": 42, "add": "192.0.2.1" }""").InitReboot("198.51.100.9").Codes);

    /// <summary>RFC 1534: each packet has its own changes, also one of a BOOTP client behind one of a DHCP client.</summary>
    [Fact]
    public void Bootp_reply_has_its_own_changes()
    {
        Network net = Network.With("""
            { "interfaces-config": { "interfaces": [ "eth0" ] },
              "hooks-libraries": [ { "library": "libdhcp_bootp.so" }, { "library": "libdhcp_flex_option.so", "parameters": { "options": [
                { "code": 15, "supersede": "option[12].hex" }, { "code": 17, "add": "'/added'" }, { "code": 18, "add": "'/more'" }, { "code": 3, "remove": "pkt4.hlen == 6" } ] } } ],
              "option-data": [ { "name": "root-path", "data": "/r" }, { "name": "routers", "data": "192.0.2.1" } ],
              "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10-192.0.2.20" } ] } ] }
            """);
        Client dhcp = net.NewClient();
        dhcp.RequestList = [15];
        dhcp.Extra = "0c 03 61 62 63";
        Assert.Equal("abc"u8.ToArray(), dhcp.Discover().Option(15));

        byte[] bootp = new byte[300];
        (bootp[0], bootp[1], bootp[2], bootp[33]) = (1, 1, 6, 9);
        Hex.Of("63 82 53 63 ff").CopyTo(bootp, 236);
        Answer reply = net.Deliver(bootp, Leasehold.Protocol.Ipv4.Any, Leasehold.Protocol.Ipv4.Broadcast);
        Assert.Equal([1, 17, 18], reply.Codes);
        Assert.Equal("/r"u8.ToArray(), reply.Option(17));
        Assert.Equal("/more"u8.ToArray(), reply.Option(18));
    }

    /// <summary>A client's own text must not fill the server's memory.</summary>
    [Fact]
    public void Many_different_texts_are_encoded_one_after_the_other()
    {
        Client client = ClientOf("""{ "code": 15, "csv-format": true, "supersede": "option[12].hex" }""");
        for (int i = 0; i < 3000; i++)
        {
            string name = $"n{i:d4}";
            client.Extra = $"0c 05 {string.Concat(Encoding.ASCII.GetBytes(name).Select(o => $"{o:x2} "))}";
            Assert.Equal(Encoding.ASCII.GetBytes(name), client.Discover().Option(15));
        }
    }

    [Theory]
    [InlineData("""{ "code": 51, "add": "'a'" }""", "option 51 is the protocol's own or the lease's, and expressions cannot change it; remove the entry")]
    [InlineData("""{ "add": "'a'" }""", "this entry has neither \"name\" nor \"code\"; add one of them")]
    [InlineData("""{ "code": 42 }""", "this entry says nothing that is to be done; add one of add, supersede, remove and sub-options")]
    [InlineData("""{ "code": 42, "add": "'a'", "remove": "option[1].exists" }""", "this entry has 2 actions, and one is allowed; make an entry of each")]
    [InlineData("""{ "name": "ntp-server", "add": "'a'" }""", "there is no option \"ntp-server\" in space dhcp4; did you mean \"ntp-servers\"?")]
    [InlineData("""{ "name": "ntp-servers", "code": 4, "add": "'a'" }""", "option ntp-servers of dhcp4 has code 42, and this entry says 4; write one of name and code")]
    [InlineData("""{ "code": 222, "csv-format": true, "add": "'a'" }""", "option 222 has no definition, so its text has no types; define it with option-def, or remove csv-format")]
    [InlineData("""{ "code": 42, "sub-options": [ { "code": 1, "add": "'a'" } ] }""", "option 42 carries no options; define it with option-def, type empty, and the space that it encapsulates")]
    [InlineData("""{ "code": 125, "sub-options": [ { "code": 1, "add": "'a'" } ] }""", "option 125 carries the options of several enterprises; add \"space\": \"vendor-NUMBER\"")]
    [InlineData("""{ "code": 42, "adds": "'a'" }""", "\"adds\" is not a key of an option of libdhcp_flex_option.so; did you mean \"add\"?")]
    public void Wrong_entry_is_told(string action, string message)
    {
        var read = Dhcp4ConfigReader.ReadText($$"""
            { "Dhcp4": { "interfaces-config": { "interfaces": [ "eth0" ] }, "hooks-libraries": [ { "library": "libdhcp_flex_option.so", "parameters": { "options": [ {{action}} ] } } ] } }
            """);
        Assert.Null(read.Config);
        Assert.Contains(message, read.Diagnostics.Select(d => d.ToString().Split(": ", 2)[1]));
    }

    [Fact]
    public void Wrong_expression_is_told_with_its_place()
    {
        var read = Dhcp4ConfigReader.ReadText("""
            { "Dhcp4": { "interfaces-config": { "interfaces": [ "eth0" ] }, "hooks-libraries": [ { "library": "libdhcp_flex_option.so",
              "parameters": { "options": [ { "code": 42, "remove": "option[60].hex" } ] } } ] } }
            """);
        Assert.Contains(read.Diagnostics, d => d.Position is { Line: 2, Column: 57 });
    }
}
