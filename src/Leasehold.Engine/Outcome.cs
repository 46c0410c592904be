using Leasehold.Engine.V4;
using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.Engine;

/// <summary>What is to be done with a DHCPv4 packet: a reply, a lease change, both, or a drop with its reason.</summary>
public ref struct Outcome4
{
    /// <summary>None when the packet was handled, with or without a reply.</summary>
    public DropReason Drop { get; set; }

    /// <summary>Where octets were malformed; None otherwise.</summary>
    public WireError Error { get; set; }

    /// <summary>Option 53 of what came; None for BOOTP or what could not be read.</summary>
    public MessageType4 Received { get; set; }

    /// <summary>Option 53 of the reply; None when there is no reply.</summary>
    public MessageType4 Sent { get; set; }

    /// <summary>Octets of the reply in the caller's span; 0 when there is no reply.</summary>
    public int ReplyLength { get; set; }

    /// <summary>Where the reply goes; meaningful only with a reply.</summary>
    public ReplyAddress Destination { get; set; }

    /// <summary>What the leases become. A durable one must be stored before the reply leaves.</summary>
    /// <remarks>
    /// A packet that is dropped can have one as well, never a durable one: the client that chose another server frees what it was offered here.
    /// Its spans point into the datagram, the lease table or the server, and are valid until any of them changes.
    /// </remarks>
    public LeaseChange4 Change { get; set; }

    /// <summary>Why a NAK was sent; None otherwise.</summary>
    public NakReason Nak { get; set; }

    /// <summary>The subnet that the packet was located in; 0 when it was in none.</summary>
    public uint SubnetId { get; set; }

    /// <summary>The address offered, acknowledged, released, declined or refused; 0.0.0.0 for none.</summary>
    public Ipv4 Address { get; set; }

    /// <summary>Option 82 was too long to be echoed, so the reply goes without it (RFC 3046 §2.2).</summary>
    public bool RelayInformationOmitted { get; set; }

    /// <summary>What is left of the client's lease, which was acknowledged as it is because it is too new to be prolonged; null otherwise.</summary>
    public Lifetime? Reused { get; set; }

    /// <summary>An offer without an address, to a client that can do without IPv4 (RFC 8925).</summary>
    public bool IsWithoutAddress { get; set; }

    /// <summary>Ask whether somebody uses an address, and handle the packet again with the answer; null when nothing is to be asked.</summary>
    public ProbeOrder? Probe { get; set; }

    /// <summary>True when the change prolongs a lease that the client had.</summary>
    public bool IsRenewal { get; set; }
}

/// <summary>Where a reply goes, and how (RFC 2131 §4.1).</summary>
public readonly record struct ReplyAddress
{
    /// <summary>The IP destination.</summary>
    public Ipv4 Address { get; init; }

    /// <summary>The UDP destination port.</summary>
    public ushort Port { get; init; }

    /// <summary>The IP source: the server's address on that link.</summary>
    public Ipv4 Source { get; init; }

    /// <summary>The interface to send on.</summary>
    public int InterfaceIndex { get; init; }

    public ReplyPath Path { get; init; }

    /// <summary>The link destination for <see cref="ReplyPath.Link"/>; empty otherwise.</summary>
    public HardwareAddress LinkAddress { get; init; }
}

/// <summary>By which socket, and to whom on the link, a reply is sent.</summary>
public enum ReplyPath : byte
{
    /// <summary>By the UDP socket: to a relay, or to a client that has an address and answers ARP.</summary>
    Routed,

    /// <summary>By the packet socket to one link address: to a client that has no address yet.</summary>
    Link,

    /// <summary>To everybody on the link: IP and link-layer broadcast.</summary>
    Broadcast,
}
