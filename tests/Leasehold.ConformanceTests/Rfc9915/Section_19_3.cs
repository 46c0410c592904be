using Leasehold.Engine.V6;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;
using static Leasehold.ConformanceTests.Client6;

namespace Leasehold.ConformanceTests.Rfc9915;

/// <summary>RFC 9915 §19.3 and §9: messages that come through relays.</summary>
public class Rfc9915_Section_19_3
{
    private const string Links = """
        { "subnet6": [
            { "id": 1, "subnet": "2001:db8:1::/64", "pools": [ { "pool": "2001:db8:1::10-2001:db8:1::1f" } ] },
            { "id": 2, "subnet": "2001:db8:2::/64", "pools": [ { "pool": "2001:db8:2::10-2001:db8:2::1f" } ], "interface-id": "vlan7" },
            { "id": 3, "subnet": "2001:db8:3::/64", "pools": [ { "pool": "2001:db8:3::10-2001:db8:3::1f" } ], "relay": { "ip-addresses": [ "2001:db8:77::1" ] } },
            { "id": 4, "subnet": "2001:db8:4::/64", "pools": [ { "pool": "2001:db8:4::10-2001:db8:4::1f" } ], "interface": "eth0" } ] }
        """;

    [Fact]
    public void Reply_goes_back_through_every_relay_by_these_octets()
    {
        Network6 net = Network6.With(Links);
        Client6 client = net.NewClient();
        client.Relays.Add(new("2001:db8:1::2") { Address = Ipv6.Parse("fe80::22"), Options = "00 12 00 04 70 6f 72 74  00 25 00 06 00 00 00 09 01 02" });
        client.Relays.Add(new("::") { Address = Ipv6.Parse("2001:db8:ffff::9"), Options = "00 12 00 01 41" });
        Answer6 answer = client.Request(IaNa(1));

        Assert.Equal(
            Hex.Of("""
                0d 01 00*16 fe 80 00*13 22                                      # Relay-reply, hop-count 1, link ::, peer fe80::22
                00 12 00 01 41                                                  # its interface identifier
                00 09 00 7a                                                     # what it carries:
                0d 00 20 01 0d b8 00 01 00*9 02 fe 80 00*8 5e ff fe 10 00 01  # Relay-reply, hop-count 0, link 2001:db8:1::2, the client
                00 12 00 04 70 6f 72 74                                         # its interface identifier; remote-id is not sent back
                00 09 00 4c
                07 10 20 30                                                     # REPLY
                """),
            answer.Octets[..(34 + 5 + 4 + 34 + 8 + 4 + 4)]);
        Assert.Equal(["2001:db8:1::10"], answer.Addresses());
        Assert.Equal(new ReplyAddress6 { Address = Ipv6.Parse("2001:db8:ffff::9"), Port = 547, Source = Network6.ServerAddress, InterfaceIndex = 2 }, answer.Destination);
    }

    [Theory]
    [InlineData("2001:db8:1::2", "", 1)]
    [InlineData("2001:db8:2::2", "", 2)]
    [InlineData("2001:db8:77::1", "", 3)]                             // a relay address of the subnet
    [InlineData("2001:db8:1::2", "00 12 00 05 76 6c 61 6e 37", 2)]    // the interface identifier wins
    [InlineData("2001:db8:1::2", "00 12 00 05 76 6c 61 6e 38", 1)]    // not known: the link address decides
    [InlineData("::", "", 4)]                                         // a relay on layer 2 of the server's own link (RFC 6221)
    [InlineData("fe80::7", "", 4)]
    public void Subnet_is_that_of_the_relay_next_to_the_client(string link, string options, uint subnet)
    {
        Client6 client = Network6.With(Links).NewClient();
        client.Relays.Add(new(link) { Options = options });
        Assert.Equal(subnet, client.Solicit(IaNa(1)).SubnetId);
    }

    [Fact]
    public void Relay_farther_away_counts_where_the_nearer_ones_say_nothing()
    {
        Client6 client = Network6.With(Links).NewClient();
        client.Relays.Add(new("::") { Options = "00 12 00 02 70 31" });
        client.Relays.Add(new("2001:db8:3::1"));
        Assert.Equal(3u, client.Solicit(IaNa(1)).SubnetId);
    }

    [Fact]
    public void Unknown_link_is_not_served()
    {
        Client6 client = Network6.With(Links).NewClient();
        client.Relays.Add(new("2001:db8:99::1"));
        Assert.Equal(DropReason6.NoSubnet, client.Solicit(IaNa(1)).Drop);
    }

