using Leasehold.Leases.Storage;

namespace Leasehold.Leases;

// A table is filled from files in one go: how many leases there will be is known before, no address comes twice, and nothing is
// undone. So memory is taken once, records lie in the order of the files, and the indexes are made from the records by whoever
// has time, without looking anything up.
public sealed partial class LeaseTable4
{
    /// <summary>Records whose hashes are computed before any of them is put into an index: the processor can wait for the memory of several at once.</summary>
    private const int IndexBlock = 64;

    private int indexedAddresses;
    private int indexedClients;

    /// <summary>Takes the memory for so many leases. The table must be new.</summary>
    internal void StartFilling(int count)
    {
        if (slotsUsed != 0 || HasChanges) throw new InvalidOperationException("only a new table can be filled");
        records.Reserve(count);
        byAddress.Reserve(count);
        byClientId.Reserve(count);
        byHardware.Reserve(count);
        running.ReserveNodes(count);
        remembered.ReserveNodes(count);
    }

    /// <summary>Adds a lease, which is found only after both indexes were made. Its address must not have come before.</summary>
    /// <returns>How many were added so far.</returns>
    internal int Fill(in Lease4 lease)
    {
        LeaseRecord4 record = RecordOf(lease, lease.State, lease.Expire);
        record.Octets = Store(lease, record.OctetsLength);
        records[slotsUsed] = record;
        return ++slotsUsed;
    }

    /// <summary>Makes the indexes of clients up to a number of leases. Another thread may add leases meanwhile.</summary>
    internal void IndexClients(int upTo)
    {
        Span<uint> clientIds = stackalloc uint[IndexBlock];
        Span<uint> hardware = stackalloc uint[IndexBlock];
        while (indexedClients < upTo)
        {
            int from = indexedClients;
            int count = Math.Min(IndexBlock, upTo - from);
            for (int i = 0; i < count; i++)
            {
                ref LeaseRecord4 record = ref records[from + i];
                clientIds[i] = record.ClientIdLength == 0 ? 0 : hash.Hash(ClientIdOf(record));
                hardware[i] = record.HardwareAddress.IsEmpty ? 0 : Hash(record.HardwareAddress);
            }

            for (int i = 0; i < count; i++)
            {
                if (records[from + i].ClientIdLength != 0) byClientId.Add(from + i, clientIds[i]);
            }

            for (int i = 0; i < count; i++)
            {
                if (!records[from + i].HardwareAddress.IsEmpty) byHardware.Add(from + i, hardware[i]);
            }

            indexedClients += count;
        }
    }

    /// <summary>Makes the index of addresses, the wheels and the counts for all leases that were added.</summary>
    internal void IndexAddresses()
    {
        for (; indexedAddresses < slotsUsed; indexedAddresses++)
        {
            ref LeaseRecord4 record = ref records[indexedAddresses];
            byAddress.Add(indexedAddresses, Hash(record.Address));
            if (record.Expires) WheelOf(record).Add(indexedAddresses, new(record.Expire));
            Tally(record, 1);
        }
    }

    /// <summary>Ends the filling, after both indexes were made.</summary>
    internal void EndFilling()
    {
        if (indexedAddresses != slotsUsed || indexedClients != slotsUsed) throw new InvalidOperationException("the indexes are not made");
        Count = slotsUsed;
        TakeAllHeld(only: null);
    }
}
