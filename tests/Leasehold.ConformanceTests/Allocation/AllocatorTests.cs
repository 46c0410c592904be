using Leasehold.Engine;
using Leasehold.Protocol;

namespace Leasehold.ConformanceTests.Allocation;

/// <summary>allocator: which free address comes next.</summary>
public class AllocatorTests
{
    private static string[] Given(Network network, int clients) =>
        [.. Enumerable.Range(1, clients).Select(n => Serving.Nth(network, n).Dora().Yiaddr.ToString())];

    [Fact]
    public void Iterative_goes_on_behind_the_last_address_that_was_given()
    {
        Network network = Serving.Lan();
        Client first = Serving.Nth(network, 1);
        first.Dora();
        Serving.Nth(network, 2).Dora();
        first.Release();
        Assert.Equal("192.0.2.12", Serving.Nth(network, 3).Dora().Yiaddr.ToString());
    }

    [Fact]
    public void Longest_free_gives_what_was_freed_first_when_all_were_used()
    {
        Network network = Serving.Lan(""" "allocator": "flq" """);
        Client[] clients = [.. Enumerable.Range(1, 5).Select(n => Serving.Nth(network, n))];
        foreach (Client client in clients) client.Dora();
        clients[3].Release();
        clients[1].Release();
        Assert.Equal(["192.0.2.13", "192.0.2.11"], [Serving.Nth(network, 6).Dora().Yiaddr.ToString(), Serving.Nth(network, 7).Dora().Yiaddr.ToString()]);
    }

    [Fact]
    public void Random_gives_every_address_once_and_in_no_order()
    {
        Network network = Serving.Lan(global: """ "allocator": "random" """, pool: "192.0.2.10 - 192.0.2.49");
        string[] given = Given(network, 40);
        Assert.Equal(40, given.Distinct().Count());
        Assert.NotEqual(given.Order(StringComparer.Ordinal), given);
        Assert.Equal(DropReason.NoFreeAddress, Serving.Nth(network, 41).Discover().Drop);
    }

    [Fact]
    public void Random_is_the_same_for_the_same_seed() => Assert.Equal(
        Given(Serving.Lan(""" "allocator": "random" """, pool: "192.0.2.10 - 192.0.2.49"), 20),
        Given(Serving.Lan(""" "allocator": "random" """, pool: "192.0.2.10 - 192.0.2.49"), 20));

    [Fact]
    public void Subnet_hides_the_network_and_the_network_the_global_value()
    {
        // Of two subnets without a word of their own, one is in a network that says "iterative".
        Network network = Network.With(
            """
            {
                "interfaces-config": { "interfaces": [ "eth0" ] }, "allocator": "random",
                "shared-networks": [ { "name": "n", "allocator": "flq", "subnet4": [
                    { "id": 1, "subnet": "192.0.2.0/24", "allocator": "iterative", "pools": [ { "pool": "192.0.2.10 - 192.0.2.11" } ] },
                    { "id": 2, "subnet": "198.51.100.0/24", "pools": [ { "pool": "198.51.100.10 - 198.51.100.11" } ] } ] } ]
            }
            """);
        Client[] clients = [.. Enumerable.Range(1, 4).Select(n => Serving.Nth(network, n))];
        foreach (Client client in clients) client.Dora();
        clients[3].Release();
        clients[2].Release();
        clients[1].Release();
        clients[0].Release();

        // Iterative begins again at .10, which was freed last; the longest free of the other subnet is the one that was freed first.
        string[] again = [.. Enumerable.Range(5, 4).Select(n => Serving.Nth(network, n).Dora().Yiaddr.ToString())];
        Assert.Equal(["192.0.2.10", "192.0.2.11", "198.51.100.11", "198.51.100.10"], again);
    }

    [Fact]
    public void Full_subnet_is_searched_again_when_an_address_of_it_is_freed()
    {
        Network network = Network.With(
            """
            {
                "interfaces-config": { "interfaces": [ "eth0" ] },
                "shared-networks": [ { "name": "n", "subnet4": [
                    { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10 - 192.0.2.10" }, { "pool": "192.0.2.20 - 192.0.2.20" } ] },
                    { "id": 2, "subnet": "198.51.100.0/24", "pools": [ { "pool": "198.51.100.10 - 198.51.100.12" } ] } ] } ]
            }
            """);
        Client second = Serving.Nth(network, 2);
        Serving.Nth(network, 1).Dora();
        second.Dora();
        Assert.Equal("198.51.100.10", Serving.Nth(network, 3).Dora().Yiaddr.ToString());
        second.Release();
        Assert.Equal("192.0.2.20", Serving.Nth(network, 4).Dora().Yiaddr.ToString());
        Assert.Equal("198.51.100.11", Serving.Nth(network, 5).Dora().Yiaddr.ToString());
        network.Pass(7201);
        Assert.Equal("192.0.2.10", Serving.Nth(network, 6).Dora().Yiaddr.ToString());
    }

    [Fact]
    public void Pools_for_other_classes_are_passed_over()
    {
        Network network = Network.With(
            """
            {
                "interfaces-config": { "interfaces": [ "eth0" ] },
                "client-classes": [ { "name": "phones", "test": "option[60].hex == 'phone'" } ],
                "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "allocator": "random", "pools": [
                    { "pool": "192.0.2.10 - 192.0.2.10", "client-class": "phones" },
                    { "pool": "192.0.2.20 - 192.0.2.20" },
                    { "pool": "192.0.2.30 - 192.0.2.30", "client-class": "phones" } ] } ]
            }
            """);
        Assert.Equal("192.0.2.20", Serving.Nth(network, 1).Dora().Yiaddr.ToString());
        Assert.Equal(DropReason.NoFreeAddress, Serving.Nth(network, 2).Discover().Drop);
        string[] phones = [.. Enumerable.Range(3, 2).Select(Phone)];
        Assert.Equal(["192.0.2.10", "192.0.2.30"], phones.Order(StringComparer.Ordinal));

        string Phone(int number)
        {
            Client phone = Serving.Nth(network, number);
            phone.Extra = "3c 05 70 68 6f 6e 65";
            return phone.Dora().Yiaddr.ToString();
        }
    }

    [Fact]
    public void Network_of_a_thousand_full_subnets_finds_the_one_that_has_room_again()
    {
        Network network = Network.With(
            $$"""
            {
                "interfaces-config": { "interfaces": [ "eth0" ] },
                "shared-networks": [ { "name": "n", "interface": "eth0", "subnet4": [ {{string.Join(", ", Enumerable.Range(0, 1000).Select(Small))}} ] } ]
            }
            """);
        for (int n = 1; n <= 1000; n++) Assert.Equal($"10.0.{(n - 1) >> 8}.{(n - 1) & 255}", Serving.Nth(network, n).Dora().Yiaddr.ToString());
        Assert.Equal(DropReason.NoFreeAddress, Serving.Nth(network, 1001).Discover().Drop);
        Serving.Nth(network, 700).Release("10.0.2.187");
        Assert.Equal(Ipv4.Parse("10.0.2.187"), Serving.Nth(network, 1002).Dora().Yiaddr);

        static string Small(int n) => $$"""{ "id": {{n + 1}}, "subnet": "10.0.{{n >> 8}}.{{n & 255}}/32", "pools": [ { "pool": "10.0.{{n >> 8}}.{{n & 255}}/32" } ] }""";
    }
}
