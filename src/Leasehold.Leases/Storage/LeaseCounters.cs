using System.Runtime.InteropServices;

namespace Leasehold.Leases.Storage;

/// <summary>How many leases there are of each type in each pool of each subnet, by state.</summary>
internal sealed class LeaseCounters
{
    private readonly Dictionary<(LeaseType6 Type, uint SubnetId, uint PoolId), int> byPool = [];

    /// <summary>The latest row of a subnet; the others follow it.</summary>
    private readonly Dictionary<(LeaseType6 Type, uint SubnetId), int> bySubnet = [];

    private readonly List<Row> rows = [];

    /// <summary>The row that was counted in last: most leases have the pool of the one before.</summary>
    private int last = -1;

    public void Add(LeaseType6 type, in LeaseHead head, int difference)
    {
        if (last < 0 || rows[last].Type != type || rows[last].SubnetId != head.SubnetId || rows[last].PoolId != head.PoolId)
            last = RowOf(type, head.SubnetId, head.PoolId);
        ref Row row = ref CollectionsMarshal.AsSpan(rows)[last];
        switch (head.State)
        {
            case LeaseState.Assigned:
                row.Assigned += difference;
                break;
            case LeaseState.Declined:
                row.Declined += difference;
                break;
            case LeaseState.Offered:
                row.Offered += difference;
                break;
            case LeaseState.Registered:
                row.Registered += difference;
                break;
            default:
                row.Remembered += difference;
                break;
        }
    }

    public LeaseCounts CountsOf(LeaseType6 type, uint subnetId, uint poolId) =>
        byPool.TryGetValue((type, subnetId, poolId), out int row) ? rows[row].Counts : default;

    public LeaseCounts CountsOf(LeaseType6 type, uint subnetId)
    {
        LeaseCounts sum = default;
        for (int row = bySubnet.GetValueOrDefault((type, subnetId), -1); row >= 0; row = rows[row].NextInSubnet) sum += rows[row].Counts;
        return sum;
    }

    private int RowOf(LeaseType6 type, uint subnetId, uint poolId)
    {
        ref int row = ref CollectionsMarshal.GetValueRefOrAddDefault(byPool, (type, subnetId, poolId), out bool exists);
        if (exists) return row;
        row = rows.Count;
        rows.Add(new() { Type = type, SubnetId = subnetId, PoolId = poolId, NextInSubnet = bySubnet.GetValueOrDefault((type, subnetId), -1) });
        bySubnet[(type, subnetId)] = row;
        return row;
    }

    private struct Row
    {
        public uint SubnetId;
        public uint PoolId;
        public LeaseType6 Type;
        public int NextInSubnet;
        public int Assigned;
        public int Declined;
        public int Offered;
        public int Remembered;
        public int Registered;

        public readonly LeaseCounts Counts => new(Assigned, Declined, Offered, Remembered) { Registered = Registered };
    }
}
