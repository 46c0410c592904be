using System.Buffers.Binary;
using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Engine.Classification;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V6;

/// <summary>All reservations, found by identifier, and what they keep.</summary>
internal sealed class ReservationIndex6
{
    /// <summary>The scope of reservations outside any subnet; subnet ids begin at 1.</summary>
    private const uint GlobalScope = 0;

    private const int KeyHead = 5;

    // The longest are values of expressions.
    private const int MaxIdentifier = 255;

    private readonly Dictionary<byte[], ServingReservation6> byIdentifier = new(OctetsComparer.Instance);
    private readonly Dictionary<byte[], ServingReservation6>.AlternateLookup<ReadOnlySpan<byte>> lookup;
    private readonly ImmutableArray<ReservationIdentifierType> order;
    private readonly ClassTable<ServingClass6> classes;
    private readonly HashSet<Ipv6> addresses = [];
    private readonly HashSet<Ipv6Prefix> prefixes = [];

    // The reserved prefixes once more: their lengths, and their first addresses in order.
    private readonly int[] lengths;
    private readonly Ipv6[] networks;

    // A bit for each kind of identifier that some reservation has: the others need no search.
    private int kinds;
    private int count;

    public ReservationIndex6(Dhcp6Config config, SubnetIndex6 subnets, ClassTable<ServingClass6> classes)
    {
        this.classes = classes;
        lookup = byIdentifier.GetAlternateLookup<ReadOnlySpan<byte>>();
        // An expression for it is reason enough to look for a flex-id, also where the order does not name it.
        IEnumerable<ReservationIdentifierType> last = config.FlexIdentifierExpression is null ? [] : [ReservationIdentifierType.FlexId];
        order = [.. config.ReservationIdentifiers.Concat(last).Distinct()];
        foreach (Subnet6 subnet in config.AllSubnets)
        {
            if (!subnets.TryGet(subnet.Id, out ServingSubnet6? serving) || !serving.ReservationsInSubnet) continue;
            foreach (Reservation6 reservation in subnet.Reservations) Add(subnet.Id, reservation, _ => serving, serving);
        }

        foreach (Reservation6 reservation in config.Reservations)
        {
            Add(GlobalScope, reservation, address => subnets.OfAddress(address) is { ReservationsGlobal: true } serving ? serving : null, anyPrefix: null);
        }

        lengths = [.. prefixes.Select(prefix => prefix.Length).Distinct()];
        networks = [.. prefixes.Select(prefix => prefix.Network).Order()];
    }

    /// <summary>All addresses that are kept for somebody.</summary>
    public IEnumerable<Ipv6> Addresses => addresses;

    /// <summary>All prefixes that are kept for somebody.</summary>
    public IEnumerable<Ipv6Prefix> Prefixes => prefixes;

    /// <summary>True when an address is kept for somebody, or a part of a prefix is.</summary>
    public bool IsReserved(LeaseType6 type, Ipv6Prefix prefix)
    {
        if (type != LeaseType6.Prefix) return addresses.Contains(prefix.Network);
        foreach (int length in lengths)
        {
            if (length <= prefix.Length && prefixes.Contains(new(prefix.Network, length))) return true;
        }

        int place = networks.AsSpan().BinarySearch(prefix.Network);
        if (place < 0) place = ~place;
        return place < networks.Length && prefix.Contains(networks[place]);
    }

    /// <summary>The client's reservation: its subnet's first, then those of the other subnets on the link, then the global ones; identifiers in the configured order.</summary>
    public ServingReservation6? Find(scoped in Exchange6 x)
    {
        if (byIdentifier.Count == 0) return null;
        ServingSubnet6 selected = x.Subnet;
        if (selected.ReservationsInSubnet && Find(in x, selected.Id) is { } own) return own;
        foreach (ServingSubnet6 other in selected.Network.Subnets)
        {
            if (!ReferenceEquals(other, selected) && other.ReservationsInSubnet && Find(in x, other.Id) is { } found) return found;
        }

        return selected.ReservationsGlobal ? x.EarlyReservation ?? FindGlobal(in x) : null;
    }

    /// <summary>The client's reservation outside any subnet.</summary>
    public ServingReservation6? FindGlobal(scoped in Exchange6 x) => Find(in x, GlobalScope);

    private ServingReservation6? Find(scoped in Exchange6 x, uint scope)
    {
        Span<byte> key = stackalloc byte[KeyHead + MaxIdentifier];
        foreach (ReservationIdentifierType type in order)
        {
            if ((kinds & (1 << (int)type)) == 0) continue;
            ReadOnlySpan<byte> identifier = ClientIdentity.IdentifierOf(in x, type);
            if (identifier.IsEmpty || identifier.Length > MaxIdentifier) continue;
            WriteKeyHead(key, scope, type);
            identifier.CopyTo(key[KeyHead..]);
            if (lookup.TryGetValue(key[..(KeyHead + identifier.Length)], out ServingReservation6? reservation)) return reservation;
        }

        return null;
    }

    /// <param name="placeOf">The subnet where a reserved address counts; null: it does not.</param>
    /// <param name="anyPrefix">The subnet whose pools a reserved prefix may not be in, where it says so.</param>
    private void Add(uint scope, Reservation6 reservation, Func<Ipv6, ServingSubnet6?> placeOf, ServingSubnet6? anyPrefix)
    {
        Ipv6[] kept = [.. reservation.Addresses.Where(address => placeOf(address) is { } subnet && Counts(subnet, LeaseType6.NonTemporary, new(address, Ipv6Prefix.MaxLength)))];
        Ipv6Prefix[] keptPrefixes = [.. reservation.Prefixes.Select(reserved => reserved.Prefix).Where(prefix => anyPrefix is null || Counts(anyPrefix, LeaseType6.Prefix, prefix))];
        kinds |= 1 << (int)reservation.IdentifierType;
        byte[] key = new byte[KeyHead + reservation.Identifier.Length];
        WriteKeyHead(key, scope, reservation.IdentifierType);
        reservation.Identifier.CopyTo(key, KeyHead);
        if (!byIdentifier.TryAdd(key, new(reservation, ++count, kept, keptPrefixes, [.. reservation.Classes.Select(classes.Resolve)]))) return;
        addresses.UnionWith(kept);
        prefixes.UnionWith(keptPrefixes);
    }

    private static bool Counts(ServingSubnet6 subnet, LeaseType6 type, Ipv6Prefix reserved) =>
        !subnet.ReservationsOutOfPool || !subnet.PoolsOf(type).Any(pool => pool.Key.Range.Overlaps(reserved.Range));

    private static void WriteKeyHead(Span<byte> key, uint scope, ReservationIdentifierType type)
    {
        BinaryPrimitives.WriteUInt32BigEndian(key, scope);
        key[4] = (byte)type;
    }
}
