using Leasehold.Engine;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.ConformanceTests.Reservations;

/// <summary>replace-client-id: leases are kept by an octet 0 and the flex-id.</summary>
public class ReplacedClientIdTests
{
    private static Network Ports(string more = "", string parameters = "\"replace-client-id\": true", string expression = "relay4[1].hex") => new(
        Leasehold.Configuration.Kea.Dhcp4ConfigReader.ReadText(
            $$"""
            { "Dhcp4": {
              "interfaces-config": { "interfaces": [ "eth0" ] }, {{more}}
              "hooks-libraries": [ {
                "library": "libdhcp_flex_id.so", "parameters": { "identifier-expression": "{{expression}}", {{parameters}} }
              } ],
              "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10 - 192.0.2.20" } ] } ]
            } }
            """).Config!);

    private static Client At(Network net, string port, string mac, string? clientId = null)
    {
        Client client = net.NewClient(mac, clientId);
        client.Extra = $"52 03 01 01 {port}";
        return client;
    }

    private static string? ClientIdOf(Network net, string address) =>
        net.Leases.TryGet(Ipv4.Parse(address), out Lease4 lease) ? Convert.ToHexStringLower(lease.ClientId) : null;

    [Fact]
    public void Device_that_takes_the_place_of_another_takes_its_lease()
    {
        Network net = Ports();
        Client old = At(net, "61", "02:00:5e:10:00:01", clientId: "01 02 00 5e 10 00 01");
        Assert.Equal("192.0.2.10", old.Dora().Yiaddr.ToString());
        Assert.Equal("0061", ClientIdOf(net, "192.0.2.10"));

        Answer ack = At(net, "61", "02:00:5e:10:00:02", clientId: "01 02 00 5e 10 00 02").Dora();
        Assert.Equal(("192.0.2.10", true), (ack.Yiaddr.ToString(), ack.IsRenewal));
        Assert.Equal("192.0.2.11", At(net, "62", "02:00:5e:10:00:03").Dora().Yiaddr.ToString());
    }

    [Fact]
    public void Same_device_at_another_port_is_another_client()
    {
        Network net = Ports();
        At(net, "61", "02:00:5e:10:00:01").Dora();
        Assert.Equal("192.0.2.11", At(net, "62", "02:00:5e:10:00:01").Dora().Yiaddr.ToString());
    }

    /// <summary>The client sees its own identifier again, whatever echo-client-id says, and never the replacement.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("\"echo-client-id\": false,")]
    public void Reply_repeats_what_the_client_sent(string more)
    {
        Network net = Ports(more);
        Assert.Equal(Hex.Of("01 02 00 5e 10 00 01"), At(net, "61", "02:00:5e:10:00:01", clientId: "01 02 00 5e 10 00 01").Discover().Option(61));
        Assert.Null(At(net, "62", "02:00:5e:10:00:02").Discover().Option(61));
    }

    [Theory]
    [InlineData("", "\"replace-client-id\": false", "01aabb")]
    [InlineData("", "\"ignore-iaid\": true", "01aabb")]
    [InlineData("\"match-client-id\": false,", "\"replace-client-id\": true", "0061")]
    public void Lease_carries_the_identifier_that_is_meant(string more, string parameters, string expected)
    {
        Network net = Ports(more, parameters);
        At(net, "61", "02:00:5e:10:00:01", clientId: "01 aa bb").Dora();
        Assert.Equal(expected, ClientIdOf(net, "192.0.2.10"));
    }

    [Fact]
    public void Without_a_flex_id_the_clients_own_identifier_counts()
    {
        Network net = Ports();
        net.NewClient(clientId: "01 aa bb").Dora();
        Assert.Equal("01aabb", ClientIdOf(net, "192.0.2.10"));
    }

    /// <summary>Cut to the length of an option it could be another client's.</summary>
    [Theory]
    [InlineData("7f", 255)]
    [InlineData("80", 3)]
    public void Flex_id_that_does_not_fit_an_option_replaces_nothing(string length, int expected)
    {
        Network net = Ports(expression: "concat(option[60].hex, option[60].hex)");
        Client client = net.NewClient(clientId: "01 aa bb");
        client.Extra = $"3c {length} 61*{Convert.ToInt32(length, 16)}";
        client.Dora();
        Assert.Equal(expected, ClientIdOf(net, "192.0.2.10")?.Length / 2);
    }

    [Fact]
    public void Release_is_known_by_the_replacement()
    {
        Network net = Ports();
        Client client = At(net, "61", "02:00:5e:10:00:01");
        client.Dora();
        Client other = At(net, "62", "02:00:5e:10:00:01");
        Assert.Equal(DropReason.NotTheHolder, other.Release("192.0.2.10").Drop);
        client.Release();
        Assert.Equal(LeaseState.Released, net.StateOf("192.0.2.10"));
    }

    /// <summary>"The server processes the client's query as if the flexible identifier were sent in the client identifier".</summary>
    [Fact]
    public void Expressions_and_reservations_see_the_replacement()
    {
        Network net = Network.With(
            """
            {
              "interfaces-config": { "interfaces": [ "eth0" ] },
              "hooks-libraries": [ { "library": "libdhcp_flex_id.so", "parameters": { "identifier-expression": "relay4[1].hex", "replace-client-id": true } } ],
              "client-classes": [ { "name": "a", "test": "option[61].hex == 0x0061", "next-server": "192.0.2.7" } ],
              "subnet4": [ {
                "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10 - 192.0.2.20" } ],
                "reservations": [ { "client-id": "00:61", "ip-address": "192.0.2.200" } ]
              } ]
            }
            """);
        Answer ack = At(net, "61", "02:00:5e:10:00:01", clientId: "01 aa bb").Dora();
        Assert.Equal(("192.0.2.200", "192.0.2.7"), (ack.Yiaddr.ToString(), ack.Siaddr.ToString()));
        Assert.Equal("0.0.0.0", At(net, "62", "02:00:5e:10:00:02").Dora().Siaddr.ToString());
    }
}
