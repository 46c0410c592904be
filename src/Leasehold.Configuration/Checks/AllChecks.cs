using Leasehold.Configuration.Model;

namespace Leasehold.Configuration.Checks;

/// <summary>The rules that hold between parts of a configuration, whatever dialect it came from.</summary>
public static class AllChecks
{
    /// <summary>Runs every rule of DHCPv4.</summary>
    /// <returns>Errors and warnings, in no particular order.</returns>
    public static IEnumerable<ConfigDiagnostic> Run(Dhcp4Config config) =>
        SubnetChecks.Run(config)
            .Concat(ClassChecks.Run(config))
            .Concat(PoolChecks.Run(config))
            .Concat(ReservationChecks.Run(config))
            .Concat(LifetimeChecks.Run(config))
            .Concat(OptionChecks.Run(config));

    /// <summary>Runs every rule of DHCPv6.</summary>
    /// <returns>Errors and warnings, in no particular order.</returns>
    public static IEnumerable<ConfigDiagnostic> Run(Dhcp6Config config) =>
        SubnetChecks.Run(config)
            .Concat(ClassChecks.Run(config))
            .Concat(PoolChecks6.Run(config))
            .Concat(ReservationChecks6.Run(config))
            .Concat(LifetimeChecks6.Run(config))
            .Concat(OptionChecks.Run(config));
}
