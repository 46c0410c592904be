using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.UnitTests.Leases;

/// <summary>What a lease table must do, in the plainest way: a dictionary, copied whole before every batch.</summary>
internal sealed class NaiveLeases
{
    private Dictionary<Ipv4, (LeaseRow Row, long Order)> leases = [];
    private Dictionary<Ipv4, (LeaseRow Row, long Order)> before = [];
    private Dictionary<Ipv4Range, Ipv4> cursors = [];
    private Dictionary<Ipv4Range, Ipv4> cursorsBefore = [];
    private HashSet<Ipv4> reserved = [];
    private long order;

    public IEnumerable<LeaseRow> Rows => leases.Values.Select(entry => entry.Row);

    public IEnumerable<Ipv4Range> Pools => cursors.Keys;

    public LeaseRow? Get(Ipv4 address) => leases.TryGetValue(address, out var entry) ? entry.Row : null;

    public IEnumerable<LeaseRow> LatestFirst(Func<LeaseRow, bool> match) =>
        leases.Values.OrderByDescending(entry => entry.Order).Select(entry => entry.Row).Where(match);

    public Ipv4 Cursor(Ipv4Range pool) => cursors[pool];

    public bool IsFree(Ipv4 address) => !reserved.Contains(address) && !(leases.TryGetValue(address, out var entry) && entry.Row.Holds);

    public long CountFree(Ipv4Range pool) => Addresses(pool, pool.First).LongCount(IsFree);

    public Ipv4? Next(Ipv4Range pool, Ipv4 from)
    {
        foreach (Ipv4 address in Addresses(pool, from))
        {
            if (IsFree(address)) return address;
        }

        return null;
    }

    public void SetPools(IEnumerable<Ipv4Range> pools, IEnumerable<Ipv4> kept)
    {
        cursors = pools.ToDictionary(pool => pool, pool => cursors.GetValueOrDefault(pool, pool.First));
        reserved = [.. kept];
        Accept();
    }

    public void Put(LeaseRow row)
    {
        bool holds = row.Holds && Get(row.Address) is not { Holds: true };
        if (holds)
        {
            foreach (Ipv4Range pool in cursors.Keys.Where(pool => pool.Contains(row.Address)).ToList())
            {
                if (Next(pool, cursors[pool]) == row.Address) cursors[pool] = row.Address == pool.Last ? pool.First : new(row.Address.Value + 1);
            }
        }

        leases[row.Address] = (row, ++order);
    }

    public void Apply(LeaseChangeKind kind, LeaseRow row, Ipv4? vacates, Instant now)
    {
        LeaseRow? known = Get(row.Address);
        switch (kind)
        {
            case LeaseChangeKind.Offer:
                bool held = known is { State: LeaseState.Assigned or LeaseState.Declined } && known.Expire >= now;
                if (!held) Put(row with { State = LeaseState.Offered });
                break;
            case LeaseChangeKind.Commit:
                if (vacates is { } old && old != row.Address && Get(old) is { } former)
                {
                    if (former.State == LeaseState.Offered) leases.Remove(old);
                    if (former.State == LeaseState.Assigned) Put(former with { State = LeaseState.Released, Expire = Min(former.Expire, now) });
                }

                Put(row with { State = LeaseState.Assigned });
                break;
            case LeaseChangeKind.Release:
                Put(row with { State = LeaseState.Released, Expire = Min(row.Expire, now) });
                break;
            case LeaseChangeKind.Decline:
                Put(row with { State = LeaseState.Declined, ClientId = "", Hostname = "", HardwareAddress = default, FqdnForward = false, FqdnReverse = false });
                break;
            case LeaseChangeKind.Delete:
                leases.Remove(row.Address);
                break;
            default:
                break;
        }
    }

    public void Accept()
    {
        before = new(leases);
        cursorsBefore = new(cursors);
    }

    public void Rollback()
    {
        leases = new(before);
        cursors = new(cursorsBefore);
    }

    public void Advance(Instant now, Lifetime holdFor)
    {
        foreach (var (address, entry) in leases.ToList())
        {
            LeaseRow row = entry.Row;
            if (row.Expire == Instant.Never || (row.Holds && row.Expire >= now)) continue;
            if (row.State == LeaseState.Assigned) leases[address] = (row = row with { State = LeaseState.ExpiredReclaimed }, entry.Order);
            else if (row.Holds) leases.Remove(address);
            if (!row.Holds && row.Expire.Seconds + holdFor.Seconds <= now.Seconds) leases.Remove(address);
        }

        Accept();
    }

    private static Instant Min(Instant a, Instant b) => a < b ? a : b;

    private static IEnumerable<Ipv4> Addresses(Ipv4Range pool, Ipv4 from)
    {
        for (long i = 0; i < pool.Count; i++)
        {
            long offset = (from.Value - (long)pool.First.Value + i) % pool.Count;
            yield return new((uint)(pool.First.Value + offset));
        }
    }
}
