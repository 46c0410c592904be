using Leasehold.Engine;
using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Rfc2131;

/// <summary>RFC 2131 §4.3.1: the choice of an address and of its time.</summary>
public class Rfc2131_Section_4_3_1
{
    /// <summary>"The client's current address as recorded in the client's current binding, ELSE"</summary>
    [Fact]
    public void Current_address_comes_before_the_requested_one()
    {
        Network net = Network.WithLan();
        Client client = net.NewClient();
        client.Dora();
        Answer offer = client.Discover(requested: "192.0.2.15");

        Assert.Equal("192.0.2.10", offer.Yiaddr.ToString());
        Assert.Equal(LeaseChangeKind.None, offer.Change);
        Assert.Equal(LeaseState.Assigned, net.StateOf("192.0.2.10"));
    }

    [Fact]
    public void Address_that_was_offered_is_offered_again()
    {
        Network net = Network.WithLan();
        Client client = net.NewClient();
        Answer first = client.Discover();
        net.Pass(10);
        Answer second = client.Discover();

        Assert.Equal(first.Yiaddr, second.Yiaddr);
        Assert.Equal(net.Now.Seconds + 15, second.Expire.Seconds);
    }

    /// <summary>"… the server SHOULD NOT reuse the selected network address before the client responds to the server's DHCPOFFER message."</summary>
    [Fact]
    public void Offered_address_is_kept_for_15_seconds()
    {
        Network net = Network.With(Network.Subnet("192.0.2.0/24", id: 1, "192.0.2.10-192.0.2.10"));
        net.NewClient("02:00:5e:10:00:01").Discover();
        Client second = net.NewClient("02:00:5e:10:00:02");

        Assert.Equal(DropReason.NoFreeAddress, second.Discover().Drop);
        net.Pass(15);
        Assert.Equal(DropReason.NoFreeAddress, second.Discover().Drop);
        net.Pass(1);
        Assert.Equal("192.0.2.10", second.Discover().Yiaddr.ToString());
    }

    /// <summary>"The client's previous address as recorded in the client's (now expired or released) binding,
    /// if that address is in the server's pool of available addresses and not already allocated, ELSE"</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Previous_address_comes_back_after_the_lease_ended(bool advanced)
    {
        Network net = Network.WithLan();
        net.NewClient("02:00:5e:10:00:02").Dora();
        Client client = net.NewClient("02:00:5e:10:00:01");
        client.Dora(requested: "192.0.2.17");
        net.Pass(7200, advance: advanced);

        Assert.Equal("192.0.2.17", client.Discover(requested: "192.0.2.12").Yiaddr.ToString());
    }

    [Fact]
    public void Previous_address_that_somebody_else_got_is_not_given()
    {
        Network net = Network.WithLan();
        Client client = net.NewClient("02:00:5e:10:00:01");
        client.Dora();
        client.Release();
        net.NewClient("02:00:5e:10:00:02").Dora(requested: "192.0.2.10");

        Assert.NotEqual(Ipv4.Parse("192.0.2.10"), client.Discover().Yiaddr);
    }

    [Fact]
    public void Previous_address_outside_the_pools_of_today_is_not_given()
    {
        Network net = Network.WithLan();
        Client client = net.NewClient();
        client.Dora();
        client.Release();
        net.Reload(new() { Subnets = [Network.Subnet("192.0.2.0/24", id: 1, "192.0.2.30-192.0.2.40")] });

        Assert.Equal("192.0.2.30", client.Discover().Yiaddr.ToString());
    }

    /// <summary>"The address requested in the 'Requested IP Address' option, if that address is valid and not already allocated, ELSE"</summary>
    [Fact]
    public void Requested_address_is_given_when_it_is_free()
    {
        Assert.Equal("192.0.2.17", Network.WithLan().NewClient().Discover(requested: "192.0.2.17").Yiaddr.ToString());
    }

    [Theory]
    [InlineData("192.0.2.9")]
    [InlineData("198.51.100.9")]
    [InlineData("0.0.0.0")]
    [InlineData("255.255.255.255")]
    public void Requested_address_outside_the_pools_is_not_given(string requested)
    {
        Assert.Equal("192.0.2.10", Network.WithLan().NewClient().Discover(requested).Yiaddr.ToString());
    }

