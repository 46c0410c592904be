using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.UnitTests.Leases;

/// <summary>What a DHCPv6 lease table must do, in the plainest way: a dictionary, copied whole before every batch.</summary>
internal sealed class NaiveLeases6
{
    private Dictionary<(bool, Ipv6), (LeaseRow6 Row, long Order)> leases = [];
    private Dictionary<(bool, Ipv6), (LeaseRow6 Row, long Order)> before = [];
    private List<(bool IsPrefix, Ipv6Prefix Prefix)> reserved = [];
    private long order;

    public List<LeasePool6> Pools { get; private set; } = [];

    public IEnumerable<LeaseRow6> Rows => leases.Values.Select(entry => entry.Row);

    public LeaseRow6? Get((bool, Ipv6) key) => leases.TryGetValue(key, out var entry) ? entry.Row : null;

    public IEnumerable<LeaseRow6> LatestFirst(Func<LeaseRow6, bool> match) =>
        leases.Values.OrderByDescending(entry => entry.Order).Select(entry => entry.Row).Where(match);

    public void SetPools(List<LeasePool6> pools, List<Ipv6> addresses, List<Ipv6Prefix> prefixes)
    {
        Pools = pools;
        reserved = [.. addresses.Select(address => (false, new Ipv6Prefix(address, 128))), .. prefixes.Select(prefix => (true, prefix))];
    }

    /// <summary>All that a pool has, free or not, in order.</summary>
    public static IEnumerable<Ipv6Prefix> Places(LeasePool6 pool)
    {
        UInt128 step = UInt128.One << (128 - pool.PrefixLength);
        for (UInt128 at = pool.Range.First.Value; at <= pool.Range.Last.Value; at += step) yield return new(new(at), pool.PrefixLength);
    }

    public List<Ipv6Prefix> Free(LeasePool6 pool)
    {
        bool isPrefix = pool.Type == LeaseType6.Prefix;
        List<Ipv6Prefix> held =
        [
            .. Rows.Where(row => row.Holds && row.Key.IsPrefix == isPrefix).Select(row => row.Prefix),
            .. reserved.Where(one => one.IsPrefix == isPrefix).Select(one => one.Prefix),
        ];
        return [.. Places(pool).Where(place => !held.Any(place.Overlaps))];
    }

    public void Apply(LeaseChangeKind kind, LeaseRow6 row, Instant now)
    {
        LeaseRow6? known = Get(row.Key);
        switch (kind)
        {
            case LeaseChangeKind.Offer:
                bool held = known is { State: LeaseState.Assigned or LeaseState.Declined or LeaseState.Registered } && known.Expire >= now;
                if (!held) Put(row with { State = LeaseState.Offered });
                break;
            case LeaseChangeKind.Commit:
                Put(row with { State = LeaseState.Assigned });
                break;
            case LeaseChangeKind.Register:
                Put(row with { State = LeaseState.Registered });
                break;
            case LeaseChangeKind.Release:
                Put(row with { State = LeaseState.Released, Expire = row.Expire < now ? row.Expire : now });
                break;
            case LeaseChangeKind.Decline:
                Put(row.Declined());
                break;
            case LeaseChangeKind.Delete:
                leases.Remove(row.Key);
                break;
            default:
                break;
        }
    }

    public void Accept() => before = new(leases);

    public void Rollback() => leases = new(before);

    public void Advance(Instant now, Lifetime holdFor)
    {
        foreach (var (key, entry) in leases.ToList())
        {
            LeaseRow6 row = entry.Row;
            if (row.Expire == Instant.Never || (row.Holds && row.Expire >= now)) continue;
            if (row.State == LeaseState.Assigned) leases[key] = (row = row with { State = LeaseState.ExpiredReclaimed }, entry.Order);
            else if (row.Holds) leases.Remove(key);
            if (!row.Holds && row.Expire.Seconds + holdFor.Seconds <= now.Seconds) leases.Remove(key);
        }

        Accept();
    }

    private void Put(LeaseRow6 row) => leases[row.Key] = (row, ++order);
}
