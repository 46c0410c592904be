using Leasehold.Leases.Storage;
using Leasehold.Protocol;

namespace Leasehold.Leases;

/// <summary>All IPv6 leases and offers in memory, and what is free in the pools. Pure: no I/O, no clock, one thread.</summary>
/// <remarks>
/// Addresses and prefixes are apart: an address inside a delegated prefix has a lease of its own. How leases lie in memory, and
/// why that takes the same time however many there are: <see cref="LeaseSlots{TRecord}"/>.
/// </remarks>
public sealed partial class LeaseTable6
{
    private readonly SipHash13 hash;

    /// <summary>An empty table without pools.</summary>
    /// <param name="seed">The key of the hash over DUIDs and addresses; the same seed gives the same order of everything.</param>
    public LeaseTable6(ulong seed = 0x4c65617365686f6c)
    {
        hash = new(seed, 0x9e3779b97f4a7c15 * (seed | 1));
        Slots = new(new Family(this), listsSubnets: true);
        blocks = new(hash);
        places = new(hash);
        addresses = new(places, pool => new(pool, blocks, places));
        prefixes = new(places, pool => new(pool, blocks, places));
    }

    /// <summary>Leases in any state, offers included.</summary>
    public int Count => Slots.Count;

    /// <summary>Memory of the leases in octets, indexes and pools included.</summary>
    public long Size => Slots.Size + blocks.Size + places.Order.Size;

    internal LeaseSlots<LeaseRecord6> Slots { get; }

    /// <summary>The lease of an address, or of the prefix that begins with it, in any state. False: nothing is known of it.</summary>
    /// <param name="type">Prefix, or any of the two others for an address.</param>
    public bool TryGet(LeaseType6 type, Ipv6 address, out Lease6 lease)
    {
        int slot = Find(type, address);
        lease = slot < 0 ? default : View(slot);
        return slot >= 0;
    }

    /// <summary>All leases of an identity association, in any subnet and state, the latest change first.</summary>
    public LeaseCursor6 ByAssociation(LeaseType6 type, ReadOnlySpan<byte> duid, uint iaid) =>
        new(this, LeaseCursor6.Walk.Association, duid, type, iaid, duid.IsEmpty ? -1 : Slots.First(Family.AssociationKey, Hash(type, duid, iaid)));

    /// <summary>All leases of a client, in any subnet and state, the latest change first.</summary>
    /// <remarks>A stranger can make many leases with one DUID; who walks on a packet's behalf sets a limit.</remarks>
    public LeaseCursor6 ByDuid(ReadOnlySpan<byte> duid) =>
        new(this, LeaseCursor6.Walk.Duid, duid, default, 0, duid.IsEmpty ? -1 : Slots.First(Family.DuidKey, hash.Hash(duid)));

    /// <summary>All leases of a subnet in any state, offers included, the latest change first.</summary>
    public LeaseCursor6 BySubnet(uint subnetId) => new(this, LeaseCursor6.Walk.Subnet, default, default, 0, Slots.FirstInSubnet(subnetId));

    /// <summary>All leases in any state, offers included, in no particular order.</summary>
    public LeaseCursor6 All() => new(this, LeaseCursor6.Walk.All, default, default, 0, first: 0);

    /// <summary>How many leases of a type a subnet has, by state. Kept up with every change; zero for an unknown subnet.</summary>
    public LeaseCounts CountsOf(LeaseType6 type, uint subnetId) => Slots.Counters.CountsOf(type, subnetId);

    /// <summary>How many leases of a type a subnet has with this pool id, by state.</summary>
    public LeaseCounts CountsOf(LeaseType6 type, uint subnetId, uint poolId) => Slots.Counters.CountsOf(type, subnetId, poolId);

    internal int Find(LeaseType6 type, Ipv6 address)
    {
        bool isPrefix = type == LeaseType6.Prefix;
        int slot = Slots.First(Family.AddressKey, Hash(isPrefix, address));
        while (slot >= 0 && (Slots[slot].Address != address || Slots[slot].Type == LeaseType6.Prefix != isPrefix)) slot = Slots.Next(Family.AddressKey, slot);
        return slot;
    }

