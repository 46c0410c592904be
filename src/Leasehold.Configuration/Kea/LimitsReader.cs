using System.Globalization;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;

namespace Leasehold.Configuration.Kea;

/// <summary>"limits" in the user context of a class or subnet, and limits of rates elsewhere.</summary>
/// <remarks>A user context belongs to whoever wrote it: it is read only where the feature's library is named.</remarks>
internal static class LimitsReader
{
    /// <summary>The library of the feature.</summary>
    public const string Library = "libdhcp_limits.so";

    private const string RateRemedy = "write it as \"10 packets per second\"; second, minute, hour, day, week, month and year are known";

    private static readonly (string Name, uint Seconds)[] Units =
    [
        ("second", 1), ("minute", 60), ("hour", 3600), ("day", 86400), ("week", 604800), ("month", 2592000), ("year", 31536000),
    ];

    private static readonly KeyTable<Limits> Keys = Build();

    /// <summary>The limits of a map's user context; null where there are none.</summary>
    public static Limits? Of(ConfigMap map, Reading reading)
    {
        if (!reading.Names(Library) || map.Find("user-context") is not ConfigMap context || context.Find("limits") is not { } limits) return null;
        return reading.Map(limits) is { } inner ? Keys.Read(new Limits(), inner, reading) : null;
    }

    /// <summary>"10 packets per second".</summary>
    public static RateLimit? Rate(ConfigNode value, Reading reading)
    {
        if (reading.Text(value) is not { } text) return null;
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is [var count, "packet" or "packets" or "client" or "clients", "per", var unit]
            && uint.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out uint most))
        {
            foreach ((string name, uint seconds) in Units)
            {
                if (name == unit) return new(most, seconds);
            }
        }

        reading.Error(value.Position, $"\"{text}\" is not a rate", RateRemedy);
        return null;
    }

    private static KeyTable<Limits> Build()
    {
        KeyTable<Limits> keys = new("\"limits\"")
        {
            { "address-limit", "Leases at one time, 0 for none.", static (l, v, r) => l with { AddressLimit = r.UInt32(v) } },
            { "rate-limit", "Packets that are answered, as \"10 packets per second\".", static (l, v, r) => l with { Rate = Rate(v, r) } },
        };
        keys.AddWithoutEffect("prefix-limit", "prefixes are delegated by DHCPv6 only");
        return keys;
    }
}
