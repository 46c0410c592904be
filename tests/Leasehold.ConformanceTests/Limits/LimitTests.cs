using Leasehold.ConformanceTests.Allocation;
using Leasehold.Engine;
using Leasehold.Leases;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Limits;

/// <summary>The limits feature: address-limit and rate-limit of classes and subnets.</summary>
public class LimitTests
{
    private const string Hook = """ "hooks-libraries": [ { "library": "libdhcp_limits.so" } ] """;
    private const string Phone = "3c 05 70 68 6f 6e 65";

    private static string Limits(string limits) => $$""" "user-context": { "limits": { {{limits}} } } """;

    private static Network OfSubnet(string limits) => Serving.Lan(Limits(limits), Hook);

    private static Network OfClass(string limits, string more = "") => Serving.Lan(
        global: $$""" {{Hook}}, "client-classes": [ { "name": "phones", "test": "option[60].hex == 'phone'", {{Limits(limits)}} }{{more}} ] """);

    private static Client Phones(Network network, int number)
    {
        Client client = Serving.Nth(network, number);
        client.Extra = Phone;
        return client;
    }

    private static string? ContextOf(Network network, Client client) =>
        network.Leases.TryGet(client.Address, out Lease4 lease) ? System.Text.Encoding.UTF8.GetString(lease.UserContext) : null;

    [Fact]
    public void Subnet_gives_no_more_leases_than_its_limit()
    {
        Network network = OfSubnet(""" "address-limit": 2 """);
        Client first = Serving.Nth(network, 1);
        first.Dora();
        Serving.Nth(network, 2).Dora();
        Assert.Equal(DropReason.SubnetLeaseLimit, Serving.Nth(network, 3).Discover().Drop);
        Answer nak = Serving.Nth(network, 3).Select("192.0.2.14");
        Assert.Equal((MessageType4.Nak, NakReason.LimitReached), (nak.Sent, nak.Nak));
        Assert.Equal(MessageType4.Ack, first.Renew().Sent);
        Assert.Equal(MessageType4.Offer, first.Discover().Sent);
        first.Release();
        Assert.Equal("192.0.2.12", Serving.Nth(network, 3).Dora().Yiaddr.ToString());
    }

    [Fact]
    public void Offer_takes_a_place_too_and_its_client_keeps_it()
    {
        Network network = OfSubnet(""" "address-limit": 1 """);
        Client first = Serving.Nth(network, 1);
        Answer offer = first.Discover();
        Assert.Equal(DropReason.SubnetLeaseLimit, Serving.Nth(network, 2).Discover().Drop);
        Assert.Equal(MessageType4.Offer, first.Discover().Sent);
        Assert.Equal(MessageType4.Ack, first.Select(offer.Yiaddr).Sent);
        network.Pass(7201);
        Assert.Equal(MessageType4.Offer, Serving.Nth(network, 2).Discover().Sent);
    }

    [Fact]
    public void Network_goes_on_to_the_next_subnet()
    {
        Network network = Network.With(
            $$"""
            {
                "interfaces-config": { "interfaces": [ "eth0" ] }, {{Hook}},
                "shared-networks": [ { "name": "n", "subnet4": [
                    { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10 - 192.0.2.20" } ], {{Limits(""" "address-limit": 1 """)}} },
                    { "id": 2, "subnet": "198.51.100.0/24", "pools": [ { "pool": "198.51.100.10 - 198.51.100.20" } ] } ] } ]
            }
            """);
        Assert.Equal(["192.0.2.10", "198.51.100.10"], [Serving.Nth(network, 1).Dora().Yiaddr.ToString(), Serving.Nth(network, 2).Dora().Yiaddr.ToString()]);
    }

    [Fact]
    public void Limit_of_zero_gives_nothing() =>
        Assert.Equal(DropReason.SubnetLeaseLimit, Serving.Nth(OfSubnet(""" "address-limit": 0 """), 1).Discover().Drop);

