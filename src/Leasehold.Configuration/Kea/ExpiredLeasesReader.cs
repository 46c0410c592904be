using Leasehold.Configuration.Model;

namespace Leasehold.Configuration.Kea;

/// <summary>"expired-leases-processing".</summary>
internal static class ExpiredLeasesReader
{
    // Kea keeps these in 16 or 32 bits; a larger value is a mistake there and here.
    private const uint Most16 = 65535;

    /// <summary>The keys of the map.</summary>
    public static readonly KeyTable<ExpiredLeasesConfig> Keys = new("\"expired-leases-processing\"")
    {
        {
            "reclaim-timer-wait-time", "Seconds between two passes over ended leases, 0 for no passes. Default 10.",
            static (e, v, r) => e with { ReclaimTimerWaitTime = r.UInt32(v, 0, Most16) ?? 0 }
        },
        {
            "max-reclaim-leases", "Leases a pass handles at most, 0 for no limit. Default 100.",
            static (e, v, r) => e with { MaxReclaimLeases = r.UInt32(v) ?? 0 }
        },
        {
            "max-reclaim-time", "Milliseconds a pass may take, 0 for no limit. Default 250.",
            static (e, v, r) => e with { MaxReclaimTime = r.UInt32(v, 0, Most16) ?? 0 }
        },
        {
            "hold-reclaimed-time", "Seconds an ended lease is remembered for its client. Default 3600.",
            static (e, v, r) => e with { HoldReclaimedTime = r.Seconds(v) ?? default }
        },
        {
            "flush-reclaimed-timer-wait-time", "Seconds between two removals of what was remembered long enough, 0 for none. Default 25.",
            static (e, v, r) => e with { FlushReclaimedTimerWaitTime = r.UInt32(v, 0, Most16) ?? 0 }
        },
        {
            "unwarned-reclaim-cycles", "Passes in a row that may leave work before a warning. Default 5.",
            static (e, v, r) => e with { UnwarnedReclaimCycles = r.UInt32(v, 0, Most16) ?? 0 }
        },
    };
}
