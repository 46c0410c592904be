using Leasehold.Protocol;

namespace Leasehold.Leases.Storage;

/// <summary>An IPv4 lease as it lies in memory: 56 octets.</summary>
internal struct LeaseRecord4 : ILeaseRecord<LeaseRecord4>
{
    public LeaseHead Head;
    public Ipv4 Address;
    public HardwareAddress HardwareAddress;

    public static ref LeaseHead HeadOf(ref LeaseRecord4 record) => ref record.Head;
}
