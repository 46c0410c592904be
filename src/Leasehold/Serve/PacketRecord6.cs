using Leasehold.Engine.V6;
using Leasehold.Leases;
using Leasehold.Net;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;

namespace Leasehold.Serve;

/// <summary>What remains to be known of a DHCPv6 packet once it is decided, kept until its batch is stored.</summary>
internal struct PacketRecord6
{
    /// <summary>False for what was not for this server: neither counted nor logged.</summary>
    public bool IsServed;

    public DropReason6 Drop;
    public MessageType6 Received;
    public MessageType6 Sent;
    public WireError Error;
    public StatusCode6 Status;
    public StatusCode6 RefusedWith;

    /// <summary>Why the reply was not sent; 0 when it was, or when there is none.</summary>
    public Errno SendError;

    /// <summary>The packet's part of the batch's lease events.</summary>
    public int FirstEvent;

    public int EventCount;

    public static PacketRecord6 Of(in Outcome6 outcome, int firstEvent) => new()
    {
        IsServed = true,
        Drop = outcome.Drop,
        Received = outcome.Received,
        Sent = outcome.Sent,
        Error = outcome.Error,
        Status = outcome.Status,
        RefusedWith = outcome.RefusedWith,
        FirstEvent = firstEvent,
    };
}

/// <summary>What became of one lease, for the log.</summary>
/// <param name="Lifetime">How long it is given, or kept from everybody.</param>
internal readonly record struct LeaseEvent6(LeaseChangeKind Kind, LeaseType6 Type, Ipv6Prefix Prefix, uint Iaid, Lifetime Lifetime)
{
    public static LeaseEvent6 Of(in LeaseChange6 change) =>
        new(change.Kind, change.Lease.Type, change.Lease.Prefix, change.Lease.Iaid, change.Lease.ValidLifetime);
}
