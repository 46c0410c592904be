using System.Runtime.InteropServices;

namespace Leasehold.Leases;

/// <summary>Walks leases that share a key, or all. Valid until the table changes.</summary>
[StructLayout(LayoutKind.Auto)]
public ref struct LeaseCursor6
{
    private readonly LeaseTable6 table;
    private readonly Walk walk;
    private readonly ReadOnlySpan<byte> duid;
    private readonly LeaseType6 type;
    private readonly uint iaid;
    private int current = -1;
    private int next;

    internal LeaseCursor6(LeaseTable6 table, Walk walk, ReadOnlySpan<byte> duid, LeaseType6 type, uint iaid, int first)
    {
        this.table = table;
        this.walk = walk;
        this.duid = duid;
        this.type = type;
        this.iaid = iaid;
        next = first;
    }

    internal enum Walk : byte
    {
        All,
        Association,
        Duid,
        Subnet,
    }

    public readonly Lease6 Current => table.View(current);

    public bool MoveNext()
    {
        current = next < 0 ? -1 : table.FirstMatch(walk, duid, type, iaid, next);
        if (current < 0)
        {
            next = -1;
            return false;
        }

        next = table.After(walk, current);
        return true;
    }

    public readonly LeaseCursor6 GetEnumerator() => this;
}
