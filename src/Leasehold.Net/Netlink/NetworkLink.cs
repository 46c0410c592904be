using System.Collections.Immutable;
using Leasehold.Protocol;

namespace Leasehold.Net.Netlink;

/// <summary>A network interface as it was when it was listed. Two are equal when all of it is.</summary>
public sealed record NetworkLink
{
    /// <summary>ARPHRD_ETHER; other values of <see cref="Type"/> are in linux/if_arp.h.</summary>
    public const ushort EthernetType = 1;

    /// <summary>The kernel's index, 1 and up.</summary>
    public required int Index { get; init; }

    /// <summary>The kernel's name: "eth0".</summary>
    public required string Name { get; init; }

    public required LinkFlags Flags { get; init; }

    /// <summary>The kernel's link type (ARPHRD_*), which below 256 is the IANA hardware type.</summary>
    public required ushort Type { get; init; }

    /// <summary>Empty when the link has none, or one of more than 16 octets (InfiniBand).</summary>
    public HardwareAddress HardwareAddress { get; init; }

    /// <summary>What reaches everybody on the link; empty likewise.</summary>
    public HardwareAddress BroadcastAddress { get; init; }

    /// <summary>The largest IP packet, in octets.</summary>
    public int Mtu { get; init; }

    /// <summary>IPv4 addresses in the kernel's order; empty for none.</summary>
    public ImmutableArray<InterfaceAddress> Addresses { get; init; } = [];

    /// <summary>IPv6 addresses in the kernel's order; empty for none.</summary>
    public ImmutableArray<InterfaceAddress6> Addresses6 { get; init; } = [];

    /// <summary>Switched on by the administrator.</summary>
    public bool IsUp => Flags.HasFlag(LinkFlags.Up);

    /// <summary>Up, and the carrier is there.</summary>
    public bool IsRunning => Flags.HasFlag(LinkFlags.Running);

    public bool IsLoopback => Flags.HasFlag(LinkFlags.Loopback);
    public bool IsPointToPoint => Flags.HasFlag(LinkFlags.PointToPoint);

    public bool Equals(NetworkLink? other) =>
        other is not null && Index == other.Index && Name == other.Name && Flags == other.Flags && Type == other.Type
        && HardwareAddress == other.HardwareAddress && BroadcastAddress == other.BroadcastAddress && Mtu == other.Mtu
        && Addresses.AsSpan().SequenceEqual(other.Addresses.AsSpan())
        && Addresses6.AsSpan().SequenceEqual(other.Addresses6.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Index, Name, Flags, HardwareAddress, Addresses.Length);
}

/// <summary>Flags of an interface, netdevice(7); those that nothing here asks for are left out.</summary>
[Flags]
public enum LinkFlags
{
    None = 0,
    Up = 1 << 0,
    Broadcast = 1 << 1,
    Loopback = 1 << 3,
    PointToPoint = 1 << 4,
    Running = 1 << 6,
    NoArp = 1 << 7,
    Multicast = 1 << 12,
}

/// <summary>An IPv4 address of an interface.</summary>
/// <param name="Address">The local address.</param>
/// <param name="PrefixLength">0 to 32 bits of network.</param>
/// <param name="IsSecondary">True when an earlier address of the interface is in the same network.</param>
/// <param name="Label">"eth0" or "eth0:1".</param>
/// <param name="Peer">The other end of a point-to-point link; null when there is none.</param>
public readonly record struct InterfaceAddress(Ipv4 Address, int PrefixLength, bool IsSecondary, string Label, Ipv4? Peer);

/// <summary>An IPv6 address of an interface.</summary>
/// <param name="PrefixLength">0 to 128 bits of network.</param>
/// <param name="IsTentative">The kernel still asks whether somebody else has it, or somebody does: nothing can be sent from it.</param>
public readonly record struct InterfaceAddress6(Ipv6 Address, int PrefixLength, bool IsTentative);
