using Leasehold.Protocol;

namespace Leasehold.SimulationTests.Judging;

/// <summary>What the server has said about an address, and is held to.</summary>
internal sealed class Promise
{
    public required Ipv4 Address { get; init; }

    /// <summary>Null for a quarantine, which belongs to nobody.</summary>
    public required Identity? Holder { get; init; }

    public required uint SubnetId { get; init; }

    /// <summary>Until when, by the server's clock.</summary>
    public required Instant End { get; init; }

    /// <summary>The decision that made it.</summary>
    public required long Number { get; init; }

    /// <summary>False when it was found after a crash, and nobody has heard of it yet: then the next crash may take it away again.</summary>
    public bool WasTold { get; init; } = true;

    /// <summary>The server's clock has been at its end once. A clock that is set back afterwards makes it neither valid nor void.</summary>
    public bool IsOver { get; set; }

    /// <summary>The packet that ended it before its time; null when none did.</summary>
    public Flight? EndedBy { get; set; }

    /// <summary>The promise that renewed it, to the same client or its double; null when none did.</summary>
    public Promise? Renewed { get; set; }

    public bool IsValid(Instant now) => !IsOver && EndedBy is null && End >= now;
}
