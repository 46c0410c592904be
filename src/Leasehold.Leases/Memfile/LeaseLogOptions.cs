namespace Leasehold.Leases.Memfile;

/// <summary>How lease files are read and written.</summary>
public sealed record LeaseLogOptions
{
    /// <summary>How many damaged lines may be skipped; one more, and the leases are not served. int.MaxValue: any number.</summary>
    public int MaxRowErrors { get; init; }

    /// <summary>Octets of space that are written ahead of the end, so that a sync need not store a new length; 0 for none.</summary>
    /// <remarks>They are zero, are cut off at the end of the program, and are no data when they are met after a crash.</remarks>
    public int PrepareAhead { get; init; }

    /// <summary>Told now and then, while files are read: octets of the file that were read, octets that it has.</summary>
    public Action<long, long>? Progress { get; init; }
}
