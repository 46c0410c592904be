namespace Leasehold.Leases.Storage;

/// <summary>A lease as it lies in memory, without a reference.</summary>
internal interface ILeaseRecord<TRecord>
    where TRecord : unmanaged, ILeaseRecord<TRecord>
{
    static abstract ref LeaseHead HeadOf(ref TRecord record);
}

/// <summary>What a table of one family adds to <see cref="LeaseSlots{TRecord}"/>: the keys that leases are found by, and the pools.</summary>
internal interface ILeaseFamily<TRecord>
    where TRecord : unmanaged, ILeaseRecord<TRecord>
{
    /// <summary>Whether a record has a key. Key 0 is the address, which every record has.</summary>
    bool HasKey(int key, ref TRecord record);

    /// <summary>The hash of a key that a record has. May be called by a second thread while a table is filled.</summary>
    uint HashOf(int key, ref TRecord record);

    /// <summary>What is counted apart in a subnet.</summary>
    LeaseType6 TypeOf(ref TRecord record);

    /// <summary>Whether two records of one address hold the same: a prefix may have got another length.</summary>
    bool HoldsSame(ref TRecord before, ref TRecord after);

    /// <summary>The record's address is held from now on; can be undone.</summary>
    void Hold(ref TRecord record);

    /// <summary>The record's address is not held any more.</summary>
    /// <param name="quietly">It is not to be undone.</param>
    void Release(ref TRecord record, bool quietly);
}

/// <summary>What is filled from files in one go.</summary>
internal interface IFillable
{
    void StartFilling(int count);

    void IndexClients(int upTo);

    void IndexAddresses();
}
