using Leasehold.Configuration.Model;
using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>The DHCPv6 server's decisions. Pure: the same configuration, leases, packets, times and seed give the same octets.</summary>
public sealed class Server6
{
    /// <summary>The largest reply, relays' messages around it included: three fragments of an Ethernet frame.</summary>
    public const int MaxReply = 4096;

    private readonly ServingConfig6 config;
    private readonly LeaseTable6 leases;
    private readonly Random random;
    private readonly Scratch6 scratch;

    /// <summary>A server for one configuration; a reload makes a new one over the same table.</summary>
    /// <param name="serverId">The server's DUID.</param>
    /// <param name="random">Chance for allocators that need it; the iterative one does not.</param>
    public Server6(Dhcp6Config config, ReadOnlySpan<byte> serverId, LeaseTable6 leases, Server6Ports ports, Random random)
    {
        this.leases = leases;
        this.random = random;
        this.config = new(config, serverId, leases, ports);
        scratch = new(this.config.Classes.Count);
    }

    /// <summary>Answers one packet: seven steps, RFC 8415 §18.3.</summary>
    /// <param name="reply">Where the reply is written; at least <see cref="MaxReply"/> octets.</param>
    /// <returns>The decision. Its changes are valid until the next call.</returns>
    public Outcome6 Handle(in Datagram6 datagram, Instant now, Span<byte> reply)
    {
        Exchange6 x = new(config, leases, scratch, datagram, now, random);

        // 1 Parse
        if (!x.TryParse() || !MessageRules.TryValidate(ref x)) return x.Outcome;

        // 4 Classify, what the packet alone tells: classes may decide the subnet, and so may those of a global reservation
        if (!Classify.TryByPacket(ref x) || !Classify.TryByEarlyReservation(ref x)) return x.Outcome;

        // 2 Locate
        if (!SubnetSelection.TryLocate(ref x)) return x.Outcome;

        // 3 Identify
        ClientIdentity.Identify(ref x);

        // 4 Classify, what the reservation adds: it may close the subnet
        if (!Classify.TryByReservation(ref x) || !SubnetSelection.TryStay(ref x)) return x.Outcome;

        // 5 Decide
        if (!Decide(ref x)) return x.Outcome;
        Classify.ByPlace(ref x);

        // 6 Compose
        if (!Reply.TryCompose(ref x, reply[..MaxReply])) return x.Outcome;

        // 7 Address
        x.Outcome.Destination = ReplyAddressing.Of(in x);
        return x.Outcome;
    }

    private static bool Decide(ref Exchange6 x) => x.Message.MessageType switch
    {
        _ when MessageRules.MustUseMulticast(in x) => x.Send(MessageType6.Reply, StatusCode6.UseMulticast),
        MessageType6.Solicit => Solicit.Decide(ref x),
        MessageType6.Request => Request.Decide(ref x),
        MessageType6.Confirm => Confirm.Decide(ref x),
        MessageType6.Renew => Renew.Decide(ref x),
        MessageType6.Rebind => Rebind.Decide(ref x),
        MessageType6.Release => Release.Decide(ref x),
        MessageType6.Decline => Decline.Decide(ref x),
        MessageType6.InformationRequest => InformationRequest.Decide(ref x),
        MessageType6.AddressRegistrationInform => AddressRegistration.Decide(ref x),
        _ => x.Drop(DropReason6.UnknownMessageType),
    };
}

/// <summary>The UDP ports that replies go to; others than 547 and 546 are for tests and for servers without privileges.</summary>
/// <param name="Relay">Where relay agents listen.</param>
/// <param name="Client">Where clients listen.</param>
public readonly record struct Server6Ports(ushort Relay, ushort Client)
{
    public static readonly Server6Ports Standard = new(547, 546);
}
