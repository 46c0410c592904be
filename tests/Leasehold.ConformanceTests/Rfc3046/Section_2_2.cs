using Leasehold.Engine;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Rfc3046;

/// <summary>RFC 3046 §2.2, and what came after it: RFC 3011, RFC 3527, RFC 5107, RFC 6842, RFC 8357.</summary>
public class Rfc3046_Section_2_2
{
    private static Network TwoNets() => Network.With(Network.Lan, Network.Subnet("198.51.100.0/24", id: 7, "198.51.100.10-198.51.100.20"));

    /// <summary>"DHCP servers claiming to support the Relay Agent Information option SHALL echo the entire contents of the
    /// Relay Agent Information option in all replies. Servers SHOULD copy the Relay Agent Information option as the last DHCP option in the response."</summary>
    [Fact]
    public void Relay_information_is_echoed_verbatim_and_last_in_all_replies()
    {
        Network net = Network.With(Network.Lan with { Options = [Network.Option(19, "01", alwaysSend: true)] });
        Client client = net.NewClient();
        client.Giaddr = Ipv4.Parse("192.0.2.254");
        // A sub-option that is unknown, one that is empty, and octets that are no sub-option.
        client.Extra = "52 0b 01 03 61 62 63 63 00 00 07 ff fe";
        Answer[] replies = [client.Discover(), client.Select("192.0.2.10"), client.InitReboot("10.0.0.1"), client.Inform("192.0.2.99")];

        Assert.Equal([MessageType4.Offer, MessageType4.Ack, MessageType4.Nak, MessageType4.Ack], replies.Select(reply => reply.Sent));
        Assert.All(replies, reply =>
        {
            Assert.Equal(82, reply.Codes.Last());
            Assert.Equal(Hex.Of("01 03 61 62 63 63 00 00 07 ff fe"), reply.Option(82));
        });
    }

    /// <summary>A switch adds the option without being a relay.</summary>
    [Fact]
    public void Relay_information_is_echoed_without_giaddr()
    {
        Client client = Network.WithLan().NewClient();
        client.Extra = "52 03 01 01 61";
        Assert.Equal(Hex.Of("01 01 61"), client.Discover().Option(82));
    }

    [Fact]
    public void Relay_information_is_echoed_although_the_client_takes_no_more()
    {
        Network net = Network.With(Network.Lan with { Options = [Network.Option(200, "01*250")] });
        Client client = net.NewClient();
        client.Giaddr = Ipv4.Parse("192.0.2.254");
        client.RequestList = [200];
        client.Extra = "52 c8 01 c6 61*198";
        Answer offer = client.Discover();

        // 548 octets are the client's; the relay takes its own 202 away before the client sees them.
        Assert.Equal([53, 54, 51, 1, 200, 82], offer.Codes);
        Assert.Equal(262 + 252 + 202, offer.Octets.Length);
    }

    /// <summary>"If a server is unable to copy a full Relay Agent Information field into a response, it SHALL send the response without".</summary>
    [Fact]
    public void Relay_information_that_is_too_long_is_left_out()
    {
        Client client = Network.WithLan().NewClient();
        client.Extra = string.Concat(Enumerable.Repeat("52 ff 01 fd 61*253 ", 4));
        Answer offer = client.Discover();
        Assert.Equal(MessageType4.Offer, offer.Sent);
        Assert.Null(offer.Option(82));
        Assert.True(offer.RelayInformationOmitted);
    }

    /// <summary>"Servers SHALL NOT place the echoed Relay Agent Information option in the overloaded sname or file fields."</summary>
    [Fact]
    public void Relay_information_is_in_the_options_field_however_full_the_reply_is()
    {
        Client client = Network.With(Network.Lan with
        {
            Options = [.. Enumerable.Range(224, 6).Select(code => Network.Option((byte)code, "01*100"))],
        }).NewClient();
        client.Giaddr = Ipv4.Parse("192.0.2.254");
        client.RequestList = [224, 225, 226, 227, 228, 229];
        client.Extra = "52 c8 01 c6 61*198";
        Answer offer = client.Discover();

        // The last of the options field; what follows it here stands in file.
        Assert.Equal([52, 82, 226], offer.Codes.TakeLast(3));
        Assert.Equal(Hex.Of("01 c6 61*198"), offer.Option(82));
        Assert.Equal(-1, offer.Octets.AsSpan(44, 192).IndexOf((byte)0x61));
    }

    /// <summary>"… servers SHOULD be prepared to handle relay agent options in unicast messages, but MUST NOT expect them to always be there."</summary>
    [Theory]
    [InlineData("", null)]
    [InlineData("52 04 01 02 61 62", "01 02 61 62")]
    public void Renewal_past_the_relay_needs_no_relay_information(string option, string? echoed)
    {
        Client client = TwoNets().NewClient();
        client.Giaddr = Ipv4.Parse("198.51.100.1");
        client.Extra = "52 04 01 02 61 62";
        client.Dora();
        client.Giaddr = default;
        client.Extra = option;
        Answer ack = client.Renew();

        Assert.Equal((MessageType4.Ack, 7u, true), (ack.Sent, ack.SubnetId, ack.IsRenewal));
        Assert.Equal(echoed, ack.Hex(82));
    }

