namespace Leasehold.Protocol;

/// <summary>What is wrong with octets that came from the network, and where.</summary>
/// <param name="Kind">The rule that is broken; None when nothing is.</param>
/// <param name="Offset">The octet, counted from the start of the message, at which reading stopped.</param>
public readonly record struct WireError(WireErrorKind Kind, int Offset)
{
    /// <summary>Nothing is wrong.</summary>
    public static readonly WireError None;

    /// <summary>The rule in words and the offset.</summary>
    public override string ToString() => Kind == WireErrorKind.None ? "no error" : $"{WireErrorText.Of(Kind)} at octet {Offset}";
}

/// <summary>The rules that octets from the network can break.</summary>
public enum WireErrorKind
{
    None,

    /// <summary>Shorter than the fixed fields of a message (RFC 2131 §2: 236 octets).</summary>
    MessageTooShort,

    /// <summary>hlen is above 16, the size of chaddr (RFC 2131 §2).</summary>
    HardwareLength,

    /// <summary>The four octets 99 130 83 99 are missing (RFC 2131 §3).</summary>
    MagicCookie,

    /// <summary>An option's code stands at the end with no length after it.</summary>
    OptionLengthMissing,

    /// <summary>An option's length goes past the end of its field.</summary>
    OptionTooLong,

    /// <summary>An option's value has a length that its definition does not allow.</summary>
    OptionValue,

    /// <summary>More options than any client sends; a limit against work without end.</summary>
    TooManyOptions,

    /// <summary>A domain name with a label that is too long, a name over 255 octets, or a pointer that does not go backwards.</summary>
    DomainName,

    /// <summary>An IPv4, UDP, ARP or ICMP header that contradicts itself or its checksum.</summary>
    Header,

    /// <summary>op is neither 1 (BOOTREQUEST) nor 2 (BOOTREPLY) (RFC 2131 §2).</summary>
    Op,

    /// <summary>A relay's message without the message that it relays (RFC 8415 §19.3: option 9).</summary>
    RelayedMessageMissing,

    /// <summary>Through more relays than a message may go (RFC 8415 §7.6: HOP_COUNT_LIMIT).</summary>
    TooManyRelays,
}

internal static class WireErrorText
{
    public static string Of(WireErrorKind kind) => kind switch
    {
        WireErrorKind.MessageTooShort => "message shorter than its fixed fields",
        WireErrorKind.HardwareLength => "hardware address length above 16",
        WireErrorKind.MagicCookie => "no DHCP magic cookie",
        WireErrorKind.OptionLengthMissing => "option without a length",
        WireErrorKind.OptionTooLong => "option longer than its field",
        WireErrorKind.OptionValue => "option value of a wrong length",
        WireErrorKind.TooManyOptions => "too many options",
        WireErrorKind.DomainName => "malformed domain name",
        WireErrorKind.Header => "malformed header",
        WireErrorKind.Op => "op is neither request nor reply",
        WireErrorKind.RelayedMessageMissing => "relay message without the message it relays",
        WireErrorKind.TooManyRelays => "relayed too often",
        _ => kind.ToString(),
    };
}