    [Fact]
    public void Requested_address_that_is_held_is_not_given()
    {
        Network net = Network.WithLan();
        net.NewClient("02:00:5e:10:00:01").Dora(requested: "192.0.2.17");
        Assert.Equal("192.0.2.10", net.NewClient("02:00:5e:10:00:02").Discover(requested: "192.0.2.17").Yiaddr.ToString());
    }

    /// <summary>"A new address allocated from the server's pool of available addresses".</summary>
    [Fact]
    public void Pools_are_used_in_their_order_until_every_address_is_given()
    {
        Network net = Network.With(Network.Subnet("192.0.2.0/24", id: 1, "192.0.2.30-192.0.2.31", "192.0.2.10-192.0.2.11"));
        string given = string.Join(' ', Enumerable.Range(1, 4).Select(i => net.NewClient($"02:00:5e:10:00:{i:x2}").Dora().Yiaddr));

        Assert.Equal("192.0.2.30 192.0.2.31 192.0.2.10 192.0.2.11", given);
        Assert.Equal(DropReason.NoFreeAddress, net.NewClient("02:00:5e:10:00:05").Discover().Drop);
    }

    /// <summary>"… the address is selected based on the subnet from which the message was received (if 'giaddr' is 0) or on the address of the relay agent".</summary>
    [Fact]
    public void Subnet_follows_giaddr()
    {
        Network net = Network.With(Network.Lan, Network.Subnet("198.51.100.0/24", id: 7, "198.51.100.10-198.51.100.20"));
        Client client = net.NewClient();
        client.Giaddr = Ipv4.Parse("198.51.100.1");

        Assert.Equal("198.51.100.10", client.Discover().Yiaddr.ToString());
    }

    [Fact]
    public void Relay_address_of_a_subnet_counts_although_it_lies_elsewhere()
    {
        Network net = Network.With(Network.Lan with { RelayAddresses = [Ipv4.Parse("10.0.0.1")] });
        Client client = net.NewClient();
        client.Giaddr = Ipv4.Parse("10.0.0.1");
        Assert.Equal("192.0.2.10", client.Discover().Yiaddr.ToString());

        client.Giaddr = Ipv4.Parse("10.0.0.2");
        Assert.Equal(DropReason.NoSubnet, client.Discover().Drop);
    }

    [Fact]
    public void Interface_of_a_subnet_counts_although_its_address_lies_elsewhere()
    {
        Network net = Network.With(Network.Subnet("203.0.113.0/24", id: 9, "203.0.113.10-203.0.113.20") with { Interface = "eth0" }, Network.Lan);
        Assert.Equal("203.0.113.10", net.NewClient().Discover().Yiaddr.ToString());
    }

    [Fact]
    public void Link_without_a_subnet_is_not_served()
    {
        Network net = Network.With(Network.Subnet("198.51.100.0/24", id: 7, "198.51.100.10-198.51.100.20"));
        Assert.Equal(DropReason.NoSubnet, net.NewClient().Discover().Drop);
    }

    /// <summary>"… the server may choose either to return the requested lease (if the lease is acceptable to local policy) or select another lease."</summary>
    [Theory]
    [InlineData("", 4000)]
    [InlineData("33 04 00 00 13 88", 5000)]
    [InlineData("33 04 00 00 00 01", 1000)]
    [InlineData("33 04 ff ff ff ff", 8000)]
    [InlineData("33 02 00 01", 4000)]
    public void Requested_time_is_kept_within_the_bounds(string option, uint expected)
    {
        Network net = Network.With(Network.Lan with
        {
            Parameters = new() { ValidLifetime = new(4000), MinValidLifetime = new(1000), MaxValidLifetime = new(8000) },
        });
        Client client = net.NewClient();
        client.Extra = option;
        Answer ack = client.Dora();

        Assert.Equal(expected, ack.Seconds(51));
        Assert.Equal(net.Now.Seconds + expected, ack.Expire.Seconds);
    }

    [Fact]
    public void Requested_time_is_ignored_without_bounds()
    {
        Client client = Network.WithLan().NewClient();
        client.Extra = "33 04 00 00 00 3c";
        Assert.Equal(7200u, client.Dora().Seconds(51));
    }

