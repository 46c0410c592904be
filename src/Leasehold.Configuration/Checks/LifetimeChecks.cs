using Leasehold.Configuration.Model;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Checks;

/// <summary>Lease times and timers, as they hold at each level.</summary>
internal static class LifetimeChecks
{
    public static IEnumerable<ConfigDiagnostic> Run(Dhcp4Config config)
    {
        Parameters4 global = config.Parameters.Over(Parameters4.Default);
        foreach (ConfigDiagnostic diagnostic in Level(config.Parameters, global, config.Origin)) yield return diagnostic;
        foreach (Subnet4 subnet in config.AllSubnets)
        {
            foreach (ConfigDiagnostic diagnostic in Level(subnet.Parameters, subnet.Parameters.Over(global), subnet.Origin)) yield return diagnostic;
        }
    }

    /// <param name="given">What the level itself says; a level that says nothing repeats no complaint of an outer one.</param>
    /// <param name="holds">What holds there.</param>
    private static IEnumerable<ConfigDiagnostic> Level(Parameters4 given, Parameters4 holds, Origin origin)
    {
        if (given.ValidLifetime is { } valid)
        {
            Lifetime least = given.MinValidLifetime ?? valid;
            Lifetime most = given.MaxValidLifetime ?? valid;
            if (least > valid)
                yield return new(
                    origin.Of("min-valid-lifetime"),
                    $"min-valid-lifetime {least} is more than valid-lifetime {valid}",
                    "write min <= valid <= max");
            if (most < valid)
                yield return new(
                    origin.Of("max-valid-lifetime"),
                    $"max-valid-lifetime {most} is less than valid-lifetime {valid}",
                    "write min <= valid <= max");
            if (valid.Seconds == 0)
                yield return new(
                    origin.Of("valid-lifetime"),
                    "a lease of 0 seconds has ended before the client has it",
                    "write the seconds that a lease lasts");
        }

        if (given.RandomMacLifetime is { Seconds: 0 })
            yield return new(
                origin.Of("random-mac-lifetime"),
                "a lease of 0 seconds has ended before the client has it",
                "write the seconds that the first lease lasts, or remove the key");

        if ((given.T1Percent ?? given.T2Percent) is not null && holds.T1Percent >= holds.T2Percent)
            yield return new(
                origin.Of(given.T1Percent is null ? "t2-percent" : "t1-percent"),
                $"t1-percent {holds.T1Percent} is not less than t2-percent {holds.T2Percent}",
                "a client renews before it asks any server: write t1 < t2");

        // Each pair is compared where one of the two is given.
        if ((given.RenewTimer ?? given.RebindTimer) is not null && holds is { RenewTimer: { } t1, RebindTimer: { } t2 } && t1 >= t2)
            yield return Timer(
                origin,
                given.RenewTimer is null ? "rebind-timer" : "renew-timer",
                $"renew-timer {t1} is not less than rebind-timer {t2}");
        if ((given.RebindTimer ?? given.ValidLifetime) is not null
            && holds is { RebindTimer: { } rebind, ValidLifetime: { } lasts } && rebind >= lasts)
            yield return Timer(
                origin,
                given.RebindTimer is null ? "valid-lifetime" : "rebind-timer",
                $"rebind-timer {rebind} is not less than valid-lifetime {lasts}");
        if ((given.RenewTimer ?? given.ValidLifetime) is not null
            && holds is { RebindTimer: null, RenewTimer: { } renew, ValidLifetime: { } lease } && renew >= lease)
            yield return Timer(
                origin,
                given.RenewTimer is null ? "valid-lifetime" : "renew-timer",
                $"renew-timer {renew} is not less than valid-lifetime {lease}");
    }

    private static ConfigDiagnostic Timer(Origin origin, string key, string message) =>
        ConfigDiagnostic.Warning(
            origin.Of(key),
            message + ", so it is not sent and clients choose for themselves",
            "write renew-timer < rebind-timer < valid-lifetime");
}
