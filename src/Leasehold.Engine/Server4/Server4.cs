using Leasehold.Configuration.Model;
using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.Engine.V4;

/// <summary>The DHCPv4 server's decisions. Pure: the same configuration, leases, packets, times and seed give the same octets.</summary>
public sealed class Server4
{
    /// <summary>The largest reply: what fits an Ethernet frame.</summary>
    public const int MaxReply = 1472;

    private readonly ServingConfig config;
    private readonly LeaseTable4 leases;
    private readonly Scratch4 scratch;

    /// <summary>A server for one configuration; a reload makes a new one over the same table.</summary>
    /// <param name="random">Chance for the allocator "random".</param>
    public Server4(Dhcp4Config config, LeaseTable4 leases, Server4Ports ports, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        this.leases = leases;
        this.config = new(config, leases, ports, random);
        scratch = new(this.config.Classes.Count);
    }

    /// <summary>Answers one packet: seven steps, RFC 2131 §4.3.</summary>
    /// <param name="reply">Where the reply is written; at least <see cref="MaxReply"/> octets.</param>
    /// <param name="known">What was found out about the packet's address; without it nothing is to be found out.</param>
    /// <returns>The decision. Its spans are valid until the next call and no longer than the datagram's octets.</returns>
    public Outcome4 Handle(in Datagram datagram, Instant now, Span<byte> reply, ProbeKnowledge known = default)
    {
        Exchange4 x = new(config, leases, scratch, datagram, now, known);

        // 1 Parse
        if (!x.TryParse()) return x.Outcome;

        StashedRelayInfo.Recover(ref x);

        // 3 Identify, where something else takes the place of the client identifier
        ClientIdentity.Replace(ref x);

        // 4 Classify, what the packet alone tells: classes may decide the subnet, and so may those of a global reservation
        if (!Classify.TryByPacket(ref x) || !Classify.TryByEarlyReservation(ref x)) return x.Outcome;
        if (!config.Limits.TryPassClasses(ref x, from: 0)) return x.Outcome;
        int early = x.Classes.InOrder.Length;

        // 2 Locate
        if (!SubnetSelection.TryLocate(ref x) || !LeaseLimits.TryPassSubnet(ref x)) return x.Outcome;

        // 3 Identify
        if (!ClientIdentity.TryIdentify(ref x)) return x.Outcome;

        // 4 Classify, what the reservation adds: it may close the subnet
        if (!Classify.TryByReservation(ref x) || !config.Limits.TryPassClasses(ref x, early) || !SubnetSelection.TryStay(ref x)) return x.Outcome;

        // 5 Decide
        if (!Decide(ref x) || x.Outcome.Sent == MessageType4.None) return x.Outcome;

        // 6 Compose
        if (!Reply.TryCompose(ref x, reply)) return x.Outcome;

        // 7 Address
        x.Outcome.Destination = ReplyAddressing.Of(in x);
        return x.Outcome;
    }

    /// <summary>Keeps an address from everybody for the probation period, because somebody answered for it.</summary>
    public LeaseChange4 Decline(Ipv4 address, Instant now)
    {
        ServingSubnet? subnet = config.Subnets.OfAddress(address);
        return LeaseRecord.Decline(config, new() { Address = address, SubnetId = subnet?.Id ?? 0, PoolId = subnet?.PoolOf(address)?.Id ?? 0 }, now);
    }

    /// <summary>Looks at all leases, once after they were read from a file: whether each fits its subnet, and what it says of relays.</summary>
    /// <param name="report">Called for each that does not; what is to be done about it is done by then.</param>
    public void CheckLeases(SanityChecks checks, Action<LeaseFinding4> report) => new LeaseSanity(config.Subnets, leases, checks).Run(report);

    private static bool Decide(ref Exchange4 x) => x.Message.MessageType switch
    {
        MessageType4.Discover => Discover.Decide(ref x),
        MessageType4.Request => Request.Decide(ref x),
        MessageType4.Decline => V4.Decline.Decide(ref x),
        MessageType4.Release => Release.Decide(ref x),
        MessageType4.Inform => Inform.Decide(ref x),
        MessageType4.None when x.Message.IsBootp => Bootp.Decide(ref x),
        _ => x.Drop(DropReason.UnexpectedMessageType),
    };
}

/// <summary>The UDP ports that replies go to; others than 67 and 68 are for tests and for servers without privileges.</summary>
/// <param name="Relay">Where relay agents listen.</param>
/// <param name="Client">Where clients listen.</param>
public readonly record struct Server4Ports(ushort Relay, ushort Client)
{
    public static readonly Server4Ports Standard = new(67, 68);
}
