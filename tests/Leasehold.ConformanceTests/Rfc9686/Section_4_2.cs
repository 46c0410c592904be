using Leasehold.Engine.V6;
using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;
using static Leasehold.ConformanceTests.Client6;

namespace Leasehold.ConformanceTests.Rfc9686;

/// <summary>RFC 9686 §4.2 and §4.3: hosts register addresses that they made themselves.</summary>
public class Rfc9686_Section_4_2
{
    private const MessageType6 Inform = MessageType6.AddressRegistrationInform;
    private const string Own = "2001:db8:1::5eff:fe10:1";

    [Fact]
    public void Registration_is_stored_and_answered_by_these_octets()
    {
        Network6 net = Network6.WithLan();
        Client6 client = Host(net, 1);
        Answer6 answer = client.Multicast(Inform, Address(Own, 1000, 2000));

        Assert.Equal(
            Hex.Of("""
                25 10 20 30                                                                 # ADDR-REG-REPLY
                00 01 00 0a 00 03 00 01 02 00 5e 10 00 01                                   # client identifier
                00 05 00 18 20 01 0d b8 00 01 00*4 5e ff fe 10 00 01 00 00 03 e8 00 00 07 d0 # the option as it came
                """.Replace("00*4 5e", "00 00 00 00 5e", StringComparison.Ordinal)),
            answer.Octets);
        Assert.Equal(Ipv6.Parse(Own), answer.Destination.Address);
        Change6 change = Assert.Single(answer.Changes);
        Assert.Equal((LeaseChangeKind.Register, $"{Own}/128", 2000u, true), (change.Kind, change.Lease, change.Valid, change.IsDurable));
        Assert.Equal(LeaseState.Registered, net.StateOf(Own));
    }

    /// <summary>"SHOULD mark the address as unavailable for use and not include it in future ADVERTISE messages."</summary>
    [Fact]
    public void Registered_address_of_a_pool_is_given_to_nobody_until_it_ends()
    {
        Network6 net = Network6.WithLan();
        Client6 host = net.NewClient(1);
        host.LinkLocal = Ipv6.Parse("2001:db8:1::10");
        host.Multicast(Inform, Address("2001:db8:1::10", 100, 100));
        Assert.Equal(["2001:db8:1::11"], net.NewClient(2).Solicit(IaNa(1, "2001:db8:1::10")).Addresses());
        net.Pass(101);
        Assert.Equal(["2001:db8:1::10"], net.NewClient(3).Solicit(IaNa(1, "2001:db8:1::10")).Addresses());
    }

    [Fact]
    public void Registration_with_a_lifetime_of_zero_ends_it()
    {
        Network6 net = Network6.WithLan();
        Host(net, 1).Multicast(Inform, Address(Own, 1000, 2000));
        Answer6 answer = Host(net, 1).Multicast(Inform, Address(Own));
        Assert.Equal((MessageType6.AddressRegistrationReply, LeaseState.Released), (answer.Sent, net.StateOf(Own)));
    }

    [Fact]
    public void Relayed_registration_is_checked_against_the_peer_address()
    {
        Network6 net = Network6.WithLan();
        Client6 client = Host(net, 1);
        client.Relays.Add(new("2001:db8:1::2"));
        Assert.Equal(MessageType6.AddressRegistrationReply, client.Multicast(Inform, Address(Own, 1000, 2000)).Sent);
        client.LinkLocal = Ipv6.Parse("fe80::1:1");
        Assert.Equal(DropReason6.RegistrationInvalid, client.Multicast(Inform, Address(Own, 1000, 2000)).Drop);
    }

    [Fact]
    public void What_must_be_discarded_is()
    {
        Client6 client = Host(Network6.WithLan(), 1);
        Assert.Equal(DropReason6.RegistrationInvalid, client.Multicast(Inform).Drop);
        Assert.Equal(DropReason6.RegistrationInvalid, client.Multicast(Inform, Address("2001:db8:1::77", 1, 1)).Drop);
        Assert.Equal(DropReason6.RegistrationInvalid, client.Multicast(Inform, Address(Own, 1, 1), OptionRequest(23)).Drop);
        Assert.Equal(DropReason6.ServerIdUnexpected, client.Multicast(Inform, Address(Own, 1, 1), ServerIdOption()).Drop);
        client.Duid = [];
        Assert.Equal(DropReason6.ClientIdMissing, client.Multicast(Inform, Address(Own, 1, 1)).Drop);
    }

    [Fact]
    public void Address_of_another_link_is_not_registered()
    {
        Network6 net = Network6.WithLan();
        Client6 client = net.NewClient();
        client.LinkLocal = Ipv6.Parse("2001:db8:2::1");
        Assert.Equal(DropReason6.RegistrationNotOnLink, client.Multicast(Inform, Address("2001:db8:2::1", 1, 1)).Drop);
        Assert.Equal(0, net.Leases.Count);
    }

    [Fact]
    public void Leased_address_is_not_registered()
    {
        Network6 net = Network6.WithLan();
        Client6 client = net.NewClient();
        client.Sarr();
        client.LinkLocal = Ipv6.Parse("2001:db8:1::10");
        Assert.Equal(DropReason6.RegistrationOfLease, client.Multicast(Inform, Address("2001:db8:1::10", 1000, 2000)).Drop);
        Assert.Equal(LeaseState.Assigned, net.StateOf("2001:db8:1::10"));
    }

    [Fact]
    public void Server_that_does_not_allow_it_does_not_answer() =>
        Assert.Equal(
            DropReason6.RegistrationDisabled,
            Host(Network6.With($$"""{ "allow-address-registration": false, "subnet6": [ {{Network6.Lan}} ] }"""), 1).Multicast(Inform, Address(Own, 1, 1)).Drop);

    private static Client6 Host(Network6 net, int number)
    {
        Client6 client = net.NewClient(number);
        client.LinkLocal = Ipv6.Parse(Own);
        return client;
    }
}
