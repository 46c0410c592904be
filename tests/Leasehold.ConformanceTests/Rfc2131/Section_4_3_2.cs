using Leasehold.Engine;
using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Rfc2131;

/// <summary>RFC 2131 §4.3.2: DHCPREQUEST in its four states.</summary>
public class Rfc2131_Section_4_3_2
{
    private static Network Authoritative() => Network.With(Network.Lan with { Parameters = new() { Authoritative = true } });

    [Fact]
    public void Selecting_a_free_address_that_was_not_offered_is_acknowledged()
    {
        Answer ack = Network.WithLan().NewClient().Select("192.0.2.13");
        Assert.Equal((MessageType4.Ack, "192.0.2.13"), (ack.Sent, ack.Yiaddr.ToString()));
    }

    /// <summary>RFC 2131 §3.1 step 4: "… the server SHOULD respond with a DHCPNAK message."</summary>
    [Theory]
    [InlineData("192.0.2.10", NakReason.AddressTaken)]
    [InlineData("192.0.2.99", NakReason.NotInPool)]
    [InlineData("198.51.100.5", NakReason.WrongNetwork)]
    public void Selecting_an_address_that_cannot_be_given_is_answered_with_nak(string address, NakReason reason)
    {
        Network net = Network.WithLan();
        net.NewClient("02:00:5e:10:00:02").Dora();
        Answer nak = net.NewClient().Select(address);

        Assert.Equal((MessageType4.Nak, reason, LeaseChangeKind.None), (nak.Sent, nak.Nak, nak.Change));
    }

    [Fact]
    public void Selecting_an_address_that_was_offered_to_another_is_answered_with_nak()
    {
        Network net = Network.WithLan();
        net.NewClient("02:00:5e:10:00:02").Discover();
        Assert.Equal(NakReason.AddressTaken, net.NewClient().Select("192.0.2.10").Nak);
    }

    [Fact]
    public void Selecting_an_offer_that_is_over_is_acknowledged_when_the_address_is_still_free()
    {
        Network net = Network.WithLan();
        Client client = net.NewClient();
        Answer offer = client.Discover();
        net.Pass(600);
        Assert.Equal(MessageType4.Ack, client.Select(offer.Yiaddr).Sent);
    }

    [Fact]
    public void Selecting_another_address_ends_the_former_lease()
    {
        Network net = Network.WithLan();
        Client client = net.NewClient();
        client.Dora();
        Answer ack = client.Select("192.0.2.15");

        Assert.Equal(Ipv4.Parse("192.0.2.10"), ack.Vacates);
        Assert.Equal(LeaseState.Released, net.StateOf("192.0.2.10"));
        Assert.Equal(LeaseState.Assigned, net.StateOf("192.0.2.15"));
    }

    /// <summary>Table 3: a DHCPNAK has no fields and no options but these.</summary>
    [Fact]
    public void Nak_is_written_as_table_3_says()
    {
        Client client = Network.WithLan().NewClient(clientId: "01 02 00 5e 10 00 01");
        client.Extra = "52 04 01 02 61 62";
        Answer nak = client.InitReboot("198.51.100.5");

        Assert.Equal(
            Hex.Of("""
                02 01 06 00  10 20 30 40  00*4
                00*16                                             # ciaddr, yiaddr, siaddr, giaddr
                02 00 5e 10 00 01 00*10  00*192  63 82 53 63
                35 01 06                                          # 53 DHCPNAK
                36 04 c0 00 02 01                                 # 54 server identifier
                38 0d 77 72 6f 6e 67 20 6e 65 74 77 6f 72 6b      # 56 "wrong network"
                3d 07 01 02 00 5e 10 00 01                        # 61, RFC 6842
                52 04 01 02 61 62                                 # 82, RFC 3046, the last
                ff 00*20
                """),
            nak.Octets);
    }

    /// <summary>"If the DHCP server detects that the client is on the wrong net […], then the server SHOULD send a DHCPNAK message to the client."</summary>
    [Fact]
    public void Init_reboot_from_wrong_network_is_answered_with_nak()
    {
        Answer nak = Network.WithLan().NewClient().InitReboot("198.51.100.5");
        Assert.Equal((MessageType4.Nak, NakReason.WrongNetwork), (nak.Sent, nak.Nak));
        Assert.Equal(ReplyPath.Broadcast, nak.Destination.Path);
    }

    /// <summary>"The server MUST set the broadcast bit in the DHCPNAK, so that the relay agent will broadcast the DHCPNAK to the client".</summary>
    [Fact]
    public void Nak_through_a_relay_has_the_broadcast_bit()
    {
        Client client = Network.WithLan().NewClient();
        client.Giaddr = Ipv4.Parse("192.0.2.254");
        Answer nak = client.InitReboot("198.51.100.5");

        Assert.Equal(0x8000, nak.Flags);
        Assert.Equal((ReplyPath.Routed, client.Giaddr), (nak.Destination.Path, nak.Destination.Address));
    }

