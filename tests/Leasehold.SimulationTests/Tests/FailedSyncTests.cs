using Leasehold.Leases;
using Leasehold.Leases.Memfile;
using Leasehold.Protocol;
using Leasehold.SimulationTests.Serving;

namespace Leasehold.SimulationTests.Tests;

/// <summary>Found by a seed: a sync fails, the program is killed and started again, and later the power goes.</summary>
public sealed class FailedSyncTests
{
    private const string Name = "kea-leases4.csv";
    private static readonly Instant Now = new(1_700_000_000);

    [Fact]
    public void Lease_that_is_acknowledged_after_a_restart_survives_although_a_sync_failed_before_it()
    {
        for (ulong seed = 0; seed < 100; seed++)
        {
            VirtualDisk disk = new(new(seed, "disk"));
            LeaseLog4 log = Open(disk, out _);
            log.Append(Commit("192.0.2.1"), Now);
            (disk.FailSyncs, disk.FailLengths) = (1, 1);
            Assert.False(log.TryCommit(out _));

            // Killed before it could cut off what had failed; the kernel still shows it to the next life.
            log = Open(disk, out _);
            log.Append(Commit("192.0.2.2"), Now);
            Assert.True(log.TryCommit(out _));
            disk.CutPower();

            Open(disk, out LeaseTable4 table);
            Assert.True(table.TryGet(Ipv4.Parse("192.0.2.2"), out Lease4 lease), $"seed {seed}");
            Assert.Equal(LeaseState.Assigned, lease.State);
        }
    }

    private static LeaseLog4 Open(VirtualDisk disk, out LeaseTable4 table)
    {
        table = new();
        LeaseLoadReport report = LeaseLog4.Open(disk, Name, table, new(), out LeaseLog4? log);
        Assert.True(report.Succeeded, string.Join('\n', report.Findings));
        return log!;
    }

    private static LeaseChange4 Commit(string address) => new()
    {
        Kind = LeaseChangeKind.Commit,
        Lease = new()
        {
            Address = Ipv4.Parse(address),
            HardwareAddress = HardwareAddress.Parse("02:00:5e:10:00:01"),
            ValidLifetime = new(3600),
            Expire = Now + new Lifetime(3600),
            SubnetId = 1,
        },
    };
}
