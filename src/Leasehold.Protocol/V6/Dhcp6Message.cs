namespace Leasehold.Protocol.V6;

/* RFC 8415 §8
    0                   1                   2                   3
    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
   +---------------+-----------------------------------------------+
   |    msg-type   |               transaction-id                  |
   +---------------+-----------------------------------------------+
   |                      options (variable)                       |
   +---------------------------------------------------------------+   */

/// <summary>A DHCPv6 message between client and server: a view over octets that were checked once, when it was made.</summary>
/// <remarks>RFC 8415 §8. It allocates nothing and is valid as long as the octets are. What relays send is a <see cref="Dhcp6Relay"/>.</remarks>
public readonly ref struct Dhcp6Message
{
    /// <summary>msg-type and transaction-id.</summary>
    public const int FixedLength = 4;

    /// <summary>transaction-id has 24 bits.</summary>
    public const uint MaxTransactionId = 0xFFFFFF;

    /// <summary>Options of one message, at its own level, that are looked at. Clients send around ten; a datagram of empty options could hold 16,000.</summary>
    public const int MaxOptions = 512;

    private readonly ReadOnlySpan<byte> octets;

    private Dhcp6Message(ReadOnlySpan<byte> octets) => this.octets = octets;

    /// <summary>Checks the octets of a UDP payload, or of a Relay Message option, and makes the view.</summary>
    /// <param name="octets">All of them.</param>
    /// <param name="message">The view; use it only when the result is true.</param>
    /// <param name="error">What is wrong and where; None when the result is true.</param>
    /// <returns>False for octets that break a rule, and for a relay's message. Never throws.</returns>
    public static bool TryParse(ReadOnlySpan<byte> octets, out Dhcp6Message message, out WireError error)
    {
        message = default;
        if (octets.Length < FixedLength)
        {
            error = new(WireErrorKind.MessageTooShort, octets.Length);
            return false;
        }

        if (Dhcp6Relay.IsRelayType(octets[0]))
        {
            error = new(WireErrorKind.Header, 0);
            return false;
        }

        if (!OptionsAreWhole(octets, FixedLength, out error)) return false;
        message = new(octets);
        return true;
    }

    /// <summary>The whole message, as it came.</summary>
    public ReadOnlySpan<byte> Octets => octets;

    /// <summary>msg-type; values outside the enumeration come from the network too.</summary>
    public MessageType6 MessageType => (MessageType6)octets[0];

    /// <summary>transaction-id: 24 bits.</summary>
    public uint TransactionId => ((uint)octets[1] << 16) | ((uint)octets[2] << 8) | octets[3];

    /// <summary>The options in the order of the message.</summary>
    public OptionReader6 Options => new(octets[FixedLength..]);

    /// <summary>The first instance of an option.</summary>
    public bool TryGetOption(ushort code, out ReadOnlySpan<byte> value) => Options.TryFind(code, out value);

    /// <summary>Option 13 of the message itself; null when absent, which means Success (RFC 8415 §21.13), and when too short.</summary>
    public StatusCode6? Status => StatusOf(Options);

    /// <summary>Option 13 among some options; null when absent and when too short.</summary>
    public static StatusCode6? StatusOf(OptionReader6 options) =>
        options.TryFind(OptionCode6.StatusCode, out ReadOnlySpan<byte> value) && new WireReader(value).TryReadUInt16(out ushort code)
            ? (StatusCode6)code : null;

    /// <summary>Walks the options once. False, with the offset counted from the start of the message, when one is broken or there are too many.</summary>
    internal static bool OptionsAreWhole(ReadOnlySpan<byte> octets, int start, out WireError error)
    {
        OptionReader6 options = new(octets[start..]);
        int count = 0;
        while (options.TryRead(out _, out _))
        {
            if (++count <= MaxOptions) continue;
            error = new(WireErrorKind.TooManyOptions, start + options.Offset);
            return false;
        }

        error = options.Error.Kind == WireErrorKind.None ? WireError.None : options.Error with { Offset = start + options.Error.Offset };
        return error.Kind == WireErrorKind.None;
    }
}
