using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests;

/// <summary>From the text of a configuration to the octets of a reply.</summary>
public class ConfiguredExchange
{
    [Fact]
    public void Configuration_of_an_office_reaches_its_clients()
    {
        Network net = Network.With(
            """
            {
              "interfaces-config": { "interfaces": [ "eth0" ] },
              "valid-lifetime": 4000, "renew-timer": 1000, "rebind-timer": 2000,
              "next-server": "192.0.2.66", "boot-file-name": "linux.0",
              "option-def": [
                { "name": "container", "code": 222, "space": "dhcp4", "type": "empty", "encapsulate": "isc" },
                { "name": "subopt1", "code": 1, "space": "isc", "type": "ipv4-address" }
              ],
              "option-data": [
                { "name": "domain-name-servers", "data": "192.0.2.53, 192.0.2.54" },
                { "name": "domain-name", "data": "example.org" },
                { "name": "container" },
                { "name": "subopt1", "space": "isc", "data": "192.0.2.3" },
                { "name": "vendor-encapsulated-options", "csv-format": false, "data": "0104C0000203", "always-send": true }
              ],
              "subnet4": [ {
                "id": 1, "subnet": "192.0.2.0/24",
                "pools": [ { "pool": "192.0.2.10 - 192.0.2.20" } ],
                "option-data": [ { "name": "routers", "data": "192.0.2.1" } ],
                "reservations": [ { "hw-address": "02:00:5e:10:00:01", "ip-address": "192.0.2.202", "hostname": "Alice-Laptop" } ]
              } ]
            }
            """);
        Client client = net.NewClient("02:00:5e:10:00:01");
        client.RequestList = [1, 3, 6, 12, 15, 222];
        Answer ack = client.Dora();

        Assert.Equal("192.0.2.202", ack.Yiaddr.ToString());
        Assert.Equal(
            Hex.Of("""
                35 01 05
                36 04 c0 00 02 01
                33 04 00 00 0f a0
                3a 04 00 00 03 e8
                3b 04 00 00 07 d0
                01 04 ff ff ff 00
                03 04 c0 00 02 01
                06 08 c0 00 02 35 c0 00 02 36
                0c 0c 41 6c 69 63 65 2d 4c 61 70 74 6f 70       # Alice-Laptop
                0f 0b 65 78 61 6d 70 6c 65 2e 6f 72 67          # example.org
                de 06 01 04 c0 00 02 03
                2b 06 01 04 c0 00 02 03
                ff
                """),
            ack.Octets[240..]);
        Assert.Equal(Ipv4.Parse("192.0.2.66"), ack.Siaddr);
        Assert.Equal(MessageType4.Ack, client.Renew().Sent);
    }
}
