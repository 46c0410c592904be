using Leasehold.Configuration.Model;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V4;

/// <summary>Before an address is offered, somebody who may be using it is asked for: RFC 2131 §2.2, "the allocating server SHOULD probe the reused address before allocating the address".</summary>
internal static class ConflictProbe
{
    /// <summary>The address must be asked for before this client is offered it.</summary>
    public static bool IsNeeded(scoped in Exchange4 x, Ipv4 address, ClientLeases own)
    {
        if (x.Subnet.Probe is not { } settings || x.Known.Pending is null || x.Known.Free == address) return false;

        // What is the client's own it uses itself, and who has a reservation was promised the address by a person.
        if (own.Current == address || x.Config.Reservations.TryGet(address, out _)) return false;
        if (own.Offered == address) return x.Known.Pending.Contains(address);
        return !WasLatelyOwn(in x, address, settings.Cooldown);
    }

    /// <summary>Puts the packet aside and has the address asked for. False: it is dropped instead.</summary>
    public static bool Order(ref Exchange4 x, Ipv4 address)
    {
        if (x.Subnet.Probe is not { } settings || x.Known.Pending is not { } pending) throw new InvalidOperationException("nobody can be asked here");

        // The client's first message still waits for the answer, and will be answered.
        if (pending.Contains(address)) return x.Drop(DropReason.ProbePending);
        if (!pending.HasRoom) return x.Drop(DropReason.TooManyParked);
        x.Outcome.Address = address;
        x.Outcome.Probe = new(address, Method(in x), x.OwnAddress, settings.Requests, settings.Timeout);

        // Nobody else gets it while the answer is waited for.
        uint seconds = (uint)(((ulong)settings.Requests * settings.Timeout) / 1000) + 1;
        x.Outcome.Change = LeaseRecord.Offer(in x, address, new(Discover.OfferHold.Seconds + seconds));
        return true;
    }

    private static ProbeMethod Method(scoped in Exchange4 x)
    {
        if (x.IsRelayed || !x.WasBroadcast) return ProbeMethod.Icmp;
        foreach (Ipv4 own in x.Datagram.Interface.Addresses)
        {
            if (x.Subnet.Prefix.Contains(own)) return ProbeMethod.Arp;
        }

        return ProbeMethod.Icmp;
    }

    /// <summary>The client had the address a moment ago, so nobody else began to use it.</summary>
    private static bool WasLatelyOwn(scoped in Exchange4 x, Ipv4 address, uint cooldown)
    {
        if (!x.Leases.TryGet(address, out Lease4 lease) || !ClientIdentity.Owns(in x, lease) || lease.Expire == Instant.Never) return false;
        long lastWord = lease.Expire.Seconds - lease.ValidLifetime.Seconds;
        return x.Now.Seconds - lastWord <= cooldown;
    }
}

/// <summary>How a subnet asks for somebody before it offers an address.</summary>
/// <param name="Timeout">Milliseconds for each question.</param>
/// <param name="Cooldown">Seconds after its last word in which a client needs no question.</param>
internal sealed record ProbeSettings(uint Requests, uint Timeout, uint Cooldown)
{
    /// <summary>Null where nobody is asked for.</summary>
    public static ProbeSettings? Of(ProbeParameters joined) =>
        joined is { Enabled: true, MinRequests: { } requests, ReplyTimeout: { } timeout, Cooldown: { } cooldown } ? new(requests, timeout, cooldown) : null;
}
