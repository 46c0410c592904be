using Leasehold.Protocol;

namespace Leasehold.Leases.Memfile;

/// <summary>Addresses, a bit each; 8 KiB for each block of 65,536 that any of them is in.</summary>
internal sealed class AddressSet
{
    private readonly ulong[]?[] blocks = new ulong[1 << 16][];

    /// <returns>True when the address was not in the set before.</returns>
    public bool Add(Ipv4 address)
    {
        ref ulong[]? block = ref blocks[address.Value >> 16];
        block ??= new ulong[1 << 10];
        ref ulong word = ref block[(address.Value & 0xffff) >> 6];
        ulong bit = 1UL << (int)(address.Value & 63);
        bool isNew = (word & bit) == 0;
        word |= bit;
        return isNew;
    }
}
