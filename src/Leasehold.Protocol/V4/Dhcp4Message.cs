using System.Buffers.Binary;

namespace Leasehold.Protocol.V4;

/* RFC 2131 §2, figure 1
    0                   1                   2                   3
    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
   +---------------+---------------+---------------+---------------+
   |     op (1)    |   htype (1)   |   hlen (1)    |   hops (1)    |
   +---------------+---------------+---------------+---------------+
   |                            xid (4)                            |
   +-------------------------------+-------------------------------+
   |           secs (2)            |           flags (2)           |
   +-------------------------------+-------------------------------+
   |  ciaddr (4)  |  yiaddr (4)  |  siaddr (4)  |   giaddr (4)     |
   +---------------------------------------------------------------+
   |                          chaddr  (16)                         |
   |                          sname   (64)                         |
   |                          file    (128)                        |
   +---------------------------------------------------------------+
   |   magic cookie 99 130 83 99, then options (variable)          |
   +---------------------------------------------------------------+   */

/// <summary>A DHCPv4 or BOOTP message: a view over octets that were checked once, when it was made.</summary>
/// <remarks>RFC 2131 §2, RFC 951 §3. It allocates nothing and is valid as long as the octets are.</remarks>
public readonly ref struct Dhcp4Message
{
    /// <summary>The fixed fields of RFC 2131 §2, without cookie and options.</summary>
    public const int FixedLength = 236;

    /// <summary>The first octets of the options field, RFC 2131 §3.</summary>
    public const uint MagicCookie = 0x63825363;

    /// <summary>Options of one message that are looked at. Clients send around ten; a datagram of one-octet options could hold tens of thousands.</summary>
    public const int MaxOptions = 512;

    private readonly ReadOnlySpan<byte> octets;
    private readonly OptionOverload overload;
    private readonly bool lenient;

    private Dhcp4Message(ReadOnlySpan<byte> octets, OptionOverload overload, byte messageType, bool isBootp, bool lenient)
    {
        this.octets = octets;
        this.overload = overload;
        this.lenient = lenient;
        MessageType = (MessageType4)messageType;
        IsBootp = isBootp;
    }

    /// <summary>Checks the octets of a UDP payload and makes the view.</summary>
    /// <param name="octets">The whole payload, padding included.</param>
    /// <param name="message">The view; use it only when the result is true.</param>
    /// <param name="error">What is wrong and where; None when the result is true.</param>
    /// <returns>False for octets that break a rule of <see cref="WireErrorKind"/>. Never throws.</returns>
    public static bool TryParse(ReadOnlySpan<byte> octets, out Dhcp4Message message, out WireError error) =>
        TryParse(octets, lenient: false, out message, out error);

    /// <summary>Checks the octets of a UDP payload and makes the view.</summary>
    /// <param name="octets">The whole payload, padding included.</param>
    /// <param name="lenient">An option that goes past its field ends the field's options, and is not among them: for clients that miscount.</param>
    /// <param name="message">The view; use it only when the result is true.</param>
    /// <param name="error">What is wrong and where; None when the result is true.</param>
    /// <returns>False for octets that break a rule of <see cref="WireErrorKind"/>. Never throws.</returns>
    public static bool TryParse(ReadOnlySpan<byte> octets, bool lenient, out Dhcp4Message message, out WireError error)
    {
        message = default;
        if (octets.Length < FixedLength)
        {
            error = new(WireErrorKind.MessageTooShort, octets.Length);
            return false;
        }

        if (octets[0] is not (1 or 2))
        {
            error = new(WireErrorKind.Op, 0);
            return false;
        }

        // hlen > 16 is refused, not clamped: a clamped address would match another client's lease.
        if (octets[2] > HardwareAddress.MaxLength)
        {
            error = new(WireErrorKind.HardwareLength, 2);
            return false;
        }

        // RFC 951 §3: a BOOTP message may have no vendor area, or one without the cookie.
        bool hasCookie = octets.Length >= FixedLength + 4
            && BinaryPrimitives.ReadUInt32BigEndian(octets[FixedLength..]) == MagicCookie;
        if (!hasCookie)
        {
            if (octets.Length >= FixedLength + 4 && octets.Slice(FixedLength, 4).IndexOfAnyExcept((byte)0) >= 0)
            {
                error = new(WireErrorKind.MagicCookie, FixedLength);
                return false;
            }

            error = WireError.None;
            message = new(octets, OptionOverload.None, messageType: 0, isBootp: true, lenient);
            return true;
        }

        return TryParseOptions(octets, lenient, out message, out error);
    }

    private static bool TryParseOptions(ReadOnlySpan<byte> octets, bool lenient, out Dhcp4Message message, out WireError error)
    {
        message = default;
        OptionWalk found = default;
        if (!found.TryWalk(OptionReader4.OfMessage(octets, OptionOverload.None, lenient), out error)) return false;

        // Option 52 counts in the options field alone: the fields that it opens are read for all others (RFC 2131 §4.1).
        OptionOverload fields = found.Overload;
        if (fields != OptionOverload.None)
        {
            found = default;
            if (!found.TryWalk(OptionReader4.OfMessage(octets, fields, lenient), out error)) return false;
        }

        message = new(octets, fields, found.MessageType ?? 0, isBootp: found.MessageType is null, lenient);
        return true;
    }

    /// <summary>What one walk over all options finds that the view keeps.</summary>
    private ref struct OptionWalk
    {
        /// <summary>The first option 53. RFC 2131 §4.1 allows one; what a second one says is not looked at.</summary>
        public byte? MessageType;

        /// <summary>The first option 52 that says something.</summary>
        public OptionOverload Overload;

        public bool TryWalk(OptionReader4 options, out WireError error)
        {
            int count = 0;
            while (options.TryRead(out byte code, out ReadOnlySpan<byte> value))
            {
                if (++count > MaxOptions)
                {
                    error = new(WireErrorKind.TooManyOptions, options.Offset);
                    return false;
                }

                if (code == OptionCode4.MessageType && MessageType is null)
                {
                    if (value.Length != 1)
                    {
                        error = new(WireErrorKind.OptionValue, options.Offset);
                        return false;
                    }

                    MessageType = value[0];
                }
                else if (code == OptionCode4.Overload && Overload == OptionOverload.None && value.Length == 1 && value[0] <= 3)
                {
                    // RFC 2132 §9.3: 1 file, 2 sname, 3 both. Other values say nothing.
                    Overload = (OptionOverload)value[0];
                }
            }

            error = options.Error;
            return error.Kind == WireErrorKind.None;
        }
    }

    /// <summary>The whole payload, as it came.</summary>
    public ReadOnlySpan<byte> Octets => octets;

    /// <summary>op: 1 from a client or relay, 2 from a server.</summary>
    public Op4 Op => (Op4)octets[0];

    /// <summary>htype and the used octets of chaddr; 0 to 16 octets.</summary>
    public HardwareAddress Chaddr => new(octets[1], octets.Slice(28, octets[2]));

    /// <summary>hops: how many relays the message went through.</summary>
    public byte Hops => octets[3];

    public uint Xid => BinaryPrimitives.ReadUInt32BigEndian(octets[4..]);

    /// <summary>secs: seconds since the client began, as the client says.</summary>
    public ushort Secs => BinaryPrimitives.ReadUInt16BigEndian(octets[8..]);

    /// <summary>flags as they came; all bits but the first are reserved (RFC 2131 §2, figure 2).</summary>
    public ushort Flags => BinaryPrimitives.ReadUInt16BigEndian(octets[10..]);

    /// <summary>The BROADCAST flag: the client cannot receive unicast before it has an address (RFC 2131 §4.1).</summary>
    public bool Broadcast => (octets[10] & 0x80) != 0;

    public Ipv4 Ciaddr => Ipv4.Read(octets[12..]);
    public Ipv4 Yiaddr => Ipv4.Read(octets[16..]);
    public Ipv4 Siaddr => Ipv4.Read(octets[20..]);
    public Ipv4 Giaddr => Ipv4.Read(octets[24..]);

    /// <summary>sname: 64 octets, options when overloaded.</summary>
    public ReadOnlySpan<byte> Sname => octets.Slice(44, 64);

    /// <summary>file: 128 octets, options when overloaded.</summary>
    public ReadOnlySpan<byte> File => octets.Slice(108, 128);

    /// <summary>Option 53; None for a BOOTP message, and a value outside the enumeration where the client sent one.</summary>
    public MessageType4 MessageType { get; }

    /// <summary>True when there is no option 53: a message of RFC 951.</summary>
    public bool IsBootp { get; }

    /// <summary>Which of file and sname hold options (option 52, RFC 2132 §9.3).</summary>
    public OptionOverload Overload => overload;

    /// <summary>The options in the order of RFC 3396 §5: options field, then file, then sname. PAD and END are not among them.</summary>
    public OptionReader4 Options => OptionReader4.OfMessage(octets, overload, lenient);

    /// <summary>The first instance of an option; for options of a fixed size, which never are split.</summary>
    public bool TryGetOption(byte code, out ReadOnlySpan<byte> value)
    {
        OptionReader4 options = Options;
        while (options.TryRead(out byte found, out value))
        {
            if (found == code) return true;
        }

        value = default;
        return false;
    }

    /// <summary>An option's whole value: all instances one after the other (RFC 3396 §7).</summary>
    /// <param name="code">The option.</param>
    /// <param name="scratch">
    /// Where a value is put together when it came in several instances; one that came in one piece is not copied.
    /// As many octets as the message has always suffice.
    /// </param>
    /// <param name="value">A part of the message or of scratch; cut at scratch's end when it does not fit.</param>
    /// <returns>False when the option is absent.</returns>
    public bool TryGetOption(byte code, Span<byte> scratch, out ReadOnlySpan<byte> value)
    {
        value = default;
        bool found = false;
        int length = 0;
        OptionReader4 options = Options;
        while (options.TryRead(out byte next, out ReadOnlySpan<byte> part))
        {
            if (next != code) continue;
            if (!found)
            {
                found = true;
                value = part;
                continue;
            }

            if (length == 0)
            {
                length = Math.Min(value.Length, scratch.Length);
                value[..length].CopyTo(scratch);
            }

            int room = Math.Min(part.Length, scratch.Length - length);
            part[..room].CopyTo(scratch[length..]);
            length += room;
            value = scratch[..length];
        }

        return found;
    }

    /// <summary>An option that is one IPv4 address (50, 54 …). Null when absent or not 4 octets.</summary>
    public Ipv4? AddressOption(byte code) =>
        TryGetOption(code, out ReadOnlySpan<byte> value) && value.Length == 4 ? Ipv4.Read(value) : null;
}