    [Fact]
    public void Init_reboot_with_the_right_address_is_acknowledged()
    {
        Network net = Network.WithLan();
        Client client = net.NewClient();
        client.Dora();
        net.Pass(100);
        Answer ack = client.InitReboot("192.0.2.10");

        Assert.Equal((MessageType4.Ack, "192.0.2.10", true), (ack.Sent, ack.Yiaddr.ToString(), ack.IsRenewal));
        Assert.Equal(net.Now.Seconds + 7200, ack.Expire.Seconds);
    }

    /// <summary>"… the DHCP server should check if the client's notion of its IP address is correct. If not, then the server SHOULD send a DHCPNAK message".</summary>
    [Fact]
    public void Init_reboot_with_another_address_is_answered_with_nak()
    {
        Network net = Network.WithLan();
        Client client = net.NewClient();
        client.Dora();
        Assert.Equal(NakReason.OtherAddress, client.InitReboot("192.0.2.11").Nak);
    }

    /// <summary>"If the DHCP server has no record of this client, then it MUST remain silent".</summary>
    [Fact]
    public void Init_reboot_of_an_unknown_client_is_met_with_silence()
    {
        Network net = Network.WithLan();
        Assert.Equal(DropReason.UnknownClient, net.NewClient().InitReboot("192.0.2.11").Drop);
        Assert.Equal(DropReason.UnknownClient, net.NewClient().InitReboot("192.0.2.99").Drop);
        Assert.All(net.Transcript, Assert.Empty);
    }

    /// <summary>The client took another server's offer; an offer is no record of what it has now.</summary>
    [Fact]
    public void Init_reboot_of_a_client_that_only_had_an_offer_is_met_with_silence()
    {
        Network net = Network.WithLan();
        Client client = net.NewClient();
        client.Discover();
        Assert.Equal(DropReason.UnknownClient, client.InitReboot("192.0.2.15").Drop);
        client.Select(Ipv4.Parse("192.0.2.77"), server: Ipv4.Parse("192.0.2.2"));
        Assert.Equal(DropReason.UnknownClient, client.InitReboot("192.0.2.77").Drop);
    }

    [Fact]
    public void Init_reboot_of_an_unknown_client_is_refused_where_the_server_is_authoritative()
    {
        Answer nak = Authoritative().NewClient().InitReboot("192.0.2.11");
        Assert.Equal((MessageType4.Nak, NakReason.UnknownLease), (nak.Sent, nak.Nak));
    }

    [Fact]
    public void Init_reboot_after_the_lease_ended_gets_the_address_when_it_is_free()
    {
        Network net = Network.WithLan();
        Client client = net.NewClient();
        client.Dora();
        net.Pass(7300);
        Assert.Equal(MessageType4.Ack, client.InitReboot("192.0.2.10").Sent);
    }

    [Fact]
    public void Renewing_prolongs_the_lease()
    {
        Network net = Network.WithLan();
        Client client = net.NewClient();
        client.Dora();
        net.Pass(3600);
        Answer ack = client.Renew();

        Assert.Equal((MessageType4.Ack, client.Address, true), (ack.Sent, ack.Yiaddr, ack.IsRenewal));
        Assert.Equal((LeaseChangeKind.Commit, net.Now.Seconds + 7200), (ack.Change, ack.Expire.Seconds));
    }

    /// <summary>The server lost its leases: what it gave is given again, so that nobody loses a working address.</summary>
    [Fact]
    public void Renewing_an_unknown_lease_of_a_free_address_is_acknowledged()
    {
        Answer ack = Network.WithLan().NewClient().Renew("192.0.2.12");
        Assert.Equal((MessageType4.Ack, LeaseChangeKind.Commit, false), (ack.Sent, ack.Change, ack.IsRenewal));
    }

    [Fact]
    public void Renewing_an_address_of_another_client_is_answered_with_nak()
    {
        Network net = Network.WithLan();
        net.NewClient("02:00:5e:10:00:02").Dora();
        Assert.Equal(NakReason.AddressTaken, net.NewClient().Renew("192.0.2.10").Nak);
        Assert.Equal(NakReason.NotInPool, net.NewClient().Renew("192.0.2.99").Nak);
    }

    [Fact]
    public void Renewing_another_address_than_the_leased_one_is_answered_with_nak()
    {
        Network net = Network.WithLan();
        Client client = net.NewClient();
        client.Dora();
        Assert.Equal(NakReason.OtherAddress, client.Renew("192.0.2.15").Nak);
    }