    [Fact]
    public void Class_gives_no_more_leases_than_its_limit_and_others_are_not_counted()
    {
        Network network = OfClass(""" "address-limit": 1 """);
        Serving.Nth(network, 1).Dora();
        Client phone = Phones(network, 2);
        phone.Dora();
        Assert.Equal("""{ "ISC": { "client-classes": [ "phones" ] } }""", ContextOf(network, phone));
        Assert.Equal(DropReason.ClassLeaseLimit, Phones(network, 3).Discover().Drop);
        Assert.Equal(NakReason.LimitReached, Phones(network, 3).Select("192.0.2.14").Nak);
        Assert.Equal(MessageType4.Ack, Serving.Nth(network, 4).Dora().Sent);
        Assert.Equal(MessageType4.Ack, phone.Renew().Sent);
        phone.Release();
        Assert.Equal(MessageType4.Ack, Phones(network, 3).Dora().Sent);
    }

    [Fact]
    public void Count_of_a_class_is_that_of_the_leases_after_a_reload_and_after_their_end()
    {
        Network network = OfClass(""" "address-limit": 2 """);
        Phones(network, 1).Dora();
        Phones(network, 2).Dora();
        network.Reload(network.Config);
        Assert.Equal(DropReason.ClassLeaseLimit, Phones(network, 3).Discover().Drop);
        network.Pass(7201);
        Assert.Equal(MessageType4.Ack, Phones(network, 3).Dora().Sent);
        Assert.Equal(MessageType4.Ack, Phones(network, 4).Dora().Sent);
        Assert.Equal(DropReason.ClassLeaseLimit, Phones(network, 5).Discover().Drop);
    }

    [Fact]
    public void Lease_that_leaves_the_class_makes_room()
    {
        Network network = OfClass(""" "address-limit": 1 """);
        Client phone = Phones(network, 1);
        phone.Dora();
        phone.Extra = "";
        phone.Renew();
        Assert.Equal("", ContextOf(network, phone));
        Assert.Equal(MessageType4.Ack, Phones(network, 2).Dora().Sent);
    }

    [Fact]
    public void Subnet_answers_no_more_packets_than_its_rate()
    {
        Network network = OfSubnet(""" "rate-limit": "2 packets per second" """);
        Client client = Serving.Nth(network, 1);
        client.Dora();
        Assert.Equal(DropReason.SubnetRateLimit, client.Renew().Drop);
        network.Pass(1);
        Assert.Equal(MessageType4.Ack, client.Renew().Sent);
    }

    [Fact]
    public void Rate_of_a_minute_slides_along()
    {
        Network network = OfSubnet(""" "rate-limit": "3 packets per minute" """);
        Client client = Serving.Nth(network, 1);
        client.Dora();
        network.Pass(59);
        client.Renew();
        Assert.Equal(DropReason.SubnetRateLimit, client.Renew().Drop);
        network.Pass(1);
        Assert.Equal([DropReason.None, DropReason.None, DropReason.SubnetRateLimit], [client.Renew().Drop, client.Renew().Drop, client.Renew().Drop]);
    }

    [Fact]
    public void Class_answers_no_more_packets_than_its_rate()
    {
        Network network = OfClass(""" "rate-limit": "1 packet per hour" """);
        Assert.Equal(MessageType4.Offer, Phones(network, 1).Discover().Sent);
        Assert.Equal(DropReason.ClassRateLimit, Phones(network, 2).Discover().Drop);
        Assert.Equal(MessageType4.Offer, Serving.Nth(network, 3).Discover().Sent);
    }

    [Fact]
    public void Rate_can_count_one_type_of_message()
    {
        Network network = Serving.Lan(
            global: $$""" {{Hook}}, "client-classes": [ { "name": "new", "test": "pkt4.msgtype == 1", {{Limits(""" "rate-limit": "1 packet per minute" """)}} } ] """);
        Serving.Nth(network, 1).Dora();
        Assert.Equal(DropReason.ClassRateLimit, Serving.Nth(network, 2).Discover().Drop);
        Assert.Equal(MessageType4.Ack, Serving.Nth(network, 2).Select("192.0.2.12").Sent);
    }

    [Fact]
    public void Context_means_nothing_without_the_library()
    {
        Network network = Serving.Lan(Limits(""" "address-limit": 0, "rate-limit": "0 packets per second" """));
        Assert.Equal(MessageType4.Ack, Serving.Nth(network, 1).Dora().Sent);
    }
}
