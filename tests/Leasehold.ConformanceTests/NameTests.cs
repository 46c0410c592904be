using System.Text;

namespace Leasehold.ConformanceTests;

/// <summary>Names of clients that send option 12 or none (RFC 2132 §3.14), and the keys that shape them.</summary>
public class NameTests
{
    private static Network With(string inside, string global = "") => Network.With($$"""
        { "interfaces-config": { "interfaces": [ "eth0" ] }, {{global}}
          "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10-192.0.2.20" } ] {{inside}} } ] }
        """);

    private static (string? Told, string Stored) Names(Network net, string? sent, byte[]? requestList = null)
    {
        Client client = net.NewClient();
        client.RequestList = requestList ?? [1];
        client.Extra = sent is null ? "" : $"0c {sent.Length:x2} {Convert.ToHexString(Encoding.Latin1.GetBytes(sent)).Chunk(2).Aggregate("", (all, pair) => $"{all} {new string(pair)}")}";
        Answer ack = client.Dora();
        return (ack.Option(12) is { } told ? Encoding.Latin1.GetString(told) : null, ack.Hostname);
    }

    [Theory]
    [InlineData("box", "box")]
    [InlineData("BoX", "box")]
    [InlineData("box.example.org.", "box.example.org")]
    [InlineData("my_box!", "mybox")]
    [InlineData(" box\0", "box")]
    [InlineData("...", null)]
    [InlineData("a..b", null)]
    [InlineData("!", null)]
    public void Clients_own_name_is_given_back_cleaned(string sent, string? name) =>
        Assert.Equal((name, name ?? ""), Names(With(""), sent));

    [Fact]
    public void Client_that_says_nothing_is_told_nothing()
    {
        Assert.Equal((null, ""), Names(With(""), sent: null));
        Assert.Equal((null, ""), Names(With(""), sent: null, requestList: [12]));
    }

    [Theory]
    [InlineData("never", null, null)]
    [InlineData("never", "box", "box.ex")]
    [InlineData("always", null, "h-192-0-2-10.ex")]
    [InlineData("always", "box", "h-192-0-2-10.ex")]
    [InlineData("when-present", null, null)]
    [InlineData("when-present", "box", "h-192-0-2-10.ex")]
    [InlineData("when-not-present", null, "h-192-0-2-10.ex")]
    [InlineData("when-not-present", "box", "box.ex")]
    public void Names_are_replaced_as_the_mode_says(string mode, string? sent, string? name)
    {
        Network net = With($$""", "ddns-replace-client-name": "{{mode}}", "ddns-generated-prefix": "h", "ddns-qualifying-suffix": "ex." """);
        Assert.Equal((name, name ?? ""), Names(net, sent));
    }

    [Theory]
    [InlineData("never", "box.ex.")]
    [InlineData("always", "h-192-0-2-10.ex.")]
    [InlineData("when-present", "h-192-0-2-10.ex.")]
    [InlineData("when-not-present", "box.ex.")]
    public void Names_of_option_81_are_replaced_as_the_mode_says(string mode, string name)
    {
        Client client = With($$""", "ddns-replace-client-name": "{{mode}}", "ddns-generated-prefix": "h", "ddns-qualifying-suffix": "ex" """).NewClient();
        client.Extra = "51 06 00 00 00 62 6f 78";
        Assert.Equal([8, 255, 255, .. Encoding.ASCII.GetBytes(name)], client.Dora().Option(81));
    }

    [Theory]
    [InlineData("box", "box.ex.org")]
    [InlineData("box.here", "box.here")]
    public void Suffix_completes_a_single_label(string sent, string name) =>
        Assert.Equal((name, name), Names(With(""", "ddns-qualifying-suffix": "ex.org" """), sent));

    [Fact]
    public void Empty_prefix_leaves_the_address() =>
        Assert.Equal(("192-0-2-10", "192-0-2-10"), Names(With(""", "ddns-replace-client-name": "always", "ddns-generated-prefix": "" """), sent: null));

