namespace Leasehold.ConformanceTests.Reservations;

/// <summary>Reservations in shared networks: one in any subnet of the network counts.</summary>
public class NetworkReservationTests
{
    private const string Owner = "02:00:5e:10:00:0b";

    private static Network Office(string first = "", string second = "", string more = "", string guard = "") => Network.With(
        $$"""
        {
          "interfaces-config": { "interfaces": [ "eth0" ] }, {{more}}
          "client-classes": [ { "name": "staff", "option-data": [ { "name": "domain-name", "data": "staff.example" } ] } ],
          "shared-networks": [ {
            "name": "office", "interface": "eth0",
            "subnet4": [
              { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10 - 192.0.2.20" } ], "reservations": [ {{first}} ] },
              {
                "id": 2, "subnet": "198.51.100.0/24", "valid-lifetime": 500, {{guard}} "pools": [ { "pool": "198.51.100.10 - 198.51.100.20" } ],
                "option-data": [ { "name": "routers", "data": "198.51.100.1" } ], "reservations": [ {{second}} ]
              }
            ]
          } ]
        }
        """);

    [Fact]
    public void Address_in_another_subnet_of_the_network_moves_the_client_there()
    {
        Network net = Office(second: $$"""
            { "hw-address": "{{Owner}}", "ip-address": "198.51.100.200", "hostname": "alice", "boot-file-name": "b", "client-classes": [ "staff" ] }
            """);
        Client owner = net.NewClient(Owner);
        Answer ack = owner.Dora();
        Assert.Equal(("198.51.100.200", 2u, 500u, "alice"), (ack.Yiaddr.ToString(), ack.SubnetId, ack.Seconds(51), ack.Hostname));
        Assert.Equal(Hex.Of("c6 33 64 01"), ack.Option(3));
        Assert.Equal("staff.example"u8.ToArray(), ack.Option(15));
        Assert.Equal((byte)'b', ack.Octets[108]);
        Assert.True(owner.Renew().IsRenewal);
        Assert.Equal("192.0.2.10", net.NewClient().Dora(requested: "198.51.100.200").Yiaddr.ToString());
    }

    [Fact]
    public void Subnet_that_does_not_serve_the_client_does_not_give_it_its_address()
    {
        Network net = Office(second: $$"""{ "hw-address": "{{Owner}}", "ip-address": "198.51.100.200" }""", guard: "\"client-classes\": [ \"staff\" ],");
        Assert.Equal("192.0.2.10", net.NewClient(Owner).Dora().Yiaddr.ToString());
    }

    /// <summary>The subnet in which the client is first comes before the others.</summary>
    [Fact]
    public void Of_several_reservations_the_one_of_the_clients_subnet_holds()
    {
        Network net = Office(
            first: $$"""{ "hw-address": "{{Owner}}", "ip-address": "192.0.2.200" }""",
            second: $$"""{ "hw-address": "{{Owner}}", "ip-address": "198.51.100.200" }""");
        Assert.Equal("192.0.2.200", net.NewClient(Owner).Dora().Yiaddr.ToString());
    }

    [Fact]
    public void Client_with_a_reservation_in_any_subnet_of_the_network_is_known()
    {
        Network net = Network.With(
            $$"""
            {
              "interfaces-config": { "interfaces": [ "eth0" ] },
              "shared-networks": [ {
                "name": "office", "interface": "eth0",
                "subnet4": [
                  {
                    "id": 1, "subnet": "192.0.2.0/24",
                    "pools": [ { "pool": "192.0.2.10 - 192.0.2.20", "client-class": "UNKNOWN" }, { "pool": "192.0.2.30 - 192.0.2.40", "client-class": "KNOWN" } ]
                  },
                  { "id": 2, "subnet": "198.51.100.0/24", "reservations": [ { "hw-address": "{{Owner}}" } ] }
                ]
              } ]
            }
            """);
        Assert.Equal("192.0.2.30", net.NewClient(Owner).Dora().Yiaddr.ToString());
        Assert.Equal("192.0.2.10", net.NewClient().Dora().Yiaddr.ToString());
    }

    [Theory]
    [InlineData("\"reservations-global\": true,", "198.51.100.200")]
    [InlineData("", "192.0.2.10")]
    public void Global_address_in_another_subnet_of_the_network_counts_where_the_flag_is_set(string flag, string expected)
    {
        Network net = Office(
            more: $$"""
                "early-global-reservations-lookup": true, "reservations": [ { "hw-address": "{{Owner}}", "ip-address": "198.51.100.200" } ],
                """,
            guard: flag);
        Assert.Equal(expected, net.NewClient(Owner).Dora().Yiaddr.ToString());
    }
}
