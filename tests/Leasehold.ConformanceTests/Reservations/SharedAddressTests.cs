using Leasehold.Configuration.Model;
using Leasehold.Engine;
using Leasehold.Leases;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Reservations;

/// <summary>ip-reservations-unique false: one address for several hardware addresses of one device.</summary>
public class SharedAddressTests
{
    private const string Cable = "02:00:5e:10:00:0a";
    private const string Radio = "02:00:5e:10:00:0b";
    private const string Dock = "02:00:5e:10:00:0c";

    private static Network Device() => Network.With(
        $$"""
        {
          "interfaces-config": { "interfaces": [ "eth0" ] }, "ip-reservations-unique": false, "valid-lifetime": 1000,
          "subnet4": [ {
            "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10 - 192.0.2.20" } ],
            "reservations": [
              { "hw-address": "{{Cable}}", "ip-address": "192.0.2.11", "hostname": "desk" },
              { "hw-address": "{{Radio}}", "ip-address": "192.0.2.11", "hostname": "sofa" },
              { "hw-address": "{{Dock}}", "ip-address": "192.0.2.11" }
            ]
          } ]
        }
        """);

    [Theory]
    [InlineData(Cable, "desk")]
    [InlineData(Radio, "sofa")]
    [InlineData(Dock, "")]
    public void Each_of_them_gets_the_address_with_what_its_own_reservation_says(string mac, string hostname)
    {
        Answer ack = Device().NewClient(mac).Dora();
        Assert.Equal(("192.0.2.11", hostname), (ack.Yiaddr.ToString(), ack.Hostname));
    }

    [Fact]
    public void Nobody_else_gets_it()
    {
        Network net = Device();
        Client other = net.NewClient("02:00:5e:10:00:01");
        Assert.Equal(NakReason.AddressTaken, other.Select("192.0.2.11").Nak);
        Assert.Equal("192.0.2.10", other.Dora(requested: "192.0.2.11").Yiaddr.ToString());
        Assert.Equal("192.0.2.12", net.NewClient("02:00:5e:10:00:02").Dora().Yiaddr.ToString());
    }

    /// <summary>RFC 2131 §1.6: "Guarantee that any specific network address will not be in use by more than one DHCP client at a time".</summary>
    [Fact]
    public void Holder_keeps_it_while_its_lease_lasts()
    {
        Network net = Device();
        Client cable = net.NewClient(Cable);
        Client radio = net.NewClient(Radio);
        cable.Dora();
        Assert.Equal(NakReason.AddressTaken, radio.Select("192.0.2.11").Nak);
        Assert.Equal("192.0.2.10", radio.Dora().Yiaddr.ToString());
        Assert.Equal(MessageType4.Ack, radio.Renew().Sent);
        Assert.Equal("192.0.2.11", cable.Renew().Yiaddr.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Another_takes_over_when_the_lease_was_released_or_is_over(bool released)
    {
        Network net = Device();
        Client cable = net.NewClient(Cable);
        Client radio = net.NewClient(Radio);
        cable.Dora();
        radio.Dora();
        if (released)
        {
            cable.Release();
        }
        else
        {
            net.Pass(600);
            radio.Renew();
            net.Pass(600);
        }

        // It has a temporary address and moves from it as any owner of a reservation does.
        Assert.Equal(NakReason.OtherAddress, radio.Renew().Nak);
        Assert.Equal("192.0.2.11", radio.Dora().Yiaddr.ToString());
        Assert.Equal(LeaseState.Released, net.StateOf("192.0.2.10"));

        // Now the first is the one that waits.
        Assert.Equal("192.0.2.12", cable.Dora().Yiaddr.ToString());
        Assert.Equal(MessageType4.Ack, cable.Renew().Sent);
    }

    /// <summary>RFC 2131 §4.2: the client identifier says who the client is, whatever its hardware address.</summary>
    [Fact]
    public void Same_client_identifier_takes_it_along_at_once()
    {
        Network net = Device();
        net.NewClient(Cable, clientId: "00 64 65 76").Dora();
        Assert.Equal("192.0.2.11", net.NewClient(Radio, clientId: "00 64 65 76").Dora().Yiaddr.ToString());
    }

    [Fact]
    public void One_address_of_a_global_reservation_and_of_a_subnet_is_kept_for_both()
    {
        Network net = new(new Dhcp4Config
        {
            Reservations = [Network.Reserve(Cable, "192.0.2.11")],
            Subnets = [Network.Lan with { Parameters = new() { ReservationsGlobal = true }, Reservations = [Network.Reserve(Radio, "192.0.2.11")] }],
        });
        Client cable = net.NewClient(Cable);
        Assert.Equal("192.0.2.11", cable.Dora().Yiaddr.ToString());
        Assert.Equal("192.0.2.10", net.NewClient(Radio).Dora().Yiaddr.ToString());
        cable.Release();
        Assert.Equal("192.0.2.11", net.NewClient(Radio).Dora().Yiaddr.ToString());
    }
}
