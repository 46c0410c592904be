using Leasehold.Configuration.Model;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Rfc4702;

/// <summary>RFC 4702 §4: what a server answers to option 81.</summary>
public class Rfc4702_Section_4
{
    private const string Box = "51 07 01 00 00 62 6f 78 2e";       // S, ASCII: "box."
    private const string BoxInLabels = "51 07 05 00 00 03 62 6f 78"; // S, E: the first part of a name

    private static Client ClientOf(string inside, string extra, bool updates = false)
    {
        Dhcp4Config config = Network.With($$"""
            { "interfaces-config": { "interfaces": [ "eth0" ] }, "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10-192.0.2.20" } ] {{inside}} } ] }
            """).Config;
        Client client = new Network(config with { DnsUpdates = updates }).NewClient();
        client.Extra = extra;
        return client;
    }

    /// <summary>§2.1 and §4, with and without the right to override, and where no updates are sent at all.</summary>
    [Theory]
    [InlineData(0x00, false, "", 0x08)]
    [InlineData(0x01, false, "", 0x0a)]
    [InlineData(0x08, false, "", 0x08)]
    [InlineData(0x00, false, """, "ddns-override-client-update": true, "ddns-override-no-update": true""", 0x08)]
    [InlineData(0x00, true, "", 0x00)]
    [InlineData(0x01, true, "", 0x01)]
    [InlineData(0x08, true, "", 0x08)]
    [InlineData(0x00, true, """, "ddns-override-client-update": true""", 0x03)]
    [InlineData(0x01, true, """, "ddns-override-client-update": true""", 0x01)]
    [InlineData(0x08, true, """, "ddns-override-client-update": true""", 0x08)]
    [InlineData(0x00, true, """, "ddns-override-no-update": true""", 0x00)]
    [InlineData(0x08, true, """, "ddns-override-no-update": true""", 0x03)]
    [InlineData(0x01, true, """, "ddns-send-updates": false""", 0x0a)]
    [InlineData(0x08, true, """, "ddns-send-updates": false, "ddns-override-no-update": true""", 0x08)]
    [InlineData(0x09, false, "", 0x0a)]
    [InlineData(0xf1, true, "", 0x01)]
    [InlineData(0x05, true, "", 0x05)]
    public void Flags_are_those_of_the_table(byte sent, bool updates, string inside, byte expected)
    {
        string name = (sent & 4) == 0 ? "62 6f 78 2e" : "03 62 6f 78 00";
        byte[] options = Hex.Of($"51 {(sent & 4) / 4 + 7:x2} {sent:x2} 00 00 {name}");
        Client client = ClientOf(inside, string.Concat(options.Select(o => $"{o:x2} ")), updates);
        Assert.Equal(Hex.Of($"{expected:x2} ff ff {name}"), client.Dora().Option(81));
    }

    [Fact]
    public void Lease_tells_which_updates_the_server_makes()
    {
        static (string, bool, bool) Named(Answer ack) => (ack.Hostname, ack.FqdnForward, ack.FqdnReverse);
        Assert.Equal(("box.", false, false), Named(ClientOf("", Box).Dora()));
        Assert.Equal(("box.", true, true), Named(ClientOf("", Box, updates: true).Dora()));
        Assert.Equal(("box.", false, true), Named(ClientOf("", "51 07 00 00 00 62 6f 78 2e", updates: true).Dora()));
        Assert.Equal(("box.", false, false), Named(ClientOf("", "51 07 08 00 00 62 6f 78 2e", updates: true).Dora()));
        Assert.Equal(("box", true, true), Named(ClientOf("", "0c 03 62 6f 78", updates: true).Dora()));
    }

    /// <summary>"A server MUST use the same encoding as that used by the client" (§2.1); what is no whole name becomes one.</summary>
    [Theory]
    [InlineData(BoxInLabels, "0e ff ff 03 62 6f 78 07 65 78 61 6d 70 6c 65 03 6f 72 67 00")]
    [InlineData("51 06 01 00 00 62 6f 78", "0a ff ff 62 6f 78 2e 65 78 61 6d 70 6c 65 2e 6f 72 67 2e")]
    [InlineData(Box, "0a ff ff 62 6f 78 2e")]
    [InlineData("51 08 05 00 00 03 62 6f 78 00", "0e ff ff 03 62 6f 78 00")]
    [InlineData("51 07 01 00 00 62 6f 78 00", "0a ff ff 62 6f 78 2e 65 78 61 6d 70 6c 65 2e 6f 72 67 2e")]
    public void Encoding_is_the_clients_and_the_suffix_completes_the_name(string sent, string expected)
    {
        Client client = ClientOf(""", "ddns-qualifying-suffix": "example.org" """, sent);
        Assert.Equal(Hex.Of(expected), client.Dora().Option(81));
    }

    [Theory]
    [InlineData("example.org", "62 6f 78 2e 65 78 61 6d 70 6c 65 2e 6f 72 67", "box.example.org.")]
    [InlineData("example.org.", "62 6f 78 2e 45 58 61 6d 70 6c 65 2e 6f 72 67", "box.example.org.")]
    [InlineData("ple.org", "62 6f 78 2e 65 78 61 6d 70 6c 65 2e 6f 72 67", "box.example.org.ple.org.")]
    [InlineData("", "42 6f 58", "box.")]
    public void Suffix_is_not_said_twice(string suffix, string ascii, string expected)
    {
        byte[] name = Hex.Of(ascii);
        Client client = ClientOf($""", "ddns-qualifying-suffix": "{suffix}" """, $"51 {name.Length + 3:x2} 00 00 00 {ascii}");
        Assert.Equal([8, 255, 255, .. System.Text.Encoding.ASCII.GetBytes(expected)], client.Dora().Option(81));
    }

