using Leasehold.Engine;
using Leasehold.Protocol;

namespace Leasehold.SimulationTests;

/// <summary>A piece of network that clients are on.</summary>
/// <param name="Interface">The server's interface on it, or the one that its relay's packets come to.</param>
/// <param name="Relay">giaddr; 0.0.0.0 where the server is on the link itself.</param>
internal sealed record Link(uint Id, Ipv4Prefix Prefix, ServedInterface Interface, Ipv4 Relay)
{
    private static readonly ServedInterface Eth0 = new(2, "eth0", [Ipv4.Parse("192.0.2.1")]);
    private static readonly ServedInterface Eth1 = new(3, "eth1", [Ipv4.Parse("198.51.100.1")]);

    /// <summary>Two links that the server is on, and one behind a relay.</summary>
    public static IReadOnlyList<Link> All { get; } =
    [
        new(1, Network("192.0.2.0/26"), Eth0, Ipv4.Any),
        new(2, Network("198.51.100.0/26"), Eth1, Ipv4.Any),
        new(3, Network("203.0.113.0/26"), Eth0, Ipv4.Parse("203.0.113.1")),
    ];

    public bool IsRelayed => !Relay.IsAny;

    /// <summary>An address of the link by its number in it.</summary>
    public Ipv4 Address(int host) => new(Prefix.Network.Value + (uint)host);

    private static Ipv4Prefix Network(string text) => Ipv4Prefix.TryParse(text, out Ipv4Prefix prefix, out _) ? prefix : throw new FormatException(text);
}
