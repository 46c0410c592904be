namespace Leasehold.Leases.Storage;

/// <summary>The leases of a table, whatever the family: records in numbered slots, the indexes over them, their ends, and the way back.</summary>
/// <remarks>
/// A lease is a record without references in a segment that never moves; indexes are lists of record numbers. So ten million
/// leases are nothing that the garbage collector looks at, and no operation takes longer because there are many.
/// </remarks>
internal sealed partial class LeaseSlots<TRecord> : IFillable
    where TRecord : unmanaged, ILeaseRecord<TRecord>
{
    /// <summary>In a record's Octets: the slot is free.</summary>
    private const int FreeSlot = -1;

    private readonly ILeaseFamily<TRecord> family;
    private readonly Segmented<TRecord> records = new();
    private readonly OctetStore octets = new();
    private readonly HashIndex[] keys;

    /// <summary>A list a subnet; null where subnets are not walked.</summary>
    private readonly ChainLists? bySubnet;

    private readonly Dictionary<uint, int> subnetLists = [];
    private int freeSlot = -1;

    /// <param name="listsSubnets">True when <see cref="FirstInSubnet"/> is wanted: 8 octets a lease.</param>
    public LeaseSlots(ILeaseFamily<TRecord> family, bool listsSubnets)
    {
        this.family = family;
        keys = [.. Enumerable.Range(0, KeyLinks.Count).Select(key => new HashIndex(slot => family.HashOf(key, ref records[slot])))];
        bySubnet = listsSubnets ? new() : null;
        endOf = slot => new(Head(slot).Expire);
    }

    /// <summary>Records in any state.</summary>
    public int Count { get; private set; }

    /// <summary>Slots that were ever used; those after it are not there.</summary>
    public int Used { get; private set; }

    /// <summary>Memory in octets, indexes included.</summary>
    public long Size => records.Size + octets.Size + keys.Sum(key => key.Size) + (bySubnet?.Size ?? 0) + running.Size + remembered.Size;

    public LeaseCounters Counters { get; } = new();

    public ref TRecord this[int slot] => ref records[slot];

    public bool IsUsed(int slot) => Head(slot).Octets != FreeSlot;

    public ref LeaseHead Head(int slot) => ref TRecord.HeadOf(ref records[slot]);

    /// <summary>The first record whose key may have this hash, -1 for none; the caller compares.</summary>
    public int First(int key, uint hash) => keys[key].First(hash);

    public int Next(int key, int slot) => keys[key].Next(slot);

    /// <summary>The record of a subnet that was changed last; -1 for none.</summary>
    public int FirstInSubnet(uint subnetId) =>
        bySubnet is null || !subnetLists.TryGetValue(subnetId, out int list) ? -1 : bySubnet.First(list);

    public int NextInSubnet(int slot) => bySubnet is null ? -1 : bySubnet.Next(slot);

    /// <summary>The first record at or after a slot; -1 for none.</summary>
    public int FirstUsed(int slot)
    {
        while (slot < Used && !IsUsed(slot)) slot++;
        return slot < Used ? slot : -1;
    }

    public LeaseTexts TextsOf(int slot) => TextsOf(Head(slot));

    public ReadOnlySpan<byte> IdentityOf(in LeaseHead head) => octets.Get(head.Octets, head.IdentityLength);

    private LeaseTexts TextsOf(in LeaseHead head)
    {
        ReadOnlySpan<byte> strings = octets.Get(head.Octets, head.OctetsLength);
        int names = head.IdentityLength + head.HardwareLength;
        return new()
        {
            Identity = strings[..head.IdentityLength],
            Hardware = strings[head.IdentityLength..names],
            Hostname = strings.Slice(names, head.HostnameLength),
            UserContext = strings[(names + head.HostnameLength)..],
        };
    }

    private int Store(in LeaseTexts texts, int length)
    {
        int handle = octets.Allocate(length);
        Span<byte> strings = octets.Get(handle, length);
        texts.Identity.CopyTo(strings);
        strings = strings[texts.Identity.Length..];
        texts.Hardware.CopyTo(strings);
        strings = strings[texts.Hardware.Length..];
        texts.Hostname.CopyTo(strings);
        texts.UserContext.CopyTo(strings[texts.Hostname.Length..]);
        return handle;
    }

    private bool HasOctets(in LeaseHead head, in LeaseTexts texts)
    {
        LeaseTexts known = TextsOf(head);
        return known.Identity.SequenceEqual(texts.Identity)
            && known.Hardware.SequenceEqual(texts.Hardware)
            && known.Hostname.SequenceEqual(texts.Hostname)
            && known.UserContext.SequenceEqual(texts.UserContext);
    }

    private int SubnetList(uint subnetId, ChainLists lists)
    {
        if (subnetLists.TryGetValue(subnetId, out int list)) return list;
        list = subnetLists.Count;
        subnetLists.Add(subnetId, list);
        lists.ReserveLists(list + 1);
        return list;
    }

    private int TakeSlot()
    {
        Count++;
        int slot = freeSlot;
        if (slot >= 0)
        {
            freeSlot = (int)Head(slot).Expire;
            return slot;
        }

        slot = Used++;
        records.Reserve(Used);
        foreach (HashIndex key in keys) key.ReserveNodes(Used);
        bySubnet?.ReserveNodes(Used);
        running.ReserveNodes(Used);
        remembered.ReserveNodes(Used);
        return slot;
    }

    private void GiveSlot(int slot)
    {
        Count--;
        records[slot] = default;
        ref LeaseHead head = ref Head(slot);
        head.Octets = FreeSlot;
        // A free slot's Expire is the number of the next free one.
        head.Expire = freeSlot;
        freeSlot = slot;
    }
}
