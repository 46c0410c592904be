using Leasehold.Protocol;

namespace Leasehold.Leases.Storage;

/// <summary>The part of a lease's record that is the same in both families: 32 octets.</summary>
internal struct LeaseHead
{
    public long Expire;
    public int Octets;
    public uint ValidLifetime;
    public uint SubnetId;
    public uint PoolId;
    public ushort UserContextLength;
    public byte IdentityLength;
    public byte HardwareLength;
    public byte HostnameLength;
    public LeaseState State;
    public LeaseFlags Flags;

    public readonly int OctetsLength => IdentityLength + HardwareLength + HostnameLength + UserContextLength;

    /// <summary>True when nobody else may have the address or prefix.</summary>
    public readonly bool Holds => State is LeaseState.Assigned or LeaseState.Offered or LeaseState.Declined or LeaseState.Registered;

    /// <summary>True for a lease that is not over: an offer to somebody else does not touch it.</summary>
    public readonly bool IsStrongerThanOffer(Instant now) => State is LeaseState.Assigned or LeaseState.Declined or LeaseState.Registered && Expire >= now.Seconds;

    public readonly bool Expires => Expire != long.MaxValue;

    public readonly bool FqdnForward => (Flags & LeaseFlags.FqdnForward) != LeaseFlags.None;

    public readonly bool FqdnReverse => (Flags & LeaseFlags.FqdnReverse) != LeaseFlags.None;

    public static LeaseFlags FlagsOf(bool forward, bool reverse) =>
        (forward ? LeaseFlags.FqdnForward : LeaseFlags.None) | (reverse ? LeaseFlags.FqdnReverse : LeaseFlags.None);
}

[Flags]
internal enum LeaseFlags : byte
{
    None,
    FqdnForward = 1,
    FqdnReverse = 2,
}

/// <summary>What varies in length of a lease; together one string of the octet store.</summary>
internal readonly ref struct LeaseTexts
{
    /// <summary>The client identifier or the DUID.</summary>
    public ReadOnlySpan<byte> Identity { get; init; }

    /// <summary>The link-layer address where it is not in the record itself.</summary>
    public ReadOnlySpan<byte> Hardware { get; init; }

    public ReadOnlySpan<byte> Hostname { get; init; }

    public ReadOnlySpan<byte> UserContext { get; init; }
}
