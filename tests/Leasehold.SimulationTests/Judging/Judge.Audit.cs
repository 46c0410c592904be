using Leasehold.Configuration.Model;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.SimulationTests.Judging;

/// <content>Promises compared with the leases: after every batch, after every crash, at the end.</content>
internal sealed partial class Judge
{
    /// <summary>Changes that the disk may have although the server was told that it has not, or was not told anything.</summary>
    private readonly List<Decided> inDoubt = [];

    private LeaseTable4 Table => simulation.Server.Table;

    /// <summary>A batch goes to the disk.</summary>
    public void Storing(List<Decided> batch) => inDoubt.AddRange(batch.Where(each => each.IsDurable));

    /// <summary>It is on the disk; and what failed before it has been cut off.</summary>
    public void Stored() => inDoubt.Clear();

    /// <summary>The leases are what was promised, no less and no more.</summary>
    public void Audit(Instant now)
    {
        foreach (Promise grant in grants.Values)
        {
            if (grant.IsValid(now) && !Keeps(grant, now))
                throw new Violation("kept", $"{grant.Address} was given to {grant.Holder} until {grant.End}, and the leases say {Describe(grant.Address)}");
        }

        foreach (Promise quarantine in quarantines.Values)
        {
            if (quarantine.IsValid(now) && !Keeps(quarantine, now))
                throw new Violation("quarantine", $"{quarantine.Address} is kept from everybody until {quarantine.End}, and the leases say {Describe(quarantine.Address)}");
        }

        foreach (Lease4 lease in Table.All())
        {
            if (IsHeld(lease, now) && !IsPromised(lease))
                throw new Violation("invented", $"nobody was told of {Describe(lease.Address)}");
        }

        AuditPools(now);
    }

    /// <summary>The leases were loaded anew. Allowed: what was promised, and what may or may not have been stored after it.</summary>
    public void Recovered(Instant now)
    {
        offers.Clear();
        HashSet<Ipv4> addresses = [.. grants.Keys, .. quarantines.Keys];
        foreach (Lease4 lease in Table.All()) addresses.Add(lease.Address);
        foreach (Ipv4 address in addresses) Reconcile(address, now);
        foreach (Decided change in inDoubt)
        {
            if (change.Identity is { } identity) identity.InDoubt = true;
        }

        inDoubt.Clear();
        Audit(now);
    }

    /// <summary>Everything has ended: nothing is left.</summary>
    public void Finished()
    {
        if (Table.Count != 0)
        {
            foreach (Lease4 lease in Table.All()) throw new Violation("nothing left", $"{Table.Count} leases, one of them {Describe(lease.Address)}");
        }

        foreach (Subnet4 subnet in Config.Subnets)
        {
            LeaseCounts counts = Table.CountsOf(subnet.Id);
            if (counts != default) throw new Violation("nothing left", $"subnet {subnet.Id} counts {counts}");
            foreach (Pool4 pool in subnet.Pools)
            {
                long reserved = Config.Subnets.SelectMany(each => each.Reservations).Select(each => each.Address).Distinct().Count(each => each is { } address && pool.Range.Contains(address));
                long free = Table.Pool(pool.Range).Count;
                if (free != pool.Range.Count - reserved) throw new Violation("nothing left", $"{free} of {pool.Range.Count} addresses of {pool.Range} are free, {reserved} are reserved");
            }
        }
    }

    private static bool IsHeld(scoped in Lease4 lease, Instant now) => lease.State is LeaseState.Assigned or LeaseState.Declined && lease.Expire >= now;

    private bool Keeps(Promise promise, Instant now)
    {
        if (!Table.TryGet(promise.Address, out Lease4 lease) || !IsHeld(lease, now) || lease.Expire != promise.End) return false;
        return promise.Holder is { } holder ? lease.State == LeaseState.Assigned && holder.Owns(lease, byClientId) : lease.State == LeaseState.Declined;
    }

    /// <summary>Also what was over already: a clock that is set back makes it valid again.</summary>
    private bool IsPromised(scoped in Lease4 lease)
    {
        Promise? promise = (lease.State == LeaseState.Declined ? quarantines : grants).GetValueOrDefault(lease.Address);
        return promise is not null && promise.End == lease.Expire && (promise.Holder is null || promise.Holder.Owns(lease, byClientId));
    }

