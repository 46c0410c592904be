using Leasehold.Engine;
using Leasehold.Engine.V4;
using Leasehold.Leases;
using Leasehold.Net;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.Serve;

/// <summary>What remains to be known of a packet once it is decided: an <see cref="Outcome4"/> without its spans, kept until its batch is stored.</summary>
internal struct PacketRecord
{
    /// <summary>The packet in its batch.</summary>
    public int Index;

    public DropReason Drop;
    public NakReason Nak;
    public MessageType4 Received;
    public MessageType4 Sent;
    public LeaseChangeKind Change;
    public WireError Error;

    /// <summary>The relay's option 82 was too long for the reply.</summary>
    public bool RelayInformationOmitted;

    /// <summary>An offer without an address (RFC 8925).</summary>
    public bool IsWithoutAddress;

    /// <summary>The lease was too new to be prolonged, and stays as it is.</summary>
    public bool IsReuse;

    /// <summary>What is to be asked before the packet is answered; null when nothing is.</summary>
    public ProbeOrder? Probe;

    /// <summary>Why the reply was not sent; 0 when it was, or when there is none.</summary>
    public Errno SendError;

    /// <summary>The address offered, acknowledged, released, declined or refused.</summary>
    public Ipv4 Address;

    /// <summary>How long the address is given, or kept from everybody.</summary>
    public Lifetime Lifetime;

    public static PacketRecord Of(int index, in Outcome4 outcome, Instant now) => new()
    {
        Index = index,
        Drop = outcome.Drop,
        Nak = outcome.Nak,
        Received = outcome.Received,
        Sent = outcome.Sent,
        Change = outcome.Change.Kind,
        Error = outcome.Error,
        RelayInformationOmitted = outcome.RelayInformationOmitted,
        IsWithoutAddress = outcome.IsWithoutAddress,
        IsReuse = outcome.Reused is not null,
        Probe = outcome.Probe,
        Address = outcome.Address,
        Lifetime = outcome.Reused
            ?? (outcome.Change.Kind == LeaseChangeKind.Decline ? outcome.Change.Lease.Expire - now : outcome.Change.Lease.ValidLifetime),
    };
}
