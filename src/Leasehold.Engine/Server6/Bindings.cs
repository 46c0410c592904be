using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>What the identity associations of one message get, lose, or are refused: first decided for all, then written.</summary>
/// <remarks>Used again for each packet; it grows to what the largest packet needed.</remarks>
internal sealed class Bindings
{
    private readonly List<Association> associations = [];
    private readonly List<Grant> grants = [];

    /// <summary>In the order of the message.</summary>
    public int Count => associations.Count;

    public Association this[int index] => associations[index];

    /// <summary>Of all associations, in order.</summary>
    public ReadOnlySpan<Grant> All => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(grants);

    /// <summary>The shortest preferred lifetime of all that is given; null when nothing is.</summary>
    public Lifetime? ShortestPreferred
    {
        get
        {
            Lifetime? shortest = null;
            foreach (ref readonly Grant grant in All)
            {
                if (grant.IsGiven && (shortest is not { } least || grant.Terms.Preferred < least)) shortest = grant.Terms.Preferred;
            }

            return shortest;
        }
    }

    /// <summary>True once something is given in the association that was begun last.</summary>
    public bool HasGrant { get; private set; }

    public void Clear()
    {
        associations.Clear();
        grants.Clear();
        HasGrant = false;
    }

    /// <summary>What an association gets and loses.</summary>
    public ReadOnlySpan<Grant> Of(in Association association) => All.Slice(association.First, association.Length);

    /// <summary>Begins the answer for an association. False when the message had it already: an IAID is there once for each type (RFC 8415 §12).</summary>
    public bool TryBegin(in WantedAssociation wanted)
    {
        foreach (Association known in associations)
        {
            if (known.Type == wanted.Type && known.Iaid == wanted.Iaid) return false;
        }

        associations.Add(new(wanted.Type, wanted.Iaid, grants.Count, 0, StatusCode6.Success));
        HasGrant = false;
        return true;
    }

    /// <summary>Leaves the association that was begun last out of the answer.</summary>
    public void Withdraw()
    {
        Association last = associations[^1];
        associations.RemoveAt(associations.Count - 1);
        grants.RemoveRange(last.First, last.Length);
        HasGrant = false;
    }

    /// <summary>Adds to the association that was begun last.</summary>
    public void Add(in Grant grant)
    {
        grants.Add(grant);
        Association last = associations[^1];
        associations[^1] = last with { Length = last.Length + 1 };
        HasGrant |= grant.IsGiven;
    }

    /// <summary>The lease stays as it is.</summary>
    /// <param name="index">In <see cref="All"/>.</param>
    /// <param name="rest">What is left of it.</param>
    public void Reuse(int index, LeaseTerms6 rest) => grants[index] = grants[index] with { Terms = rest, Fate = GrantFate.Reused };

    /// <summary>The association that was begun last gets nothing.</summary>
    public void Refuse(StatusCode6 status) => associations[^1] = associations[^1] with { Status = status };

    /// <summary>True when some association of the message has it in its answer already, given or lost.</summary>
    public bool Has(LeaseType6 type, Ipv6Prefix prefix)
    {
        foreach (ref readonly Grant grant in All)
        {
            if (grant.Type == type && grant.Prefix == prefix) return true;
        }

        return false;
    }
}

/// <summary>An answered identity association: its part of all grants, and why it got nothing.</summary>
internal readonly record struct Association(LeaseType6 Type, uint Iaid, int First, int Length, StatusCode6 Status);

/// <summary>An address or prefix in the answer.</summary>
/// <param name="Terms">Zeros for one that is not given.</param>
/// <param name="Subnet">Whose it is; null for one that is not given.</param>
/// <param name="Pool">Null for a reserved one outside the pools.</param>
internal readonly record struct Grant(
    LeaseType6 Type, uint Iaid, Ipv6Prefix Prefix, LeaseTerms6 Terms, ServingSubnet6? Subnet, ServingPool6? Pool, GrantFate Fate)
{
    public bool IsGiven => Fate is GrantFate.New or GrantFate.Kept or GrantFate.Reused;
}

/// <summary>What happens to an address or prefix.</summary>
internal enum GrantFate : byte
{
    /// <summary>Given to the association, which does not have it now.</summary>
    New,

    /// <summary>The association has it, and keeps it.</summary>
    Kept,

    /// <summary>The association has it, and keeps it as it is: nothing is written.</summary>
    Reused,

    /// <summary>The association has it, and its lease ends now.</summary>
    Revoked,

    /// <summary>The client believes to have it, and is told that it has not.</summary>
    Denied,
}
