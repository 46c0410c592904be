using Leasehold.Engine;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Rfc2131;

/// <summary>RFC 2131 §4.1: where replies go, and which server identifier they carry.</summary>
public class Rfc2131_Section_4_1
{
    /// <summary>"… the server sends any return messages to the 'DHCP server' port on the BOOTP relay agent whose address appears in 'giaddr'."</summary>
    [Fact]
    public void Relayed_packet_is_answered_to_giaddr_on_the_server_port()
    {
        Client client = Network.With(Network.Subnet("198.51.100.0/24", id: 7, "198.51.100.10-198.51.100.20")).NewClient();
        client.Giaddr = Ipv4.Parse("198.51.100.1");
        Answer offer = client.Discover();

        Assert.Equal(MessageType4.Offer, offer.Sent);
        Assert.Equal(
            new ReplyAddress { Address = client.Giaddr, Port = 67, Source = Network.ServerAddress, InterfaceIndex = 2, Path = ReplyPath.Routed },
            offer.Destination);
        Assert.Equal(client.Giaddr, offer.Giaddr);
        Assert.Equal(Client.Octets(Network.ServerAddress), offer.Option(54));
    }

    /// <summary>"… a server MUST choose an address as a 'server identifier' that, to the best of the server's knowledge, is reachable from the client."</summary>
    [Fact]
    public void Link_with_addresses_in_several_networks_is_served_from_the_one_that_is_configured()
    {
        Network network = Network.With(Network.Subnet("198.51.100.0/24", id: 7, "198.51.100.10-198.51.100.20"));
        network.Interface = network.Interface with { Addresses = [Network.ServerAddress, Ipv4.Parse("198.51.100.1")] };
        Answer offer = network.NewClient().Discover();

        Assert.Equal(Ipv4.Parse("198.51.100.10"), offer.Yiaddr);
        Assert.Equal(Client.Octets(Ipv4.Parse("198.51.100.1")), offer.Option(54));
        Assert.Equal(Ipv4.Parse("198.51.100.1"), offer.Destination.Source);
    }

    /// <summary>"If the 'giaddr' field is zero and the 'ciaddr' field is nonzero, then the server unicasts DHCPOFFER and DHCPACK messages to the address in 'ciaddr'."</summary>
    [Fact]
    public void Renewal_is_answered_to_ciaddr()
    {
        Client client = Network.WithLan().NewClient();
        client.Dora();
        client.Broadcast = true;
        Answer ack = client.Renew();

        Assert.Equal((ReplyPath.Routed, client.Address, (ushort)68), (ack.Destination.Path, ack.Destination.Address, ack.Destination.Port));
        Assert.Equal(default, ack.Destination.LinkAddress);
        Assert.Equal(client.Address, ack.Ciaddr);
    }

    /// <summary>"If 'giaddr' is zero and 'ciaddr' is zero, and the broadcast bit is set, then the server broadcasts DHCPOFFER and DHCPACK messages to 0xffffffff."</summary>
    [Fact]
    public void Broadcast_flag_is_obeyed_and_copied()
    {
        Client client = Network.WithLan().NewClient();
        client.Broadcast = true;
        Answer ack = client.Dora();

        Assert.Equal((ReplyPath.Broadcast, Ipv4.Broadcast), (ack.Destination.Path, ack.Destination.Address));
        Assert.Equal(0x8000, ack.Flags);
    }

    /// <summary>"… the server unicasts DHCPOFFER and DHCPACK messages to the client's hardware address and 'yiaddr' address."</summary>
    [Fact]
    public void Client_without_address_is_reached_on_the_link()
    {
        Answer offer = Network.WithLan().NewClient("02:00:5e:10:00:01").Discover();

        Assert.Equal((ReplyPath.Link, offer.Yiaddr), (offer.Destination.Path, offer.Destination.Address));
        Assert.Equal(HardwareAddress.Parse("02:00:5e:10:00:01"), offer.Destination.LinkAddress);
    }

    /// <summary>"If unicasting is not possible, the message MAY be sent as an IP broadcast".</summary>
    [Theory]
    [InlineData("", 1)]
    [InlineData("02:00:5e:10:00:01:02:03", 1)]
    [InlineData("02:00:5e:10:00", 1)]
    [InlineData("02:00:5e:10:00:01", 6)]
    public void Client_without_an_ethernet_address_is_answered_by_broadcast(string mac, byte htype)
    {
        Client client = Network.WithLan().NewClient(mac, clientId: "00 61 62");
        client.Htype = htype;
        Assert.Equal(ReplyPath.Broadcast, client.Discover().Destination.Path);
    }

    /// <summary>"In all cases, when 'giaddr' is zero, the server broadcasts any DHCPNAK messages to 0xffffffff."</summary>
    [Fact]
    public void Nak_of_a_renewal_is_broadcast()
    {
        Answer nak = Network.WithLan().NewClient().Renew("192.0.2.99");

        Assert.Equal(MessageType4.Nak, nak.Sent);
        Assert.Equal((ReplyPath.Broadcast, Ipv4.Broadcast), (nak.Destination.Path, nak.Destination.Address));
    }

