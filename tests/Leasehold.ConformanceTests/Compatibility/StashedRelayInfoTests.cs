using System.Text;
using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Compatibility;

/// <summary>stash-agent-options: a renewal that goes past the relay counts as if it had come through it.</summary>
public class StashedRelayInfoTests
{
    private const string Stored = """{ "ISC": { "relay-agent-info": { "sub-options": "0x010265330202abcd", "remote-id": "abcd" } } }""";
    private const string StoredEarlier = """{"ISC":{"relay-agent-info":"0x0102653302021234"}}""";

    /// <summary>The reservation knows the client by its circuit id "e3", which only the relay says.</summary>
    private static Network With(bool stash, string more = "") => new(
        Leasehold.Configuration.Kea.Dhcp4ConfigReader.ReadText(
            $$"""
            { "Dhcp4": {
              "interfaces-config": { "interfaces": [ "eth0" ] }, "stash-agent-options": {{(stash ? "true" : "false")}}, {{more}}
              "subnet4": [ {
                "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10 - 192.0.2.20" } ],
                "reservations": [ { "circuit-id": "'e3'", "ip-address": "192.0.2.200", "boot-file-name": "b" } ]
              } ]
            } }
            """).Config!);

    /// <summary>A client that got its address through the relay, and now speaks to the server itself.</summary>
    private static Client Bound(Network net, string context, string mac = "02:00:5e:10:00:01")
    {
        Client client = net.NewClient(mac);
        client.Giaddr = Ipv4.Parse("192.0.2.254");
        client.Extra = "52 08 01 02 65 33 02 02 ab cd";
        Assert.Equal("192.0.2.200", client.Dora().Yiaddr.ToString());
        Keep(net, "192.0.2.200", context);
        client.Giaddr = default;
        client.Extra = "";
        return client;
    }

    /// <summary>What store-extended-info writes.</summary>
    private static void Keep(Network net, string address, string context)
    {
        Assert.True(net.Leases.TryGet(Ipv4.Parse(address), out Lease4 lease));
        Lease4 kept = new()
        {
            Address = lease.Address,
            HardwareAddress = lease.HardwareAddress,
            ClientId = lease.ClientId.ToArray(),
            ValidLifetime = lease.ValidLifetime,
            Expire = lease.Expire,
            SubnetId = lease.SubnetId,
            State = lease.State,
            UserContext = Encoding.UTF8.GetBytes(context),
        };
        net.Leases.Apply(new LeaseChange4 { Kind = LeaseChangeKind.Commit, Lease = kept }, net.Now);
        net.Leases.Accept();
    }

    [Theory]
    [InlineData(Stored)]
    [InlineData(StoredEarlier)]
    public void Renewal_has_the_relay_information_of_its_lease_and_it_is_not_sent_back(string context)
    {
        Network net = With(stash: true);
        Client client = Bound(net, context);
        Answer ack = client.Renew();
        Assert.Equal((MessageType4.Ack, "192.0.2.200", (byte)'b'), (ack.Sent, ack.Yiaddr.ToString(), ack.Octets[108]));
        Assert.Null(ack.Option(82));
    }

    [Fact]
    public void Without_it_the_owner_is_not_known_at_its_renewal()
    {
        Network net = With(stash: false);
        Assert.Equal(MessageType4.Nak, Bound(net, Stored).Renew().Sent);
    }

    /// <summary>A stranger does not get what belongs to somebody else's lease.</summary>
    [Fact]
    public void Lease_of_another_client_gives_nothing()
    {
        Network net = With(stash: true);
        Bound(net, Stored);
        Assert.Equal(MessageType4.Nak, net.NewClient("02:00:5e:10:00:02").Renew("192.0.2.200").Sent);
    }

    [Fact]
    public void Lease_that_is_over_gives_nothing()
    {
        Network net = With(stash: true);
        Client client = Bound(net, Stored);
        net.Pass(7201);
        Assert.Equal(MessageType4.Nak, client.Renew().Sent);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "ISC": { "relay-agent-info": 7 } }""")]
    [InlineData("""{ "ISC": { "relay-agent-info": "0x01026" } }""")]
    [InlineData("""{ "ISC": { "relay-agent-info": "0x0102zz33" } }""")]
    [InlineData("""{ "ISC": { "relay-agent-info": { "remote-id": "abcd" } } }""")]
    [InlineData("\"relay-agent-info\"")]
    [InlineData("\"relay-agent-info\":")]
    [InlineData("\"relay-agent-info\":\"0x")]
    [InlineData("\"relay-agent-info\":\"0x\"")]
    public void Context_that_says_nothing_of_the_relay_gives_nothing(string context)
    {
        Network net = With(stash: true);
        Assert.Equal(MessageType4.Nak, Bound(net, context).Renew().Sent);
    }

    /// <summary>What the packet itself says counts: a switch may add the option without being a relay.</summary>
    [Fact]
    public void Relay_information_that_came_is_not_replaced()
    {
        Network net = With(stash: true);
        Client client = Bound(net, Stored);
        client.Extra = "52 04 01 02 65 34";
        Assert.Equal(MessageType4.Nak, client.Renew().Sent);
    }

    [Fact]
    public void Replaced_client_identifier_is_found_by_what_the_lease_remembers()
    {
        Network net = With(
            stash: true,
            """
            "hooks-libraries": [ { "library": "libdhcp_flex_id.so", "parameters": { "identifier-expression": "relay4[2].hex", "replace-client-id": true } } ],
            """);
        Answer ack = Bound(net, Stored).Renew();
        Assert.Equal((MessageType4.Ack, true), (ack.Sent, ack.IsRenewal));
    }

    [Fact]
    public void Classes_see_it_too()
    {
        Network net = With(stash: true, """
            "client-classes": [ { "name": "port", "test": "relay4[2].hex == 0xabcd", "next-server": "192.0.2.7" } ],
            """);
        Assert.Equal("192.0.2.7", Bound(net, Stored).Renew().Siaddr.ToString());
    }
}
