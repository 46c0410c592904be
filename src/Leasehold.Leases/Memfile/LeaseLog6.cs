using System.Diagnostics.CodeAnalysis;
using Leasehold.Protocol;

namespace Leasehold.Leases.Memfile;

/// <summary>The DHCPv6 lease file, appended to; everything is as with <see cref="LeaseLog4"/>.</summary>
public sealed class LeaseLog6 : IDisposable
{
    public static LeaseLoadReport Open(ILeaseDirectory directory, string name, LeaseTable6 table, LeaseLogOptions options, out LeaseLog6? log) =>
        throw new NotSupportedException();

    /// <summary>Octets of the file that are on stable storage.</summary>
    public long DurableLength => throw new NotSupportedException();

    /// <summary>Whether a commit waits for stable storage.</summary>
    public bool Syncs { get; set; } = true;

    /// <summary>Lines appended since the last commit.</summary>
    public int PendingLines => throw new NotSupportedException();

    /// <summary>Adds a change's line to the batch; none for an offer.</summary>
    public void Append(in LeaseChange6 change, Instant now) => throw new NotSupportedException();

    public bool TryCommit([NotNullWhen(false)] out string? error) => throw new NotSupportedException();

    public LeaseFileTail? TrySwitch(ILeaseDirectory directory, string from, string to, ILeaseFile next, out string? error) => throw new NotSupportedException();

    public void Dispose() => throw new NotSupportedException();
}
