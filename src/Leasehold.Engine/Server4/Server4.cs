using Leasehold.Configuration.Model;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V4;

/// <summary>The DHCPv4 server's decisions. Pure: the same configuration, leases, packets, times and seed give the same octets.</summary>
public sealed class Server4
{
    /// <summary>A server for one configuration; a reload makes a new one over the same table.</summary>
    public Server4(Dhcp4Config config, LeaseTable4 leases, Server4Ports ports, Random random) => throw new InvalidOperationException("contract");

    /// <summary>Answers one packet: seven steps, RFC 2131 §4.3.</summary>
    /// <param name="reply">Where the reply is written; at least <see cref="MaxReply"/> octets.</param>
    public Outcome4 Handle(in Datagram datagram, Instant now, Span<byte> reply) => throw new InvalidOperationException("contract");

    /// <summary>The largest reply: what fits an Ethernet frame.</summary>
    public const int MaxReply = 1472;
}

/// <summary>UDP ports; others than 67 and 68 are for tests and for servers without privileges.</summary>
public readonly record struct Server4Ports(ushort Server, ushort Client)
{
    public static readonly Server4Ports Standard = new(67, 68);
}