    /// <summary>"A server with multiple network addresses MUST be prepared to to accept any of its network addresses as identifying that server in a DHCP message."</summary>
    [Fact]
    public void Every_address_of_the_interface_identifies_the_server()
    {
        Network net = Network.WithLan();
        net.Interface = new(2, "eth0", [Network.ServerAddress, Ipv4.Parse("192.0.2.2")]);
        Client client = net.NewClient();
        Answer offer = client.Discover();

        Assert.Equal(Client.Octets(Network.ServerAddress), offer.Option(54));
        Assert.Equal(MessageType4.Ack, client.Select(offer.Yiaddr, server: Ipv4.Parse("192.0.2.2")).Sent);
    }

    /// <summary>Two interfaces of this host on one link hear each broadcast twice. The one whose address the client names answers; the other takes it for another server's.</summary>
    [Fact]
    public void Broadcast_that_arrives_on_two_interfaces_is_answered_on_the_one_that_it_names()
    {
        Network net = Network.WithLan();
        Client client = net.NewClient();
        ServedInterface first = net.Interface;
        ServedInterface second = new(3, "eth1", [Ipv4.Parse("192.0.2.2")]);
        net.Interface = second;
        Answer offer = client.Discover();
        Assert.Equal(Hex.Of("c0 00 02 02"), offer.Option(54));

        net.Interface = first;
        Assert.Equal(DropReason.OtherServerChosen, client.Select(offer.Yiaddr, server: second.Address).Drop);
        net.Interface = second;
        Answer ack = client.Select(offer.Yiaddr, server: second.Address);
        Assert.Equal((MessageType4.Ack, offer.Yiaddr), (ack.Sent, ack.Yiaddr));
    }

    /// <summary>"… the server SHOULD choose an address from the interface on which the message was recieved as the 'server identifier'".</summary>
    [Fact]
    public void Server_identifier_is_the_address_of_the_interface()
    {
        Network net = Network.With(Network.Lan, Network.Subnet("198.51.100.0/24", id: 7, "198.51.100.10-198.51.100.20"));
        Answer first = net.NewClient("02:00:5e:10:00:01").Discover();
        net.Interface = new(3, "eth1", [Ipv4.Parse("198.51.100.2")]);
        Answer second = net.NewClient("02:00:5e:10:00:02").Discover();

        Assert.Equal(Hex.Of("c0 00 02 01"), first.Option(54));
        Assert.Equal(Hex.Of("c6 33 64 02"), second.Option(54));
        Assert.Equal((3, Ipv4.Parse("198.51.100.2")), (second.Destination.InterfaceIndex, second.Destination.Source));
        Assert.Equal((1u, 7u), (first.SubnetId, second.SubnetId));
    }

    /// <summary>A server's own message, or another server's, must not be answered: two servers would talk for ever.</summary>
    [Fact]
    public void Bootreply_is_dropped()
    {
        Network net = Network.WithLan();
        byte[] packet = net.NewClient().Packet(MessageType4.Discover, default, []);
        packet[0] = 2;
        Assert.Equal(DropReason.NotARequest, net.Deliver(packet, Ipv4.Any, Ipv4.Broadcast).Drop);
    }

    [Fact]
    public void Message_of_a_server_is_dropped()
    {
        Client client = Network.WithLan().NewClient();
        foreach (MessageType4 type in (MessageType4[])[MessageType4.Offer, MessageType4.Ack, MessageType4.Nak, MessageType4.ForceRenew, (MessageType4)200])
        {
            Assert.Equal(DropReason.UnexpectedMessageType, client.Broadcasts(type, default, []).Drop);
        }
    }

    /// <summary>RFC 951 §3: a request without option 53. RFC 1534 §2: its client would keep an address for ever.</summary>
    [Fact]
    public void Message_without_type_is_bootp_and_dropped()
    {
        Network net = Network.WithLan();
        byte[] packet = net.NewClient().Packet(MessageType4.Discover, default, []);
        Assert.Equal(DropReason.BootpNotServed, net.Deliver(packet[..240], Ipv4.Any, Ipv4.Broadcast).Drop);
    }

    [Fact]
    public void Octets_that_are_no_message_are_dropped_with_their_place()
    {
        Network net = Network.WithLan();
        byte[] packet = net.NewClient().Packet(MessageType4.Discover, default, []);
        for (int length = 0; length < packet.Length - 1; length++)
        {
            Answer answer = net.Deliver(packet[..length], Ipv4.Any, Ipv4.Broadcast);
            if (length is >= 243 or (>= 236 and < 240) or 240) continue;
            Assert.Equal(DropReason.Malformed, answer.Drop);
        }
    }
}
