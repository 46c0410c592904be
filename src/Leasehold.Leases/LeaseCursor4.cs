using System.Runtime.InteropServices;
using Leasehold.Protocol;

namespace Leasehold.Leases;

/// <summary>Walks leases that share an identifier, or all. Valid until the table changes.</summary>
[StructLayout(LayoutKind.Auto)]
public ref struct LeaseCursor4
{
    private readonly LeaseTable4 table;
    private readonly Walk walk;
    private readonly ReadOnlySpan<byte> clientId;
    private readonly HardwareAddress hardware;
    private int current = -1;
    private int next;

    internal LeaseCursor4(LeaseTable4 table, Walk walk, ReadOnlySpan<byte> clientId, HardwareAddress hardware, int first)
    {
        this.table = table;
        this.walk = walk;
        this.clientId = clientId;
        this.hardware = hardware;
        next = first;
    }

    internal enum Walk : byte
    {
        All,
        ClientId,
        HardwareAddress,
    }

    public readonly Lease4 Current => table.View(current);

    public bool MoveNext()
    {
        current = next < 0 ? -1 : table.FirstMatch(walk, clientId, hardware, next);
        if (current < 0)
        {
            next = -1;
            return false;
        }

        next = table.After(walk, current);
        return true;
    }

    public readonly LeaseCursor4 GetEnumerator() => this;
}
