namespace Leasehold.Engine.Load;

/// <summary>How one family's messages are written and read: the words that a <see cref="LoadCrowd"/> exchanges.</summary>
/// <remarks>Nothing here allocates, and nothing is remembered between calls.</remarks>
public interface ILoadDialogue
{
    /// <summary>Bits of a transaction's number: 32 or 24.</summary>
    int XidBits { get; }

    /// <summary>True when the second message of an exchange has the first one's transaction number.</summary>
    bool KeepsXid { get; }

    /// <summary>True when the server answers a release.</summary>
    bool AnswersRelease { get; }

    /// <summary>True when an acknowledgement may follow the first message at once (rapid commit).</summary>
    bool IsRapid { get; }

    /// <summary>Relays that the clients are spread over; at least 1.</summary>
    int Relays { get; }

    /// <summary>DHCPDISCOVER, Solicit. Returns the octets written.</summary>
    int WriteFirst(Span<byte> to, in LoadMessage message);

    /// <summary>DHCPREQUEST, Request for what was offered.</summary>
    int WriteSecond(Span<byte> to, in LoadMessage message);

    /// <summary>DHCPREQUEST of a bound client, Renew.</summary>
    int WriteRenewal(Span<byte> to, in LoadMessage message);

    /// <summary>DHCPRELEASE, Release.</summary>
    int WriteRelease(Span<byte> to, in LoadMessage message);

    /// <summary>Reads what came. False when it is malformed.</summary>
    bool TryRead(ReadOnlySpan<byte> octets, out LoadAnswer answer);

    /// <summary>True when an answer names the client with that number.</summary>
    bool IsFor(in LoadAnswer answer, int client);

    /// <summary>True when an answer gives all that was asked for: an address, a prefix, or both.</summary>
    bool IsComplete(in LoadAnswer answer);
}

/// <summary>What varies from one message to the next.</summary>
public readonly ref struct LoadMessage
{
    public required uint Xid { get; init; }

    /// <summary>Seconds that the client pretends to have waited.</summary>
    public ushort Elapsed { get; init; }

    /// <summary>The client and its relay, and what it has or was offered.</summary>
    public required LoadLease Lease { get; init; }

    /// <summary>The server identifier; empty for the first message.</summary>
    public ReadOnlySpan<byte> Server { get; init; }
}