    /// <summary>The server chooses a name for a client that leaves it open.</summary>
    [Theory]
    [InlineData("51 03 01 00 00")]
    [InlineData("51 03 05 00 00")]
    [InlineData("51 04 05 00 00 00")]
    public void Client_without_a_name_gets_a_generated_one(string sent)
    {
        Answer ack = ClientOf(""", "ddns-qualifying-suffix": "ex" """, sent).Dora();
        Assert.Equal("myhost-192-0-2-10.ex.", ack.Hostname);
        bool labels = (Hex.Of(sent)[2] & 4) != 0;
        Assert.Equal(
            labels ? [14, 255, 255, 17, .. "myhost-192-0-2-10"u8, 2, .. "ex"u8, 0] : [10, 255, 255, .. "myhost-192-0-2-10.ex."u8],
            ack.Option(81));
    }

    /// <summary>§3.1: a client that sends option 81 must not send option 12; where it does, option 81 counts alone.</summary>
    [Fact]
    public void Of_both_options_in_a_message_the_fqdn_counts()
    {
        Answer ack = ClientOf("", "0c 05 6f 74 68 65 72 " + Box).Dora();
        Assert.Null(ack.Option(12));
        Assert.Equal(Hex.Of("0a ff ff 62 6f 78 2e"), ack.Option(81));
        Assert.Equal("box.", ack.Hostname);
    }

    [Fact]
    public void Option_81_comes_where_the_client_asks_for_it_and_else_after_what_it_asks_for()
    {
        Client client = ClientOf("", Box);
        client.RequestList = [1];
        Assert.Equal([53, 54, 51, 1, 81], client.Dora().Codes);
        client = ClientOf(""", "option-data": [ { "name": "routers", "data": "192.0.2.1" } ] """, Box);
        client.RequestList = [81, 3];
        Assert.Equal([53, 54, 51, 1, 81, 3], client.Dora().Codes);
        client = ClientOf("", "");
        client.RequestList = [81];
        Assert.Equal([53, 54, 51, 1], client.Dora().Codes);
    }

    /// <summary>What cannot be read is as if it had not been sent: the client is served, and option 12 counts.</summary>
    [Theory]
    [InlineData("51 02 01 00")]
    [InlineData("51 05 05 00 00 40 61")]
    [InlineData("51 07 05 00 00 04 61 62 40")]
    public void Malformed_option_is_passed_over(string sent)
    {
        Answer ack = ClientOf("", sent + " 0c 03 62 6f 78").Dora();
        Assert.Null(ack.Option(81));
        Assert.Equal("box", ack.Hostname);
    }

    [Fact]
    public void Name_that_no_character_is_left_of_is_not_answered()
    {
        Answer ack = ClientOf(""", "ddns-qualifying-suffix": "" """, "51 06 01 00 00 24 24 24").Dora();
        Assert.Null(ack.Option(81));
        Assert.Equal("", ack.Hostname);
    }

    [Fact]
    public void Name_that_the_suffix_makes_too_long_is_not_answered()
    {
        string suffix = string.Join('.', Enumerable.Repeat(new string('s', 49), 5));
        Answer ack = ClientOf($""", "ddns-qualifying-suffix": "{suffix}" """, "51 08 01 00 00 61 61 61 61 61").Dora();
        Assert.Null(ack.Option(81));
        Assert.Equal(MessageType4.Ack, ack.Sent);
        Assert.Equal([10, 255, 255, .. System.Text.Encoding.ASCII.GetBytes($"aaa.{suffix}.")], ClientOf($""", "ddns-qualifying-suffix": "{suffix}" """, "51 06 01 00 00 61 61 61").Dora().Option(81));
    }

    [Fact]
    public void Reserved_name_is_the_answer()
    {
        const string reserved = """, "ddns-qualifying-suffix": "ex", "reservations": [ { "hw-address": "02:00:5e:10:00:01", "hostname": "Alice" } ] """;
        Client client = ClientOf(reserved, BoxInLabels);
        Answer ack = client.Dora();
        Assert.Equal([14, 255, 255, 5, .. "alice"u8, 2, .. "ex"u8, 0], ack.Option(81));
        Assert.Equal("alice.ex.", ack.Hostname);
        Assert.Null(ack.Option(12));
        client.RequestList = [12];
        Assert.Equal("alice.ex"u8.ToArray(), client.Discover().Option(12));
    }

    [Fact]
    public void Class_SKIP_DDNS_turns_updates_off()
    {
        Dhcp4Config config = Network.With("""
            { "interfaces-config": { "interfaces": [ "eth0" ] }, "client-classes": [ { "name": "SKIP_DDNS", "test": "option[60].hex == 'x'" } ],
              "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10-192.0.2.20" } ] } ] }
            """).Config;
        Client client = new Network(config with { DnsUpdates = true }).NewClient();
        client.Extra = Box + " 3c 01 78";
        Assert.Equal(0x0a, client.Dora().Option(81)![0]);
        client.Extra = Box + " 3c 01 79";
        Assert.Equal(0x01, client.Discover().Option(81)![0]);
    }

    /// <summary>RFC 2131 §4.3.5: the answer to INFORM has no lease, so there is nothing to name.</summary>
    [Fact]
    public void Inform_is_answered_without_option_81() => Assert.Null(ClientOf("", Box).Inform("192.0.2.99").Option(81));
}
