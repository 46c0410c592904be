using Leasehold.Configuration.Model;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V4;

/// <summary>Looks at leases that were read from a file: whether each fits its subnet, and what it says of relays.</summary>
internal sealed class LeaseSanity(SubnetIndex subnets, LeaseTable4 leases, SanityChecks checks)
{
    private ServingSubnet? last;

    /// <summary>Checks all leases and does to the table what the configuration says.</summary>
    public void Run(Action<LeaseFinding4> report)
    {
        // The table must not change under a walk: what is to be changed is noted first.
        List<Ipv4> strangers = [];
        List<Ipv4> contexts = [];
        foreach (Lease4 lease in leases.All())
        {
            if (lease.State == LeaseState.Offered) continue;
            if (checks.Leases != LeaseChecks.None && !Fits(lease)) strangers.Add(lease.Address);
            if (checks.ExtendedInfo != ExtendedInfoChecks.None && !lease.UserContext.IsEmpty) contexts.Add(lease.Address);
        }

        foreach (Ipv4 address in strangers) Subnet(address, report);
        foreach (Ipv4 address in contexts) Context(address, report);
    }

    /// <remarks>Neighbours in the table are often of one subnet.</remarks>
    private bool Fits(in Lease4 lease)
    {
        if (last?.Id != lease.SubnetId) subnets.TryGet(lease.SubnetId, out last);
        return last is not null && last.Prefix.Contains(lease.Address);
    }

    private void Subnet(Ipv4 address, Action<LeaseFinding4> report)
    {
        if (!leases.TryGet(address, out Lease4 lease)) return;
        ServingSubnet? right = subnets.OfAddress(address);
        string problem = subnets.TryGet(lease.SubnetId, out ServingSubnet? named)
            ? $"its subnet id {lease.SubnetId} is that of {named.Prefix}"
            : $"its subnet id {lease.SubnetId} is not configured";
        if (right is not null && checks.Leases is LeaseChecks.Fix or LeaseChecks.FixDelete)
        {
            leases.Load(lease with { SubnetId = right.Id, PoolId = right.PoolOf(address)?.Id ?? 0 });
            report(new(address, LeaseFindingKind.Moved, $"{problem}; it is in {right.Prefix} with id {right.Id} from now on"));
            return;
        }

        bool drops = checks.Leases is LeaseChecks.FixDelete or LeaseChecks.Delete;
        if (drops) leases.Unload(address);
        report(new(
            address,
            drops ? LeaseFindingKind.Dropped : LeaseFindingKind.Misplaced,
            problem + (right is null ? ", and no subnet has the address" : $", and {right.Prefix} with id {right.Id} has the address")));
    }

    private void Context(Ipv4 address, Action<LeaseFinding4> report)
    {
        if (!leases.TryGet(address, out Lease4 lease)) return;
        string? problem = ExtendedInfoCheck.Run(lease.UserContext, checks.ExtendedInfo, out byte[]? changed);
        if (changed is null) return;
        leases.Load(lease with { UserContext = changed });
        report(problem is null
            ? new(address, LeaseFindingKind.ContextUpgraded, "what it says of its relay has today's form now")
            : new(address, LeaseFindingKind.ContextDropped, $"{problem}; what it says of its relay was taken out"));
    }
}

/// <summary>What was found about a lease of a file.</summary>
/// <param name="Text">For a person, without the address.</param>
public readonly record struct LeaseFinding4(Ipv4 Address, LeaseFindingKind Kind, string Text);

/// <summary>What became of a lease that was found wanting.</summary>
public enum LeaseFindingKind
{
    /// <summary>It has the id of another subnet, and keeps it.</summary>
    Misplaced,

    /// <summary>It had the id of another subnet, and has the right one now.</summary>
    Moved,

    /// <summary>It had the id of another subnet, and was dropped.</summary>
    Dropped,

    /// <summary>Its user context had an older form.</summary>
    ContextUpgraded,

    /// <summary>Its user context made no sense.</summary>
    ContextDropped,
}
