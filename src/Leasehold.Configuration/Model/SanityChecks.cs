namespace Leasehold.Configuration.Model;

/// <summary>What is done at start about leases of the file that do not fit the configuration.</summary>
public sealed record SanityChecks
{
    /// <summary>lease-checks.</summary>
    public LeaseChecks Leases { get; init; } = LeaseChecks.Warn;

    /// <summary>extended-info-checks.</summary>
    public ExtendedInfoChecks ExtendedInfo { get; init; } = ExtendedInfoChecks.Fix;
}

/// <summary>For a lease whose subnet id does not belong to its address.</summary>
public enum LeaseChecks
{
    /// <summary>It is loaded as it is.</summary>
    None,

    /// <summary>It is loaded as it is, with a line in the log.</summary>
    Warn,

    /// <summary>It gets the right id; when no subnet has the address, it stays as it is.</summary>
    Fix,

    /// <summary>It gets the right id; when no subnet has the address, it is dropped.</summary>
    FixDelete,

    /// <summary>It is dropped.</summary>
    Delete,
}

/// <summary>For what leases say of relays in their user context.</summary>
public enum ExtendedInfoChecks
{
    /// <summary>Nothing is looked at.</summary>
    None,

    /// <summary>The older form is brought to today's; what is no map is taken out.</summary>
    Fix,

    /// <summary>Also what is not hexadecimal is taken out.</summary>
    Strict,

    /// <summary>Also what has entries that are not known is taken out.</summary>
    Pedantic,
}
