using Leasehold.Configuration.Model;
using Leasehold.Engine.Expressions;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V6;

/// <summary>Step 3: who the client is, and which reservation is its own.</summary>
internal static class ClientIdentity
{
    public static void Identify(ref Exchange6 x)
    {
        x.Hardware = ClientHardware.Of(in x);
        if (x.IsLocated) x.Reservation = x.Config.Reservations.Find(in x);
    }

    /// <summary>The reservation outside any subnet, before a subnet is chosen.</summary>
    public static void IdentifyEarly(ref Exchange6 x)
    {
        x.Hardware = ClientHardware.Of(in x);
        x.EarlyReservation = x.Config.Reservations.FindGlobal(in x);
    }

    /// <summary>An identifier of the client, as reservations name it; empty when the client has none of this kind.</summary>
    public static ReadOnlySpan<byte> IdentifierOf(scoped in Exchange6 x, ReservationIdentifierType type) => type switch
    {
        ReservationIdentifierType.Duid => x.ClientId,
        ReservationIdentifierType.HardwareAddress => x.Hardware.Octets,
        ReservationIdentifierType.FlexId => FlexId(in x),
        _ => default,
    };

    private static ReadOnlySpan<byte> FlexId(scoped in Exchange6 x)
    {
        if (x.Config.FlexIdentifier is not { } expression) return default;
        ExpressionPacket6 packet = new(in x, x.Classes.Members);
        return expression.Evaluate(ref packet, x.Scratch.Class.Expression);
    }

    /// <summary>The association has this now: assigned to it and not over.</summary>
    public static bool Holds(scoped in Exchange6 x, scoped in WantedAssociation wanted, Ipv6Prefix prefix, out Lease6 lease) =>
        x.Leases.TryGet(wanted.Type, prefix.Network, out lease)
        && lease.PrefixLength == prefix.Length
        && lease.State == LeaseState.Assigned
        && lease.IsHeld(x.Now)
        && lease.IsOf(wanted.Type, x.ClientId, wanted.Iaid);

    /// <summary>The association has anything now.</summary>
    public static bool HasBinding(scoped in Exchange6 x, scoped in WantedAssociation wanted)
    {
        foreach (Lease6 lease in x.Leases.ByAssociation(wanted.Type, x.ClientId, wanted.Iaid))
        {
            if (lease.State == LeaseState.Assigned && lease.IsHeld(x.Now)) return true;
        }

        return false;
    }
}
