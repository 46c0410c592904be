using Leasehold.Configuration.Model;
using Leasehold.Engine;
using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Leasehold.SimulationTests.Clients;

namespace Leasehold.SimulationTests.Judging;

/// <summary>Holds the server to its word. It knows what was asked and what was answered, and looks into the leases only to compare.</summary>
internal sealed partial class Judge(Simulation simulation, bool byClientId)
{
    private readonly Identities identities = new();

    /// <summary>Acknowledged leases: the last for each address.</summary>
    private readonly Dictionary<Ipv4, Promise> grants = [];

    private readonly Dictionary<Ipv4, Promise> quarantines = [];

    /// <summary>Addresses that were offered a moment ago: RFC 2131 §4.3.1 wants them kept for the client until it can have answered.</summary>
    private readonly Dictionary<Ipv4, Promise> offers = [];

    /// <summary>RFC 2131 §4.1: a client asks a second time after 4 seconds and a third time after 8 more, give or take one each.</summary>
    private static readonly Lifetime OfferHold = new(14);

    /// <summary>Replies that were looked at.</summary>
    public long Replies { get; private set; }

    /// <summary>A sum over all their octets: two runs with the same sum said the same.</summary>
    public ulong Digest { get; private set; } = 0xcbf29ce484222325;

    private Dhcp4Config Config => simulation.Server.Config;

    public Identity Identify(RequestView request) => identities.Of(request.Chaddr, request.ClientId);

    /// <summary>The server has read its clock: what was promised up to then is over, also when the clock is set back later.</summary>
    public void Passed(Instant now)
    {
        foreach (Promise grant in grants.Values) grant.IsOver |= grant.End < now;
        foreach (Promise quarantine in quarantines.Values) quarantine.IsOver |= quarantine.End < now;
        foreach (Promise offer in offers.Values) offer.IsOver |= offer.End <= now;
    }

    /// <summary>A decision has become final, and its reply leaves.</summary>
    public void Answered(Decided d)
    {
        if (d.Request is not { } request || d.Identity is not { } who)
        {
            if (d.Change != LeaseChangeKind.None || d.Reply is not null) throw new Violation("fit", $"octets that are no message were taken for one: {d}");
            return;
        }

        if (!d.Packet.Damaged && d.SubnetId != 0) CheckSubnet(d, request);
        CheckChange(d, who);
        if (d.Reply is { } octets) CheckReply(d, request, who, octets);
        CheckHeard(d, request, who);
    }

    /// <summary>What backs the ACK that a client has just got; null when it has ended on its way.</summary>
    public Promise? GrantOf(SimulatedClient client, Ipv4 address) =>
        grants.GetValueOrDefault(address) is { } grant && Own(client, grant) ? grant : null;

    /// <summary>A client begins to use its address.</summary>
    public void Bound(SimulatedClient client)
    {
        if (Backing(client) is not { } mine) return;
        foreach (SimulatedClient other in simulation.Clients)
        {
            if (other == client || !other.IsBound || other.Address != client.Address) continue;

            // Doubles are one client to the server: one lease backs them both.
            if (Backing(other) is { } theirs && theirs != mine && !Own(client, theirs)) throw new Violation("one holder", $"{client} begins to use {client.Address}, which {other} still uses until {theirs.End}");
        }
    }

    /// <summary>The promise that a client relies on, renewals followed; null when it relies on nothing.</summary>
    /// <remarks>Not the client's knowledge: a clock that was set has ended it, or an old packet of its own, or a packet of its double.</remarks>
    private Promise? Backing(SimulatedClient client)
    {
        Promise? last = client.Grant;
        while (last?.Renewed is { } next) last = next;
        bool stands = last is { IsOver: false } && Own(client, last) && (last.EndedBy is not { } by || (by.Sender == client && by.IsCurrent));
        return stands ? last : null;
    }

    private bool Own(SimulatedClient client, Promise grant) => grant.Holder?.IsSame(client.Mac, client.ClientId, byClientId) == true;

