using Leasehold.Protocol;

namespace Leasehold.Leases.Storage;

/// <summary>A lease as it lies in memory: 56 octets without a reference. What varies in length is one string of the octet store:
/// client identifier, host name, user context.</summary>
internal struct LeaseRecord4
{
    public long Expire;
    public Ipv4 Address;
    public uint ValidLifetime;
    public uint SubnetId;
    public uint PoolId;
    public int Octets;
    public ushort UserContextLength;
    public HardwareAddress HardwareAddress;
    public byte ClientIdLength;
    public byte HostnameLength;
    public LeaseState State;
    public LeaseFlags Flags;

    public readonly int OctetsLength => ClientIdLength + HostnameLength + UserContextLength;

    /// <summary>True when nobody else may have the address.</summary>
    public readonly bool Holds => State is LeaseState.Assigned or LeaseState.Offered or LeaseState.Declined;

    public readonly bool Expires => Expire != long.MaxValue;
}

[Flags]
internal enum LeaseFlags : byte
{
    None,
    FqdnForward = 1,
    FqdnReverse = 2,
}

/// <summary>One step back for a change that may have to be undone.</summary>
internal struct LeaseUndo4
{
    public int Slot;
    public UndoKind Kind;

    /// <summary>For Removed: the record's string is not used by its successor.</summary>
    public bool FreeOctets;

    /// <summary>The record that was removed, or inserted.</summary>
    public LeaseRecord4 Record;
    public Link AddressLink;
    public Link ClientIdLink;
    public Link HardwareLink;
    public Link ExpiryLink;
}

internal enum UndoKind : byte
{
    Inserted,
    Removed,
}
