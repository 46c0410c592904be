using Leasehold.Configuration.Model;
using Leasehold.Engine.Expressions;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V4;

/// <summary>Step 3: who the client is, and which leases and reservation are its own.</summary>
internal static class ClientIdentity
{
    /// <summary>Leases with the client's identifier that are looked at. A client has a few; a stranger could make thousands.</summary>
    private const int MaxLeasesWalked = 64;

    // RFC 4361 §6.1: type 255, an IAID of 4 octets, a DUID.
    private const byte DuidType = 255;
    private const int DuidStart = 5;

    /// <summary>Puts the flex-id in the place of the client identifier, where the configuration says so and the client has one.</summary>
    public static void Replace(ref Exchange4 x)
    {
        if (!x.Config.ReplaceClientId) return;
        ReadOnlySpan<byte> flexId = FlexId(in x);

        // One that does not fit would be another client's if it was cut, so it replaces nothing.
        Span<byte> place = x.Scratch.FlexId;
        if (flexId.IsEmpty || flexId.Length >= place.Length) return;
        place[0] = 0;
        flexId.CopyTo(place[1..]);
        x.ClientId = place[..(1 + flexId.Length)];
    }

    /// <summary>False: the client cannot be told from others; dropped.</summary>
    public static bool TryIdentify(ref Exchange4 x)
    {
        // RFC 2131 §4.2: "A DHCP server needs to use some unique identifier to associate a client with its lease."
        if (x.ClientId.IsEmpty && x.Chaddr.IsEmpty) return x.Drop(DropReason.NoClientIdentity);
        if (x.Config.Reservations.IsEmpty) return true;
        x.Reservations = x.Config.Reservations.Find(in x);
        if (x.Subnet.Network?.ReservationsGlobal ?? x.Subnet.ReservationsGlobal) x.GlobalReservation = x.EarlyReservation ?? x.Config.Reservations.FindGlobal(in x);
        x.Settle(x.Subnet);
        return true;
    }

    /// <summary>An identifier of the client, as reservations name it; empty when the client has none of this kind.</summary>
    public static ReadOnlySpan<byte> IdentifierOf(scoped in Exchange4 x, ReservationIdentifierType type) => type switch
    {
        ReservationIdentifierType.HardwareAddress => x.Message.Octets.Slice(28, x.Chaddr.Length),
        ReservationIdentifierType.Duid => x.ClientId.Length > DuidStart && x.ClientId[0] == DuidType ? x.ClientId[DuidStart..] : default,
        ReservationIdentifierType.CircuitId => x.CircuitId,
        ReservationIdentifierType.ClientId => x.ClientId,
        ReservationIdentifierType.FlexId => FlexId(in x),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a kind of identifier"),
    };

    private static ReadOnlySpan<byte> FlexId(scoped in Exchange4 x)
    {
        if (x.Config.FlexIdentifier is not { } expression) return default;
        ExpressionPacket4 packet = new(in x, x.Classes.Members);
        return expression.Evaluate(ref packet, x.Scratch.Class.Expression);
    }

    /// <summary>A lease belongs to the client: same identifier, or same hardware address where one of both has no identifier.</summary>
    /// <remarks>RFC 2131 §4.2. A boot ROM often sends no identifier where the system after it does; both get the same address.</remarks>
    public static bool Owns(scoped in Exchange4 x, scoped in Lease4 lease)
    {
        if (lease.State == LeaseState.Declined) return false;
        if (x.Subnet.MatchClientId && !x.ClientId.IsEmpty && !lease.ClientId.IsEmpty) return x.ClientId.SequenceEqual(lease.ClientId);
        return !x.Chaddr.IsEmpty && lease.HardwareAddress == x.Chaddr;
    }

    /// <summary>The client has this address now: assigned to it and not over. What others hold is not its to release or to decline.</summary>
    public static bool Holds(scoped in Exchange4 x, Ipv4 address, out Lease4 lease) =>
        x.Leases.TryGet(address, out lease) && lease.State == LeaseState.Assigned && lease.IsHeld(x.Now) && Owns(in x, lease);

    /// <summary>The client's leases in its subnet or network.</summary>
    public static ClientLeases Leases(scoped in Exchange4 x)
    {
        ClientLeases found = default;
        int walked = 0;
        if (x.Subnet.MatchClientId && !x.ClientId.IsEmpty)
        {
            foreach (Lease4 lease in x.Leases.ByClientId(x.ClientId))
            {
                if (++walked > MaxLeasesWalked) break;
                found = found.With(in x, lease);
            }
        }

        if (found.Current is null && !x.Chaddr.IsEmpty)
        {
            walked = 0;
            foreach (Lease4 lease in x.Leases.ByHardwareAddress(x.Chaddr))
            {
                if (++walked > MaxLeasesWalked) break;
                if (Owns(in x, lease)) found = found.With(in x, lease);
            }
        }

        return found;
    }
}

/// <summary>A client's addresses in its subnet or network; each null when there is none.</summary>
/// <param name="Current">Assigned, and not over.</param>
/// <param name="Offered">Offered, and not over.</param>
/// <param name="Previous">Over or given back, still remembered, and the client's to have again; the latest.</param>
internal readonly record struct ClientLeases(Ipv4? Current, Ipv4? Offered, Ipv4? Previous)
{
    public ClientLeases With(scoped in Exchange4 x, scoped in Lease4 lease)
    {
        if (x.PlaceOf(lease.Address) is not { } place || place.Id != lease.SubnetId) return this;
        if (lease.State == LeaseState.Assigned && lease.Expire >= x.Now) return Current is null ? this with { Current = lease.Address } : this;
        if (lease.State == LeaseState.Offered) return Offered is null && lease.Expire >= x.Now ? this with { Offered = lease.Address } : this;
        return Previous is null && AddressChoice.IsServed(in x, lease.Address) ? this with { Previous = lease.Address } : this;
    }
}
