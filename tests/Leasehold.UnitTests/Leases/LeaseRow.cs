using System.Text;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.UnitTests.Leases;

/// <summary>A lease as an object that can be kept and compared.</summary>
internal sealed record LeaseRow
{
    public required Ipv4 Address { get; init; }
    public HardwareAddress HardwareAddress { get; init; }
    public string ClientId { get; init; } = "";
    public Lifetime ValidLifetime { get; init; } = new(3600);
    public Instant Expire { get; init; } = new(1_700_003_600);
    public uint SubnetId { get; init; } = 1;
    public uint PoolId { get; init; }
    public bool FqdnForward { get; init; }
    public bool FqdnReverse { get; init; }
    public string Hostname { get; init; } = "";
    public LeaseState State { get; init; }
    public string UserContext { get; init; } = "";

    public bool Holds => State is LeaseState.Assigned or LeaseState.Offered or LeaseState.Declined;

    /// <summary>Client id, host name and context are Latin-1, so that any octet can be in them.</summary>
    public Lease4 ToLease() => new()
    {
        Address = Address,
        HardwareAddress = HardwareAddress,
        ClientId = Encoding.Latin1.GetBytes(ClientId),
        ValidLifetime = ValidLifetime,
        Expire = Expire,
        SubnetId = SubnetId,
        PoolId = PoolId,
        FqdnForward = FqdnForward,
        FqdnReverse = FqdnReverse,
        Hostname = Encoding.Latin1.GetBytes(Hostname),
        State = State,
        UserContext = Encoding.Latin1.GetBytes(UserContext),
    };

    public static LeaseRow Of(in Lease4 lease) => new()
    {
        Address = lease.Address,
        HardwareAddress = lease.HardwareAddress,
        ClientId = Encoding.Latin1.GetString(lease.ClientId),
        ValidLifetime = lease.ValidLifetime,
        Expire = lease.Expire,
        SubnetId = lease.SubnetId,
        PoolId = lease.PoolId,
        FqdnForward = lease.FqdnForward,
        FqdnReverse = lease.FqdnReverse,
        Hostname = Encoding.Latin1.GetString(lease.Hostname),
        State = lease.State,
        UserContext = Encoding.Latin1.GetString(lease.UserContext),
    };

    public static List<LeaseRow> All(LeaseCursor4 cursor)
    {
        List<LeaseRow> rows = [];
        foreach (Lease4 lease in cursor) rows.Add(Of(lease));
        return rows;
    }
}
