using Leasehold.Engine;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.ConformanceTests.Networks;

/// <summary>Several subnets on one link: a client may get an address of any of them.</summary>
public class SharedNetworkTests
{
    private const string TwoSubnets =
        """
        {
            "interfaces-config": { "interfaces": [ "eth0" ] },
            "valid-lifetime": 1000,
            "shared-networks": [ {
                "name": "floor", "valid-lifetime": 2000,
                "option-data": [ { "name": "domain-name", "data": "floor.example" }, { "name": "routers", "data": "192.0.2.254" } ],
                "subnet4": [
                    { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10 - 192.0.2.11" } ] },
                    { "id": 2, "subnet": "198.51.100.0/24", "valid-lifetime": 3000, "pools": [ { "pool": "198.51.100.10 - 198.51.100.10" } ],
                      "option-data": [ { "name": "routers", "data": "198.51.100.1" } ],
                      "reservations": [ { "hw-address": "02:00:5e:00:00:77", "ip-address": "198.51.100.77", "hostname": "printer" } ] } ] } ]
        }
        """;

    private static Client Nth(Network network, int n) => network.NewClient($"02:00:5e:10:00:{n:x2}");

    [Fact]
    public void Full_subnet_spills_over_to_the_next()
    {
        var network = Network.With(TwoSubnets);
        string[] given = [.. Enumerable.Range(1, 3).Select(n => Nth(network, n).Dora().Yiaddr.ToString())];
        Assert.Equal(["192.0.2.10", "192.0.2.11", "198.51.100.10"], given);
        Assert.Equal(DropReason.NoFreeAddress, Nth(network, 4).Discover().Drop);
    }

    [Fact]
    public void Client_of_the_second_subnet_gets_its_mask_options_and_lifetime()
    {
        var network = Network.With(TwoSubnets);
        Nth(network, 1).Dora();
        Nth(network, 2).Dora();
        Answer third = Nth(network, 3).Dora();
        Assert.Equal("FF FF FF 00", third.Hex(1));
        Assert.Equal("C6 33 64 01", third.Hex(3));
        Assert.Equal("66 6C 6F 6F 72 2E 65 78 61 6D 70 6C 65", third.Hex(15));
        Assert.Equal("00 00 0B B8", third.Hex(51));
        Assert.True(network.Leases.TryGet(Ipv4.Parse("198.51.100.10"), out Lease4 lease));
        Assert.Equal(2u, lease.SubnetId);
    }

    [Fact]
    public void Values_of_the_network_hold_where_the_subnet_says_nothing()
    {
        Answer first = Nth(Network.With(TwoSubnets), 1).Dora();
        Assert.Equal("C0 00 02 FE", first.Hex(3));
        Assert.Equal("00 00 07 D0", first.Hex(51));
    }

    [Fact]
    public void Client_keeps_its_address_of_the_second_subnet()
    {
        var network = Network.With(TwoSubnets);
        Nth(network, 1).Dora();
        Nth(network, 2).Dora();
        Client third = Nth(network, 3);
        third.Dora();
        Assert.Equal("198.51.100.10", third.Renew().Yiaddr.ToString());
        Assert.Equal("198.51.100.10", third.Rebind().Yiaddr.ToString());
        Assert.Equal("198.51.100.10", third.InitReboot("198.51.100.10").Yiaddr.ToString());
        Assert.Equal("198.51.100.10", third.Discover().Yiaddr.ToString());
        third.Release();
        Assert.Equal(LeaseState.Released, network.StateOf("198.51.100.10"));
    }

    [Fact]
    public void Reservation_in_another_subnet_of_the_network_moves_its_client_there()
    {
        var network = Network.With(TwoSubnets);
        Client printer = network.NewClient("02:00:5e:00:00:77");
        Answer ack = printer.Dora();
        Assert.Equal("198.51.100.77", ack.Yiaddr.ToString());
        Assert.Equal("C6 33 64 01", ack.Hex(3));
        Assert.True(network.Leases.TryGet(ack.Yiaddr, out Lease4 lease));
        Assert.Equal("printer", System.Text.Encoding.ASCII.GetString(lease.Hostname));
    }

    [Fact]
    public void Address_of_no_subnet_of_the_network_is_refused() =>
        Assert.Equal(NakReason.WrongNetwork, Nth(Network.With(TwoSubnets), 1).InitReboot("203.0.113.5").Nak);

    [Fact]
    public void Relay_of_the_network_chooses_it()
    {
        var network = Network.With(
            """
            {
                "interfaces-config": { "interfaces": [ "eth0" ] },
                "shared-networks": [ { "name": "far", "relay": { "ip-addresses": [ "10.9.9.9" ] }, "subnet4": [
                    { "id": 5, "subnet": "203.0.113.0/24", "pools": [ { "pool": "203.0.113.9 - 203.0.113.9" } ] } ] } ]
            }
            """);
        Client client = Nth(network, 1);
        client.Giaddr = Ipv4.Parse("10.9.9.9");
        Assert.Equal("203.0.113.9", client.Discover().Yiaddr.ToString());
    }

    [Fact]
    public void Interface_of_the_network_chooses_it()
    {
        var network = Network.With(
            """
            {
                "interfaces-config": { "interfaces": [ "eth0" ] },
                "shared-networks": [ { "name": "here", "interface": "eth0", "subnet4": [
                    { "id": 5, "subnet": "203.0.113.0/24", "pools": [ { "pool": "203.0.113.9 - 203.0.113.9" } ] } ] } ]
            }
            """);
        Assert.Equal("203.0.113.9", Nth(network, 1).Discover().Yiaddr.ToString());
    }
}
