using Leasehold.Engine;

namespace Leasehold.ConformanceTests.Reservations;

/// <summary>early-global-reservations-lookup: the classes of a global reservation choose the subnet.</summary>
public class EarlyLookupTests
{
    private const string Owner = "02:00:5e:10:00:0b";
    private const string Stranger = "02:00:5e:10:00:01";

    /// <summary>Two subnets of one interface that are in no shared network; the first is for a class.</summary>
    private static Network TwoSubnets(string guard, string more, string reservation) => Network.With(
        $$"""
        {
          "interfaces-config": { "interfaces": [ "eth0" ] }, {{more}}
          "client-classes": [ { "name": "staff" } ],
          "reservations": [ { "hw-address": "{{Owner}}"{{reservation}} } ],
          "subnet4": [
            { "id": 1, "subnet": "192.0.2.0/24", "interface": "eth0", "client-classes": [ "{{guard}}" ], "pools": [ { "pool": "192.0.2.10 - 192.0.2.20" } ] },
            { "id": 2, "subnet": "198.51.100.0/24", "interface": "eth0", "pools": [ { "pool": "198.51.100.10 - 198.51.100.20" } ] }
          ]
        }
        """);

    [Theory]
    [InlineData("staff", """, "client-classes": [ "staff" ]""")]
    [InlineData("KNOWN", "")]
    public void Classes_of_a_global_reservation_choose_the_subnet(string guard, string reservation)
    {
        Network net = TwoSubnets(guard, "\"early-global-reservations-lookup\": true,", reservation);
        Assert.Equal("192.0.2.10", net.NewClient(Owner).Dora().Yiaddr.ToString());
        Assert.Equal("198.51.100.10", net.NewClient(Stranger).Dora().Yiaddr.ToString());
    }

    [Fact]
    public void Without_it_the_subnet_is_chosen_before_the_reservation_is_known()
    {
        Network net = TwoSubnets("staff", "\"reservations-global\": true,", """, "client-classes": [ "staff" ]""");
        Assert.Equal("198.51.100.10", net.NewClient(Owner).Dora().Yiaddr.ToString());
        Assert.Equal("198.51.100.10", Network.With(
            $$"""
            {
              "interfaces-config": { "interfaces": [ "eth0" ] },
              "subnet4": [
                { "id": 1, "subnet": "192.0.2.0/24", "interface": "eth0", "client-classes": [ "KNOWN" ], "pools": [ { "pool": "192.0.2.10 - 192.0.2.20" } ] },
                { "id": 2, "subnet": "198.51.100.0/24", "interface": "eth0", "pools": [ { "pool": "198.51.100.10 - 198.51.100.20" } ] }
              ]
            }
            """).NewClient(Stranger).Dora().Yiaddr.ToString());
    }

    /// <summary>The classes hold wherever the client is; the rest only where reservations-global is true.</summary>
    [Theory]
    [InlineData(false, "192.0.2.10", "")]
    [InlineData(true, "192.0.2.200", "alice")]
    public void Only_reservations_global_gives_more_than_the_classes(bool global, string address, string hostname)
    {
        Network net = TwoSubnets(
            "staff",
            $"\"early-global-reservations-lookup\": true, \"reservations-global\": {(global ? "true" : "false")},",
            """, "client-classes": [ "staff" ], "ip-address": "192.0.2.200", "hostname": "alice" """);
        Answer ack = net.NewClient(Owner).Dora();
        Assert.Equal((address, hostname), (ack.Yiaddr.ToString(), ack.Hostname));
    }

    [Fact]
    public void Class_drop_of_a_global_reservation_ends_the_exchange()
    {
        Network net = TwoSubnets("staff", "\"early-global-reservations-lookup\": true,", """, "client-classes": [ "DROP" ]""");
        Assert.Equal(DropReason.DropClass, net.NewClient(Owner).Discover().Drop);
    }

    /// <summary>What the subnet's own reservation adds opens its pools, as without the early look-up.</summary>
    [Fact]
    public void Reservation_of_the_subnet_adds_its_classes_afterwards()
    {
        Network net = Network.With(
            $$"""
            {
              "interfaces-config": { "interfaces": [ "eth0" ] }, "early-global-reservations-lookup": true, "reservations-global": true,
              "client-classes": [ { "name": "staff" }, { "name": "lab" } ],
              "reservations": [ { "hw-address": "{{Owner}}", "client-classes": [ "staff" ] }, { "hw-address": "{{Stranger}}", "client-classes": [ "staff" ] } ],
              "subnet4": [ {
                "id": 1, "subnet": "192.0.2.0/24", "client-classes": [ "staff" ],
                "pools": [ { "pool": "192.0.2.10 - 192.0.2.20", "client-classes": [ "lab" ] }, { "pool": "192.0.2.30 - 192.0.2.40" } ],
                "reservations": [ { "hw-address": "{{Owner}}", "client-classes": [ "lab" ] } ]
              } ]
            }
            """);
        Assert.Equal("192.0.2.10", net.NewClient(Owner).Dora().Yiaddr.ToString());
        Assert.Equal("192.0.2.30", net.NewClient(Stranger).Dora().Yiaddr.ToString());
        Assert.Equal(DropReason.SubnetNotForClient, net.NewClient("02:00:5e:10:00:02").Discover().Drop);
    }
}
