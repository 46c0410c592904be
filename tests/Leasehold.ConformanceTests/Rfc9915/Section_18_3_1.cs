using Leasehold.Engine.V6;
using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;
using static Leasehold.ConformanceTests.Client6;

namespace Leasehold.ConformanceTests.Rfc9915;

/// <summary>RFC 9915 §18.3.1 and §18.3.9: SOLICIT and ADVERTISE.</summary>
public class Rfc9915_Section_18_3_1
{
    [Fact]
    public void Solicit_is_answered_with_an_address_by_these_octets()
    {
        Network6 net = Network6.With($$"""{ "renew-timer": 1000, "rebind-timer": 2000, "preferred-lifetime": 3000, "valid-lifetime": 4000, "subnet6": [ {{Network6.Lan}} ] }""");
        Answer6 answer = net.NewClient().Solicit(IaNa(0x11223344));

        Assert.Equal(
            Hex.Of("""
                02 10 20 30                                                     # ADVERTISE, the client's transaction-id
                00 01 00 0a 00 03 00 01 02 00 5e 10 00 01                       # client identifier
                00 02 00 0a 00 03 00 01 02 00 00 00 00 01                       # server identifier
                00 03 00 28 11 22 33 44 00 00 03 e8 00 00 07 d0                 # IA_NA, IAID, T1 1000, T2 2000
                00 05 00 18 20 01 0d b8 00 01 00*9 10 00 00 0b b8 00 00 0f a0   # 2001:db8:1::10, 3000, 4000
                """),
            answer.Octets);
        Assert.Equal(new ReplyAddress6 { Address = Ipv6.Parse("fe80::5eff:fe10:1"), Port = 546, Source = Network6.ServerLinkLocal, InterfaceIndex = 2 }, answer.Destination);
    }

    [Fact]
    public void Advertised_address_is_held_for_its_client_and_not_stored()
    {
        Network6 net = Network6.WithLan();
        Answer6 answer = net.NewClient(1).Solicit(IaNa(1));

        Change6 change = Assert.Single(answer.Changes);
        Assert.Equal((LeaseChangeKind.Offer, "2001:db8:1::10/128", 15u, false), (change.Kind, change.Lease, change.Valid, change.IsDurable));
        Assert.Equal(["2001:db8:1::11"], net.NewClient(2).Solicit(IaNa(1)).Addresses());
        Assert.Equal(["2001:db8:1::10"], net.NewClient(1).Solicit(IaNa(1)).Addresses());
    }

    [Fact]
    public void Hold_ends_by_itself()
    {
        Network6 net = Network6.With("""{ "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0", "pools": [ { "pool": "2001:db8:1::10-2001:db8:1::10" } ] } ] }""");
        net.NewClient(1).Solicit(IaNa(1));
        Assert.Equal(StatusCode6.NoAddrsAvail, net.NewClient(2).Solicit(IaNa(1)).StatusOfNa(1));
        net.Pass(16);
        Assert.Equal(["2001:db8:1::10"], net.NewClient(2).Solicit(IaNa(1)).Addresses());
    }

    /// <summary>"… the server MUST include […] a Status Code option with status code NoAddrsAvail" in the IA that gets nothing; the others get theirs.</summary>
    [Fact]
    public void Full_pool_is_told_in_the_association_and_prefixes_are_given_all_the_same()
    {
        Network6 net = Network6.With("""
            { "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0",
                             "pd-pools": [ { "prefix": "2001:db8:8000::", "prefix-len": 40, "delegated-len": 56 } ] } ] }
            """);
        Answer6 answer = net.NewClient().Solicit(IaNa(1), IaPd(1));

        Assert.Equal((MessageType6.Advertise, StatusCode6.NoAddrsAvail), (answer.Sent, answer.StatusOfNa(1)));
        Assert.Equal((0u, 0u), answer.Timers(3, 1));
        Assert.Null(answer.Status);
        Assert.Equal(["2001:db8:8000::/56"], answer.Prefixes());
    }