    private void CheckSubnet(Decided d, RequestView request)
    {
        bool broadcast = d.Packet.Destination == Ipv4.Broadcast;
        Ipv4 place = !request.Giaddr.IsAny ? request.Giaddr : broadcast ? d.Packet.Interface.Address : !request.Ciaddr.IsAny ? request.Ciaddr : d.Packet.Source;
        Subnet4? subnet = Config.Subnets.FirstOrDefault(each => each.Prefix.Contains(place));
        if (subnet?.Id != d.SubnetId) throw new Violation("subnet", $"{d} was located in subnet {d.SubnetId}, not {subnet?.Id}");
    }

    /// <summary>What the change does to the promises that were made before.</summary>
    private void CheckChange(Decided d, Identity who)
    {
        if (d.Vacates is { } vacated) End(vacated, d, who, "vacated");
        switch (d.Change)
        {
            case LeaseChangeKind.Release:
                End(d.Address, d, who, "released");
                break;
            case LeaseChangeKind.Decline:
                End(d.Address, d, who, "declined");
                quarantines[d.Address] = new() { Address = d.Address, Holder = null, SubnetId = d.SubnetId, End = d.Now + Config.DeclineProbationPeriod, Number = d.Number };
                break;
            case LeaseChangeKind.Commit when d.Sent != MessageType4.Ack:
                throw new Violation("fit", $"a lease was given and not acknowledged: {d}");
            case LeaseChangeKind.Delete:
                throw new Violation("fit", $"a packet deleted a lease: {d}");
        }
    }

    private void End(Ipv4 address, Decided d, Identity who, string how)
    {
        // An offer of the client's own lease is held by that lease alone.
        Promise? grant = grants.GetValueOrDefault(address);
        bool isTheirs = grant?.Holder?.IsSame(who, byClientId) == true;
        if (offers.GetValueOrDefault(address) is { } offer && (isTheirs || offer.Holder!.IsSame(who, byClientId))) offer.IsOver = true;
        if (grant is null) return;
        if (grant.IsValid(d.Now) && !isTheirs)
            throw new Violation("somebody else's", $"{d} {how} {address}, which is {grant.Holder}'s until {grant.End}");
        grant.EndedBy ??= d.Packet;
        grants.Remove(address);
    }

    private void CheckReply(Decided d, RequestView request, Identity who, byte[] octets)
    {
        Replies++;
        foreach (byte octet in octets) Digest = (Digest ^ octet) * 0x100000001b3;
        ReplyView reply = ReplyRules.Check(d, request, who, octets, Config);
        switch (reply.Type)
        {
            case MessageType4.Offer:
                CheckAddress(d, who, reply);
                Instant until = d.Now + OfferHold;
                // A client's own lease keeps its address without a hold, and not for longer.
                if (grants.GetValueOrDefault(reply.Yiaddr) is { } own && own.End < until) until = own.End;
                offers[reply.Yiaddr] = new() { Address = reply.Yiaddr, Holder = who, SubnetId = d.SubnetId, End = until, Number = d.Number };
                break;
            case MessageType4.Ack when request.Type == MessageType4.Request:
                CheckAddress(d, who, reply);
                Grant(d, who, reply);
                break;
            case MessageType4.Nak:
                CheckRefusal(d, request, who);
                break;
        }
    }

