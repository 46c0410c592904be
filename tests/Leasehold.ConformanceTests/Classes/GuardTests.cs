using Leasehold.Engine;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Classes;

/// <summary>Classes that decide who is served, and where.</summary>
public class GuardTests
{
    private const string Phone = "3c 05 70 68 6f 6e 65";

    private static Network Serving(string subnets, string classes = "") => Network.With(
        $$"""
        {
            "interfaces-config": { "interfaces": [ "eth0" ] },
            "client-classes": [ { "name": "phones", "test": "option[60].hex == 'phone'" }{{classes}} ],
            {{subnets}}
        }
        """);

    private static Client New(Network network, string extra = "", int n = 1)
    {
        Client client = network.NewClient($"02:00:5e:20:00:{n:x2}");
        client.Extra = extra;
        return client;
    }

    [Fact]
    public void Subnet_for_a_class_serves_nobody_else()
    {
        var network = Serving(
            """
            "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "client-classes": [ "phones" ], "pools": [ { "pool": "192.0.2.10 - 192.0.2.20" } ] } ]
            """);
        Assert.Equal(DropReason.SubnetNotForClient, New(network).Discover().Drop);
        Assert.Equal("192.0.2.10", New(network, Phone).Discover().Yiaddr.ToString());
    }

    [Fact]
    public void Of_subnets_on_one_interface_the_class_chooses()
    {
        var network = Serving(
            """
            "subnet4": [
                { "id": 1, "subnet": "192.0.2.0/24", "interface": "eth0", "client-class": "phones", "pools": [ { "pool": "192.0.2.10 - 192.0.2.20" } ] },
                { "id": 2, "subnet": "198.51.100.0/24", "interface": "eth0", "pools": [ { "pool": "198.51.100.10 - 198.51.100.20" } ] } ]
            """);
        Assert.Equal("192.0.2.10", New(network, Phone).Discover().Yiaddr.ToString());
        Assert.Equal("198.51.100.10", New(network, n: 2).Discover().Yiaddr.ToString());
    }

    [Fact]
    public void Pool_for_a_class_is_passed_over_by_others()
    {
        var network = Serving(
            """
            "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [
                { "pool": "192.0.2.10 - 192.0.2.20", "client-classes": [ "phones" ] }, { "pool": "192.0.2.30 - 192.0.2.40" } ] } ]
            """);
        Assert.Equal("192.0.2.10", New(network, Phone).Dora().Yiaddr.ToString());
        Assert.Equal("192.0.2.30", New(network, n: 2).Dora().Yiaddr.ToString());
        Assert.Equal(NakReason.NotInPool, New(network, n: 3).Select("192.0.2.15").Nak);
    }

    [Fact]
    public void Subnet_of_a_shared_network_is_passed_over_by_others()
    {
        var network = Serving(
            """
            "shared-networks": [ { "name": "n", "subnet4": [
                { "id": 1, "subnet": "192.0.2.0/24", "client-classes": [ "phones" ], "pools": [ { "pool": "192.0.2.10 - 192.0.2.20" } ] },
                { "id": 2, "subnet": "198.51.100.0/24", "pools": [ { "pool": "198.51.100.10 - 198.51.100.20" } ] } ] } ]
            """);
        Assert.Equal("198.51.100.10", New(network).Dora().Yiaddr.ToString());
        Assert.Equal("192.0.2.10", New(network, Phone, n: 2).Dora().Yiaddr.ToString());
        Assert.Equal(NakReason.WrongNetwork, New(network, n: 3).InitReboot("192.0.2.15").Nak);
    }

    [Fact]
    public void Known_clients_have_a_subnet_of_their_own()
    {
        var network = Serving(
            """
            "subnet4": [
                { "id": 1, "subnet": "192.0.2.0/24", "client-classes": [ "KNOWN" ], "pools": [ { "pool": "192.0.2.10 - 192.0.2.20" } ],
                  "reservations": [ { "hw-address": "02:00:5e:20:00:01" } ] } ]
            """);
        Assert.Equal("192.0.2.10", New(network, n: 1).Dora().Yiaddr.ToString());
        Assert.Equal(DropReason.SubnetNotForClient, New(network, n: 2).Discover().Drop);
    }

    [Fact]
    public void Class_of_a_reservation_opens_a_pool()
    {
        var network = Serving(
            """
            "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24",
                "pools": [ { "pool": "192.0.2.10 - 192.0.2.20", "client-classes": [ "vip" ] }, { "pool": "192.0.2.30 - 192.0.2.40" } ],
                "reservations": [ { "hw-address": "02:00:5e:20:00:01", "client-classes": [ "vip" ] } ] } ]
            """);
        Assert.Equal("192.0.2.10", New(network, n: 1).Dora().Yiaddr.ToString());
        Assert.Equal("192.0.2.30", New(network, n: 2).Dora().Yiaddr.ToString());
    }

    [Fact]
    public void Members_of_DROP_get_no_answer()
    {
        var network = Serving(
            """
            "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10 - 192.0.2.20" } ] } ]
            """,
            """, { "name": "DROP", "test": "option[60].hex == 'phone'" }""");
        Assert.Equal(DropReason.DropClass, New(network, Phone).Discover().Drop);
        Assert.Equal(MessageType4.Offer, New(network, n: 2).Discover().Sent);
    }

    [Fact]
    public void Reservation_in_DROP_gets_no_answer()
    {
        var network = Serving(
            """
            "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10 - 192.0.2.20" } ],
                "reservations": [ { "hw-address": "02:00:5e:20:00:01", "client-classes": [ "DROP" ] } ] } ]
            """);
        Assert.Equal(DropReason.DropClass, New(network, n: 1).Discover().Drop);
        Assert.Equal(MessageType4.Offer, New(network, n: 2).Discover().Sent);
    }

    [Fact]
    public void Vendor_class_guards_a_pool_without_a_definition()
    {
        var network = Serving(
            """
            "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [
                { "pool": "192.0.2.10 - 192.0.2.20", "client-class": "VENDOR_CLASS_phone" }, { "pool": "192.0.2.30 - 192.0.2.40" } ] } ]
            """);
        Assert.Equal("192.0.2.10", New(network, Phone).Dora().Yiaddr.ToString());
        Assert.Equal("192.0.2.30", New(network, n: 2).Dora().Yiaddr.ToString());
    }
}
