using System.Runtime.CompilerServices;

namespace Leasehold.Protocol.V6;

/// <summary>The relay messages around a message, each checked once: a view over the octets of a UDP payload.</summary>
/// <remarks>RFC 8415 §9 and RFC 8415 §19: a Relay-forward carries a client's message, or another relay's, in its option 9.</remarks>
public ref struct RelayChain
{
    /// <summary>RFC 8415 §7.6: HOP_COUNT_LIMIT is 8, and a relay discards what has that hop count; so hop counts 0 to 8 arrive.</summary>
    public const int MaxRelays = 9;

    private readonly ReadOnlySpan<byte> octets;
    private Starts starts;

    private RelayChain(ReadOnlySpan<byte> octets) => this.octets = octets;

    /// <summary>How many relays the message went through; 0 when it came from the client itself.</summary>
    public int Count { get; private set; }

    /// <summary>A relay's message, with all that it carries.</summary>
    /// <param name="index">0 is nearest to the server, <see cref="Count"/> - 1 nearest to the client.</param>
    public readonly Dhcp6Relay this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return new(octets.Slice(starts[index].From, starts[index].Length));
        }
    }

    /// <summary>Unwraps Relay-forward messages.</summary>
    /// <param name="octets">A UDP payload.</param>
    /// <param name="relays">What was around the message; use it only when the result is true.</param>
    /// <param name="message">What the client wrote, not checked; all octets when no relay was there.</param>
    /// <param name="error">What is wrong and where; None when the result is true.</param>
    /// <returns>False for octets that break a rule. Never throws.</returns>
    public static bool TryParse(ReadOnlySpan<byte> octets, out RelayChain relays, out ReadOnlySpan<byte> message, out WireError error)
    {
        relays = new(octets);
        message = octets;
        error = WireError.None;
        int from = 0;
        while (!message.IsEmpty && message[0] == (byte)MessageType6.RelayForward)
        {
            if (relays.Count == MaxRelays)
            {
                error = new(WireErrorKind.TooManyRelays, from);
                return false;
            }

            if (!Dhcp6Relay.TryParse(message, out Dhcp6Relay relay, out error))
            {
                error = error with { Offset = from + error.Offset };
                return false;
            }

            if (!relay.TryGetRelayed(out ReadOnlySpan<byte> relayed))
            {
                error = new(WireErrorKind.RelayedMessageMissing, from);
                return false;
            }

            relays.starts[relays.Count++] = (from, message.Length);
            octets.Overlaps(relayed, out from);
            message = relayed;
        }

        return true;
    }

    [InlineArray(MaxRelays)]
    private struct Starts
    {
        private (int From, int Length) first;
    }
}