    private void AuditPools(Instant now)
    {
        foreach (Subnet4 subnet in Config.Subnets)
        {
            foreach (Pool4 pool in subnet.Pools)
            {
                FreeAddresses free = PoolOf(pool);
                for (uint i = 0; i < pool.Range.Count; i++)
                {
                    Ipv4 address = new(pool.Range.First.Value + i);
                    if (!free.IsFree(address)) continue;
                    if (Table.TryGet(address, out Lease4 lease) && IsHeld(lease, now)) throw new Violation("pool", $"{address} is free to the pool, and the leases say {Describe(address)}");
                }
            }
        }
    }

    private FreeAddresses PoolOf(Pool4 pool)
    {
        try
        {
            return Table.Pool(pool.Range);
        }
        catch (KeyNotFoundException)
        {
            throw new Violation("pool", $"{pool.Range} is configured, and the server does not know it");
        }
    }

    private void Reconcile(Ipv4 address, Instant now)
    {
        Promise? grant = grants.GetValueOrDefault(address);
        Promise? quarantine = quarantines.GetValueOrDefault(address);
        Promise? valid = grant?.IsValid(now) == true ? grant : quarantine?.IsValid(now) == true ? quarantine : null;
        bool known = Table.TryGet(address, out Lease4 lease);
        bool held = known && IsHeld(lease, now);
        if (valid is not null ? Keeps(valid, now) : !known || IsPromised(lease)) return;

        if (valid is { WasTold: false } && !held)
        {
            valid.IsOver = true;
            return;
        }

        foreach (Decided change in inDoubt)
        {
            if (change.Number <= valid?.Number || (change.Address != address && change.Vacates != address)) continue;
            if (Explains(change, address, held, known, lease))
            {
                Adopt(change, address, held);
                return;
            }
        }

        // What is over is nobody's concern, unless a clock that is set back brings it to life: so it was explained first.
        if (valid is null && !held) return;
        throw valid is null
            ? new Violation("invented", $"after the crash the leases say {Describe(address)}, and nobody was told")
            : new Violation("lost", $"{address} was promised to {valid.Holder?.ToString() ?? "nobody"} until {valid.End}, and after the crash the leases say {Describe(address)}");
    }

    private bool Explains(Decided change, Ipv4 address, bool held, bool known, scoped in Lease4 lease) => (change.Change, change.Address == address) switch
    {
        (LeaseChangeKind.Commit, false) or (LeaseChangeKind.Release, true) => !held,
        // What was renewed for a shorter time, or declined, may be over by now.
        (LeaseChangeKind.Commit, true) => known && lease.State is LeaseState.Assigned or LeaseState.ExpiredReclaimed && lease.Expire == change.Expire && change.Identity?.Owns(lease, byClientId) == true,
        (LeaseChangeKind.Decline, true) => known && lease.State == LeaseState.Declined && lease.Expire == change.Expire,
        _ => false,
    };

    private void Adopt(Decided change, Ipv4 address, bool held)
    {
        bool declined = change.Change == LeaseChangeKind.Decline;
        grants.Remove(address, out Promise? former);
        quarantines.Remove(address);
        Promise adopted = new() { Address = address, Holder = declined ? null : change.Identity, SubnetId = change.SubnetId, End = change.Expire, Number = change.Number, WasTold = false };
        if (change.Change == LeaseChangeKind.Commit && change.Address == address && change.Identity is { } who && former?.Holder?.IsSame(who, byClientId) == true) former.Renewed = adopted;
        else former?.EndedBy ??= change.Packet;
        adopted.IsOver = !held;
        if (change.Address == address && change.Change is LeaseChangeKind.Commit or LeaseChangeKind.Decline) (declined ? quarantines : grants)[address] = adopted;
    }

    private string Describe(Ipv4 address)
    {
        if (!Table.TryGet(address, out Lease4 lease)) return "nothing";
        Identity holder = new(lease.HardwareAddress, lease.ClientId.ToArray());
        return $"{address} {lease.State} {holder} until {lease.Expire}";
    }
}
