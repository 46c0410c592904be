using System.Runtime.CompilerServices;

namespace Leasehold.Leases.Storage;

/// <summary>One step back for a change that may have to be undone.</summary>
internal struct LeaseUndo<TRecord>
    where TRecord : unmanaged
{
    public int Slot;
    public UndoKind Kind;

    /// <summary>For Removed: the record's string is not used by its successor.</summary>
    public bool FreeOctets;

    /// <summary>The record that was removed, or inserted.</summary>
    public TRecord Record;
    public KeyLinks Keys;
    public Link Subnet;
    public Link Expiry;
}

/// <summary>Where a record was in the index of each key.</summary>
[InlineArray(Count)]
internal struct KeyLinks
{
    /// <summary>Keys of a record: the address, and two by which a client's leases are found.</summary>
    public const int Count = 3;

    private Link first;
}

internal enum UndoKind : byte
{
    Inserted,
    Removed,
}
