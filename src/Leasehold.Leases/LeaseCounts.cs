namespace Leasehold.Leases;

/// <summary>Counts a lease by what stands in its user context.</summary>
/// <param name="difference">1 or −1.</param>
public delegate void LeaseCount(ReadOnlySpan<byte> userContext, uint subnetId, int difference);

/// <summary>Leases by state.</summary>
/// <param name="Assigned">Given to clients; includes those that are over until Advance meets them.</param>
/// <param name="Declined">In quarantine.</param>
/// <param name="Offered">Held for a client that was offered them.</param>
/// <param name="Remembered">Expired or released.</param>
public readonly record struct LeaseCounts(int Assigned, int Declined, int Offered, int Remembered)
{
    /// <summary>IPv6 addresses that hosts made for themselves.</summary>
    public int Registered { get; init; }

    public static LeaseCounts operator +(LeaseCounts a, LeaseCounts b) =>
        new(a.Assigned + b.Assigned, a.Declined + b.Declined, a.Offered + b.Offered, a.Remembered + b.Remembered) { Registered = a.Registered + b.Registered };
}
