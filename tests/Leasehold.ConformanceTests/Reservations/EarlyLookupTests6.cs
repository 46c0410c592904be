using Leasehold.Engine.V6;
using static Leasehold.ConformanceTests.Client6;

namespace Leasehold.ConformanceTests.Reservations;

/// <summary>early-global-reservations-lookup of DHCPv6: the classes of a global reservation choose the subnet.</summary>
public class EarlyLookupTests6
{
    private const string Owner = """ "hw-address": "02:00:5e:10:00:0b" """;

    /// <summary>Two subnets of one interface that are in no shared network; the first is for a class.</summary>
    private static Network6 TwoSubnets(string guard, string more, string reservation) => Network6.With(
        $$"""
        { {{more}}
          "client-classes": [ { "name": "staff" } ],
          "reservations": [ { {{Owner}}{{reservation}} } ],
          "subnet6": [
            { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0", "client-classes": [ "{{guard}}" ], "pools": [ { "pool": "2001:db8:1::10-2001:db8:1::1f" } ] },
            { "id": 2, "subnet": "2001:db8:2::/64", "interface": "eth0", "pools": [ { "pool": "2001:db8:2::10-2001:db8:2::1f" } ] }
          ] }
        """);

    [Theory]
    [InlineData("staff", """, "client-classes": [ "staff" ]""")]
    [InlineData("KNOWN", "")]
    public void Classes_of_a_global_reservation_choose_the_subnet(string guard, string reservation)
    {
        Network6 net = TwoSubnets(guard, "\"early-global-reservations-lookup\": true,", reservation);
        Assert.Equal(["2001:db8:1::10"], net.NewClient(11).Sarr().Addresses());
        Assert.Equal(["2001:db8:2::10"], net.NewClient(1).Sarr().Addresses());
    }

    [Fact]
    public void Without_it_the_subnet_is_chosen_before_the_reservation_is_known()
    {
        Network6 net = TwoSubnets("staff", "\"reservations-global\": true,", """, "client-classes": [ "staff" ]""");
        Assert.Equal(["2001:db8:2::10"], net.NewClient(11).Sarr().Addresses());
    }

    /// <summary>The classes hold wherever the client is; the rest only where reservations-global is true.</summary>
    [Theory]
    [InlineData(false, "2001:db8:1::10", "")]
    [InlineData(true, "2001:db8:1::aaaa", "alice")]
    public void Only_reservations_global_gives_more_than_the_classes(bool global, string address, string hostname)
    {
        Network6 net = TwoSubnets(
            "staff",
            $"\"early-global-reservations-lookup\": true, \"reservations-global\": {(global ? "true" : "false")},",
            """, "client-classes": [ "staff" ], "ip-addresses": [ "2001:db8:1::aaaa" ], "hostname": "alice" """);
        Answer6 reply = net.NewClient(11).Sarr();
        Assert.Equal([address], reply.Addresses());
        Assert.Equal(hostname, Assert.Single(reply.Changes).Hostname);
    }

    [Fact]
    public void Class_drop_of_a_global_reservation_ends_the_exchange()
    {
        Network6 net = TwoSubnets("staff", "\"early-global-reservations-lookup\": true,", """, "client-classes": [ "DROP" ]""");
        Assert.Equal(DropReason6.DropClass, net.NewClient(11).Solicit(IaNa(1)).Drop);
    }

    /// <summary>What the subnet's own reservation adds opens its pools, as without the early look-up.</summary>
    [Fact]
    public void Reservation_of_the_subnet_adds_its_classes_afterwards()
    {
        Network6 net = Network6.With(
            $$"""
            { "early-global-reservations-lookup": true, "reservations-global": true,
              "client-classes": [ { "name": "staff" }, { "name": "lab" } ],
              "reservations": [ { {{Owner}}, "client-classes": [ "staff" ] }, { "hw-address": "02:00:5e:10:00:01", "client-classes": [ "staff" ] } ],
              "subnet6": [ {
                "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0", "client-classes": [ "staff" ],
                "pools": [ { "pool": "2001:db8:1::10-2001:db8:1::1f", "client-classes": [ "lab" ] }, { "pool": "2001:db8:1::30-2001:db8:1::3f" } ],
                "reservations": [ { {{Owner}}, "client-classes": [ "lab" ] } ]
              } ] }
            """);
        Assert.Equal(["2001:db8:1::10"], net.NewClient(11).Sarr().Addresses());
        Assert.Equal(["2001:db8:1::30"], net.NewClient(1).Sarr().Addresses());
        Assert.Equal(DropReason6.SubnetNotForClient, net.NewClient(2).Solicit(IaNa(1)).Drop);
    }
}
