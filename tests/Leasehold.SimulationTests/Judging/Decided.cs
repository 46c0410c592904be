using Leasehold.Engine;
using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.SimulationTests.Judging;

/// <summary>A packet and what the server made of it, kept until its batch is stored.</summary>
internal sealed class Decided
{
    public required Flight Packet { get; init; }

    /// <summary>The packet as the judge reads it; null when it is no message.</summary>
    public required RequestView? Request { get; init; }

    /// <summary>The server's clock when it decided.</summary>
    public required Instant Now { get; init; }

    /// <summary>Counts decisions over the whole run.</summary>
    public required long Number { get; init; }

    public DropReason Drop { get; set; }
    public NakReason Nak { get; init; }
    public MessageType4 Sent { get; init; }
    public uint SubnetId { get; init; }

    /// <summary>What log and table were told.</summary>
    public LeaseChangeKind Change { get; set; }

    /// <summary>The address that changes.</summary>
    public Ipv4 Address { get; init; }

    public Instant Expire { get; init; }
    public Ipv4? Vacates { get; set; }

    /// <summary>Null for none.</summary>
    public byte[]? Reply { get; set; }

    public ReplyAddress To { get; init; }

    /// <summary>Whose lease the change is about.</summary>
    public required Identity? Identity { get; init; }

    public bool IsDurable => Change is not (LeaseChangeKind.None or LeaseChangeKind.Offer);

    public override string ToString()
    {
        string text = $"{Identity} {Request?.Type.ToString() ?? "(no message)"}";
        if (Request?.Requested is { } requested) text += $" for {requested}";
        if (Request is { Ciaddr.IsAny: false }) text += $" from {Request.Ciaddr}";
        if (!Packet.IsCurrent) text += Packet.Damaged ? " (damaged)" : " (old)";
        if (Drop != DropReason.None) return $"{text}: dropped, {Drop}";
        text += $": {(Sent == MessageType4.None ? "no reply" : Sent.ToString())}";
        if (Nak != NakReason.None) text += $" {Nak}";
        if (Change != LeaseChangeKind.None) text += $", {Change} {Address} until {Expire}";
        return Vacates is { } vacated ? $"{text}, vacates {vacated}" : text;
    }
}
