using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Leasehold.Configuration.Model;
using Leasehold.Engine.Classification;
using Leasehold.Protocol;

namespace Leasehold.Engine.V4;

/// <summary>All reservations, found by identifier or by address in constant time.</summary>
internal sealed class ReservationIndex
{
    /// <summary>The scope of reservations outside any subnet; subnet ids begin at 1.</summary>
    private const uint GlobalScope = 0;

    private const int KeyHead = 5;

    // RFC 2132 §9.14, RFC 3046 §2.0: no identifier is longer than an option.
    private const int MaxIdentifier = 255;

    private readonly Dictionary<byte[], ServingReservation> byIdentifier = new(OctetsComparer.Instance);
    private readonly Dictionary<byte[], ServingReservation>.AlternateLookup<ReadOnlySpan<byte>> lookup;
    private readonly Dictionary<Ipv4, ServingReservation> byAddress = [];
    private readonly ImmutableArray<ReservationIdentifierType> order;

    private readonly ClassTable<ServingClass4> classes;
    private int count;

    // A bit for each kind of identifier that some reservation has: the others need no search.
    private int kinds;

    public ReservationIndex(Dhcp4Config config, SubnetIndex subnets, ClassTable<ServingClass4> classes)
    {
        this.classes = classes;
        lookup = byIdentifier.GetAlternateLookup<ReadOnlySpan<byte>>();
        // An expression for it is reason enough to look for a flex-id, also where the order does not name it.
        IEnumerable<ReservationIdentifierType> last = config.FlexIdentifierExpression is null ? [] : [ReservationIdentifierType.FlexId];
        order = [.. config.ReservationIdentifiers.Concat(last).Distinct()];
        foreach (Subnet4 subnet in config.AllSubnets)
        {
            if (!subnets.TryGet(subnet.Id, out ServingSubnet? serving) || !serving.ReservationsInSubnet) continue;
            foreach (Reservation4 reservation in subnet.Reservations) Add(ScopeOf(serving), reservation, serving, serving);
        }

        foreach (Reservation4 reservation in config.Reservations)
        {
            ServingSubnet? holds = reservation.Address is { } address ? subnets.OfAddress(address) : null;
            Add(GlobalScope, reservation, subnet: null, holds is { ReservationsGlobal: true } ? holds : null);
        }
    }

    public bool IsEmpty => byIdentifier.Count == 0;

    /// <summary>All addresses that are kept for somebody.</summary>
    public IEnumerable<Ipv4> Addresses => byAddress.Keys;

    /// <summary>The first reservation of an address; false when it is kept for nobody.</summary>
    public bool TryGet(Ipv4 address, [NotNullWhen(true)] out ServingReservation? reservation) => byAddress.TryGetValue(address, out reservation);

    /// <summary>The client's reservations in its subnet or, one after the other, in its network; identifiers in the configured order.</summary>
    public ServingReservation? Find(scoped in Exchange4 x) => Find(in x, ScopeOf(x.Subnet));

    /// <summary>The client's reservation outside any subnet.</summary>
    public ServingReservation? FindGlobal(scoped in Exchange4 x) => Find(in x, GlobalScope);

    /// <summary>A client in a network may have a reservation in any of its subnets: one search finds them all.</summary>
    private static uint ScopeOf(ServingSubnet subnet) => subnet.Network is { Subnets: [var first, ..] } ? first.Id : subnet.Id;

    private ServingReservation? Find(scoped in Exchange4 x, uint scope)
    {
        Span<byte> key = stackalloc byte[KeyHead + MaxIdentifier];
        foreach (ReservationIdentifierType type in order)
        {
            if ((kinds & (1 << (int)type)) == 0) continue;
            ReadOnlySpan<byte> identifier = ClientIdentity.IdentifierOf(in x, type);
            if (identifier.IsEmpty || identifier.Length > MaxIdentifier) continue;
            WriteKeyHead(key, scope, type);
            identifier.CopyTo(key[KeyHead..]);
            if (lookup.TryGetValue(key[..(KeyHead + identifier.Length)], out ServingReservation? reservation)) return reservation;
        }

        return null;
    }

    /// <param name="subnet">Where the reservation holds; null for a global one.</param>
    /// <param name="place">Where its address lies; null when it does not count.</param>
    private void Add(uint scope, Reservation4 reservation, ServingSubnet? subnet, ServingSubnet? place)
    {
        Ipv4? address = reservation.Address;
        // Out of pool is a promise about the subnet's own reservations: those that break it do not count.
        bool promised = subnet is { ReservationsOutOfPool: true };
        if (address is { } wanted && (place is null || (promised && place.PoolOf(wanted) is not null))) address = null;

        ServingReservation entry = new(reservation, ++count, subnet, address, [.. reservation.Classes.Select(classes.Resolve)]);
        kinds |= 1 << (int)reservation.IdentifierType;
        byte[] key = new byte[KeyHead + reservation.Identifier.Length];
        WriteKeyHead(key, scope, reservation.IdentifierType);
        reservation.Identifier.CopyTo(key, KeyHead);
        if (!byIdentifier.TryAdd(key, entry))
        {
            ServingReservation last = byIdentifier[key];
            while (last.Next is { } next) last = next;
            last.Next = entry;
        }

        if (address is not { } kept || byAddress.TryAdd(kept, entry)) return;
        ServingReservation first = byAddress[kept];
        entry.SameAddress = first.SameAddress;
        first.SameAddress = entry;
    }

    private static void WriteKeyHead(Span<byte> key, uint scope, ReservationIdentifierType type)
    {
        BinaryPrimitives.WriteUInt32BigEndian(key, scope);
        key[4] = (byte)type;
    }
}