    [Fact]
    public void Each_association_gets_an_address_of_its_own()
    {
        Answer6 answer = Network6.WithLan().NewClient().Solicit(IaNa(7), IaNa(3), IaPd(7), IaPd(3));

        Assert.Equal(["2001:db8:1::10"], answer.Addresses(7));
        Assert.Equal(["2001:db8:1::11"], answer.Addresses(3));
        Assert.Equal(["2001:db8:8000::/56"], answer.Prefixes(7));
        Assert.Equal(["2001:db8:8000:100::/56"], answer.Prefixes(3));
    }

    [Fact]
    public void Association_that_is_there_twice_is_answered_once()
    {
        Answer6 answer = Network6.WithLan().NewClient().Solicit(IaNa(1), IaNa(1));
        Assert.Single(answer.Codes, (ushort)3);
        Assert.Single(answer.Changes);
    }

    [Fact]
    public void Wished_address_is_advertised_when_it_is_free()
    {
        Network6 net = Network6.WithLan();
        Assert.Equal(["2001:db8:1::15"], net.NewClient(1).Solicit(IaNa(1, "2001:db8:1::15")).Addresses());
        Assert.Equal(["2001:db8:1::10"], net.NewClient(2).Solicit(IaNa(1, "2001:db8:1::15")).Addresses());
        Assert.Equal(["2001:db8:1::11"], net.NewClient(3).Solicit(IaNa(1, "2001:db8:1::99")).Addresses());
        Assert.Equal(["2001:db8:1::12"], net.NewClient(4).Solicit(IaNa(1, "::")).Addresses());
    }

    [Fact]
    public void Several_wished_addresses_of_one_association_are_advertised()
    {
        Answer6 answer = Network6.WithLan().NewClient().Solicit(IaNa(1, "2001:db8:1::15", "2001:db8:1::17"));
        Assert.Equal(["2001:db8:1::15", "2001:db8:1::17"], answer.Addresses());
    }

    [Fact]
    public void Client_that_has_a_lease_is_advertised_the_same()
    {
        Network6 net = Network6.WithLan();
        Client6 client = net.NewClient();
        client.Sarr();
        Answer6 again = client.Solicit(IaNa(1, "2001:db8:1::15"));

        Assert.Equal(["2001:db8:1::10"], again.Addresses());
        Assert.Empty(again.Changes);
        Assert.Equal(LeaseState.Assigned, net.StateOf("2001:db8:1::10"));
    }

    /// <summary>"If the client has included a Rapid Commit option in the Solicit message and the server has been configured to respond with committed lease assignments […], the server responds to the Solicit with a Reply message."</summary>
    [Theory]
    [InlineData(true, MessageType6.Reply, LeaseState.Assigned)]
    [InlineData(false, MessageType6.Advertise, LeaseState.Offered)]
    public void Rapid_commit_gives_the_address_at_once_where_it_is_configured(bool configured, MessageType6 sent, LeaseState state)
    {
        Network6 net = Network6.With($$"""
            { "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0", "rapid-commit": {{(configured ? "true" : "false")}},
                             "pools": [ { "pool": "2001:db8:1::10-2001:db8:1::1f" } ] } ] }
            """);
        Answer6 answer = net.NewClient().Solicit(Option(14), IaNa(1));

        Assert.Equal((sent, configured, state), (answer.Sent, answer.Option(14) is not null, net.StateOf("2001:db8:1::10")));
        Assert.Equal(configured, Assert.Single(answer.Changes).IsDurable);
        Assert.Equal(MessageType6.Advertise, net.NewClient(2).Solicit(IaNa(1)).Sent);
    }

    [Fact]
    public void Preference_is_sent_in_an_advertise_without_being_asked_for_and_never_in_a_reply()
    {
        Network6 net = Network6.With($$"""{ "option-data": [ { "name": "preference", "data": "200" } ], "subnet6": [ {{Network6.Lan}} ] }""");
        Client6 client = net.NewClient();
        Assert.Equal([200], client.Solicit(IaNa(1)).Option(7));
        Assert.Null(client.Request(IaNa(1), OptionRequest(7)).Option(7));
    }

    [Fact]
    public void Link_without_a_subnet_is_not_answered() =>
        Assert.Equal(DropReason6.NoSubnet, Network6.With("""{ "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "pools": [ { "pool": "2001:db8:1::/80" } ] } ] }""").NewClient().Solicit(IaNa(1)).Drop);
}
