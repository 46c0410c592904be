using Leasehold.Leases.Storage;
using Leasehold.Protocol;

namespace Leasehold.Leases;

/// <summary>All IPv4 leases and offers in memory, and the free addresses of the pools. Pure: no I/O, no clock, one thread.</summary>
/// <remarks>How leases lie in memory, and why that takes the same time however many there are: <see cref="LeaseSlots{TRecord}"/>.</remarks>
public sealed partial class LeaseTable4
{
    private readonly SipHash13 hash;

    /// <summary>An empty table without pools.</summary>
    /// <param name="seed">The key of the hash over client identifiers; the same seed gives the same order of everything.</param>
    public LeaseTable4(ulong seed = 0x4c65617365686f6c)
    {
        hash = new(seed, 0x9e3779b97f4a7c15 * (seed | 1));
        Slots = new(new Family(this), listsSubnets: false);
        places = new(hash);
        pools = new(places, range => new(range, places));
    }

    /// <summary>Leases in any state, offers included.</summary>
    public int Count => Slots.Count;

    /// <summary>Memory of the leases in octets, indexes included; pools are not.</summary>
    public long Size => Slots.Size;

    internal LeaseSlots<LeaseRecord4> Slots { get; }

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
        new(this, LeaseCursor4.Walk.ClientId, clientId, default, clientId.IsEmpty ? -1 : Slots.First(Family.ClientIdKey, hash.Hash(clientId)));

    /// <summary>All leases with this hardware type and address, in any subnet and state, the latest change first.</summary>
    /// <remarks>A stranger can make many leases with one address; who walks on a packet's behalf sets a limit.</remarks>
    public LeaseCursor4 ByHardwareAddress(scoped in HardwareAddress address) =>
        new(this, LeaseCursor4.Walk.HardwareAddress, default, address, address.IsEmpty ? -1 : Slots.First(Family.HardwareKey, Hash(address)));

    /// <summary>All leases in any state, offers included, in no particular order.</summary>
    public LeaseCursor4 All() => new(this, LeaseCursor4.Walk.All, default, default, first: 0);

    /// <summary>How many leases a subnet has, by state. Kept up with every change; zero for an unknown subnet.</summary>
    public LeaseCounts CountsOf(uint subnetId) => Slots.Counters.CountsOf(LeaseType6.NonTemporary, subnetId);

    /// <summary>How many leases a subnet has with this pool id, by state.</summary>
    public LeaseCounts CountsOf(uint subnetId, uint poolId) => Slots.Counters.CountsOf(LeaseType6.NonTemporary, subnetId, poolId);

    /// <summary>Has every lease and offer with a user context counted, those that are there now and each that comes, goes or changes.</summary>
    /// <param name="count">Takes the context, the subnet's id, and 1 or −1; null to stop.</param>
    public void Watch(LeaseCount? count) => Slots.Watch(count);

    internal int Find(Ipv4 address)
    {
        int slot = Slots.First(Family.AddressKey, Hash(address));
        while (slot >= 0 && Slots[slot].Address != address) slot = Slots.Next(Family.AddressKey, slot);
        return slot;
    }

    internal Lease4 View(int slot)
    {
        ref LeaseRecord4 record = ref Slots[slot];
        LeaseTexts texts = Slots.TextsOf(slot);
        return new()
        {
            Address = record.Address,
            HardwareAddress = record.HardwareAddress,
            ClientId = texts.Identity,
            ValidLifetime = new(record.Head.ValidLifetime),
            Expire = new(record.Head.Expire),
            SubnetId = record.Head.SubnetId,
            PoolId = record.Head.PoolId,
            FqdnForward = record.Head.FqdnForward,
            FqdnReverse = record.Head.FqdnReverse,
            Hostname = texts.Hostname,
            State = record.Head.State,
            UserContext = texts.UserContext,
        };
    }

    /// <summary>The first record at or after a slot that matches a walk; -1 at its end.</summary>
    internal int FirstMatch(LeaseCursor4.Walk walk, ReadOnlySpan<byte> clientId, HardwareAddress hardware, int slot)
    {
        switch (walk)
        {
            case LeaseCursor4.Walk.ClientId:
                while (slot >= 0 && !Slots.IdentityOf(Slots.Head(slot)).SequenceEqual(clientId)) slot = After(walk, slot);
                return slot;
            case LeaseCursor4.Walk.HardwareAddress:
                while (slot >= 0 && Slots[slot].HardwareAddress != hardware) slot = After(walk, slot);
                return slot;
            default:
                return Slots.FirstUsed(slot);
        }
    }

    /// <summary>The record to look at after one that a walk was at.</summary>
    internal int After(LeaseCursor4.Walk walk, int slot) => walk switch
    {
        LeaseCursor4.Walk.ClientId => Slots.Next(Family.ClientIdKey, slot),
        LeaseCursor4.Walk.HardwareAddress => Slots.Next(Family.HardwareKey, slot),
        _ => slot + 1,
    };

    // Nobody outside chooses the addresses of a pool.
    private static uint Hash(Ipv4 address) => Mixer.Mix(address.Value);

    private uint Hash(in HardwareAddress address)
    {
        Span<byte> key = stackalloc byte[HardwareAddress.MaxLength + 1];
        key[0] = address.Type;
        address.Octets.CopyTo(key[1..]);
        return hash.Hash(key[..(address.Length + 1)]);
    }

    /// <summary>What is IPv4's of the slots.</summary>
    private sealed class Family(LeaseTable4 table) : ILeaseFamily<LeaseRecord4>
    {
        public const int AddressKey = 0;
        public const int ClientIdKey = 1;
        public const int HardwareKey = 2;

        public bool HasKey(int key, ref LeaseRecord4 record) => key switch
        {
            ClientIdKey => record.Head.IdentityLength != 0,
            HardwareKey => !record.HardwareAddress.IsEmpty,
            _ => true,
        };

        public uint HashOf(int key, ref LeaseRecord4 record) => key switch
        {
            ClientIdKey => table.hash.Hash(table.Slots.IdentityOf(record.Head)),
            HardwareKey => table.Hash(record.HardwareAddress),
            _ => Hash(record.Address),
        };

        public LeaseType6 TypeOf(ref LeaseRecord4 record) => LeaseType6.NonTemporary;

        public bool HoldsSame(ref LeaseRecord4 before, ref LeaseRecord4 after) => true;

        public void Hold(ref LeaseRecord4 record) => table.pools.Hold(record.Address);

        public void Release(ref LeaseRecord4 record, bool quietly) => table.pools.Release(record.Address, quietly);
    }
}
