using Leasehold.Engine;
using Leasehold.Leases;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Reservations;

/// <summary>reservations-global, -in-subnet, -out-of-pool and reservation-mode, at every level.</summary>
public class FlagTests
{
    private const string Owner = "02:00:5e:10:00:0b";

    private static string Configuration(string global = "", string network = "", string subnet = "") =>
        $$"""
        {
          "interfaces-config": { "interfaces": [ "eth0" ] }, {{global}}
          "reservations": [ { "hw-address": "{{Owner}}", "hostname": "global" } ],
          "shared-networks": [ {
            "name": "net", {{network}}
            "subnet4": [ {
              "id": 1, "subnet": "192.0.2.0/24", {{subnet}} "pools": [ { "pool": "192.0.2.10 - 192.0.2.20" } ],
              "reservations": [ { "hw-address": "{{Owner}}", "hostname": "subnet" } ]
            } ]
          } ]
        }
        """;

    private static Network Quiet(string json) => new(Leasehold.Configuration.Kea.Dhcp4ConfigReader.ReadText($$"""{ "Dhcp4": {{json}} }""").Config!);

    private const string Global = "\"reservations-global\": true, \"reservations-in-subnet\": false,";
    private const string InSubnet = "\"reservations-global\": false, \"reservations-in-subnet\": true,";
    private const string Both = "\"reservations-global\": true, \"reservations-in-subnet\": true,";
    private const string None = "\"reservations-global\": false, \"reservations-in-subnet\": false,";

    [Theory]
    [InlineData("", "", "", "subnet")]
    [InlineData(Global, "", "", "global")]
    [InlineData(Both, "", "", "subnet")]
    [InlineData(None, "", "", "")]
    [InlineData(None, Global, "", "global")]
    [InlineData(Global, InSubnet, "", "subnet")]
    [InlineData(None, Global, InSubnet, "subnet")]
    [InlineData(InSubnet, None, Global, "global")]
    [InlineData(Both, "", None, "")]
    [InlineData("\"reservation-mode\": \"global\",", "", "", "global")]
    [InlineData("\"reservation-mode\": \"disabled\",", "", "", "")]
    [InlineData("\"reservation-mode\": \"off\",", "", "", "")]
    [InlineData("\"reservation-mode\": \"out-of-pool\",", "", "", "subnet")]
    [InlineData("\"reservation-mode\": \"all\",", "", "", "subnet")]
    [InlineData("\"reservation-mode\": \"disabled\",", "", "\"reservation-mode\": \"global\",", "global")]
    public void Inner_level_decides_which_reservations_hold(string global, string network, string subnet, string hostname)
    {
        Assert.Equal(hostname, Quiet(Configuration(global, network, subnet)).NewClient(Owner).Dora().Hostname);
    }

    /// <summary>The two are separate reservations of one client: what the first leaves out is not taken from the second, but for the address.</summary>
    [Fact]
    public void Address_of_the_global_reservation_holds_where_the_subnets_own_names_none()
    {
        Network net = Network.With(
            $$"""
            {
              "interfaces-config": { "interfaces": [ "eth0" ] }, {{Both}}
              "reservations": [ { "hw-address": "{{Owner}}", "hostname": "global", "ip-address": "192.0.2.200", "boot-file-name": "g" } ],
              "subnet4": [ {
                "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10 - 192.0.2.20" } ],
                "reservations": [ { "hw-address": "{{Owner}}", "hostname": "subnet" } ]
              } ]
            }
            """);
        Answer ack = net.NewClient(Owner).Dora();
        Assert.Equal(("192.0.2.200", "subnet", (byte)0), (ack.Yiaddr.ToString(), ack.Hostname, ack.Octets[108]));
    }

    /// <summary>The promise of reservations-out-of-pool is about a subnet's own reservations.</summary>
    [Fact]
    public void Global_reservation_inside_a_pool_is_kept_also_out_of_pool()
    {
        Network net = Network.With(
            $$"""
            {
              "interfaces-config": { "interfaces": [ "eth0" ] }, {{Both}} "reservations-out-of-pool": true,
              "reservations": [ { "hw-address": "{{Owner}}", "ip-address": "192.0.2.10" } ],
              "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10 - 192.0.2.20" } ] } ]
            }
            """);
        Assert.Equal("192.0.2.11", net.NewClient("02:00:5e:10:00:01").Dora().Yiaddr.ToString());
        Assert.Equal("192.0.2.10", net.NewClient(Owner).Dora().Yiaddr.ToString());
    }

    [Fact]
    public void Reserved_address_is_given_to_others_when_the_reservation_is_removed()
    {
        string With(string reservations) =>
            $$"""
            {
              "interfaces-config": { "interfaces": [ "eth0" ] },
              "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10 - 192.0.2.10" } ], "reservations": [ {{reservations}} ] } ]
            }
            """;
        Network net = Network.With(With($$"""{ "hw-address": "{{Owner}}", "ip-address": "192.0.2.10" }"""));
        Client owner = net.NewClient(Owner);
        Client other = net.NewClient("02:00:5e:10:00:01");
        owner.Dora();
        Assert.Equal(DropReason.NoFreeAddress, other.Discover().Drop);

        // The lease outlives its reservation, and is then one like any other.
        net.Reload(Network.Read(With("")));
        Assert.Equal(MessageType4.Ack, owner.Renew().Sent);
        owner.Release();
        Assert.Equal(LeaseState.Released, net.StateOf("192.0.2.10"));
        Assert.Equal("192.0.2.10", other.Dora().Yiaddr.ToString());
    }

    [Fact]
    public void Unknown_clients_have_a_pool_of_their_own()
    {
        Network net = Network.With(
            $$"""
            {
              "interfaces-config": { "interfaces": [ "eth0" ] },
              "subnet4": [ {
                "id": 1, "subnet": "192.0.2.0/24",
                "pools": [
                  { "pool": "192.0.2.10 - 192.0.2.20", "client-classes": [ "KNOWN" ] },
                  { "pool": "192.0.2.30 - 192.0.2.40", "client-class": "UNKNOWN" }
                ],
                "reservations": [ { "hw-address": "{{Owner}}" } ]
              } ]
            }
            """);
        Assert.Equal("192.0.2.30", net.NewClient("02:00:5e:10:00:01").Dora().Yiaddr.ToString());
        Client owner = net.NewClient(Owner);
        Assert.Equal("192.0.2.10", owner.Dora(requested: "192.0.2.33").Yiaddr.ToString());
        Assert.Equal(NakReason.NotInPool, owner.Select("192.0.2.33").Nak);
    }
}
