using Leasehold.Configuration.Model;

namespace Leasehold.Configuration.Kea;

/// <summary>"sanity-checks".</summary>
internal static class SanityChecksReader
{
    /// <summary>The keys of the map.</summary>
    public static readonly KeyTable<SanityChecks> Keys = new("\"sanity-checks\"")
    {
        {
            "lease-checks", "Leases of the file whose subnet id does not belong to their address: none, warn (default), fix, fix-del (drop what cannot be fixed) or del.",
            static (s, v, r) => r.OneOf(
                v,
                ("none", LeaseChecks.None), ("warn", LeaseChecks.Warn), ("fix", LeaseChecks.Fix),
                ("fix-del", LeaseChecks.FixDelete), ("del", LeaseChecks.Delete)) is { } checks
                ? s with { Leases = checks }
                : s
        },
        {
            "extended-info-checks", "What leases of the file say of relays: none, fix (default: older forms are renewed), strict or pedantic.",
            static (s, v, r) => r.OneOf(
                v,
                ("none", ExtendedInfoChecks.None), ("fix", ExtendedInfoChecks.Fix),
                ("strict", ExtendedInfoChecks.Strict), ("pedantic", ExtendedInfoChecks.Pedantic)) is { } checks
                ? s with { ExtendedInfo = checks }
                : s
        },
    };
}
