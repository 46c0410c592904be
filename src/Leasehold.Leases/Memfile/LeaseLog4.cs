using Leasehold.Protocol;

namespace Leasehold.Leases.Memfile;

/// <summary>The DHCPv4 lease file, appended to.</summary>
public sealed class LeaseLog4 : LeaseLog
{
    private readonly LeaseTable4 table;

    private LeaseLog4(OpenedLeaseFile opened, LeaseTable4 table, LeaseLogOptions options)
        : base(LeaseFormat.V4, opened, options) => this.table = table;

    /// <summary>Reads the lease files into a table and makes the file ready to be appended to.</summary>
    /// <param name="name">The lease file's name in the directory; it is made where there is none.</param>
    /// <param name="table">Empty; when the report says that it failed, what is in it means nothing.</param>
    /// <param name="log">Null when the leases must not be served.</param>
    /// <exception cref="IOException">A system call failed.</exception>
    public static LeaseLoadReport Open(ILeaseDirectory directory, string name, LeaseTable4 table, LeaseLogOptions options, out LeaseLog4? log)
    {
        using TableFilling4 filling = new(table);
        LeaseLoadReport report = OpenedLeaseFile.Open(directory, name, filling, options, out OpenedLeaseFile? opened);
        log = opened is { } file ? new(file, table, options) : null;
        return report;
    }

    /// <summary>Adds a change's lines to the batch; none for an offer, which is not kept. Before or after the table applied it.</summary>
    /// <param name="now">When the change is made; an infinite lease's line tells it.</param>
    public void Append(in LeaseChange4 change, Instant now)
    {
        Lease4 lease = change.Lease;
        switch (change.Kind)
        {
            case LeaseChangeKind.Commit:
                Line(lease with { State = LeaseState.Assigned }, lease.ValidLifetime.Seconds, ExpireOf(lease.Expire, lease.ValidLifetime, now));
                // The end of the old lease behind the new one: a batch that is torn in between leaves the client with both, not with none.
                if (change.Vacates is { } address && address != lease.Address && table.TryGet(address, out Lease4 vacated)
                    && vacated.State is LeaseState.Assigned or LeaseState.Released)
                {
                    Line(vacated with { State = LeaseState.Released }, validLifetime: 0, now.Seconds);
                }

                break;
            case LeaseChangeKind.Release:
                Line(lease with { State = LeaseState.Released }, validLifetime: 0, now.Seconds);
                break;
            case LeaseChangeKind.Decline:
                Line(lease.Declined(), lease.ValidLifetime.Seconds, ExpireOf(lease.Expire, lease.ValidLifetime, now));
                break;
            case LeaseChangeKind.Delete:
                Line(lease.State == LeaseState.Offered ? lease with { State = LeaseState.Assigned } : lease, validLifetime: 0, now.Seconds);
                break;
            default:
                break;
        }
    }

    private void Line(in Lease4 lease, uint validLifetime, long expire) =>
        Add(LeaseLine4.Write(lease, validLifetime, expire, Room(LeaseLine4.Bound(lease))));
}