    [Theory]
    [InlineData("[^A-Za-z0-9.-]", "x", "my_box.örg", "myxbox.xrg")]
    [InlineData("[^[:alnum:].-]", "", "my_box", "mybox")]
    [InlineData("[_]", "-", "my_box", "my-box")]
    [InlineData("^(my|our)[^a-z]+", "", "my__box", "box")]
    [InlineData("[\\]", "", "my\\box", "mybox")]
    [InlineData("", "", "my_box", "my_box")]
    [InlineData("x*", "y", "axxb", "ayb")]
    public void Characters_are_taken_out_and_replaced(string set, string replacement, string sent, string name) => Assert.Equal(
        (name, name),
        Names(With($$""", "hostname-char-set": "{{set.Replace("\\", "\\\\")}}", "hostname-char-replacement": "{{replacement}}" """), sent));

    /// <summary>Inner levels hide outer ones; the map dhcp-ddns is the outermost.</summary>
    [Fact]
    public void Rules_hold_from_the_inside_out()
    {
        const string map = """ "dhcp-ddns": { "enable-updates": false, "qualifying-suffix": "ddns", "generated-prefix": "g", "replace-client-name": true }, """;
        Assert.Equal(("g-192-0-2-10.ddns", "g-192-0-2-10.ddns"), Names(With("", map), "box"));
        Assert.Equal("g-192-0-2-10.global", Names(With("", map + """ "ddns-qualifying-suffix": "global", """), "box").Told);
        Assert.Equal("g-192-0-2-10.global", Names(With("", """ "ddns-qualifying-suffix": "global", """ + map), "box").Told);
        Assert.Equal("box.subnet", Names(With(""", "ddns-qualifying-suffix": "subnet", "ddns-replace-client-name": "never" """, map), "box").Told);
        Network inPool = Network.With("""
            { "interfaces-config": { "interfaces": [ "eth0" ] }, "ddns-qualifying-suffix": "global", "ddns-replace-client-name": "always",
              "shared-networks": [ { "name": "n", "ddns-qualifying-suffix": "network", "ddns-generated-prefix": "n", "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24",
                "pools": [ { "pool": "192.0.2.10-192.0.2.10", "ddns-qualifying-suffix": "pool" }, { "pool": "192.0.2.11-192.0.2.20" } ] } ] } ] }
            """);
        Assert.Equal("n-192-0-2-10.pool", Names(inPool, "box").Told);
        Client second = inPool.NewClient("02:00:5e:10:00:02");
        Assert.Equal("n-192-0-2-11.network"u8.ToArray(), second.Dora().Option(12));
    }

    [Fact]
    public void Reserved_name_gets_the_suffix_and_goes_before_every_mode()
    {
        const string rules = """, "ddns-qualifying-suffix": "ex", "ddns-replace-client-name": "always", "reservations": [ { "hw-address": "02:00:5e:10:00:01", "hostname": "NAME" } ] """;
        Assert.Equal(("Alice.ex", "alice.ex"), Names(With(rules.Replace("NAME", "Alice")), "box"));
        Assert.Equal(("alice.net", "alice.net"), Names(With(rules.Replace("NAME", "alice.net.")), "box"));
        Assert.Equal((null, "alice.ex"), Names(With(rules.Replace("NAME", "alice.ex")), sent: null));
    }

    /// <summary>What the administrator says goes before what the client says of itself.</summary>
    [Fact]
    public void Configured_option_12_is_told_instead_of_the_clients_own_name()
    {
        Network net = With(""", "option-data": [ { "name": "host-name", "data": "seven" } ] """);
        Assert.Equal(("seven", "box"), Names(net, "box"));
        Assert.Equal((null, ""), Names(net, sent: null));
    }

    /// <summary>A name stays with the lease while the client renews, and follows the client's own change.</summary>
    [Fact]
    public void Lease_follows_the_name()
    {
        Network net = With("");
        Client client = net.NewClient();
        client.Extra = "0c 03 62 6f 78";
        Assert.Equal("box", client.Dora().Hostname);
        client.Extra = "0c 03 63 61 74";
        Assert.Equal("cat", client.Renew().Hostname);
    }
}