    [Fact]
    public void Renewing_through_a_router_is_located_by_ciaddr()
    {
        Network net = Network.With(Network.Lan, Network.Subnet("198.51.100.0/24", id: 7, "198.51.100.10-198.51.100.20"));
        Client client = net.NewClient();
        client.Giaddr = Ipv4.Parse("198.51.100.1");
        client.Dora();
        client.Giaddr = default;
        Answer ack = client.Renew();

        Assert.Equal((MessageType4.Ack, 7u, ReplyPath.Routed), (ack.Sent, ack.SubnetId, ack.Destination.Path));
        Assert.Equal(Client.Octets(Network.ServerAddress), ack.Option(54));
    }

    [Fact]
    public void Renewing_an_address_of_no_subnet_is_not_answered()
    {
        Assert.Equal(DropReason.NoSubnet, Network.WithLan().NewClient().Renew("198.51.100.5").Drop);
    }

    [Fact]
    public void Renewing_an_address_that_left_the_pools_is_answered_with_nak()
    {
        Network net = Network.WithLan();
        Client client = net.NewClient();
        client.Dora();
        net.Reload(new() { Subnets = [Network.Subnet("192.0.2.0/24", id: 1, "192.0.2.30-192.0.2.40")] });

        Assert.Equal(NakReason.NotInPool, client.Renew().Nak);
        Assert.Equal("192.0.2.30", client.Dora().Yiaddr.ToString());
    }

    [Fact]
    public void Rebinding_prolongs_the_lease()
    {
        Network net = Network.WithLan();
        Client client = net.NewClient();
        client.Dora();
        net.Pass(6500);
        Answer ack = client.Rebind();

        Assert.Equal((MessageType4.Ack, true), (ack.Sent, ack.IsRenewal));
        Assert.Equal((ReplyPath.Routed, client.Address), (ack.Destination.Path, ack.Destination.Address));
    }

    /// <summary>"A DHCP server MAY extend a client's lease only if it has local administrative authority to do so."</summary>
    [Theory]
    [InlineData("192.0.2.12")]
    [InlineData("192.0.2.99")]
    [InlineData("198.51.100.5")]
    public void Rebinding_of_another_servers_client_is_met_with_silence(string address)
    {
        Answer silence = Network.WithLan().NewClient().Rebind(address);
        Assert.Equal(DropReason.UnknownClient, silence.Drop);
        Assert.Empty(silence.Octets);
    }

    [Theory]
    [InlineData("192.0.2.12", MessageType4.Ack, NakReason.None)]
    [InlineData("192.0.2.99", MessageType4.Nak, NakReason.NotInPool)]
    [InlineData("198.51.100.5", MessageType4.Nak, NakReason.WrongNetwork)]
    public void Rebinding_of_an_unknown_client_is_decided_where_the_server_is_authoritative(string address, MessageType4 sent, NakReason reason)
    {
        Answer answer = Authoritative().NewClient().Rebind(address);
        Assert.Equal((sent, reason), (answer.Sent, answer.Nak));
    }

    [Fact]
    public void Rebinding_an_address_of_another_client_is_answered_with_nak()
    {
        Network net = Network.WithLan();
        net.NewClient("02:00:5e:10:00:02").Dora();
        Assert.Equal(NakReason.AddressTaken, net.NewClient().Rebind("192.0.2.10").Nak);
    }

    /// <summary>Table 4: what fits no state is not guessed at.</summary>
    [Theory]
    [InlineData("0.0.0.0", "")]
    [InlineData("0.0.0.0", "36 04 c0 00 02 01")]
    [InlineData("192.0.2.10", "36 04 c0 00 02 01")]
    [InlineData("192.0.2.10", "36 04 c0 00 02 01 32 04 c0 00 02 0a")]
    [InlineData("192.0.2.10", "32 04 c0 00 02 0b")]
    public void Request_that_fits_no_state_is_dropped(string ciaddr, string options)
    {
        Network net = Network.WithLan();
        Client client = net.NewClient();
        client.Dora();
        Answer answer = client.Broadcasts(MessageType4.Request, Ipv4.Parse(ciaddr), Hex.Of(options));
        Assert.Equal(DropReason.InconsistentRequest, answer.Drop);
    }

    [Fact]
    public void Renewing_that_repeats_ciaddr_as_requested_address_is_a_renewal()
    {
        Network net = Network.WithLan();
        Client client = net.NewClient();
        client.Dora();
        Answer ack = client.Unicasts(MessageType4.Request, client.Address, Hex.Of("32 04 c0 00 02 0a"));
        Assert.Equal((MessageType4.Ack, true), (ack.Sent, ack.IsRenewal));
    }
}
