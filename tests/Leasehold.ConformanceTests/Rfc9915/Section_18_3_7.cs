using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;
using static Leasehold.ConformanceTests.Client6;

namespace Leasehold.ConformanceTests.Rfc9915;

/// <summary>RFC 9915 §18.3.7: RELEASE, and §18.3.8: DECLINE.</summary>
public class Rfc9915_Section_18_3_7
{
    [Fact]
    public void Released_leases_are_free_and_remembered()
    {
        Network6 net = Network6.WithLan();
        Client6 client = net.NewClient(1);
        client.Request(IaNa(1, "2001:db8:1::15"), IaPd(1));
        Answer6 answer = client.Release(IaNa(1, "2001:db8:1::15"), IaPd(1, "2001:db8:8000::/56"));

        Assert.Equal((MessageType6.Reply, StatusCode6.Success), (answer.Sent, answer.Status));
        Assert.Equal([1, 2, 13], answer.Codes.Select(static code => (int)code));
        Assert.Equal(["Release 2001:db8:1::15/128", "Release 2001:db8:8000::/56"], answer.Changes.Select(static c => c.ToString()));
        Assert.Equal((LeaseState.Released, LeaseState.Released), (net.StateOf("2001:db8:1::15"), net.StateOfPrefix("2001:db8:8000::")));
        Assert.Equal(["2001:db8:1::15"], client.Solicit(IaNa(1)).Addresses());
    }

    /// <summary>"For each IA in the Release message for which the server has no binding information, the server adds an IA option […] and includes a Status Code option with the value NoBinding in the IA option. No other options are included in the IA option."</summary>
    [Fact]
    public void Association_without_a_binding_is_told_so()
    {
        Answer6 answer = Network6.WithLan().NewClient().Release(IaNa(1, "2001:db8:1::10"), IaPd(2, "2001:db8:8000::/56"));
        Assert.Equal((StatusCode6.Success, StatusCode6.NoBinding, StatusCode6.NoBinding), (answer.Status, answer.StatusOfNa(1), answer.StatusOfPd(2)));
        Assert.Empty(answer.Leases(3, 1));
        Assert.Empty(answer.Changes);
    }

    [Fact]
    public void Lease_of_another_client_or_association_is_not_released()
    {
        Network6 net = Network6.WithLan();
        net.NewClient(1).Sarr();
        Client6 other = net.NewClient(2);
        other.Sarr();
        Assert.Empty(other.Release(IaNa(1, "2001:db8:1::10")).Changes);
        Assert.Equal(StatusCode6.NoBinding, net.NewClient(1).Release(IaNa(2, "2001:db8:1::10")).StatusOfNa(2));
        Assert.Equal(LeaseState.Assigned, net.StateOf("2001:db8:1::10"));
    }

    [Fact]
    public void Prefix_is_released_by_its_length_too()
    {
        Network6 net = Network6.WithLan();
        Client6 client = net.NewClient();
        client.Delegate();
        Assert.Empty(client.Release(IaPd(1, "2001:db8:8000::/64")).Changes);
    }

    [Fact]
    public void Second_release_finds_no_binding()
    {
        Network6 net = Network6.WithLan();
        Client6 client = net.NewClient();
        client.Sarr();
        client.Release(IaNa(1, "2001:db8:1::10"));
        Assert.Equal(StatusCode6.NoBinding, client.Release(IaNa(1, "2001:db8:1::10")).StatusOfNa(1));
    }

    /// <summary>§18.3.8: "The server SHOULD mark the addresses declined by the client so that those addresses are not assigned to other clients".</summary>
    [Fact]
    public void Declined_address_is_kept_from_everybody_for_the_probation_period()
    {
        Network6 net = Network6.With("""
            { "decline-probation-period": 600, "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0", "pools": [ { "pool": "2001:db8:1::10-2001:db8:1::10" } ] } ] }
            """);
        Client6 client = net.NewClient(1);
        client.Sarr();
        Answer6 answer = client.Decline(IaNa(1, "2001:db8:1::10"));

        Assert.Equal((MessageType6.Reply, StatusCode6.Success), (answer.Sent, answer.Status));
        Assert.Equal((LeaseChangeKind.Decline, 600u), (answer.Changes[0].Kind, answer.Changes[0].Valid));
        Assert.Equal(StatusCode6.NoAddrsAvail, client.Solicit(IaNa(1, "2001:db8:1::10")).StatusOfNa(1));
        Assert.Equal(StatusCode6.NoAddrsAvail, net.NewClient(2).Request(IaNa(1, "2001:db8:1::10")).StatusOfNa(1));
        net.Pass(601);
        Assert.Equal(["2001:db8:1::10"], net.NewClient(2).Sarr().Addresses());
    }

    [Fact]
    public void Only_the_holder_can_decline()
    {
        Network6 net = Network6.WithLan();
        net.NewClient(1).Sarr();
        Answer6 answer = net.NewClient(2).Decline(IaNa(1, "2001:db8:1::10"));
        Assert.Equal((StatusCode6.Success, StatusCode6.NoBinding), (answer.Status, answer.StatusOfNa(1)));
        Assert.Equal(LeaseState.Assigned, net.StateOf("2001:db8:1::10"));
    }

    [Fact]
    public void Prefixes_are_not_declined()
    {
        Network6 net = Network6.WithLan();
        Client6 client = net.NewClient();
        client.Delegate();
        Assert.Empty(client.Decline(IaPd(1, "2001:db8:8000::/56")).Changes);
    }

    /// <summary>§18.4 of RFC 8415: a client that was not told to must not send to the server's address.</summary>
    [Theory]
    [InlineData(MessageType6.Request)]
    [InlineData(MessageType6.Renew)]
    [InlineData(MessageType6.Release)]
    [InlineData(MessageType6.Decline)]
    public void Unicast_without_having_been_asked_to_is_answered_with_use_multicast(MessageType6 type)
    {
        Network6 net = Network6.WithLan();
        Client6 client = net.NewClient();
        client.LinkLocal = Ipv6.Parse("2001:db8:1::10");
        Answer6 answer = client.Unicast(type, ServerIdOption(), IaNa(1, "2001:db8:1::10"));

        Assert.Equal((MessageType6.Reply, StatusCode6.UseMulticast), (answer.Sent, answer.Status));
        Assert.Equal([1, 2, 13], answer.Codes.Select(static code => (int)code));
        Assert.Empty(answer.Changes);
    }

    [Fact]
    public void Unicast_is_served_from_the_same_address_where_the_unicast_option_is_configured()
    {
        Network6 net = Network6.With($$"""{ "option-data": [ { "name": "unicast", "data": "2001:db8:1::1" } ], "subnet6": [ {{Network6.Lan}} ] }""");
        Client6 client = net.NewClient();
        client.Sarr();
        client.LinkLocal = Ipv6.Parse("2001:db8:1::10");
        Answer6 answer = client.Unicast(MessageType6.Renew, ServerIdOption(), IaNa(1, "2001:db8:1::10"));
        Assert.Equal(["2001:db8:1::10"], answer.Addresses());
        Assert.Equal((Network6.ServerAddress, Ipv6.Parse("2001:db8:1::10")), (answer.Destination.Source, answer.Destination.Address));
    }
}
