using Leasehold.ConformanceTests.Allocation;
using Leasehold.Engine;
using Leasehold.Engine.V4;
using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Probing;

/// <summary>Before an address is offered, somebody who uses it is asked for: the ping-check feature (RFC 2131 §2.2).</summary>
public class ConflictProbeTests
{
    private static readonly Ipv4 First = Ipv4.Parse("192.0.2.10");

    private static string Hook(string parameters = "") =>
        $$""" "hooks-libraries": [ { "library": "/usr/lib/libdhcp_ping_check.so", "parameters": { {{parameters}} } } ] """;

    /// <summary>A network in which somebody can be asked for.</summary>
    private static Network Asking(string subnet = "", string parameters = "", string global = "")
    {
        Network network = Serving.Lan(subnet, Hook(parameters) + global);
        network.Known = new() { Pending = new() };
        return network;
    }

    /// <summary>What the shell does when nobody answered.</summary>
    private static Answer Silence(Network network, Func<Answer> again, Ipv4 address) => Replay(network, again, address);

    /// <summary>What the shell does when somebody answered.</summary>
    private static Answer Taken(Network network, Func<Answer> again, Ipv4 address)
    {
        network.Decline(address);
        return Replay(network, again, free: null);
    }

    private static Answer Replay(Network network, Func<Answer> again, Ipv4? free)
    {
        ProbeKnowledge before = network.Known;
        foreach (Ipv4 asked in network.Asked) before.Pending?.Remove(asked);
        network.Known = before with { IsReplay = true, Free = free };
        Answer answer = again();
        network.Known = before;
        return answer;
    }

    [Fact]
    public void Address_is_asked_for_by_arp_and_nothing_is_sent_meanwhile()
    {
        Network network = Asking();
        Answer waiting = Serving.Nth(network, 1).Discover();
        Assert.Equal(new ProbeOrder(First, ProbeMethod.Arp, Network.ServerAddress, 1, 100), waiting.Probe);
        Assert.Empty(waiting.Octets);
        Assert.Equal(LeaseChangeKind.Offer, waiting.Change);
        Assert.Equal("192.0.2.11", Serving.Nth(network, 2).Discover().Probe?.Address.ToString());
    }

    [Fact]
    public void Silence_means_that_the_address_is_offered()
    {
        Network network = Asking();
        Client client = Serving.Nth(network, 1);
        client.Discover();
        Answer offer = Silence(network, () => client.Discover(), First);
        Assert.Equal((MessageType4.Offer, First, null), (offer.Sent, offer.Yiaddr, offer.Probe));
        Assert.Equal(MessageType4.Offer, client.Discover().Sent);
        Assert.Equal(MessageType4.Ack, client.Select(First).Sent);
    }

    [Fact]
    public void Answer_takes_the_address_from_everybody_and_the_next_is_asked_for()
    {
        Network network = Asking();
        Client client = Serving.Nth(network, 1);
        client.Discover();
        Answer next = Taken(network, () => client.Discover(), First);
        Assert.Equal("192.0.2.11", next.Probe?.Address.ToString());
        Assert.True(network.Leases.TryGet(First, out Lease4 declined));
        Assert.Equal((LeaseState.Declined, 1u, network.Now.Seconds + 86400, true), (declined.State, declined.SubnetId, declined.Expire.Seconds, declined.HardwareAddress.IsEmpty));
        Answer offer = Silence(network, () => client.Discover(), Ipv4.Parse("192.0.2.11"));
        Assert.Equal("192.0.2.11", offer.Yiaddr.ToString());
    }

    [Fact]
    public void Client_that_asks_again_meanwhile_waits_for_the_first_answer()
    {
        Network network = Asking();
        Client client = Serving.Nth(network, 1);
        client.Discover();
        Assert.Equal(DropReason.ProbePending, client.Discover().Drop);
    }

    [Fact]
    public void So_many_packets_wait_and_no_more()
    {
        Network network = Asking();
        network.Known.Pending!.Limit = 2;
        Serving.Nth(network, 1).Discover();
        Serving.Nth(network, 2).Discover();
        Answer third = Serving.Nth(network, 3).Discover();
        Assert.Equal((DropReason.TooManyParked, LeaseChangeKind.None), (third.Drop, third.Change));
    }

