using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V4;

/// <summary>How long a client gets its address.</summary>
internal static class LeaseTimes
{
    /// <summary>In the first octet of an IEEE 802 address: it was not given by a manufacturer.</summary>
    private const byte LocallyAdministered = 2;

    /// <summary>In the first octet of an IEEE 802 address: a group, which is nobody's address.</summary>
    private const byte Group = 1;

    /// <summary>By hint and class, and shorter where the subnet is nearly full or the client may be gone for ever tomorrow.</summary>
    /// <param name="address">In the exchange's subnet.</param>
    /// <param name="isFirst">The client comes for an address, rather than to prolong its lease.</param>
    public static LeaseTerms Of(scoped in Exchange4 x, Ipv4 address, bool isFirst)
    {
        LifetimeRange range = x.Subnet.Lifetimes(in x);

        // RFC 1534 §2: a BOOTP client knows of no lease time, so it keeps its address.
        if (x.Message.IsBootp) return x.Subnet.Times.For(Lifetime.Infinite);
        Lifetime granted = range.For(x.RequestedLifetime);
        if (IsCrowded(in x, address)) granted = Shortened(in x, granted, range.Min, address);
        if (isFirst && x.Subnet.RandomMacLifetime is { } trial && IsRandom(in x)) granted = Shortened(in x, granted, trial, address);
        return x.Subnet.Times.For(granted);
    }

    /// <summary>Not longer than that, but no time that the client has already is taken from it.</summary>
    private static Lifetime Shortened(scoped in Exchange4 x, Lifetime granted, Lifetime least, Ipv4 address)
    {
        Lifetime left = ClientIdentity.Holds(in x, address, out Lease4 lease) ? lease.Expire - x.Now : default;
        return CrowdedPools.Shortened(granted, least, left);
    }

    /// <summary>Of the addresses that the client could have in the subnet, too many are held. Its own offer does not count.</summary>
    private static bool IsCrowded(scoped in Exchange4 x, Ipv4 address)
    {
        if (x.Subnet.AdaptiveThreshold >= 1) return false;
        long all = 0;
        long free = x.Leases.TryGet(address, out Lease4 lease) && lease.State == LeaseState.Offered && x.Subnet.PoolOf(address) is not null ? 1 : 0;
        foreach (ServingPool pool in x.Subnet.Pools)
        {
            if (!pool.Guard.Admits(x.Classes)) continue;
            all += pool.Range.Count;
            free += pool.Free.Count;
        }

        return all - free >= all * x.Subnet.AdaptiveThreshold;
    }

    /// <summary>The client made its hardware address up. Who has a reservation is known all the same.</summary>
    private static bool IsRandom(scoped in Exchange4 x) =>
        x.Reservation is null
        && x.Chaddr is { Type: HardwareAddress.Ethernet, Length: 6 } hardware
        && (hardware.Octets[0] & (LocallyAdministered | Group)) == LocallyAdministered;
}
