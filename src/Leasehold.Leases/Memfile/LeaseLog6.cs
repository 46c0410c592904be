using Leasehold.Protocol;

namespace Leasehold.Leases.Memfile;

/// <summary>The DHCPv6 lease file, appended to.</summary>
public sealed class LeaseLog6 : LeaseLog
{
    private LeaseLog6(OpenedLeaseFile opened, LeaseLogOptions options)
        : base(LeaseFormat.V6, opened, options)
    {
    }

    /// <summary>Reads the lease files into a table and makes the file ready to be appended to.</summary>
    /// <param name="name">The lease file's name in the directory; it is made where there is none.</param>
    /// <param name="table">Empty; when the report says that it failed, what is in it means nothing.</param>
    /// <param name="log">Null when the leases must not be served.</param>
    /// <exception cref="IOException">A system call failed.</exception>
    public static LeaseLoadReport Open(ILeaseDirectory directory, string name, LeaseTable6 table, LeaseLogOptions options, out LeaseLog6? log)
    {
        using TableFilling6 filling = new(table);
        LeaseLoadReport report = OpenedLeaseFile.Open(directory, name, filling, options, out OpenedLeaseFile? opened);
        log = opened is { } file ? new(file, options) : null;
        return report;
    }

    /// <summary>Adds a change's line to the batch; none for an offer, made or given up, which is not kept.</summary>
    /// <param name="now">When the change is made; an infinite lease's line tells it.</param>
    public void Append(in LeaseChange6 change, Instant now)
    {
        if (!change.IsDurable) return;
        Lease6 lease = change.Lease;
        switch (change.Kind)
        {
            case LeaseChangeKind.Commit:
                Line(lease with { State = LeaseState.Assigned }, lease.ValidLifetime.Seconds, ExpireOf(lease.Expire, lease.ValidLifetime, now));
                break;
            case LeaseChangeKind.Register:
                Line(lease with { State = LeaseState.Registered }, lease.ValidLifetime.Seconds, ExpireOf(lease.Expire, lease.ValidLifetime, now));
                break;
            case LeaseChangeKind.Release:
                Line(lease with { State = LeaseState.Released, PreferredLifetime = default }, validLifetime: 0, now.Seconds);
                break;
            case LeaseChangeKind.Decline:
                Line(lease.Declined(), lease.ValidLifetime.Seconds, ExpireOf(lease.Expire, lease.ValidLifetime, now));
                break;
            case LeaseChangeKind.Delete:
                Line(lease with { PreferredLifetime = default }, validLifetime: 0, now.Seconds);
                break;
            default:
                break;
        }
    }

    private void Line(in Lease6 lease, uint validLifetime, long expire) =>
        Add(LeaseLine6.Write(lease, validLifetime, expire, Room(LeaseLine6.Bound(lease))));
}
