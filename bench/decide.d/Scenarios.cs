using System.Globalization;
using System.Text;
using Leasehold.Protocol;

namespace Leasehold.DecideBench;

/// <summary>What is compared.</summary>
internal static class Scenarios
{
    private const int Reservations = 100_000;
    private const int Subnets = 10_000;
    private const int Classes = 200;
    private const ulong Strangers = 0x0200_0000_0000;
    private const ulong OwnersStart = 0x0a00_0000_0000;

    // Coprime to both numbers above: neighbours in time are no neighbours in memory.
    private const int Stride = 7919;

    private static readonly Ipv4 Relay = Ipv4.Parse("10.0.0.1");
    private static readonly Ipv4 First = Ipv4.Parse("10.0.0.2");
    private static readonly Ipv4 Last = Ipv4.Parse("10.15.255.254");

    public static Scenario Empty() => new("1 subnet, a million addresses, all free", Dhcp4(OneSubnet("")), Stranger, held: []);

    public static Scenario AlmostFull() => new("the pool 99.9 % full", Dhcp4(OneSubnet("")), Stranger, Held());

    public static Scenario StrangersAmongReservations() =>
        new("100,000 reservations, clients without", Dhcp4(OneSubnet(Reserved())), Stranger, held: []);

    public static Scenario Owners() =>
        new("100,000 reservations, clients with one", Dhcp4(OneSubnet(Reserved())), static number => (OwnersStart + Scattered(number, Reservations), Relay), held: []);

    public static Scenario ManySubnets() => new("10,000 subnets, clients in all of them", Dhcp4(AllSubnets()), AnySubnet, held: []);

    public static Scenario ManyClasses() => new("200 classes, each by an expression", Dhcp4(OneSubnet(""), ClassList()), Stranger, held: []);

    private static (ulong Mac, Ipv4 Giaddr) Stranger(int number) => (Strangers + (ulong)number, Relay);

    private static (ulong Mac, Ipv4 Giaddr) AnySubnet(int number) =>
        (Strangers + (ulong)number, new(Relay.Value + (uint)(Scattered(number, Subnets) << 8)));

    private static ulong Scattered(int number, int count) => (ulong)((long)number * Stride % count);

    /// <summary>All but every thousandth address.</summary>
    private static IEnumerable<Ipv4> Held()
    {
        for (uint address = First.Value; address <= Last.Value; address++)
        {
            if (address % 1000 != 0) yield return new(address);
        }
    }

    private static string Dhcp4(string subnets, string classes = "") =>
        $$"""
        {
          "interfaces-config": { "interfaces": [ "eth0" ] }, "valid-lifetime": 3600, "renew-timer": 900, "rebind-timer": 1800,
          "option-data": [ { "name": "domain-name-servers", "data": "192.0.2.53, 192.0.2.54" }, { "name": "domain-name", "data": "example.org" } ],
          "client-classes": [ {{classes}} ], "subnet4": [ {{subnets}} ]
        }
        """;

    private static string OneSubnet(string reservations) =>
        $$"""
        {
          "id": 1, "subnet": "10.0.0.0/12", "pools": [ { "pool": "{{First}} - {{Last}}" } ],
          "option-data": [ { "name": "routers", "data": "10.0.0.1" } ], "reservations": [ {{reservations}} ]
        }
        """;

    private static string Reserved()
    {
        StringBuilder text = new();
        for (uint i = 0; i < Reservations; i++)
        {
            string mac = (OwnersStart + i).ToString("x12", CultureInfo.InvariantCulture);
            Append(text, $$"""{ "hw-address": "{{mac}}", "ip-address": "{{new Ipv4(First.Value + 500_000 + i)}}", "hostname": "host-{{i}}" }""");
        }

        return text.ToString();
    }

    private static string AllSubnets()
    {
        StringBuilder text = new();
        for (uint i = 0; i < Subnets; i++)
        {
            uint network = (Relay.Value & ~0xffu) + (i << 8);
            Append(text, $$"""
                {
                  "id": {{i + 1}}, "subnet": "{{new Ipv4(network)}}/24", "pools": [ { "pool": "{{new Ipv4(network + 10)}} - {{new Ipv4(network + 250)}}" } ],
                  "option-data": [ { "name": "routers", "data": "{{new Ipv4(network + 1)}}" } ]
                }
                """);
        }

        return text.ToString();
    }

    /// <summary>One in ten holds for these clients.</summary>
    private static string ClassList()
    {
        StringBuilder text = new();
        for (int i = 0; i < Classes; i++)
        {
            string wanted = i % 10 == 0 ? "MSFT" : $"m{i:D3}";
            Append(text, $$"""{ "name": "class-{{i}}", "test": "substring(option[60].hex, 0, 4) == '{{wanted}}'" }""");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string element) => text.Append(text.Length == 0 ? "" : ", ").Append(element);
}
