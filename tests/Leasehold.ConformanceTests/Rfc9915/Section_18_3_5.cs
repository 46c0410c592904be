using Leasehold.Engine.V6;
using Leasehold.Leases;
using Leasehold.Protocol.V6;
using static Leasehold.ConformanceTests.Client6;

namespace Leasehold.ConformanceTests.Rfc9915;

/// <summary>RFC 9915 §18.3.5: REBIND, and §18.3.3: CONFIRM. Both go to every server.</summary>
public class Rfc9915_Section_18_3_5
{
    [Fact]
    public void Lease_is_prolonged()
    {
        Network6 net = Network6.WithLan();
        Client6 client = net.NewClient();
        client.Sarr();
        client.Delegate(2);
        net.Pass(5000);
        Answer6 answer = client.Rebind(IaNa(1, "2001:db8:1::10"), IaPd(2, "2001:db8:8000::/56"));
        Assert.Equal(["2001:db8:1::10"], answer.Addresses());
        Assert.Equal(["2001:db8:8000::/56"], answer.Prefixes(2));
    }

    /// <summary>"… the server MAY send a Reply message to the client containing the client's IA, with the lifetimes for the addresses in the IA set to 0."</summary>
    [Fact]
    public void Address_of_another_link_is_taken_away()
    {
        Answer6 answer = Network6.WithLan().NewClient().Rebind(IaNa(1, "2001:db8:9::1"));
        Assert.Equal(["2001:db8:9::1"], answer.Lost());
        Assert.Equal(["2001:db8:1::10"], answer.Addresses());
    }

    [Fact]
    public void Lease_of_another_server_on_the_link_is_left_to_it()
    {
        Network6 net = Network6.WithLan();
        Client6 client = net.NewClient();
        Assert.Equal(DropReason6.UnknownBinding, client.Rebind(IaNa(1, "2001:db8:1::99")).Drop);
        Assert.Equal(DropReason6.UnknownBinding, client.Rebind(IaPd(1, "2001:db8:7000::/56")).Drop);
        Assert.Equal(0, net.Leases.Count);
    }

    [Fact]
    public void Lease_of_another_server_is_left_out_of_the_answer_for_the_rest()
    {
        Network6 net = Network6.WithLan();
        Client6 client = net.NewClient();
        client.Sarr();
        Answer6 answer = client.Rebind(IaNa(1, "2001:db8:1::10"), IaNa(2, "2001:db8:1::99"));
        Assert.Equal((true, false), (answer.HasAssociation(3, 1), answer.HasAssociation(3, 2)));
    }

    [Fact]
    public void Lease_that_this_server_lost_is_given_again()
    {
        Network6 net = Network6.WithLan();
        Assert.Equal(["2001:db8:1::15"], net.NewClient().Rebind(IaNa(1, "2001:db8:1::15")).Addresses());
        Assert.Equal(LeaseState.Assigned, net.StateOf("2001:db8:1::15"));
    }

    /// <summary>§18.3.3: "If all of the addresses […] pass this test, the server returns a status of Success. If any of the addresses do not pass this test, the server returns a status of NotOnLink."</summary>
    [Theory]
    [InlineData("2001:db8:1::10", "2001:db8:1::4444", StatusCode6.Success)]
    [InlineData("2001:db8:1::10", "2001:db8:2::10", StatusCode6.NotOnLink)]
    public void Confirm_says_whether_addresses_fit_the_link(string first, string second, StatusCode6 status)
    {
        Answer6 answer = Network6.WithLan().NewClient().Confirm(IaNa(1, first), IaNa(2, second));
        Assert.Equal((MessageType6.Reply, status), (answer.Sent, answer.Status));
        Assert.Equal([1, 2, 13], answer.Codes.Select(static code => (int)code));
        Assert.Empty(answer.Changes);
    }

    /// <summary>§18.3.3: "… if there were no addresses in any of the IAs sent by the client, the server MUST NOT send a Reply to the client."</summary>
    [Fact]
    public void Confirm_without_an_address_is_not_answered()
    {
        Client6 client = Network6.WithLan().NewClient();
        Assert.Equal(DropReason6.NothingToConfirm, client.Confirm(IaNa(1)).Drop);
        Assert.Equal(DropReason6.NothingToConfirm, client.Confirm(IaPd(1, "2001:db8:8000::/56")).Drop);
        Assert.Equal(DropReason6.NothingToConfirm, client.Confirm().Drop);
    }
}
