using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V4;

/// <summary>The lease changes that a server's decisions make.</summary>
internal static class LeaseRecord
{
    /// <summary>Holds an address for the client.</summary>
    public static LeaseChange4 Offer(scoped in Exchange4 x, Ipv4 address, Lifetime hold) => new()
    {
        Kind = LeaseChangeKind.Offer,
        Lease = OfClient(in x, address, LeaseState.Offered, hold),
    };

    /// <summary>Ends the hold of an offer that nobody waits for any more: it was over a second ago.</summary>
    public static LeaseChange4 Withdraw(scoped in Exchange4 x, Ipv4 address) => new()
    {
        Kind = LeaseChangeKind.Offer,
        Lease = OfClient(in x, address, LeaseState.Offered, lifetime: default) with { Expire = new(x.Now.Seconds - 1) },
    };

    /// <summary>Gives an address to the client.</summary>
    /// <param name="current">The address that the client has now; it is vacated when it is another one.</param>
    public static LeaseChange4 Commit(scoped in Exchange4 x, Ipv4 address, Lifetime valid, Ipv4? current) => new()
    {
        Kind = LeaseChangeKind.Commit,
        Lease = OfClient(in x, address, LeaseState.Assigned, valid),
        Vacates = current is { } former && former != address ? former : null,
    };

    /// <summary>Ends the client's lease; what identifies the client is remembered (RFC 2131 §4.3.4).</summary>
    public static LeaseChange4 Release(scoped in Exchange4 x, Lease4 lease) => new()
    {
        Kind = LeaseChangeKind.Release,
        Lease = lease with { State = LeaseState.Released, Expire = x.Now, ValidLifetime = default },
    };

    /// <summary>Keeps an address from everybody for the probation period (RFC 2131 §4.3.3).</summary>
    public static LeaseChange4 Decline(ServingConfig config, scoped in Lease4 lease, Instant now) => new()
    {
        Kind = LeaseChangeKind.Decline,
        Lease = new()
        {
            Address = lease.Address,
            SubnetId = lease.SubnetId,
            PoolId = lease.PoolId,
            State = LeaseState.Declined,
            ValidLifetime = config.DeclineProbationPeriod,
            Expire = now + config.DeclineProbationPeriod,
        },
    };

    private static Lease4 OfClient(scoped in Exchange4 x, Ipv4 address, LeaseState state, Lifetime lifetime)
    {
        // What others noted about the client's lease stays with it.
        bool known = x.Leases.TryGet(address, out Lease4 before) && ClientIdentity.Owns(in x, in before);
        return new()
        {
            Address = address,
            HardwareAddress = x.Chaddr,
            ClientId = x.ClientId,
            ValidLifetime = lifetime,
            Expire = x.Now + lifetime,
            SubnetId = x.Subnet.Id,
            PoolId = x.Subnet.PoolOf(address)?.Id ?? 0,
            FqdnForward = x.Name.UpdatesForward || (known && before.FqdnForward && !x.Config.DnsUpdates),
            FqdnReverse = x.Name.UpdatesReverse || (known && before.FqdnReverse && !x.Config.DnsUpdates),
            Hostname = x.Name.Stored,
            State = state,
            UserContext = ExtendedInfo.Of(in x, known ? before.UserContext : default),
        };
    }
}
