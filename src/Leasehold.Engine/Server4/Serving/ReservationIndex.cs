using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Leasehold.Configuration.Model;
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

    // A bit for each kind of identifier that some reservation has: the others need no search.
    private int kinds;

    public ReservationIndex(Dhcp4Config config, SubnetIndex subnets)
    {
        lookup = byIdentifier.GetAlternateLookup<ReadOnlySpan<byte>>();
        // An expression for it is reason enough to look for a flex-id, also where the order does not name it.
        IEnumerable<ReservationIdentifierType> last = config.FlexIdentifierExpression is null ? [] : [ReservationIdentifierType.FlexId];
        order = [.. config.ReservationIdentifiers.Concat(last).Distinct()];
        foreach (Subnet4 subnet in config.Subnets)
        {
            if (!subnets.TryGet(subnet.Id, out ServingSubnet? serving) || !serving.ReservationsInSubnet) continue;
            foreach (Reservation4 reservation in subnet.Reservations) Add(subnet.Id, reservation, serving);
        }

        foreach (Reservation4 reservation in config.Reservations)
        {
            ServingSubnet? serving = reservation.Address is { } address ? subnets.OfAddress(address) : null;
            Add(GlobalScope, reservation, serving is { ReservationsGlobal: true } ? serving : null);
        }
    }

    /// <summary>All addresses that are kept for somebody.</summary>
    public IEnumerable<Ipv4> Addresses => byAddress.Keys;

    /// <summary>The reservation of an address; false when it is kept for nobody.</summary>
    public bool TryGet(Ipv4 address, [NotNullWhen(true)] out ServingReservation? reservation) => byAddress.TryGetValue(address, out reservation);

    /// <summary>The client's reservation: its subnet's first, then the global ones; identifiers in the configured order.</summary>
    public ServingReservation? Find(scoped in Exchange4 x)
    {
        if (byIdentifier.Count == 0) return null;
        if (x.Subnet.ReservationsInSubnet && Find(in x, x.Subnet.Id) is { } found) return found;
        return x.Subnet.ReservationsGlobal ? Find(in x, GlobalScope) : null;
    }

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

    private void Add(uint scope, Reservation4 reservation, ServingSubnet? serving)
    {
        Ipv4? address = reservation.Address;
        if (address is { } wanted && (serving is null || (serving.ReservationsOutOfPool && serving.PoolOf(wanted) is not null))) address = null;

        ServingReservation entry = new(reservation, address);
        kinds |= 1 << (int)reservation.IdentifierType;
        byte[] key = new byte[KeyHead + reservation.Identifier.Length];
        WriteKeyHead(key, scope, reservation.IdentifierType);
        reservation.Identifier.CopyTo(key, KeyHead);
        if (byIdentifier.TryAdd(key, entry) && address is { } kept) byAddress.TryAdd(kept, entry);
    }

    private static void WriteKeyHead(Span<byte> key, uint scope, ReservationIdentifierType type)
    {
        BinaryPrimitives.WriteUInt32BigEndian(key, scope);
        key[4] = (byte)type;
    }
}