    /// <summary>RFC 3527 §3: the link that the relay names, while replies still go to giaddr.</summary>
    [Fact]
    public void Link_selection_chooses_the_subnet()
    {
        Client client = TwoNets().NewClient();
        client.Giaddr = Ipv4.Parse("192.0.2.254");
        client.Extra = "52 06 05 04 c6 33 64 00";
        Answer offer = client.Discover();

        Assert.Equal((7u, client.Giaddr), (offer.SubnetId, offer.Destination.Address));
        client.Extra = "52 06 05 04 0a 00 00 00";
        Assert.Equal(DropReason.NoSubnet, client.Discover().Drop);
    }

    /// <summary>RFC 3011 §3: the server uses the option's subnet and returns the option unchanged.</summary>
    [Fact]
    public void Subnet_selection_chooses_the_subnet_and_comes_back()
    {
        Client client = TwoNets().NewClient();
        client.Extra = "76 04 c6 33 64 00";
        Answer offer = client.Discover();
        Assert.Equal((7u, "198.51.100.10"), (offer.SubnetId, offer.Yiaddr.ToString()));
        Assert.Equal(Hex.Of("c6 33 64 00"), offer.Option(118));
    }

    /// <summary>RFC 5107 §4: the relay's address is the server identifier, so that the client renews through the relay.</summary>
    [Fact]
    public void Server_identifier_override_is_used_and_understood()
    {
        Client client = Network.WithLan().NewClient();
        client.Giaddr = Ipv4.Parse("192.0.2.254");
        client.Extra = "52 06 0b 04 c0 00 02 fe";
        Answer offer = client.Discover();
        Assert.Equal(Hex.Of("c0 00 02 fe"), offer.Option(54));

        Answer ack = client.Select(offer.Yiaddr, server: Ipv4.Parse("192.0.2.254"));
        Assert.Equal(MessageType4.Ack, ack.Sent);
        Assert.Equal(Network.ServerAddress, ack.Destination.Source);
        Assert.Equal(MessageType4.Ack, client.Renew(ack.Yiaddr.ToString()).Sent);
    }

    /// <summary>RFC 8357 §4.</summary>
    [Fact]
    public void Relay_that_names_its_port_is_answered_there()
    {
        Network net = Network.WithLan();
        Client client = net.NewClient();
        client.Giaddr = Ipv4.Parse("192.0.2.254");
        client.Extra = "52 02 13 00";
        Answer offer = net.Deliver(client.Packet(MessageType4.Discover, default, []), client.Giaddr, Network.ServerAddress, sourcePort: 12345);
        Assert.Equal((ushort)12345, offer.Destination.Port);
    }

    /// <summary>RFC 2131 §4.1: the address that the relay sent to is the one that clients can reach.</summary>
    [Fact]
    public void Server_identifier_for_a_relayed_client_is_the_address_that_the_relay_uses()
    {
        Network net = Network.WithLan();
        Client client = net.NewClient();
        client.Giaddr = Ipv4.Parse("192.0.2.254");
        Answer offer = net.Deliver(client.Packet(MessageType4.Discover, default, []), client.Giaddr, Ipv4.Parse("10.9.9.9"));
        Assert.Equal(Hex.Of("0a 09 09 09"), offer.Option(54));
        Assert.Equal(Ipv4.Parse("10.9.9.9"), offer.Destination.Source);
    }

    [Fact]
    public void Relay_that_sends_to_a_whole_network_learns_the_servers_address()
    {
        Network net = Network.WithLan();
        Client client = net.NewClient();
        client.Giaddr = Ipv4.Parse("192.0.2.254");
        Answer offer = net.Deliver(client.Packet(MessageType4.Discover, default, []), client.Giaddr, Ipv4.Parse("192.0.2.255"));
        Assert.Equal(Client.Octets(Network.ServerAddress), offer.Option(54));
        Assert.Equal(Network.ServerAddress, offer.Destination.Source);
    }

    /// <summary>RFC 6842 §3, and the switch for clients that refuse it.</summary>
    [Fact]
    public void Client_identifier_is_not_echoed_where_that_is_turned_off()
    {
        Network net = new(new() { Subnets = [Network.Lan], EchoClientId = false });
        Client client = net.NewClient(clientId: "01 02 00 5e 10 00 01");
        Assert.Null(client.Discover().Option(61));
        Assert.Null(client.InitReboot("10.0.0.1").Option(61));
    }
}
