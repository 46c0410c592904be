using System.Numerics;

namespace Leasehold.Leases.Storage;

// A table is filled from files in one go: how many leases there will be is known before, no address comes twice, and nothing is
// undone. So memory is taken once, records lie in the order of the files, and the indexes are made from the records by whoever
// has time, without looking anything up.
internal sealed partial class LeaseSlots<TRecord>
{
    /// <summary>Records whose hashes are computed before any of them is put into an index: the processor can wait for the memory of several at once.
    /// A bit for each is one word.</summary>
    private const int IndexBlock = 64;

    private int indexedAddresses;
    private int indexedClients;

    /// <summary>Takes the memory for so many leases. There must have been none.</summary>
    public void StartFilling(int count)
    {
        if (Used != 0 || HasChanges) throw new InvalidOperationException("only a new table can be filled");
        records.Reserve(count);
        foreach (HashIndex key in keys) key.Reserve(count);
        bySubnet?.ReserveNodes(count);
        running.ReserveNodes(count);
        remembered.ReserveNodes(count);
    }

    /// <summary>Adds a lease, which is found only after both indexes were made. Its address must not have come before.</summary>
    /// <returns>How many were added so far.</returns>
    public int Fill(TRecord record, in LeaseTexts texts)
    {
        ref LeaseHead head = ref TRecord.HeadOf(ref record);
        head.IdentityLength = (byte)texts.Identity.Length;
        head.HardwareLength = (byte)texts.Hardware.Length;
        head.HostnameLength = (byte)texts.Hostname.Length;
        head.UserContextLength = (ushort)texts.UserContext.Length;
        head.Octets = Store(texts, head.OctetsLength);
        records[Used] = record;
        return ++Used;
    }

    /// <summary>Makes the indexes of clients up to a number of leases. Another thread may add leases meanwhile.</summary>
    public void IndexClients(int upTo)
    {
        Span<uint> hashes = stackalloc uint[IndexBlock];
        while (indexedClients < upTo)
        {
            int from = indexedClients;
            int count = Math.Min(IndexBlock, upTo - from);
            for (int key = 1; key < KeyLinks.Count; key++)
            {
                ulong present = 0;
                for (int i = 0; i < count; i++)
                {
                    ref TRecord record = ref records[from + i];
                    if (!family.HasKey(key, ref record)) continue;
                    hashes[i] = family.HashOf(key, ref record);
                    present |= 1UL << i;
                }

                for (; present != 0; present &= present - 1)
                {
                    int i = BitOperations.TrailingZeroCount(present);
                    keys[key].Add(from + i, hashes[i]);
                }
            }

            indexedClients += count;
        }
    }

    /// <summary>Makes the index of addresses, the lists and the counts for all leases that were added.</summary>
    public void IndexAddresses()
    {
        for (; indexedAddresses < Used; indexedAddresses++)
        {
            ref TRecord record = ref records[indexedAddresses];
            keys[0].Add(indexedAddresses, family.HashOf(0, ref record));
            LinkHead(indexedAddresses, ref record);
        }
    }

    /// <summary>Ends the filling, after both indexes were made.</summary>
    public void EndFilling()
    {
        if (indexedAddresses != Used || indexedClients != Used) throw new InvalidOperationException("the indexes are not made");
        Count = Used;
    }
}
