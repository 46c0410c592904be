using System.Text;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.UnitTests.Leases;

/// <summary>A DHCPv6 lease as an object that can be kept and compared.</summary>
internal sealed record LeaseRow6
{
    public LeaseType6 Type { get; init; }
    public required Ipv6 Address { get; init; }
    public byte PrefixLength { get; init; } = 128;
    public string Duid { get; init; } = "";
    public uint Iaid { get; init; }
    public Lifetime PreferredLifetime { get; init; } = new(1800);
    public Lifetime ValidLifetime { get; init; } = new(3600);
    public Instant Expire { get; init; } = new(1_700_003_600);
    public uint SubnetId { get; init; } = 1;
    public uint PoolId { get; init; }
    public bool FqdnForward { get; init; }
    public bool FqdnReverse { get; init; }
    public string Hostname { get; init; } = "";
    public string HardwareAddress { get; init; } = "";
    public ushort HardwareType { get; init; }
    public HardwareSource6 HardwareSource { get; init; }
    public LeaseState State { get; init; }
    public string UserContext { get; init; } = "";

    public bool Holds => State is LeaseState.Assigned or LeaseState.Offered or LeaseState.Declined or LeaseState.Registered;

    public Ipv6Prefix Prefix => new(Address, PrefixLength);

    public (bool IsPrefix, Ipv6 Address) Key => (Type == LeaseType6.Prefix, Address);

    /// <summary>DUID, link-layer address, host name and context are Latin-1, so that any octet can be in them.</summary>
    public Lease6 ToLease() => new()
    {
        Type = Type,
        Address = Address,
        PrefixLength = PrefixLength,
        Duid = Encoding.Latin1.GetBytes(Duid),
        Iaid = Iaid,
        PreferredLifetime = PreferredLifetime,
        ValidLifetime = ValidLifetime,
        Expire = Expire,
        SubnetId = SubnetId,
        PoolId = PoolId,
        FqdnForward = FqdnForward,
        FqdnReverse = FqdnReverse,
        Hostname = Encoding.Latin1.GetBytes(Hostname),
        HardwareAddress = Encoding.Latin1.GetBytes(HardwareAddress),
        HardwareType = HardwareType,
        HardwareSource = HardwareSource,
        State = State,
        UserContext = Encoding.Latin1.GetBytes(UserContext),
    };

    public static LeaseRow6 Of(in Lease6 lease) => new()
    {
        Type = lease.Type,
        Address = lease.Address,
        PrefixLength = lease.PrefixLength,
        Duid = Encoding.Latin1.GetString(lease.Duid),
        Iaid = lease.Iaid,
        PreferredLifetime = lease.PreferredLifetime,
        ValidLifetime = lease.ValidLifetime,
        Expire = lease.Expire,
        SubnetId = lease.SubnetId,
        PoolId = lease.PoolId,
        FqdnForward = lease.FqdnForward,
        FqdnReverse = lease.FqdnReverse,
        Hostname = Encoding.Latin1.GetString(lease.Hostname),
        HardwareAddress = Encoding.Latin1.GetString(lease.HardwareAddress),
        HardwareType = lease.HardwareType,
        HardwareSource = lease.HardwareSource,
        State = lease.State,
        UserContext = Encoding.Latin1.GetString(lease.UserContext),
    };

    public LeaseRow6 Declined() => this with
    {
        State = LeaseState.Declined,
        Duid = "",
        Iaid = 0,
        PreferredLifetime = default,
        Hostname = "",
        HardwareAddress = "",
        HardwareType = 0,
        HardwareSource = HardwareSource6.None,
        FqdnForward = false,
        FqdnReverse = false,
    };

    public static List<LeaseRow6> All(LeaseCursor6 cursor)
    {
        List<LeaseRow6> rows = [];
        foreach (Lease6 lease in cursor) rows.Add(Of(lease));
        return rows;
    }
}
