using Leasehold.Leases.Storage;
using Leasehold.Protocol;

namespace Leasehold.Leases;

/// <summary>Which addresses of one pool are free. Every search takes constant time at any fill.</summary>
public sealed class FreeAddresses : IFreePool<Ipv4, Ipv4>
{
    internal FreeAddresses(Ipv4Range range, PlaceJournal journal)
    {
        Range = range;
        Places = new(new DensePlaces(range.Count), journal);
    }

    public Ipv4Range Range { get; }

    /// <summary>Addresses that are neither held by a lease or an offer nor kept for a reservation.</summary>
    public long Count => Range.Count - (long)Places.Held;

    /// <summary>Where the next search begins: the address after the last one that a search found and a change took.</summary>
    public Ipv4 Cursor => At(Places.Cursor);

    /// <summary>Calls somebody whenever an address has become free, until the next <see cref="LeaseTable4.SetPools"/>.</summary>
    /// <remarks>So a search over many pools need not look at those that were full again and again.</remarks>
    public void OnFreed(Action call) => Places.Freed += call;

    Ipv4 IFreePool<Ipv4, Ipv4>.First => Range.First;

    Ipv4 IFreePool<Ipv4, Ipv4>.Last => Range.Last;

    FreePlaces IFreePool<Ipv4, Ipv4>.Places => Places;

    internal FreePlaces Places { get; }

    /// <summary>False outside the range, too.</summary>
    public bool IsFree(Ipv4 address) => Range.Contains(address) && Places.IsFree(PlaceOf(address));

    /// <summary>The first free address from the given one on, going round at the end of the range: with Cursor, the allocator "iterative".</summary>
    /// <param name="from">An address of the range; from any other the search begins at the range's first.</param>
    /// <returns>False when no address is free.</returns>
    public bool TryNext(Ipv4 from, out Ipv4 address) =>
        Found(Places.TryNext(Range.Contains(from) ? PlaceOf(from) : 0, out ulong place), place, out address);

    /// <summary>A free address that cannot be foretold without the numbers: the allocator "random".</summary>
    /// <remarks>
    /// All addresses are equally likely while the pool is not nearly full; then those behind long runs of held ones come sooner.
    /// </remarks>
    /// <returns>False when no address is free.</returns>
    public bool TryRandom(Random random, out Ipv4 address) => Found(Places.TryRandom(random, out ulong place), place, out address);

    /// <summary>The address that is free for the longest time: the allocator "flq". Those that were never taken come first, from Cursor on.</summary>
    /// <remarks>The order is kept from the first call of this or of <see cref="KeepOrder"/> on, and not over a restart.</remarks>
    /// <returns>False when no address is free.</returns>
    public bool TryOldest(out Ipv4 address) => Found(Places.TryOldest(out ulong place), place, out address);

    /// <summary>Keeps the order in which addresses are freed from now on; called when the pool is configured, so that no packet waits for it.</summary>
    public void KeepOrder() => Places.KeepOrder();

    static (Ipv4 First, Ipv4 Last) IFreePool<Ipv4, Ipv4>.BoundsOf(Ipv4 held) => (held, held);

    void IFreePool<Ipv4, Ipv4>.Hold(Ipv4 held, bool quietly) => Places.Hold(PlaceOf(held), quietly);

    void IFreePool<Ipv4, Ipv4>.Release(Ipv4 held, bool quietly) => Places.Release(PlaceOf(held), quietly);

    internal ulong PlaceOf(Ipv4 address) => address.Value - (ulong)Range.First.Value;

    private Ipv4 At(ulong place) => new((uint)(Range.First.Value + place));

    private bool Found(bool found, ulong place, out Ipv4 address)
    {
        address = found ? At(place) : default;
        return found;
    }
}