    internal Lease6 View(int slot)
    {
        ref LeaseRecord6 record = ref Slots[slot];
        LeaseTexts texts = Slots.TextsOf(slot);
        return new()
        {
            Type = record.Type,
            Address = record.Address,
            PrefixLength = record.PrefixLength,
            Duid = texts.Identity,
            Iaid = record.Iaid,
            PreferredLifetime = new(record.PreferredLifetime),
            ValidLifetime = new(record.Head.ValidLifetime),
            Expire = new(record.Head.Expire),
            SubnetId = record.Head.SubnetId,
            PoolId = record.Head.PoolId,
            FqdnForward = record.Head.FqdnForward,
            FqdnReverse = record.Head.FqdnReverse,
            Hostname = texts.Hostname,
            HardwareAddress = texts.Hardware,
            HardwareType = record.HardwareType,
            HardwareSource = record.HardwareSource,
            State = record.Head.State,
            UserContext = texts.UserContext,
        };
    }

    /// <summary>The first record at or after a slot that matches a walk; -1 at its end.</summary>
    internal int FirstMatch(LeaseCursor6.Walk walk, ReadOnlySpan<byte> duid, LeaseType6 type, uint iaid, int slot)
    {
        switch (walk)
        {
            case LeaseCursor6.Walk.Association:
                while (slot >= 0 && !(Slots[slot].Iaid == iaid && Slots[slot].Type == type && IsOf(slot, duid))) slot = After(walk, slot);
                return slot;
            case LeaseCursor6.Walk.Duid:
                while (slot >= 0 && !IsOf(slot, duid)) slot = After(walk, slot);
                return slot;
            case LeaseCursor6.Walk.Subnet:
                return slot;
            default:
                return Slots.FirstUsed(slot);
        }
    }

    /// <summary>The record to look at after one that a walk was at.</summary>
    internal int After(LeaseCursor6.Walk walk, int slot) => walk switch
    {
        LeaseCursor6.Walk.Association => Slots.Next(Family.AssociationKey, slot),
        LeaseCursor6.Walk.Duid => Slots.Next(Family.DuidKey, slot),
        LeaseCursor6.Walk.Subnet => Slots.NextInSubnet(slot),
        _ => slot + 1,
    };

    private bool IsOf(int slot, ReadOnlySpan<byte> duid) => Slots.IdentityOf(Slots.Head(slot)).SequenceEqual(duid);

    // A client may ask for any address of a large pool, so the hash has a key here as well.
    private uint Hash(bool isPrefix, Ipv6 address) => hash.Hash((ulong)(address.Value >> 64), (ulong)address.Value) ^ (isPrefix ? 0x9e3779b9u : 0);

    private uint Hash(LeaseType6 type, ReadOnlySpan<byte> duid, uint iaid) => hash.Hash(((ulong)type << 32) | iaid, hash.Hash(duid));

    /// <summary>What is IPv6's of the slots.</summary>
    private sealed class Family(LeaseTable6 table) : ILeaseFamily<LeaseRecord6>
    {
        public const int AddressKey = 0;
        public const int AssociationKey = 1;
        public const int DuidKey = 2;

        public bool HasKey(int key, ref LeaseRecord6 record) => key == AddressKey || record.Head.IdentityLength != 0;

        public uint HashOf(int key, ref LeaseRecord6 record) => key switch
        {
            AssociationKey => table.Hash(record.Type, table.Slots.IdentityOf(record.Head), record.Iaid),
            DuidKey => table.hash.Hash(table.Slots.IdentityOf(record.Head)),
            _ => table.Hash(record.Type == LeaseType6.Prefix, record.Address),
        };

        public LeaseType6 TypeOf(ref LeaseRecord6 record) => record.Type;

        public bool HoldsSame(ref LeaseRecord6 before, ref LeaseRecord6 after) => before.PrefixLength == after.PrefixLength;

        public void Hold(ref LeaseRecord6 record) => table.PoolsOf(record.Type).Hold(record.Prefix);

        public void Release(ref LeaseRecord6 record, bool quietly) => table.PoolsOf(record.Type).Release(record.Prefix, quietly);
    }
}