    /// <summary>§7.6: HOP_COUNT_LIMIT is 8; a relay forwards what has a hop-count below it.</summary>
    [Theory]
    [InlineData(9, DropReason6.None)]
    [InlineData(10, DropReason6.Malformed)]
    public void As_many_relays_are_unwrapped_as_the_hop_limit_allows(int relays, DropReason6 drop)
    {
        Client6 client = Network6.With(Links).NewClient();
        for (int i = 0; i < relays; i++) client.Relays.Add(new(i == 0 ? "2001:db8:1::2" : "::"));
        Answer6 answer = client.Solicit(IaNa(1));

        Assert.Equal(drop, answer.Drop);
        if (drop == DropReason6.None) Assert.Equal(Enumerable.Range(0, relays).Reverse().Select(static hops => (byte)hops), answer.Hops);
        else Assert.Equal(WireErrorKind.TooManyRelays, answer.Error.Kind);
    }

    [Fact]
    public void Relay_message_without_a_message_is_malformed()
    {
        byte[] empty = [12, 0, .. Octets(Ipv6.Parse("2001:db8:1::2")), .. Octets(Ipv6.Parse("fe80::2")), .. Option(18, 1)];
        Answer6 answer = Network6.With(Links).Deliver(empty, Ipv6.Parse("2001:db8:1::2"), Network6.ServerAddress);
        Assert.Equal((DropReason6.Malformed, WireErrorKind.RelayedMessageMissing), (answer.Drop, answer.Error.Kind));
    }

    [Fact]
    public void Error_inside_a_relayed_message_is_counted_from_the_start_of_the_datagram()
    {
        Client6 client = Network6.With(Links).NewClient();
        client.Relays.Add(new("2001:db8:1::2"));
        client.Extra = "00 03 00 02 00 00";
        Answer6 answer = client.Solicit();
        Assert.Equal((WireErrorKind.OptionValue, 34 + 4 + 18), (answer.Error.Kind, answer.Error.Offset));
    }

    /// <summary>RFC 8357 §5.2: the relay's own port, and the option at every relay that has it.</summary>
    [Fact]
    public void Relay_source_port_is_answered_on_that_port_and_sent_back()
    {
        Client6 client = Network6.With(Links).NewClient();
        client.Relays.Add(new("2001:db8:1::2") { Options = "00 87 00 02 12 34" });
        client.Relays.Add(new("::") { Options = "00 87 00 02 00 00", Port = 5000 });
        Answer6 answer = client.Solicit(IaNa(1));

        Assert.Equal(5000, answer.Destination.Port);
        Assert.Equal([0, 0], answer.RelayOptions[0].Single(static o => o.Code == 135).Value);
        Assert.Equal([0x12, 0x34], answer.RelayOptions[1].Single(static o => o.Code == 135).Value);
    }

    [Fact]
    public void Relay_without_that_option_is_answered_on_547_whatever_it_sent_from()
    {
        Client6 client = Network6.With(Links).NewClient();
        client.Relays.Add(new("2001:db8:1::2") { Port = 5000 });
        Assert.Equal(547, client.Solicit(IaNa(1)).Destination.Port);
    }

    /// <summary>RFC 4994 §3: what the relay lists in its echo request comes back to it.</summary>
    [Fact]
    public void Echo_request_is_honoured()
    {
        Client6 client = Network6.With(Links).NewClient();
        client.Relays.Add(new("2001:db8:1::2") { Options = "00 25 00 05 00 00 00 09 aa  00 26 00 01 62  00 2b 00 02 00 25" });
        List<(ushort Code, byte[] Value)> back = client.Solicit(IaNa(1)).RelayOptions[0];
        Assert.Equal([37, 9], back.Select(static o => (int)o.Code));
        Assert.Equal(Hex.Of("00 00 00 09 aa"), back[0].Value);
    }

    [Fact]
    public void Relay_on_the_link_is_answered_from_the_link_local_address()
    {
        Network6 net = Network6.With(Links);
        byte[] forward = new Relay6("2001:db8:1::2").Forward(net.NewClient().Packet(MessageType6.Solicit, IaNa(1)), 0, Ipv6.Parse("fe80::2"));
        Answer6 answer = net.Deliver(forward, Ipv6.Parse("fe80::99"), Network6.AllServers, sourcePort: 547);
        Assert.Equal((Network6.ServerLinkLocal, Ipv6.Parse("fe80::99")), (answer.Destination.Source, answer.Destination.Address));
        Answer6 far = net.Deliver(forward, Ipv6.Parse("2001:db8:1::2"), Ipv6.Parse("ff05::1:3"), sourcePort: 547);
        Assert.Equal(Ipv6.Any, far.Destination.Source);
    }
}
