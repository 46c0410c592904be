using Leasehold.Engine;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.ConformanceTests.Rfc2131;

/// <summary>RFC 2131 §3.1: the four messages, octet by octet.</summary>
public class Rfc2131_Section_3_1
{
    [Fact]
    public void Offer_is_written_as_table_3_says_and_padded_to_300_octets()
    {
        Network net = new(new()
        {
            Subnets = [Network.Lan with { Options = [Network.Option(3, "c0 00 02 01"), Network.Option(6, "c0 00 02 35 c0 00 02 36")] }],
        });
        Answer offer = net.NewClient("02:00:5e:10:00:01", clientId: "01 02 00 5e 10 00 01").Discover();

        Assert.Equal(
            Hex.Of("""
                02 01 06 00                             # BOOTREPLY, Ethernet, 6 octets, hops 0
                10 20 30 40                             # xid of the client
                00 00 00 00                             # secs 0, flags of the client
                00 00 00 00                             # ciaddr 0
                c0 00 02 0a                             # yiaddr 192.0.2.10
                00 00 00 00                             # siaddr
                00 00 00 00                             # giaddr
                02 00 5e 10 00 01 00*10                 # chaddr
                00*64                                   # sname
                00*128                                  # file
                63 82 53 63                             # magic cookie
                35 01 02                                # 53 DHCPOFFER
                36 04 c0 00 02 01                       # 54 server identifier
                33 04 00 00 1c 20                       # 51 7200 seconds
                3d 07 01 02 00 5e 10 00 01              # 61 client identifier, RFC 6842
                01 04 ff ff ff 00                       # 1 subnet mask
                03 04 c0 00 02 01                       # 3 routers
                06 08 c0 00 02 35 c0 00 02 36           # 6 domain name servers
                ff                                      # END
                00*13                                   # PAD up to 300
                """),
            offer.Octets);
        Assert.Equal(
            new ReplyAddress
            {
                Address = Ipv4.Parse("192.0.2.10"),
                Port = 68,
                Source = Network.ServerAddress,
                InterfaceIndex = 2,
                Path = ReplyPath.Link,
                LinkAddress = HardwareAddress.Parse("02:00:5e:10:00:01"),
            },
            offer.Destination);
        Assert.Equal(LeaseChangeKind.Offer, offer.Change);
        Assert.Equal(new Instant(1_700_000_015), offer.Expire);
    }

    [Fact]
    public void Ack_repeats_the_offer_and_commits_the_lease()
    {
        Network net = new(new() { Subnets = [Network.Lan with { Parameters = new() { RenewTimer = new(900), RebindTimer = new(1800) } }] });
        Client client = net.NewClient();
        Answer offer = client.Discover();
        Answer ack = client.Select(offer.Yiaddr);

        Assert.Equal(
            Hex.Of("""
                02 01 06 00
                10 20 30 41
                00 00 00 00
                00 00 00 00
                c0 00 02 0a                             # yiaddr 192.0.2.10
                00*8
                02 00 5e 10 00 01 00*10
                00*192
                63 82 53 63
                35 01 05                                # 53 DHCPACK
                36 04 c0 00 02 01                       # 54 server identifier
                33 04 00 00 1c 20                       # 51 7200 seconds
                3a 04 00 00 03 84                       # 58 T1 900
                3b 04 00 00 07 08                       # 59 T2 1800
                01 04 ff ff ff 00                       # 1 subnet mask
                ff 00*26
                """),
            ack.Octets);
        Assert.Equal(LeaseChangeKind.Commit, ack.Change);
        Assert.Equal(new Instant(1_700_007_200), ack.Expire);
        Assert.False(ack.IsRenewal);
        Assert.Equal(LeaseState.Assigned, net.StateOf("192.0.2.10"));
    }

    /// <summary>"Those servers not selected by the DHCPREQUEST message use the message as notification that the client has declined that server's offer."</summary>
    [Fact]
    public void Request_for_another_server_frees_the_offered_address()
    {
        Network net = Network.With(Network.Subnet("192.0.2.0/24", id: 1, "192.0.2.10-192.0.2.10"));
        Client client = net.NewClient();
        client.Discover();
        Answer silence = client.Select(Ipv4.Parse("192.0.2.77"), server: Ipv4.Parse("192.0.2.2"));

        Assert.Equal(DropReason.OtherServerChosen, silence.Drop);
        Assert.Empty(silence.Octets);
        net.Pass(0);
        Assert.Equal("192.0.2.10", net.NewClient("02:00:5e:10:00:02").Dora().Yiaddr.ToString());
    }

    [Fact]
    public void Request_for_another_server_leaves_the_clients_lease_alone()
    {
        Network net = Network.WithLan();
        Client client = net.NewClient();
        client.Dora();
        Answer silence = client.Select(Ipv4.Parse("192.0.2.77"), server: Ipv4.Parse("192.0.2.2"));

        Assert.Equal(DropReason.OtherServerChosen, silence.Drop);
        Assert.Equal(LeaseChangeKind.None, silence.Change);
        Assert.Equal(LeaseState.Assigned, net.StateOf("192.0.2.10"));
    }
}
