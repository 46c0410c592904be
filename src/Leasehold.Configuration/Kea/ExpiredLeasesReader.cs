using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;

namespace Leasehold.Configuration.Kea;

/// <summary>"expired-leases-processing".</summary>
internal static class ExpiredLeasesReader
{
    // Kea keeps these in 16 bits; a larger value is a mistake there and here.
    private const uint Most16 = 65535;

    private const string NoPasses = "a lease ends at the second of its end, a few hundred between two batches of packets at most, so there are no passes to pace";

    /// <summary>The keys of the map.</summary>
    public static readonly KeyTable<ExpiredLeasesConfig> Keys = Build();

    private static KeyTable<ExpiredLeasesConfig> Build()
    {
        KeyTable<ExpiredLeasesConfig> keys = new("\"expired-leases-processing\"")
        {
            {
                "hold-reclaimed-time", "Seconds an ended lease is remembered for its client. Default 3600.",
                static (e, v, r) => e with { HoldReclaimedTime = r.Seconds(v) ?? default }
            },
            {
                "reclaim-timer-wait-time", "0: ended leases are remembered for good. Any other number is the same: leases end at the second of their end. Default 10.",
                static (e, v, r) => e with { Reclaims = r.UInt32(v, 0, Most16) != 0 }
            },
            {
                "flush-reclaimed-timer-wait-time", "0: ended leases are not remembered. Any other number is the same: they are forgotten at the second of hold-reclaimed-time. Default 25.",
                static (e, v, r) => e with { Remembers = r.UInt32(v, 0, Most16) != 0 }
            },
        };
        keys.AddWithoutEffect("max-reclaim-leases", NoPasses, Is("0", "100"));
        keys.AddWithoutEffect("max-reclaim-time", NoPasses, Is("0", "250"));
        keys.AddWithoutEffect("unwarned-reclaim-cycles", NoPasses, Is("5"));
        return keys;
    }

    /// <summary>The default, and what asks for no limit.</summary>
    private static Func<ConfigNode, bool> Is(params string[] digits) =>
        value => value is ConfigNumber number && digits.Contains(number.Digits, StringComparer.Ordinal);
}
