namespace Leasehold.ConformanceTests.Classes;

/// <summary>What classes give to their clients, and which value wins.</summary>
public class ClassValueTests
{
    private const string Phone = "3c 05 70 68 6f 6e 65";

    /// <summary>A subnet with a pool; the text goes before its closing bracket.</summary>
    private static string Subnet(string more = "", string pool = "") =>
        $$""" "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10 - 192.0.2.20"{{pool}} } ]{{more}} } ] """;

    private static Network Serving(string classes, string rest) => Network.With(
        $$"""
        { "interfaces-config": { "interfaces": [ "eth0" ] }, "valid-lifetime": 1000, "client-classes": [ {{classes}} ], {{rest}} }
        """);

    private static Answer Dora(Network network, string extra = Phone, string mac = "02:00:5e:30:00:01")
    {
        Client client = network.NewClient(mac);
        client.Extra = extra;
        return client.Dora();
    }

    private static string Router(byte last) => $$""", "option-data": [ { "name": "routers", "data": "192.0.2.{{last}}" } ] """;

    [Fact]
    public void Options_of_a_class_reach_its_clients_only()
    {
        var network = Serving($$"""{ "name": "phones", "test": "option[60].hex == 'phone'"{{Router(7)}} }""", Subnet());
        Assert.Equal("C0 00 02 07", Dora(network).Hex(3));
        Assert.Null(Dora(network, extra: "", "02:00:5e:30:00:02").Hex(3));
    }

    [Fact]
    public void Class_hides_the_global_value()
    {
        var network = Serving($$"""{ "name": "phones", "test": "option[60].exists"{{Router(7)}} }""", $"{Router(1)[2..]}, {Subnet()}");
        Assert.Equal("C0 00 02 07", Dora(network).Hex(3));
        Assert.Equal("C0 00 02 01", Dora(network, extra: "", "02:00:5e:30:00:02").Hex(3));
    }

    [Theory]
    [InlineData(4, 5, 6, "C0 00 02 06")]
    [InlineData(4, 5, 0, "C0 00 02 05")]
    [InlineData(4, 0, 0, "C0 00 02 04")]
    [InlineData(0, 0, 0, "C0 00 02 07")]
    public void Place_hides_the_class(byte network, byte subnet, byte pool, string expected)
    {
        string Level(byte last) => last == 0 ? "" : Router(last);
        string subnets = Subnet(Level(subnet), Level(pool));
        var server = Serving(
            $$"""{ "name": "phones", "test": "option[60].exists"{{Router(7)}} }""",
            $$""" "shared-networks": [ { "name": "n"{{Level(network)}}, {{subnets}} } ] """);
        Assert.Equal(expected, Dora(server).Hex(3));
    }

    [Fact]
    public void Reservation_hides_everything()
    {
        var network = Serving(
            $$"""{ "name": "phones", "test": "option[60].exists"{{Router(7)}} }""",
            Subnet($$"""{{Router(5)}}, "reservations": [ { "hw-address": "02:00:5e:30:00:01"{{Router(9)}} } ]"""));
        Assert.Equal("C0 00 02 09", Dora(network).Hex(3));
    }

    [Fact]
    public void First_class_wins()
    {
        var network = Serving(
            $$"""{ "name": "a", "test": "option[60].exists"{{Router(7)}} }, { "name": "b", "test": "option[60].exists"{{Router(8)}} }""",
            Subnet());
        Assert.Equal("C0 00 02 07", Dora(network).Hex(3));
    }

    [Fact]
    public void Lifetimes_and_boot_fields_of_a_class_come_before_the_subnets()
    {
        var network = Serving(
            """
            { "name": "phones", "test": "option[60].exists", "valid-lifetime": 300, "min-valid-lifetime": 200, "max-valid-lifetime": 400,
              "next-server": "192.0.2.99", "server-hostname": "boot", "boot-file-name": "phone.bin" }
            """,
            Subnet(""", "valid-lifetime": 5000, "next-server": "192.0.2.50", "boot-file-name": "other.bin" """));
        Answer phone = Dora(network);
        Assert.Equal("00 00 01 2C", phone.Hex(51));
        Assert.Equal("192.0.2.99", phone.Siaddr.ToString());
        Assert.Equal("phone.bin", phone.File);
        Assert.Equal("boot", phone.Sname);
        Assert.Equal("00 00 01 90", Dora(network, $"{Phone} 33 04 00 00 ff ff", "02:00:5e:30:00:05").Hex(51));

        Answer other = Dora(network, extra: "", "02:00:5e:30:00:02");
        Assert.Equal("00 00 13 88", other.Hex(51));
        Assert.Equal("192.0.2.50", other.Siaddr.ToString());
        Assert.Equal("other.bin", other.File);
    }

