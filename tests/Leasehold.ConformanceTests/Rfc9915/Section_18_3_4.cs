using Leasehold.Leases;
using Leasehold.Protocol.V6;
using static Leasehold.ConformanceTests.Client6;

namespace Leasehold.ConformanceTests.Rfc9915;

/// <summary>RFC 9915 §18.3.4: RENEW.</summary>
public class Rfc9915_Section_18_3_4
{
    /// <summary>"If the server finds the client entry for the IA, the server sends the IA back to the client with new lifetimes".</summary>
    [Fact]
    public void Lease_is_prolonged_from_now()
    {
        Network6 net = Network6.WithLan();
        Client6 client = net.NewClient();
        client.Sarr();
        net.Pass(3600);
        Answer6 answer = client.Renew(IaNa(1, "2001:db8:1::10"));

        Assert.Equal(["2001:db8:1::10"], answer.Addresses());
        Assert.Equal("Commit 2001:db8:1::10/128", Assert.Single(answer.Changes).ToString());
        Assert.True(net.Leases.TryGet(LeaseType6.NonTemporary, Leasehold.Protocol.Ipv6.Parse("2001:db8:1::10"), out Lease6 lease));
        Assert.Equal(net.Now.Seconds + 7200, lease.Expire.Seconds);
    }

    [Fact]
    public void All_leases_of_an_association_are_prolonged_also_those_that_the_client_forgot_to_name()
    {
        Network6 net = Network6.WithLan();
        Client6 client = net.NewClient();
        client.Request(IaNa(1, "2001:db8:1::15", "2001:db8:1::17"));
        Answer6 answer = client.Renew(IaNa(1, "2001:db8:1::15"));

        Assert.Equal(["2001:db8:1::15", "2001:db8:1::17"], answer.Addresses().Order());
    }

    /// <summary>"If the server finds that any of the addresses in the IA are not appropriate for the link […], the server returns the address to the client with lifetimes of 0."</summary>
    [Fact]
    public void Address_that_the_client_does_not_have_comes_back_with_lifetimes_of_zero()
    {
        Network6 net = Network6.WithLan();
        Client6 client = net.NewClient(1);
        client.Sarr();
        net.NewClient(2).Sarr();
        Answer6 answer = client.Renew(IaNa(1, "2001:db8:1::10", "2001:db8:1::11", "2001:db8:9::1"));

        Assert.Equal(["2001:db8:1::10"], answer.Addresses());
        Assert.Equal(["2001:db8:1::11", "2001:db8:9::1"], answer.Lost());
        Assert.Single(answer.Changes);
        Assert.Equal(LeaseState.Assigned, net.StateOf("2001:db8:1::11"));
    }

    /// <summary>"If the server is configured to create new bindings as a result of processing Renew messages, the server SHOULD create a binding".</summary>
    [Fact]
    public void Association_that_is_not_known_gets_what_it_names_if_it_is_free()
    {
        Network6 net = Network6.WithLan();
        Answer6 answer = net.NewClient().Renew(IaNa(1, "2001:db8:1::15"), IaPd(1, "2001:db8:8000:500::/56"));

        Assert.Equal(["2001:db8:1::15"], answer.Addresses());
        Assert.Equal(["2001:db8:8000:500::/56"], answer.Prefixes());
    }

    [Fact]
    public void New_association_beside_a_known_one_gets_a_prefix()
    {
        Network6 net = Network6.WithLan();
        Client6 client = net.NewClient();
        client.Sarr();
        Answer6 answer = client.Renew(IaNa(1, "2001:db8:1::10"), IaPd(9));
        Assert.Equal(["2001:db8:8000::/56"], answer.Prefixes(9));
    }

    [Fact]
    public void Lease_that_was_over_is_given_again_to_the_client_that_still_uses_it()
    {
        Network6 net = Network6.WithLan();
        Client6 client = net.NewClient();
        client.Request(IaNa(1, "2001:db8:1::15"));
        net.Pass(7300);
        Assert.Equal(LeaseState.ExpiredReclaimed, net.StateOf("2001:db8:1::15"));
        Assert.Equal(["2001:db8:1::15"], client.Renew(IaNa(1)).Addresses());
    }

    [Fact]
    public void Lease_out_of_a_pool_that_was_taken_away_is_replaced()
    {
        Network6 net = Network6.WithLan();
        Client6 client = net.NewClient();
        client.Sarr();
        net.Reload("""{ "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0", "pools": [ { "pool": "2001:db8:1::40-2001:db8:1::4f" } ] } ] }""");
        Answer6 answer = client.Renew(IaNa(1, "2001:db8:1::10"));

        Assert.Equal(["2001:db8:1::40"], answer.Addresses());
        Assert.Equal(["2001:db8:1::10"], answer.Lost());
        Assert.Equal(["Commit 2001:db8:1::40/128", "Release 2001:db8:1::10/128"], answer.Changes.Select(static c => c.ToString()));
    }

    [Fact]
    public void Nothing_to_give_instead_is_a_status_beside_the_lost_address()
    {
        Network6 net = Network6.WithLan();
        Client6 client = net.NewClient();
        client.Sarr();
        net.Reload("""{ "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0" } ] }""");
        Answer6 answer = client.Renew(IaNa(1, "2001:db8:1::10"));
        Assert.Equal(["2001:db8:1::10"], answer.Lost());
        Assert.Equal(StatusCode6.NoAddrsAvail, answer.StatusOfNa(1));
    }

    [Fact]
    public void Advertise_does_not_end_a_lease_that_a_renewal_would_end()
    {
        Network6 net = Network6.WithLan();
        Client6 client = net.NewClient();
        client.Sarr();
        net.Reload("""{ "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0", "pools": [ { "pool": "2001:db8:1::40-2001:db8:1::4f" } ] } ] }""");
        Assert.Equal(["2001:db8:1::40"], client.Solicit(IaNa(1)).Addresses());
        Assert.Equal(LeaseState.Assigned, net.StateOf("2001:db8:1::10"));
    }
}
