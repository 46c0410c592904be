using Leasehold.Leases.Storage;
using Leasehold.Protocol;

namespace Leasehold.Leases;

public sealed partial class LeaseTable6
{
    /// <summary>True while a change is neither accepted nor rolled back.</summary>
    public bool HasChanges => Slots.HasChanges;

    /// <summary>Applies a change. Remembers what was there until <see cref="Accept"/> or <see cref="Rollback"/>.</summary>
    /// <remarks>
    /// An offer for what a lease holds which is not over changes nothing: the lease is stronger. A lease that is released ends now,
    /// unless it had ended before.
    /// </remarks>
    public void Apply(in LeaseChange6 change, Instant now)
    {
        int slot = change.Kind == LeaseChangeKind.None ? -1 : Find(change.Lease.Type, change.Lease.Address);
        switch (change.Kind)
        {
            case LeaseChangeKind.None:
                return;
            case LeaseChangeKind.Offer:
                if (slot >= 0 && Slots.Head(slot).IsStrongerThanOffer(now)) return;
                Put(slot, change.Lease, LeaseState.Offered, change.Lease.Expire);
                break;
            case LeaseChangeKind.Commit:
                Put(slot, change.Lease, LeaseState.Assigned, change.Lease.Expire);
                break;
            case LeaseChangeKind.Register:
                Put(slot, change.Lease, LeaseState.Registered, change.Lease.Expire);
                break;
            case LeaseChangeKind.Release:
                Put(slot, change.Lease, LeaseState.Released, change.Lease.Expire < now ? change.Lease.Expire : now);
                break;
            case LeaseChangeKind.Decline:
                Put(slot, change.Lease.Declined(), LeaseState.Declined, change.Lease.Expire);
                break;
            case LeaseChangeKind.Delete:
                if (slot >= 0) Slots.Delete(slot);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(change), change.Kind, "not a kind of change");
        }
    }

    /// <summary>All changes since the last Accept stay: they are on stable storage.</summary>
    public void Accept()
    {
        Slots.Accept();
        places.Accept();
    }

    /// <summary>All changes since the last Accept are undone, latest first: their batch could not be stored.</summary>
    public void Rollback()
    {
        Slots.Rollback();
        places.Rollback();
    }

    /// <summary>Lets what is over by now go: leases become ExpiredReclaimed and what they held free, offers and quarantines vanish,
    /// what was remembered for holdFor after its end is forgotten.</summary>
    /// <remarks>Between batches only: changes must have been accepted or rolled back.</remarks>
    /// <param name="limit">How many leases at most, so that a packet never waits long.</param>
    /// <returns>How many were looked at, those included that were met before their time; equal to limit when there may be more.</returns>
    public int Advance(Instant now, Lifetime holdFor, int limit) => Slots.Advance(now, holdFor, limit);

    /// <summary>Puts a lease in as it is read at start-up, replacing what was known of its address or prefix. It cannot be undone.</summary>
    /// <remarks>When the empty table was advanced to the present before, Advance never looks at a lease that is not over.</remarks>
    public void Load(in Lease6 lease)
    {
        Slots.RequireNoChanges();
        Put(Find(lease.Type, lease.Address), lease, lease.State, lease.Expire);
        Accept();
    }

    /// <summary>Adds a lease while the table is filled from files.</summary>
    /// <returns>How many were added so far.</returns>
    internal int Fill(in Lease6 lease) => Slots.Fill(RecordOf(lease, lease.State, lease.Expire), TextsOf(lease));

    private void Put(int slot, in Lease6 lease, LeaseState state, Instant expire) => Slots.Put(slot, RecordOf(lease, state, expire), TextsOf(lease));

    private static LeaseTexts TextsOf(in Lease6 lease)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lease.Duid.Length, Lease6.MaxDuid, nameof(lease));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lease.HardwareAddress.Length, Lease6.MaxHardwareAddress, nameof(lease));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lease.Hostname.Length, Lease6.MaxHostname, nameof(lease));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lease.UserContext.Length, Lease6.MaxUserContext, nameof(lease));
        return new() { Identity = lease.Duid, Hardware = lease.HardwareAddress, Hostname = lease.Hostname, UserContext = lease.UserContext };
    }

    /// <summary>The record of a lease, without its string.</summary>
    private static LeaseRecord6 RecordOf(in Lease6 lease, LeaseState state, Instant expire) => new()
    {
        Address = lease.Address,
        Head = new()
        {
            Expire = expire.Seconds,
            ValidLifetime = lease.ValidLifetime.Seconds,
            SubnetId = lease.SubnetId,
            PoolId = lease.PoolId,
            State = state,
            Flags = LeaseHead.FlagsOf(lease.FqdnForward, lease.FqdnReverse),
        },
        Iaid = lease.Iaid,
        PreferredLifetime = lease.PreferredLifetime.Seconds,
        HardwareSource = lease.HardwareSource,
        HardwareType = lease.HardwareType,
        PrefixLength = lease.PrefixLength,
        Type = lease.Type,
    };
}