    [Fact]
    public void Reservation_fields_come_before_a_classs()
    {
        var network = Serving(
            """{ "name": "phones", "test": "option[60].exists", "next-server": "192.0.2.99", "boot-file-name": "phone.bin" }""",
            Subnet(""", "reservations": [ { "hw-address": "02:00:5e:30:00:01", "boot-file-name": "mine.bin" } ]"""));
        Answer phone = Dora(network);
        Assert.Equal("mine.bin", phone.File);
        Assert.Equal("192.0.2.99", phone.Siaddr.ToString());
    }

    [Fact]
    public void Option_for_a_class_is_chosen_among_values_of_one_level()
    {
        var network = Serving(
            """{ "name": "phones", "test": "option[60].exists" }""",
            Subnet(
                """
                , "option-data": [
                    { "name": "routers", "data": "192.0.2.3", "client-classes": [ "phones" ] },
                    { "name": "routers", "data": "192.0.2.4" } ]
                """));
        Assert.Equal("C0 00 02 03", Dora(network).Hex(3));
        Assert.Equal("C0 00 02 04", Dora(network, extra: "", "02:00:5e:30:00:02").Hex(3));
    }

    [Theory]
    [InlineData("evaluate-additional-classes", "only-in-additional-list")]
    [InlineData("require-client-classes", "only-if-required")]
    public void Additional_class_counts_only_where_it_is_asked_for(string list, string mark)
    {
        string late = $$"""{ "name": "late", "test": "option[60].exists", "{{mark}}": true{{Router(7)}} }""";
        Assert.Null(Dora(Serving(late, Subnet())).Hex(3));
        Assert.Equal("C0 00 02 07", Dora(Serving(late, Subnet($$""", "{{list}}": [ "late" ]"""))).Hex(3));
        Assert.Equal("C0 00 02 07", Dora(Serving(late, Subnet(pool: $$""", "{{list}}": [ "late" ]"""))).Hex(3));
        Assert.Null(Dora(Serving(late, Subnet($$""", "{{list}}": [ "late" ]""")), extra: "").Hex(3));
    }

    [Fact]
    public void Additional_class_without_a_test_is_for_everybody_there() =>
        Assert.Equal("C0 00 02 07", Dora(Serving($$"""{ "name": "late"{{Router(7)}} }""", Subnet(""", "evaluate-additional-classes": [ "late" ]"""))).Hex(3));

    [Fact]
    public void Template_makes_a_class_of_each_value()
    {
        var network = Serving(
            $$"""
            { "name": "by-vendor", "template-test": "option[60].hex"{{Router(6)}} },
            { "name": "SPAWN_by-vendor_phone"{{Router(7)}} }
            """,
            Subnet());
        Assert.Equal("C0 00 02 07", Dora(network).Hex(3));
        Assert.Equal("C0 00 02 06", Dora(network, "3c 03 66 61 78", "02:00:5e:30:00:02").Hex(3));
        Assert.Null(Dora(network, extra: "", "02:00:5e:30:00:03").Hex(3));
    }

    [Fact]
    public void Kinds_beyond_the_memory_of_joined_options_are_joined_again()
    {
        var network = Serving(
            $$"""{ "name": "a", "test": "option[60].exists"{{Router(7)}} }, { "name": "b", "test": "option[77].exists", "option-data": [ { "name": "domain-name", "data": "b" } ] }""",
            Subnet());
        for (int round = 0; round < 3; round++)
        {
            Assert.Equal("C0 00 02 07", Dora(network, Phone, "02:00:5e:30:00:01").Hex(3));
            Answer both = Dora(network, $"{Phone} 4d 02 01 41", "02:00:5e:30:00:02");
            Assert.Equal(("C0 00 02 07", "62"), (both.Hex(3), both.Hex(15)));
        }
    }
}
