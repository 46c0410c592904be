using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>What is to be done with a DHCPv6 packet: a reply, lease changes, both, or a drop with its reason.</summary>
public ref struct Outcome6
{
    /// <summary>None when the packet was handled.</summary>
    public DropReason6 Drop { get; set; }

    /// <summary>Where octets were malformed; None otherwise.</summary>
    public WireError Error { get; set; }

    /// <summary>msg-type of what the client wrote; None for what could not be read.</summary>
    public MessageType6 Received { get; set; }

    /// <summary>msg-type of the reply, relays' messages around it left aside; None when there is no reply.</summary>
    public MessageType6 Sent { get; set; }

    /// <summary>Octets of the reply in the caller's span; 0 when there is no reply.</summary>
    public int ReplyLength { get; set; }

    /// <summary>Where the reply goes; meaningful only with a reply.</summary>
    public ReplyAddress6 Destination { get; set; }

    /// <summary>What the leases become, in this order. If one of them is durable, all must be stored before the reply leaves.</summary>
    /// <remarks>
    /// The server's own: valid until its next call. A packet that is dropped can have changes as well, never durable ones:
    /// the client that chose another server frees what it was offered here.
    /// </remarks>
    public required LeaseChanges6 Changes { get; init; }

    /// <summary>The subnet that the packet was located in; 0 when it was in none.</summary>
    public uint SubnetId { get; set; }

    /// <summary>The status of the whole message; Success where nothing else is said.</summary>
    public StatusCode6 Status { get; set; }

    /// <summary>The status of the first identity association that got nothing; Success when all got something.</summary>
    public StatusCode6 RefusedWith { get; set; }
}

/// <summary>Where a reply goes.</summary>
public readonly record struct ReplyAddress6
{
    /// <summary>The IP destination.</summary>
    public Ipv6 Address { get; init; }

    /// <summary>The UDP destination port.</summary>
    public ushort Port { get; init; }

    /// <summary>The IP source; :: lets the kernel choose by its route.</summary>
    public Ipv6 Source { get; init; }

    /// <summary>The interface to send on.</summary>
    public int InterfaceIndex { get; init; }
}