    [Fact]
    public void Relayed_client_is_asked_for_by_icmp()
    {
        Network network = Asking(""" "relay": { "ip-addresses": [ "198.51.100.1" ] } """, """ "min-ping-requests": 3, "reply-timeout": 500 """);
        Client client = Serving.Nth(network, 1);
        client.Giaddr = Ipv4.Parse("198.51.100.1");
        Answer waiting = client.Discover();
        Assert.Equal(new ProbeOrder(First, ProbeMethod.Icmp, Network.ServerAddress, 3, 500), waiting.Probe);

        // Held for as long as asking takes, and the usual time for the client's answer.
        Assert.Equal(network.Now.Seconds + 15 + 2, waiting.Expire.Seconds);
    }

    [Fact]
    public void Nobody_is_asked_for_an_address_that_is_leased_or_reserved()
    {
        Network network = Asking(""" "reservations": [ { "hw-address": "02:00:5e:10:00:07", "ip-address": "192.0.2.77" } ] """);
        Assert.Equal(MessageType4.Offer, Serving.Nth(network, 7).Discover().Sent);
        Client client = Serving.Nth(network, 1);
        client.Select(First);
        Assert.Equal(MessageType4.Offer, client.Discover().Sent);
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(61, false)]
    public void Former_owner_that_was_here_lately_needs_no_question(long later, bool offered)
    {
        Network network = Asking();
        Client client = Serving.Nth(network, 1);
        client.Select(First);
        client.Release("192.0.2.10");
        network.Pass(later);
        Assert.Equal(offered ? MessageType4.Offer : MessageType4.None, client.Discover().Sent);
    }

    [Theory]
    [InlineData("""{ "enable-ping-check": false }""", null)]
    [InlineData("""{ "ping-check": { "enable-ping-check": false } }""", null)]
    [InlineData("""{ "anything": 1, "reply-timeout": 250 }""", 250u)]
    [InlineData("""{ "ping-check": { "reply-timeout": 250 } }""", 250u)]
    public void Subnet_has_its_own_parameters(string context, uint? timeout)
    {
        Network network = Asking($$""" "user-context": {{context}} """);
        Assert.Equal(timeout, Serving.Nth(network, 1).Discover().Probe?.Timeout);
    }

    [Fact]
    public void Network_hides_the_global_parameters_and_the_subnet_the_networks()
    {
        Network network = Network.With(
            $$"""
            {
                "interfaces-config": { "interfaces": [ "eth0" ] }, {{Hook(""" "min-ping-requests": 2, "reply-timeout": 200 """)}},
                "shared-networks": [ { "name": "n", "user-context": { "ping-check": { "reply-timeout": 300, "min-ping-requests": 3 } }, "subnet4": [
                    { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10/32" } ], "user-context": { "ping-check": { "reply-timeout": 400 } } } ] } ]
            }
            """);
        network.Known = new() { Pending = new() };
        ProbeOrder? order = Serving.Nth(network, 1).Discover().Probe;
        Assert.Equal((3u, 400u), (order?.Requests, order?.Timeout));
    }

    [Fact]
    public void Without_the_library_nobody_is_asked()
    {
        Network network = Serving.Lan(""" "user-context": { "ping-check": { "enable-ping-check": true } } """);
        network.Known = new() { Pending = new() };
        Assert.Equal(MessageType4.Offer, Serving.Nth(network, 1).Discover().Sent);
    }

    [Fact]
    public void Client_that_can_do_without_an_address_needs_no_question()
    {
        Network network = Asking(global: """, "option-data": [ { "name": "v6-only-preferred", "data": "1800" } ] """);
        Client client = Serving.Nth(network, 1);
        client.RequestList = [108];
        Assert.Equal(MessageType4.Offer, client.Discover().Sent);
    }

    [Fact]
    public void Packet_that_comes_again_is_not_counted_again()
    {
        Network network = Serving.Lan(
            """ "user-context": { "limits": { "rate-limit": "1 packet per hour" } } """,
            """ "hooks-libraries": [ { "library": "libdhcp_ping_check.so" }, { "library": "libdhcp_limits.so" } ] """);
        network.Known = new() { Pending = new() };
        Client client = Serving.Nth(network, 1);
        client.Discover();
        Assert.Equal(MessageType4.Offer, Silence(network, () => client.Discover(), First).Sent);
        Assert.Equal(DropReason.SubnetRateLimit, client.Discover().Drop);
    }
}
