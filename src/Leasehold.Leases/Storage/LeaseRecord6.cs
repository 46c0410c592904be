using Leasehold.Protocol;

namespace Leasehold.Leases.Storage;

/// <summary>An IPv6 lease as it lies in memory: 64 octets.</summary>
internal struct LeaseRecord6 : ILeaseRecord<LeaseRecord6>
{
    public Ipv6 Address;
    public LeaseHead Head;
    public uint Iaid;
    public uint PreferredLifetime;
    public HardwareSource6 HardwareSource;
    public ushort HardwareType;
    public byte PrefixLength;
    public LeaseType6 Type;

    public readonly Ipv6Prefix Prefix => new(Address, PrefixLength);

    public static ref LeaseHead HeadOf(ref LeaseRecord6 record) => ref record.Head;
}
