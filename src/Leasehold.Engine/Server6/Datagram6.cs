using System.Collections.Immutable;
using Leasehold.Protocol;

namespace Leasehold.Engine.V6;

/// <summary>A UDP datagram over IPv6 as it arrived. Valid until the handler returns.</summary>
public readonly ref struct Datagram6
{
    /// <summary>The UDP payload.</summary>
    public ReadOnlySpan<byte> Payload { get; init; }

    public Ipv6 Source { get; init; }
    public ushort SourcePort { get; init; }

    /// <summary>The destination in the IP header: a multicast group, or an address of this machine.</summary>
    public Ipv6 Destination { get; init; }

    /// <summary>Where it arrived.</summary>
    public required ServedInterface6 Interface { get; init; }
}

/// <summary>An interface on which the server answers, as it is now; replaced when its addresses change.</summary>
/// <param name="Index">The kernel's index.</param>
/// <param name="Name">The kernel's name: "eth0".</param>
/// <param name="LinkLocal">What replies to clients on the link come from.</param>
/// <param name="Unicast">Addresses at which relays and clients may reach the server by unicast; empty for none.</param>
public sealed record ServedInterface6(int Index, string Name, Ipv6 LinkLocal, ImmutableArray<Ipv6> Unicast);
