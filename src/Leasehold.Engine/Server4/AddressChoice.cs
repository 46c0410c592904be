using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V4;

/// <summary>Which address a client gets, and which it may keep (RFC 2131 §4.3.1).</summary>
internal static class AddressChoice
{
    /// <summary>The server gives this address to this client if nobody holds it: it is its reserved one, or in a pool and kept for nobody else.</summary>
    public static bool IsServed(scoped in Exchange4 x, Ipv4 address) => Refusal(in x, address) == NakReason.None;

    /// <summary>Nobody but this client holds the address. Sound for served addresses only.</summary>
    public static bool IsAvailable(scoped in Exchange4 x, Ipv4 address) =>
        !x.Leases.TryGet(address, out Lease4 lease) || !lease.IsHeld(x.Now) || ClientIdentity.Owns(in x, lease);

    /// <summary>Why the configuration keeps this client from this address; None when it does not.</summary>
    public static NakReason Refusal(scoped in Exchange4 x, Ipv4 address)
    {
        if (x.PlaceOf(address) is not { } place) return NakReason.WrongNetwork;
        if (x.Config.Reservations.TryGet(address, out ServingReservation? reservation))
        {
            return x.IsOwn(reservation) ? NakReason.None : NakReason.AddressTaken;
        }

        return place.PoolOf(address) is { } pool && pool.Guard.Admits(x.Classes) ? NakReason.None : NakReason.NotInPool;
    }

    /// <summary>The reserved address that the client should have now instead of another one; null when it may keep the other one.</summary>
    /// <remarks>A reserved address that somebody else still holds has to wait: its owner keeps a temporary one meanwhile.</remarks>
    public static Ipv4? ReservedInsteadOf(scoped in Exchange4 x, Ipv4 address) =>
        x.ReservedAddress is { } reserved && reserved != address && IsAvailable(in x, reserved) ? reserved : null;

    /// <summary>Why the client may not have this address now; None when it may.</summary>
    /// <param name="own">What the client has.</param>
    public static NakReason Check(scoped in Exchange4 x, Ipv4 address, ClientLeases own)
    {
        if (Refusal(in x, address) is var refusal and not NakReason.None) return refusal;
        if (ReservedInsteadOf(in x, address) is not null) return NakReason.OtherAddress;
        if (!IsAvailable(in x, address)) return NakReason.AddressTaken;
        return IsWithinLimits(in x, address, own) ? NakReason.None : NakReason.LimitReached;
    }

    private static bool IsWithinLimits(scoped in Exchange4 x, Ipv4 address, ClientLeases own) =>
        x.Config.Limits.Refusal(in x, own) == DropReason.None && HasRoom(in x, address, own);

    /// <summary>The address for a client that has none, or asks again.</summary>
    /// <param name="refusal">Why it gets none: every address that it could have is held by others, or a limit is reached.</param>
    public static bool TryChoose(scoped in Exchange4 x, ClientLeases own, out Ipv4 address, out DropReason refusal)
    {
        address = default;
        refusal = x.Config.Limits.Refusal(in x, own);
        if (refusal != DropReason.None) return false;
        if (TryChoose(in x, own, out address)) return true;
        refusal = LeaseLimits.HasRoom(x.Leases, x.Subnet) ? DropReason.NoFreeAddress : DropReason.SubnetLeaseLimit;
        return false;
    }

    private static bool TryChoose(scoped in Exchange4 x, ClientLeases own, out Ipv4 address)
    {
        // What the administrator keeps for this client comes before everything else.
        if (x.ReservedAddress is { } reserved && IsAvailable(in x, reserved) && HasRoom(in x, reserved, own))
        {
            address = reserved;
            return true;
        }

        // RFC 2131 §4.3.1: "The client's current address as recorded in the client's current binding, ELSE"
        if ((own.Current ?? own.Offered) is { } current && IsServed(in x, current))
        {
            address = current;
            return true;
        }

        // "The client's previous address as recorded in the client's (now expired or released) binding, if that address is
        // in the server's pool of available addresses and not already allocated, ELSE"
        if (own.Previous is { } previous && HasRoom(in x, previous, own))
        {
            address = previous;
            return true;
        }

        // "The address requested in the 'Requested IP Address' option, if that address is valid and not already allocated, ELSE"
        if (x.RequestedAddress is { } requested && IsServed(in x, requested) && IsAvailable(in x, requested) && HasRoom(in x, requested, own))
        {
            address = requested;
            return true;
        }

        // "A new address allocated from the server's pool of available addresses".
        return x.Subnet.Link.TryAllocate(in x, out address);
    }

    private static bool HasRoom(scoped in Exchange4 x, Ipv4 address, ClientLeases own) => x.PlaceOf(address) is { } place && LeaseLimits.HasRoom(in x, place, own);
}
