namespace Leasehold.ConformanceTests.Allocation;

/// <summary>Short configurations for tests of allocation.</summary>
internal static class Serving
{
    /// <summary>192.0.2.0/24 with the pool .10 to .14; the texts go before the closing brackets of the subnet and of the global map.</summary>
    public static Network Lan(string subnet = "", string global = "", string pool = "192.0.2.10 - 192.0.2.14") => Network.With(
        $$"""
        {
            "interfaces-config": { "interfaces": [ "eth0" ] }{{Comma(global)}},
            "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "{{pool}}" } ]{{Comma(subnet)}} } ]
        }
        """);

    /// <summary>A client with a number; its hardware address is locally administered, as 02 says.</summary>
    public static Client Nth(Network network, int number) => network.NewClient($"02:00:5e:10:{number >> 8:x2}:{number & 255:x2}");

    /// <summary>A client with a hardware address that a manufacturer gave.</summary>
    public static Client Burned(Network network, int number = 1) => network.NewClient($"00:00:5e:10:{number >> 8:x2}:{number & 255:x2}");

    private static string Comma(string text) => text.Length == 0 ? "" : ", " + text;
}
