using System.Buffers.Binary;

namespace Leasehold.Protocol.V4;

/// <summary>Writes a DHCPv4 message into octets of the caller: fixed fields at any time, options in order.</summary>
/// <remarks>
/// Overflow is sticky: an option that does not fit is left out whole and <see cref="Overflowed"/> stays true.
/// Room for END is always kept. RFC 2131 §2, RFC 3396 §6 (values above 255 octets are split).
/// </remarks>
public ref struct Dhcp4Writer
{
    /// <summary>Many clients and relays refuse less than BOOTP's 300 octets (RFC 1542 §2.1).</summary>
    public const int MinimumLength = 300;

    private const int SnameStart = 44;
    private const int SnameLength = 64;
    private const int FileStart = 108;
    private const int FileLength = 128;

    // Option 52: code, length and value. Kept free while a field may still be opened.
    private const int OverloadLength = 3;

    private readonly Span<byte> octets;
    private int limit;

    // Where the next option goes, and where the options field was left for file or sname.
    private int position;
    private int optionsLength;
    private bool closed;
    private OptionOverload allowed;
    private OptionOverload opened;
    private OptionOverload filled;

    /// <summary>Starts a message, all fixed fields zero.</summary>
    /// <param name="destination">At least 300 octets; its length is the first limit.</param>
    public Dhcp4Writer(Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, MinimumLength, nameof(destination));
        octets = destination;
        limit = destination.Length;
        octets[..MinimumLength].Clear();
        BinaryPrimitives.WriteUInt32BigEndian(octets[Dhcp4Message.FixedLength..], Dhcp4Message.MagicCookie);
        position = Dhcp4Message.FixedLength + 4;
    }

    /// <summary>The largest message, in octets, at least 300: what the client can take (option 57) without IP and UDP headers.</summary>
    public int Limit
    {
        readonly get => limit;
        set => limit = Math.Clamp(value, MinimumLength, octets.Length);
    }

    /// <summary>True from the first option that did not fit.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>Octets left for options in the field that is being written, END kept, and option 52 while <see cref="AllowOverload"/> lets fields be opened.</summary>
    public readonly int Room => End - position;

    /// <summary>Which of file and sname hold options by now.</summary>
    public readonly OptionOverload Overload => opened;

    public Op4 Op { set => octets[0] = (byte)value; }
    public byte Hops { set => octets[3] = value; }
    public uint Xid { set => BinaryPrimitives.WriteUInt32BigEndian(octets[4..], value); }
    public ushort Secs { set => BinaryPrimitives.WriteUInt16BigEndian(octets[8..], value); }
    public ushort Flags { set => BinaryPrimitives.WriteUInt16BigEndian(octets[10..], value); }
    public Ipv4 Ciaddr { set => value.Write(octets[12..]); }
    public Ipv4 Yiaddr { set => value.Write(octets[16..]); }
    public Ipv4 Siaddr { set => value.Write(octets[20..]); }
    public Ipv4 Giaddr { set => value.Write(octets[24..]); }

    /// <summary>htype, hlen and chaddr.</summary>
    public HardwareAddress Chaddr
    {
        set
        {
            octets[1] = value.Type;
            octets[2] = value.Length;
            octets.Slice(28, HardwareAddress.MaxLength).Clear();
            value.Octets.CopyTo(octets[28..]);
        }
    }

    /// <summary>sname, 64 octets, zero after the value. False, and nothing written, when the value has more or the field holds options.</summary>
    public bool TrySetSname(ReadOnlySpan<byte> value) => TrySetField(octets.Slice(SnameStart, SnameLength), value, OptionOverload.Sname);

    /// <summary>file, 128 octets, zero after the value. False, and nothing written, when the value has more or the field holds options.</summary>
    public bool TrySetFile(ReadOnlySpan<byte> value) => TrySetField(octets.Slice(FileStart, FileLength), value, OptionOverload.File);

    /// <summary>Lets options go on in file, then in sname, when the options field is full (RFC 2131 §4.1, RFC 2132 §9.3).</summary>
    /// <param name="fields">Fields that the message does not need; one with a value by now is left alone.</param>
    /// <remarks>
    /// From here on three octets of the options field are kept for option 52, and <see cref="Finish"/> writes it when a field was used.
    /// For clients that understand it only: old BOOTP clients and boot ROMs read the fields as names.
    /// </remarks>
    public void AllowOverload(OptionOverload fields)
    {
        allowed |= fields & ~filled;
    }

    /// <summary>Adds an option whose value is at most 255 octets in one piece, a longer one in several (RFC 3396 §6).</summary>
    /// <returns>False, and nothing written, when it does not fit; <see cref="Overflowed"/> is set.</returns>
    public bool Add(byte code, scoped ReadOnlySpan<byte> value)
    {
        int pieces = Math.Max(1, (value.Length + 254) / 255);
        if (!TryReserve(value.Length + (2 * pieces)))
        {
            Overflowed = true;
            return false;
        }

        do
        {
            int size = Math.Min(255, value.Length);
            octets[position] = code;
            octets[position + 1] = (byte)size;
            value[..size].CopyTo(octets[(position + 2)..]);
            position += 2 + size;
            value = value[size..];
        }
        while (!value.IsEmpty);
        return true;
    }

    /// <summary>Adds the last option: in the options field also where options went on in file or sname (RFC 3046 §2.1: the relay looks for 82 there).</summary>
    /// <returns>False, and nothing written, when it does not fit; <see cref="Overflowed"/> is set.</returns>
    public bool AddLast(byte code, scoped ReadOnlySpan<byte> value)
    {
        allowed = OptionOverload.None;
        if (opened != OptionOverload.None && !closed) CloseFields();
        return Add(code, value);
    }

    public bool Add(byte code, byte value) => Add(code, [value]);

    public bool Add(byte code, ushort value)
    {
        Span<byte> two = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(two, value);
        return Add(code, two);
    }

    public bool Add(byte code, Ipv4 value) => Add(code, value.Value);

    public bool Add(byte code, Lifetime value) => Add(code, value.Seconds);

    public bool Add(byte code, uint value)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(four, value);
        return Add(code, four);
    }

    /// <summary>Writes option 52 when fields were opened, END in every field that holds options, and PAD up to 300 octets. Once, last.</summary>
    /// <returns>The message's length in octets.</returns>
    public int Finish()
    {
        if (opened != OptionOverload.None && !closed) CloseFields();
        octets[position++] = OptionCode4.End;
        if (position < MinimumLength)
        {
            octets[position..MinimumLength].Clear();
            position = MinimumLength;
        }

        return position;
    }

    // END in the field that is open, option 52 where the options field was left, which is written to again.
    private void CloseFields()
    {
        octets[position] = OptionCode4.End;
        position = optionsLength;
        octets[position++] = OptionCode4.Overload;
        octets[position++] = 1;
        octets[position++] = (byte)opened;
        closed = true;
    }

    // The last octet for options of the field that is being written, END's place excluded.
    private readonly int End =>
        closed ? limit - 1
        : (opened & OptionOverload.Sname) != OptionOverload.None ? SnameStart + SnameLength - 1
        : opened != OptionOverload.None ? FileStart + FileLength - 1
        : limit - 1 - (allowed == OptionOverload.None ? 0 : OverloadLength);

    private bool TryReserve(int size)
    {
        while (size > End - position)
        {
            // An option that no field can hold must not close the one that is open.
            if (!TryOpenField(size)) return false;
        }

        return true;
    }

    // RFC 3396 §5 joins options of the options field, then file, then sname, so that is the order to fill them in.
    private bool TryOpenField(int size)
    {
        OptionOverload next =
            (allowed & OptionOverload.File) != OptionOverload.None && opened == OptionOverload.None && size < FileLength ? OptionOverload.File
            : (allowed & OptionOverload.Sname) != OptionOverload.None && (opened & OptionOverload.Sname) == OptionOverload.None && size < SnameLength ? OptionOverload.Sname
            : OptionOverload.None;
        if (next == OptionOverload.None) return false;

        // Without room for option 52 (it was not kept before AllowOverload) no field can be opened.
        if (opened == OptionOverload.None && position > limit - 1 - OverloadLength) return false;
        if (opened == OptionOverload.None) optionsLength = position;
        else octets[position] = OptionCode4.End;
        opened |= next;
        position = next == OptionOverload.File ? FileStart : SnameStart;
        return true;
    }

    private bool TrySetField(Span<byte> field, ReadOnlySpan<byte> value, OptionOverload which)
    {
        if (value.Length > field.Length || (opened & which) != OptionOverload.None) return false;
        field.Clear();
        value.CopyTo(field);
        filled |= which;
        allowed &= ~which;
        return true;
    }
}
