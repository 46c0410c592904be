namespace Leasehold.ConformanceTests.Classes;

/// <summary>Classes that ask for other classes, and when each is known.</summary>
public class MemberTests
{
    private static Network Serving(string classes, string reservations = "", string pool = "") => Network.With(
        $$"""
        {
            "interfaces-config": { "interfaces": [ "eth0" ] }, "client-classes": [ {{classes}} ],
            "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10 - 192.0.2.20"{{pool}} } ],
                "reservations": [ {{reservations}} ] } ]
        }
        """);

    private static string? Domain(Network network, string extra = "", string mac = "02:00:5e:40:00:01")
    {
        Client client = network.NewClient(mac);
        client.Extra = extra;
        return client.Discover().Hex(15);
    }

    private static string Named(string name, string test, char domain) =>
        $$"""{ "name": "{{name}}", "test": "{{test}}", "option-data": [ { "name": "domain-name", "data": "{{domain}}" } ] }""";

    [Fact]
    public void Class_may_ask_for_one_before_it()
    {
        var network = Serving("""{ "name": "a", "test": "option[60].exists" }, """ + Named("b", "member('a') and not member('UNKNOWN')", 'b'), """{ "hw-address": "02:00:5e:40:00:01" }""");
        Assert.Equal("62", Domain(network, "3c 01 41"));
        Assert.Null(Domain(network));
        Assert.Null(Domain(network, "3c 01 41", "02:00:5e:40:00:02"));
    }

    [Theory]
    [InlineData("ALL", "02:00:5e:40:00:02", true)]
    [InlineData("KNOWN", "02:00:5e:40:00:01", true)]
    [InlineData("KNOWN", "02:00:5e:40:00:02", false)]
    [InlineData("UNKNOWN", "02:00:5e:40:00:01", false)]
    [InlineData("UNKNOWN", "02:00:5e:40:00:02", true)]
    [InlineData("BOOTP", "02:00:5e:40:00:02", false)]
    public void Built_in_classes_are_known(string asked, string mac, bool isMember)
    {
        var network = Serving(Named("x", $"member('{asked}')", 'x'), """{ "hw-address": "02:00:5e:40:00:01" }""");
        Assert.Equal(isMember ? "78" : null, Domain(network, mac: mac));
    }

    [Fact]
    public void Class_of_a_reservation_can_be_asked_for()
    {
        var network = Serving(Named("x", "member('vip')", 'x'), """{ "hw-address": "02:00:5e:40:00:01", "client-classes": [ "vip" ] }""");
        Assert.Equal("78", Domain(network));
        Assert.Null(Domain(network, mac: "02:00:5e:40:00:02"));
    }

    [Fact]
    public void Vendor_class_can_be_asked_for()
    {
        var network = Serving(Named("x", "member('VENDOR_CLASS_fax')", 'x'));
        Assert.Equal("78", Domain(network, "3c 03 66 61 78"));
        Assert.Null(Domain(network, "3c 03 66 61 79"));
    }

    [Fact]
    public void Spawned_class_can_be_asked_for()
    {
        var network = Serving("""{ "name": "t", "template-test": "substring(option[60].hex, 0, 2)" }, """ + Named("x", "member('SPAWN_t_fa') and member('t')", 'x'));
        Assert.Equal("78", Domain(network, "3c 03 66 61 78"));
        Assert.Null(Domain(network, "3c 03 66 62 78"));
    }

    [Fact]
    public void Cable_modem_is_in_the_class_of_its_standard()
    {
        var network = Serving(Named("x", "member('VENDOR_CLASS_docsis3.0')", 'x'));
        Assert.Equal("78", Domain(network, "3c 0d 64 6f 63 73 69 73 33 2e 30 3a 61 62 63"));
    }
}
