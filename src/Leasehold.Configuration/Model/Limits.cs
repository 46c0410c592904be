namespace Leasehold.Configuration.Model;

/// <summary>How much the clients of a class or of a subnet get: the limits feature.</summary>
public sealed record Limits
{
    /// <summary>address-limit: leases at one time. Null: any number; 0: none.</summary>
    public uint? AddressLimit { get; init; }

    /// <summary>rate-limit: packets that are answered. Null: any number.</summary>
    public RateLimit? Rate { get; init; }
}

/// <summary>At most so many in any time of this length.</summary>
/// <param name="Count">0: none.</param>
/// <param name="Seconds">1 or more.</param>
public readonly record struct RateLimit(uint Count, uint Seconds);

/// <summary>What one port of a relay may take, so that a flood of made-up clients does not take every address.</summary>
public sealed record FloodProtection
{
    /// <summary>Nothing is limited.</summary>
    public static readonly FloodProtection None = new();

    /// <summary>new-clients-per-port: clients without a lease that get an offer. Null: any number.</summary>
    public RateLimit? NewClientsPerPort { get; init; }

    /// <summary>leases-per-port: leases at one time of clients behind one port of a relay. Null: any number.</summary>
    public uint? LeasesPerPort { get; init; }
}
