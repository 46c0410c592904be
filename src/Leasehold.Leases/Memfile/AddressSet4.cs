namespace Leasehold.Leases.Memfile;

/// <summary>IPv4 addresses, a bit each; 8 KiB for each block of 65,536 that any of them is in.</summary>
internal sealed class AddressSet4 : ILeaseKeySet
{
    private readonly ulong[]?[] blocks = new ulong[1 << 16][];

    public bool Add(in LeaseLineFacts line)
    {
        uint address = (uint)line.Address;
        ref ulong[]? block = ref blocks[address >> 16];
        block ??= new ulong[1 << 10];
        ref ulong word = ref block[(address & 0xffff) >> 6];
        ulong bit = 1UL << (int)(address & 63);
        bool isNew = (word & bit) == 0;
        word |= bit;
        return isNew;
    }
}