    [Fact]
    public void Infinite_time_is_given_where_it_is_configured()
    {
        Network net = Network.With(Network.Lan with { Parameters = new() { ValidLifetime = Lifetime.Infinite, CalculateTeeTimes = true } });
        Answer ack = net.NewClient().Dora();

        Assert.Equal((uint.MaxValue, null, null), (ack.Seconds(51), ack.Seconds(58), ack.Seconds(59)));
        Assert.Equal(Instant.Never, ack.Expire);
    }

    /// <summary>RFC 2131 §4.4.5: T1 before T2, T2 before the end; a timer out of order is not sent.</summary>
    [Theory]
    [InlineData(1000u, 2000u, false, 1000u, 2000u)]
    [InlineData(2000u, 1000u, false, null, 1000u)]
    [InlineData(1000u, 4000u, false, 1000u, null)]
    [InlineData(4000u, null, false, null, null)]
    [InlineData(null, null, true, 2000u, 3500u)]
    [InlineData(null, 1500u, true, null, 1500u)]
    [InlineData(500u, null, true, 500u, 3500u)]
    [InlineData(null, null, false, null, null)]
    public void Timers_are_sent_only_in_order(uint? renew, uint? rebind, bool calculate, uint? t1, uint? t2)
    {
        Network net = Network.With(Network.Lan with
        {
            Parameters = new()
            {
                ValidLifetime = new(4000),
                RenewTimer = renew is { } r ? new Lifetime(r) : null,
                RebindTimer = rebind is { } b ? new Lifetime(b) : null,
                CalculateTeeTimes = calculate,
            },
        });
        Answer offer = net.NewClient().Discover();
        Assert.Equal((t1, t2), (offer.Seconds(58), offer.Seconds(59)));
    }

    /// <summary>"If no address is available, the server may choose to report the problem to the system administrator."</summary>
    [Fact]
    public void Subnet_without_pools_offers_nothing()
    {
        Assert.Equal(DropReason.NoFreeAddress, Network.With(Network.Subnet("192.0.2.0/24", id: 1)).NewClient().Discover().Drop);
    }

    [Fact]
    public void Name_of_the_client_is_stored_in_harmless_letters()
    {
        Client client = Network.WithLan().NewClient();
        client.Extra = "0c 0e 4c 61 50 5f 74 4f 70 2d 31 2c 22 0a 2e 00";   // "LaP_tOp-1,"\n.\0
        Assert.Equal("laptop-1", client.Dora().Hostname);
    }

    [Fact]
    public void Boot_fields_come_from_the_configuration()
    {
        Network net = Network.With(Network.Lan with
        {
            Parameters = new() { NextServer = Ipv4.Parse("192.0.2.66"), ServerHostname = "boot.example", BootFileName = "/pxe/linux.0" },
        });
        Answer offer = net.NewClient().Discover();

        Assert.Equal("192.0.2.66", offer.Siaddr.ToString());
        Assert.Equal("boot.example"u8.ToArray(), offer.Octets[44..56]);
        Assert.Equal(new byte[52], offer.Octets[56..108]);
        Assert.Equal("/pxe/linux.0"u8.ToArray(), offer.Octets[108..120]);
        Assert.Equal(new byte[116], offer.Octets[120..236]);
    }

    [Fact]
    public void Client_that_moved_keeps_its_lease_on_the_other_link()
    {
        Network net = Network.With(Network.Lan, Network.Subnet("198.51.100.0/24", id: 7, "198.51.100.10-198.51.100.20"));
        Client client = net.NewClient();
        client.Dora();
        client.Giaddr = Ipv4.Parse("198.51.100.1");

        Assert.Equal("198.51.100.10", client.Dora().Yiaddr.ToString());
        Assert.Equal(LeaseState.Assigned, net.StateOf("192.0.2.10"));
    }

    [Fact]
    public void Discover_is_answered_with_an_offer_even_when_it_names_a_server()
    {
        Client client = Network.WithLan().NewClient();
        client.Extra = "36 04 c0 00 02 63";
        Assert.Equal(MessageType4.Offer, client.Discover().Sent);
    }
}
