using Leasehold.Configuration.Model;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Checks;

/// <summary>Preferred and valid lifetimes and the timers of DHCPv6, as they hold at each level (RFC 8415 §21.4, §21.6).</summary>
internal static class LifetimeChecks6
{
    public static IEnumerable<ConfigDiagnostic> Run(Dhcp6Config config)
    {
        Parameters6 global = config.Parameters.Over(Parameters6.Default);
        foreach (ConfigDiagnostic diagnostic in Level(config.Parameters, global, config.Origin)) yield return diagnostic;
        foreach (ConfigDiagnostic diagnostic in config.Classes.SelectMany(c => Lifetimes(c.Parameters, c.Parameters.Over(global), c.Origin))) yield return diagnostic;

        foreach (SharedNetwork6 network in config.SharedNetworks)
        {
            Parameters6 link = network.Parameters.Over(global);
            foreach (ConfigDiagnostic diagnostic in Level(network.Parameters, link, network.Origin)) yield return diagnostic;
            foreach (ConfigDiagnostic diagnostic in network.Subnets.SelectMany(s => Level(s.Parameters, s.Parameters.Over(link), s.Origin))) yield return diagnostic;
        }

        foreach (ConfigDiagnostic diagnostic in config.Subnets.SelectMany(s => Level(s.Parameters, s.Parameters.Over(global), s.Origin))) yield return diagnostic;
    }

    /// <param name="given">What the level itself says; a level that says nothing repeats no complaint of an outer one.</param>
    /// <param name="holds">What holds there.</param>
    private static IEnumerable<ConfigDiagnostic> Level(Parameters6 given, Parameters6 holds, Origin origin) =>
        Lifetimes(given, holds, origin).Concat(Timers(given, holds, origin));

    private static IEnumerable<ConfigDiagnostic> Lifetimes(Parameters6 given, Parameters6 holds, Origin origin)
    {
        IEnumerable<ConfigDiagnostic> bounds =
            Bounds("valid-lifetime", given.MinValidLifetime, given.ValidLifetime, given.MaxValidLifetime, origin)
                .Concat(Bounds("preferred-lifetime", given.MinPreferredLifetime, given.PreferredLifetime, given.MaxPreferredLifetime, origin));
        foreach (ConfigDiagnostic diagnostic in bounds) yield return diagnostic;
        if (given.ValidLifetime is { Seconds: 0 })
            yield return new(
                origin.Of("valid-lifetime"),
                "a lease of 0 seconds has ended before the client has it",
                "write the seconds that a lease lasts");
        else if ((given.PreferredLifetime ?? given.ValidLifetime) is not null
            && holds is { PreferredLifetime: { } preferred, ValidLifetime: { } valid } && preferred > valid)
            yield return ConfigDiagnostic.Warning(
                origin.Of(given.PreferredLifetime is null ? "valid-lifetime" : "preferred-lifetime"),
                $"preferred-lifetime {preferred} is more than valid-lifetime {valid}, which clients refuse, so they get {Parameters6.PreferredPart} of the valid one",
                "write preferred-lifetime <= valid-lifetime");
    }

    private static IEnumerable<ConfigDiagnostic> Bounds(string key, Lifetime? least, Lifetime? middle, Lifetime? most, Origin origin)
    {
        if (middle is not { } value) yield break;
        string remedy = $"write min-{key} <= {key} <= max-{key}";
        if (least > value) yield return new(origin.Of("min-" + key), $"min-{key} {least} is more than {key} {value}", remedy);
        if (most < value) yield return new(origin.Of("max-" + key), $"max-{key} {most} is less than {key} {value}", remedy);
    }

    /// <summary>Each pair is compared where one of the two is given.</summary>
    private static IEnumerable<ConfigDiagnostic> Timers(Parameters6 given, Parameters6 holds, Origin origin)
    {
        if ((given.T1Percent ?? given.T2Percent) is not null && holds.T1Percent >= holds.T2Percent)
            yield return new(
                origin.Of(given.T1Percent is null ? "t2-percent" : "t1-percent"),
                $"t1-percent {holds.T1Percent} is not less than t2-percent {holds.T2Percent}",
                "a client renews before it asks any server: write t1 < t2");
        if ((given.RenewTimer ?? given.RebindTimer) is not null && holds is { RenewTimer: { } t1, RebindTimer: { } t2 } && t1 >= t2)
            yield return Timer(
                origin,
                given.RenewTimer is null ? "rebind-timer" : "renew-timer",
                $"renew-timer {t1} is not less than rebind-timer {t2}");
        if (holds.ValidLifetime is not { Seconds: > 0 } valid || (holds.PreferredLifetime ?? valid).IsInfinite) yield break;
        Lifetime preferred = holds.PreferredLifetime ?? new((uint)(valid.Seconds * Parameters6.PreferredPart));
        string end = holds.PreferredLifetime is null ? $"{preferred}, {Parameters6.PreferredPart} of valid-lifetime" : $"preferred-lifetime {preferred}";
        bool ends = (given.PreferredLifetime ?? given.ValidLifetime) is not null;
        string endKey = given.PreferredLifetime is null ? "valid-lifetime" : "preferred-lifetime";
        if (holds.RebindTimer is { } rebind)
        {
            if ((ends || given.RebindTimer is not null) && rebind >= preferred)
                yield return Timer(origin, given.RebindTimer is null ? endKey : "rebind-timer", $"rebind-timer {rebind} is not less than {end}");
        }
        else if ((ends || given.RenewTimer is not null) && holds.RenewTimer is { } renew && renew >= preferred)
            yield return Timer(origin, given.RenewTimer is null ? endKey : "renew-timer", $"renew-timer {renew} is not less than {end}");
    }

    private static ConfigDiagnostic Timer(Origin origin, string key, string message) =>
        ConfigDiagnostic.Warning(
            origin.Of(key),
            message + ", so it is not sent and clients choose for themselves",
            "write renew-timer < rebind-timer < preferred-lifetime");
}
