using System.Runtime.InteropServices;
using Leasehold.Leases.Storage;
using Leasehold.Protocol;

namespace Leasehold.Leases;

/// <summary>All IPv4 leases and offers in memory, and the free addresses of the pools. Pure: no I/O, no clock, one thread.</summary>
/// <remarks>
/// A lease is a record without references in a segment that never moves; indexes are lists of record numbers. So ten million
/// leases are nothing that the garbage collector looks at, and no operation takes longer because there are many.
/// </remarks>
public sealed partial class LeaseTable4
{
    private readonly Segmented<LeaseRecord4> records = new();
    private readonly OctetStore octets = new();
    private readonly SipHash13 hash;
    private readonly HashIndex byAddress;
    private readonly HashIndex byClientId;
    private readonly HashIndex byHardware;
    private int slotsUsed;
    private int freeSlot = -1;

    /// <summary>An empty table without pools.</summary>
    /// <param name="seed">The key of the hash over client identifiers; the same seed gives the same order of everything.</param>
    public LeaseTable4(ulong seed = 0x4c65617365686f6c)
    {
        hash = new(seed, 0x9e3779b97f4a7c15 * (seed | 1));
        byAddress = new(slot => Hash(records[slot].Address));
        byClientId = new(slot => hash.Hash(ClientIdOf(records[slot])));
        byHardware = new(slot => Hash(records[slot].HardwareAddress));
        endOf = slot => new(records[slot].Expire);
    }

    /// <summary>Leases in any state, offers included.</summary>
    public int Count { get; private set; }

    /// <summary>Memory of the leases in octets, indexes included; pools are not.</summary>
    public long Size => records.Size + octets.Size + byAddress.Size + byClientId.Size + byHardware.Size + running.Size + remembered.Size;

    /// <summary>The lease of an address, in any state. False: nothing is known of it.</summary>
    public bool TryGet(Ipv4 address, out Lease4 lease)
    {
        int slot = Find(address);
        lease = slot < 0 ? default : View(slot);
        return slot >= 0;
    }

    /// <summary>All leases with this client identifier, in any subnet and state, the latest change first.</summary>
    /// <remarks>A stranger can make many leases with one identifier; who walks on a packet's behalf sets a limit.</remarks>
    public LeaseCursor4 ByClientId(ReadOnlySpan<byte> clientId) =>
        new(this, LeaseCursor4.Walk.ClientId, clientId, default, clientId.IsEmpty ? -1 : byClientId.First(hash.Hash(clientId)));

    /// <summary>All leases with this hardware type and address, in any subnet and state, the latest change first.</summary>
    /// <remarks>A stranger can make many leases with one address; who walks on a packet's behalf sets a limit.</remarks>
    public LeaseCursor4 ByHardwareAddress(scoped in HardwareAddress address) =>
        new(this, LeaseCursor4.Walk.HardwareAddress, default, address, address.IsEmpty ? -1 : byHardware.First(Hash(address)));

    /// <summary>All leases in any state, offers included, in no particular order.</summary>
    public LeaseCursor4 All() => new(this, LeaseCursor4.Walk.All, default, default, first: 0);

    internal int Find(Ipv4 address)
    {
        int slot = byAddress.First(Hash(address));
        while (slot >= 0 && records[slot].Address != address) slot = byAddress.Next(slot);
        return slot;
    }

    internal Lease4 View(int slot)
    {
        ref LeaseRecord4 record = ref records[slot];
        ReadOnlySpan<byte> strings = octets.Get(record.Octets, record.OctetsLength);
        int names = record.ClientIdLength + record.HostnameLength;
        return new()
        {
            Address = record.Address,
            HardwareAddress = record.HardwareAddress,
            ClientId = strings[..record.ClientIdLength],
            ValidLifetime = new(record.ValidLifetime),
            Expire = new(record.Expire),
            SubnetId = record.SubnetId,
            PoolId = record.PoolId,
            FqdnForward = (record.Flags & LeaseFlags.FqdnForward) != LeaseFlags.None,
            FqdnReverse = (record.Flags & LeaseFlags.FqdnReverse) != LeaseFlags.None,
            Hostname = strings[record.ClientIdLength..names],
            State = record.State,
            UserContext = strings[names..],
        };
    }

    /// <summary>The first record at or after a slot that matches a walk; -1 at its end.</summary>
    internal int FirstMatch(LeaseCursor4.Walk walk, ReadOnlySpan<byte> clientId, HardwareAddress hardware, int slot)
    {
        switch (walk)
        {
            case LeaseCursor4.Walk.ClientId:
                while (slot >= 0 && !ClientIdOf(records[slot]).SequenceEqual(clientId)) slot = byClientId.Next(slot);
                return slot;
            case LeaseCursor4.Walk.HardwareAddress:
                while (slot >= 0 && records[slot].HardwareAddress != hardware) slot = byHardware.Next(slot);
                return slot;
            default:
                while (slot < slotsUsed && records[slot].Octets == FreeSlot) slot++;
                return slot < slotsUsed ? slot : -1;
        }
    }

    /// <summary>The record to look at after one that a walk was at.</summary>
    internal int After(LeaseCursor4.Walk walk, int slot) => walk switch
    {
        LeaseCursor4.Walk.ClientId => byClientId.Next(slot),
        LeaseCursor4.Walk.HardwareAddress => byHardware.Next(slot),
        _ => slot + 1,
    };

    private ReadOnlySpan<byte> ClientIdOf(in LeaseRecord4 record) => octets.Get(record.Octets, record.ClientIdLength);

    // Nobody outside chooses the addresses of a pool.
    private static uint Hash(Ipv4 address) => Mixer.Mix(address.Value);

    private uint Hash(in HardwareAddress address)
    {
        Span<byte> key = stackalloc byte[HardwareAddress.MaxLength + 1];
        key[0] = address.Type;
        address.Octets.CopyTo(key[1..]);
        return hash.Hash(key[..(address.Length + 1)]);
    }
}

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
