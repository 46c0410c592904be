using Leasehold.Protocol;

namespace Leasehold.Leases.Memfile;

/// <summary>How lease files are cleaned up.</summary>
public sealed record LeaseCleanupOptions
{
    /// <summary>How many damaged lines may be left out; one more, and nothing is changed. int.MaxValue: any number.</summary>
    public int MaxRowErrors { get; init; }

    /// <summary>Leases that were over before this moment are left out: the server has forgotten them. Null keeps them.</summary>
    public Instant? ForgetBefore { get; init; }

    /// <summary>Octets that stay free: a clean-up that would take them is not begun, because new leases need room as well.</summary>
    public long KeepFree { get; init; } = 16 << 20;

    /// <summary>Told now and then: octets that were passed, octets that are to be passed.</summary>
    public Action<long, long>? Progress { get; init; }
}

/// <summary>What a clean-up did, for the log and for a person.</summary>
public sealed class LeaseCleanupReport
{
    /// <summary>Where it stands, or stopped.</summary>
    public LeaseCleanupStep Step { get; internal set; }

    /// <summary>Why it did not come to its end, for a person; null when it did. The leases are all there in any case.</summary>
    public string? Problem { get; internal set; }

    /// <summary>Lines in all files, headers and empty ones not counted.</summary>
    public long LinesBefore { get; internal set; }

    /// <summary>Octets in all files.</summary>
    public long OctetsBefore { get; internal set; }

    /// <summary>Lines that could not be read and were left out.</summary>
    public long DamagedLines { get; internal set; }

    /// <summary>Leases that stay, one line each.</summary>
    public long LeasesAfter { get; internal set; }

    /// <summary>Octets of the merged file; at most so many when nothing was written.</summary>
    public long OctetsAfter { get; internal set; }
}

/// <summary>The steps of a clean-up, in their order.</summary>
public enum LeaseCleanupStep : byte
{
    /// <summary>Another file is made ready, and the server goes over to it.</summary>
    Switching,

    /// <summary>The older files are merged into one.</summary>
    Merging,

    /// <summary>The merged file takes the place of the older ones.</summary>
    Rotating,

    /// <summary>All is done.</summary>
    Done,
}
