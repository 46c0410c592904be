namespace Leasehold.Protocol.V6;

/* RFC 8415 §9
    0                   1                   2                   3
    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
   +---------------+---------------+-------------------------------+
   |    msg-type   |   hop-count   |                               |
   +---------------+---------------+        link-address (16)      |
   |                               +-------------------------------+
   |                               |        peer-address (16)      |
   +-------------------------------+-------------------------------+
   |                      options (variable)                       |
   +---------------------------------------------------------------+   */

/// <summary>A message between relay agent and server: a view over octets that were checked once, when it was made.</summary>
/// <remarks>RFC 8415 §9. What it carries (option 9) is a <see cref="Dhcp6Message"/> or another relay's message, and is not checked here.</remarks>
public readonly ref struct Dhcp6Relay
{
    /// <summary>msg-type, hop-count and both addresses.</summary>
    public const int FixedLength = 34;

    private const int LinkAddressStart = 2;
    private const int PeerAddressStart = 18;

    private readonly ReadOnlySpan<byte> octets;

    /// <param name="octets">Checked already.</param>
    internal Dhcp6Relay(ReadOnlySpan<byte> octets) => this.octets = octets;

    /// <summary>True for the msg-type of a relay's message, RFC 8415 §7.3.</summary>
    public static bool IsRelayType(byte type) => (MessageType6)type is MessageType6.RelayForward or MessageType6.RelayReply;

    /// <summary>Checks octets and makes the view.</summary>
    /// <param name="octets">A UDP payload, or the value of a Relay Message option.</param>
    /// <param name="message">The view; use it only when the result is true.</param>
    /// <param name="error">What is wrong and where; None when the result is true.</param>
    /// <returns>False for octets that break a rule, and for a message of a client or server. Never throws.</returns>
    public static bool TryParse(ReadOnlySpan<byte> octets, out Dhcp6Relay message, out WireError error)
    {
        message = default;
        if (octets.Length < FixedLength)
        {
            error = new(WireErrorKind.MessageTooShort, octets.Length);
            return false;
        }

        if (!IsRelayType(octets[0]))
        {
            error = new(WireErrorKind.Header, 0);
            return false;
        }

        if (!Dhcp6Message.OptionsAreWhole(octets, FixedLength, out error)) return false;
        message = new(octets);
        return true;
    }

    /// <summary>The whole message, as it came.</summary>
    public ReadOnlySpan<byte> Octets => octets;

    /// <summary>RelayForward or RelayReply.</summary>
    public MessageType6 MessageType => (MessageType6)octets[0];

    /// <summary>hop-count: how many relays a Relay-forward went through before this one.</summary>
    public byte HopCount => octets[1];

    public Ipv6 LinkAddress => Ipv6.Read(octets[LinkAddressStart..]);
    public Ipv6 PeerAddress => Ipv6.Read(octets[PeerAddressStart..]);

    /// <summary>The options in the order of the message.</summary>
    public OptionReader6 Options => new(octets[FixedLength..]);

    /// <summary>What is relayed (option 9, RFC 8415 §21.10). False when there is none.</summary>
    public bool TryGetRelayed(out ReadOnlySpan<byte> message) => Options.TryFind(OptionCode6.RelayMessage, out message);
}