    /// <summary>An address that is offered or given is nobody else's, and one that this client may have.</summary>
    private void CheckAddress(Decided d, Identity who, ReplyView reply)
    {
        Ipv4 address = reply.Yiaddr;
        if (grants.GetValueOrDefault(address) is { } grant && grant.IsValid(d.Now) && !grant.Holder!.IsSame(who, byClientId))
            throw new Violation("one holder", $"{d}: {address} is {grant.Holder}'s until {grant.End}");
        if (quarantines.GetValueOrDefault(address) is { } quarantine && quarantine.IsValid(d.Now))
            throw new Violation("quarantine", $"{d}: {address} was declined and is kept from everybody until {quarantine.End}");
        if (offers.GetValueOrDefault(address) is { } offer && offer.IsValid(d.Now) && !offer.Holder!.IsSame(who, byClientId)
            && grants.GetValueOrDefault(address)?.Holder?.IsSame(who, byClientId) != true)
            throw new Violation("offer", $"{d}: {address} is offered to {offer.Holder} until {offer.End}");
        Subnet4 subnet = Config.Subnets.First(each => each.Id == d.SubnetId);
        if (Reserved(address) is { } reservation)
        {
            if (!who.Has(reservation)) throw new Violation("reservation", $"{d}: {address} is reserved for {Convert.ToHexStringLower(reservation.Identifier.AsSpan())}");
        }
        else if (!subnet.Pools.Any(pool => pool.Range.Contains(address)))
        {
            throw new Violation("pool", $"{d}: {address} is in no pool of {subnet.Prefix} and not reserved");
        }
    }

    private Reservation4? Reserved(Ipv4 address) => Config.Subnets.SelectMany(each => each.Reservations).FirstOrDefault(each => each.Address == address);

    private void Grant(Decided d, Identity who, ReplyView reply)
    {
        Promise grant = new() { Address = reply.Yiaddr, Holder = who, SubnetId = d.SubnetId, End = d.Now + reply.LeaseTime, Number = d.Number };
        if (grants.TryGetValue(grant.Address, out Promise? former) && former.Holder?.IsSame(who, byClientId) == true) former.Renewed = grant;
        grants[grant.Address] = grant;
        offers.Remove(grant.Address);
        quarantines.Remove(grant.Address);
        if (who.IsShared || who.InDoubt) return;
        foreach (Promise other in grants.Values)
        {
            if (other.Holder == who && other != grant && other.SubnetId == grant.SubnetId && other.IsValid(d.Now))
                throw new Violation("one lease", $"{d}: the client also holds {other.Address} until {other.End}");
        }
    }

    /// <summary>A client that asks for what it was promised is not refused.</summary>
    private void CheckRefusal(Decided d, RequestView request, Identity who)
    {
        if (d.Packet.Damaged || who.IsShared || who.InDoubt || (request.Requested ?? request.Ciaddr) is var address && address.IsAny) return;
        if (!grants.TryGetValue(address, out Promise? grant) || !grant.IsValid(d.Now) || grant.Holder != who || grant.SubnetId != d.SubnetId) return;
        if (Config.Subnets.SelectMany(each => each.Reservations).Any(each => each.Address == address || who.Has(each))) return;
        if (!Config.Subnets.Any(each => each.Id == d.SubnetId && each.Pools.Any(pool => pool.Range.Contains(address)))) return;
        throw new Violation("refused", $"{d}: the client was given {address} until {grant.End}");
    }

    /// <summary>What a client says about its own lease is done.</summary>
    private void CheckHeard(Decided d, RequestView request, Identity who)
    {
        if (d.Drop == DropReason.OtherServerChosen)
        {
            foreach (Promise offer in offers.Values) offer.IsOver |= offer.Holder!.IsSame(who, byClientId);
        }

        if (d.Packet.Damaged || request.Op != 1) return;
        bool forUs = request.Server is not { } server || d.Packet.Interface.Addresses.Contains(server) || server == d.Packet.Destination;
        switch (request.Type)
        {
            case MessageType4.Release when forUs:
                MustEnd(d, request.Ciaddr, who);
                break;
            case MessageType4.Decline when forUs && request.Requested is { } declined:
                MustEnd(d, declined, who);
                break;
            case MessageType4.Request when forUs && d.Drop is DropReason.UnknownClient or DropReason.OtherServerChosen:
                CheckRefusal(d, request, who);
                break;
        }
    }

    private void MustEnd(Decided d, Ipv4 address, Identity who)
    {
        if (d.Drop is DropReason.NotStored or DropReason.NoSubnet) return;
        if (grants.TryGetValue(address, out Promise? grant) && grant.IsValid(d.Now) && grant.Holder!.IsSame(who, byClientId))
            throw new Violation("not heard", $"{d}: {address} is still the client's");
    }
}
