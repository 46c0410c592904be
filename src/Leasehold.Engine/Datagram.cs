using System.Collections.Immutable;
using Leasehold.Protocol;

namespace Leasehold.Engine;

/// <summary>A UDP datagram as it arrived. Valid until the handler returns.</summary>
public readonly ref struct Datagram
{
    /// <summary>The UDP payload.</summary>
    public ReadOnlySpan<byte> Payload { get; init; }

    public Ipv4 Source { get; init; }
    public ushort SourcePort { get; init; }

    /// <summary>The destination in the IP header: the limited broadcast, or an address of the interface.</summary>
    public Ipv4 Destination { get; init; }

    /// <summary>Where it arrived.</summary>
    public required ServedInterface Interface { get; init; }
}

/// <summary>An interface on which the server answers, as it is now; replaced when its addresses change.</summary>
/// <param name="Index">The kernel's index.</param>
/// <param name="Name">The kernel's name: "eth0".</param>
/// <param name="Addresses">At least one. The first is the server identifier for clients on this link (RFC 2132 §9.7).</param>
public sealed record ServedInterface(int Index, string Name, ImmutableArray<Ipv4> Addresses)
{
    /// <summary>The server identifier for what arrives here.</summary>
    public Ipv4 Address => Addresses[0];
}
