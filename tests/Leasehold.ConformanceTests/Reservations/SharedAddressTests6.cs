using static Leasehold.ConformanceTests.Client6;

namespace Leasehold.ConformanceTests.Reservations;

/// <summary>ip-reservations-unique false: one address and one prefix for several identifiers of one device.</summary>
public class SharedAddressTests6
{
    private static Network6 Device() => Network6.With(
        """
        { "ip-reservations-unique": false, "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0",
            "pools": [ { "pool": "2001:db8:1::10-2001:db8:1::1f" } ], "pd-pools": [ { "prefix": "2001:db8:8000::", "prefix-len": 40, "delegated-len": 56 } ],
            "reservations": [
              { "duid": "00:03:00:01:02:00:5e:10:00:0a", "ip-addresses": [ "2001:db8:1::11" ], "prefixes": [ "2001:db8:8000:100::/56" ], "hostname": "desk" },
              { "hw-address": "02:00:5e:10:00:0b", "ip-addresses": [ "2001:db8:1::11" ], "prefixes": [ "2001:db8:8000:100::/56" ], "hostname": "sofa" } ] } ] }
        """);

    [Theory]
    [InlineData(10, "desk")]
    [InlineData(11, "sofa")]
    public void Each_of_them_gets_it_with_what_its_own_reservation_says(int client, string hostname)
    {
        Answer6 reply = Device().NewClient(client).Request(IaNa(1), IaPd(1));
        Assert.Equal(["2001:db8:1::11"], reply.Addresses());
        Assert.Equal(["2001:db8:8000:100::/56"], reply.Prefixes());
        Assert.All(reply.Changes, change => Assert.Equal(hostname, change.Hostname));
    }

    [Fact]
    public void Nobody_else_gets_it()
    {
        Network6 net = Device();
        Answer6 other = net.NewClient(1).Request(IaNa(1, "2001:db8:1::11"), IaPd(1, "2001:db8:8000:100::/56"));
        Assert.Equal(["2001:db8:1::10"], other.Addresses());
        Assert.Equal(["2001:db8:8000::/56"], other.Prefixes());
    }

    [Fact]
    public void Holder_keeps_it_until_it_lets_it_go()
    {
        Network6 net = Device();
        Client6 desk = net.NewClient(10);
        Client6 sofa = net.NewClient(11);
        desk.Sarr();
        Assert.Equal(["2001:db8:1::10"], sofa.Sarr().Addresses());
        Assert.Equal(["2001:db8:1::11"], desk.Renew(IaNa(1, "2001:db8:1::11")).Addresses());
        Assert.Equal(["2001:db8:1::10"], sofa.Renew(IaNa(1, "2001:db8:1::10")).Addresses());

        desk.Release(IaNa(1, "2001:db8:1::11"));
        Answer6 moved = sofa.Renew(IaNa(1, "2001:db8:1::10"));
        Assert.Equal(["2001:db8:1::11"], moved.Addresses());
        Assert.Equal(["2001:db8:1::10"], moved.Lost());
    }
}
