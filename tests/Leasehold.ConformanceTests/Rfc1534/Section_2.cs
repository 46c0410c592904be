using Leasehold.ConformanceTests.Allocation;
using Leasehold.Engine;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.ConformanceTests.Rfc1534;

/// <summary>BOOTP clients of a DHCP server: one request, one reply, an address for ever.</summary>
public class Rfc1534_Section_2
{
    private const string Hook = """ "hooks-libraries": [ { "library": "/usr/lib/kea/hooks/libdhcp_bootp.so" } ] """;

    /// <summary>A request of 300 octets with the vendor area of RFC 1497, and no option 53.</summary>
    private static byte[] Request(string mac = "00:00:5e:10:00:01", int length = 300, string vendor = "63 82 53 63 ff", string ciaddr = "0.0.0.0")
    {
        byte[] packet = new byte[length];
        (packet[0], packet[1], packet[2], packet[7]) = (1, 1, 6, 9);
        Ipv4.Parse(ciaddr).Write(packet.AsSpan(12));
        Hex.Of(mac).CopyTo(packet, 28);
        Hex.Of(vendor).CopyTo(packet, 236);
        return packet;
    }

    private static Answer Ask(Network network, byte[] request) => network.Deliver(request, Ipv4.Any, Ipv4.Broadcast);

    [Fact]
    public void Reply_is_of_300_octets_without_an_option_of_dhcp()
    {
        Network network = Serving.Lan(
            global: $$""" {{Hook}}, "next-server": "192.0.2.66", "boot-file-name": "vmunix", "option-data": [ { "name": "routers", "data": "192.0.2.1" }, { "name": "domain-name-servers", "data": "192.0.2.53" } ] """);
        Answer reply = Ask(network, Request());
        Assert.Equal(300, reply.Octets.Length);
        Assert.Equal(2, reply.Octets[0]);
        Assert.Equal(("192.0.2.10", "192.0.2.66"), (reply.Yiaddr.ToString(), reply.Siaddr.ToString()));
        Assert.Equal("vmunix"u8.ToArray(), reply.Octets[108..114]);
        Assert.Equal(
            Hex.Of("63 82 53 63  01 04 ff ff ff 00  03 04 c0 00 02 01  06 04 c0 00 02 35  ff 00*41"),
            reply.Octets[236..]);
    }

    [Fact]
    public void Lease_has_no_end()
    {
        Network network = Serving.Lan(global: Hook + """, "valid-lifetime": 100 """);
        Answer reply = Ask(network, Request());
        Assert.Equal((LeaseChangeKind.Commit, Instant.Never), (reply.Change, reply.Expire));
        network.Pass(1_000_000);
        Answer again = Ask(network, Request());
        Assert.Equal(("192.0.2.10", LeaseChangeKind.None), (again.Yiaddr.ToString(), again.Change));
    }

    [Fact]
    public void Reservation_is_kept()
    {
        Network network = Serving.Lan(""" "reservations": [ { "hw-address": "00:00:5e:10:00:01", "ip-address": "192.0.2.77", "hostname": "ws" } ] """, Hook);
        Answer reply = Ask(network, Request());
        Assert.Equal("192.0.2.77", reply.Yiaddr.ToString());
        Assert.Equal("77 73", Convert.ToHexString(reply.Option(12)!).Insert(2, " "));
    }

    [Fact]
    public void Class_keeps_them_in_their_own_pool()
    {
        Network network = Network.With(
            $$"""
            {
                "interfaces-config": { "interfaces": [ "eth0" ] }, {{Hook}},
                "client-classes": [ { "name": "DHCP", "test": "not member('BOOTP')" } ],
                "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [
                    { "pool": "192.0.2.200 - 192.0.2.201", "client-class": "BOOTP" },
                    { "pool": "192.0.2.10 - 192.0.2.20", "client-class": "DHCP" } ] } ]
            }
            """);
        Assert.Equal("192.0.2.200", Ask(network, Request()).Yiaddr.ToString());
        Assert.Equal("192.0.2.10", Serving.Nth(network, 2).Dora().Yiaddr.ToString());
        Ask(network, Request("00:00:5e:10:00:03"));
        Assert.Equal(DropReason.NoFreeAddress, Ask(network, Request("00:00:5e:10:00:04")).Drop);
    }

    [Fact]
    public void Client_without_a_vendor_area_is_served_too()
    {
        Network network = Serving.Lan(global: Hook);
        Answer reply = Ask(network, Request(vendor: "00"));
        Assert.Equal(("192.0.2.10", 300), (reply.Yiaddr.ToString(), reply.Octets.Length));
    }

    [Fact]
    public void Vendor_area_grows_with_the_clients()
    {
        string names = string.Join(", ", Enumerable.Range(1, 15).Select(n => $"192.0.2.{n}"));
        string options = $$""" {{Hook}}, "option-data": [ { "name": "domain-name-servers", "data": "{{names}}" } ] """;
        Assert.Null(Ask(Serving.Lan(global: options), Request()).Option(6));
        Answer long_ = Ask(Serving.Lan(global: options), Request(length: 548));
        Assert.Equal(60, long_.Option(6)!.Length);
    }

    [Fact]
    public void Client_that_knows_its_address_gets_options_alone()
    {
        Network network = Serving.Lan(global: Hook);
        Answer reply = network.Deliver(Request(ciaddr: "192.0.2.99"), Ipv4.Parse("192.0.2.99"), Network.ServerAddress);
        Assert.Equal((LeaseChangeKind.None, true), (reply.Change, reply.Yiaddr.IsAny));
        Assert.Equal("192.0.2.99", reply.Destination.Address.ToString());
    }

    [Fact]
    public void Nobody_answers_without_the_feature() =>
        Assert.Equal(DropReason.BootpNotServed, Ask(Serving.Lan(), Request()).Drop);
}
