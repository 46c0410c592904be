using Leasehold.Demo.Clients;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Xunit;
using static Leasehold.SystemTests.Dhcp4.ServedNetwork;

namespace Leasehold.SystemTests.Dhcp4;

/// <summary>Where replies to a client without an address go, as a third party sees them on the link.</summary>
public class ReplyAddressTests
{
    private const string OneSubnet =
        """{ "subnet4": [ { "id": 7, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.100 - 192.0.2.109" } ] } ] }""";

    [Theory]
    [InlineData("udhcpc")]
    [InlineData("dhcpcd")]
    public async Task A_client_that_cannot_receive_unicast_is_answered_by_broadcast(string program)
    {
        await using var network = await Create(OneSubnet);
        await network.StartServer();
        var capture = await Capture.OfReplies(network, "client");
        DhcpClient client = program == "udhcpc"
            ? new Udhcpc("host-a", network.ClientHost, "eth0", network.Folder, "-B")
            : new Dhcpcd("host-a", network.ClientHost, "eth0", network.Folder, "broadcast");

        var obtained = await client.ObtainAsync(Cancel);

        var replies = await capture.EndAfter(network, reply => reply.Type == MessageType4.Ack);
        Assert.True(replies.Count >= 2, "an OFFER and an ACK");
        // RFC 2131 §4.1: "If the broadcast bit is set, then the server broadcasts DHCPOFFER and DHCPACK messages to 0xffffffff".
        Assert.All(replies, reply => Assert.Equal((HardwareAddress.Parse("ff:ff:ff:ff:ff:ff"), Ipv4.Broadcast), (reply.LinkDestination, reply.Destination)));
        Assert.All(replies, reply => Assert.Equal(obtained.Address, reply.Yiaddr));
    }

    [Theory]
    [InlineData("udhcpc")]
    [InlineData("dhclient")]
    [InlineData("dhcpcd")]
    public async Task A_client_that_can_is_answered_by_unicast_before_it_has_an_address(string program)
    {
        await using var network = await Create(OneSubnet);
        await network.StartServer();
        var capture = await Capture.OfReplies(network, "client");
        DhcpClient client = program switch
        {
            "udhcpc" => new Udhcpc("host-a", network.ClientHost, "eth0", network.Folder),
            "dhclient" => new Dhclient("host-a", network.ClientHost, "eth0", network.Folder),
            _ => new Dhcpcd("host-a", network.ClientHost, "eth0", network.Folder),
        };

        var obtained = await client.ObtainAsync(Cancel);

        var replies = await capture.EndAfter(network, reply => reply.Type == MessageType4.Ack);
        Assert.True(replies.Count >= 2, "an OFFER and an ACK");
        Assert.All(replies, reply => Assert.Equal((client.HardwareAddress, obtained.Address), (reply.LinkDestination, (Ipv4?)reply.Destination)));
    }

    [Fact]
    public async Task With_udp_sockets_alone_a_client_without_an_address_is_answered()
    {
        await using var network = await Create(
            """
            {
              "interfaces-config": { "interfaces": [ "eth0" ], "dhcp-socket-type": "udp" },
              "subnet4": [ { "id": 7, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.100 - 192.0.2.109" } ] } ]
            }
            """);
        await network.StartServer();

        var obtained = await new Udhcpc("host-a", network.ClientHost, "eth0", network.Folder).ObtainAsync(Cancel);

        Assert.NotNull(obtained.Address);
    }
}
