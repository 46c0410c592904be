namespace Leasehold.Protocol.V4;

/* RFC 2132 §2
    Code   Len     Value                 Code                Code
   +------+------+------+--...-+------+ +------+            +------+
   |   c  |   n  |  o1  |  ... |  on  | |   0  |  pad       |  255 |  end
   +------+------+------+--...-+------+ +------+            +------+   */

/// <summary>Walks the options of a message, or of one field, in the order in which RFC 3396 §5 joins them.</summary>
/// <remarks>
/// PAD is passed over and END closes a field. A field without END ends where it ends (RFC 2131 §4.1 asks for END, many clients forget it).
/// An option that goes past its field stops the walk with <see cref="Error"/>.
/// </remarks>
public ref struct OptionReader4
{
    private const int OptionsStart = Dhcp4Message.FixedLength + 4;
    private const int SnameStart = 44;
    private const int SnameEnd = 108;
    private const int FileEnd = 236;

    private readonly ReadOnlySpan<byte> octets;
    private readonly bool lenient;
    private OptionOverload pending;
    private int position;
    private int end;

    private OptionReader4(ReadOnlySpan<byte> message, OptionOverload overload, bool lenient)
    {
        octets = message;
        this.lenient = lenient;
        pending = overload;
        position = OptionsStart;
        end = message.Length;
        Offset = position;
    }

    /// <summary>The options of one run of octets: sub-options, or an options field without a message around it.</summary>
    public OptionReader4(ReadOnlySpan<byte> field)
    {
        octets = field;
        end = field.Length;
    }

    /// <summary>The options of a whole message, checked or not: <see cref="Dhcp4Message.Options"/> for one that was.</summary>
    /// <param name="message">At least the fixed fields; with no octets after the cookie there are no options.</param>
    /// <param name="overload">The fields to read after the options field.</param>
    /// <param name="lenient">An option that goes past its field ends the field, as END does, and is not among the options.</param>
    public static OptionReader4 OfMessage(ReadOnlySpan<byte> message, OptionOverload overload, bool lenient = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(message.Length, Dhcp4Message.FixedLength, nameof(message));
        return new(message, overload, lenient);
    }

    /// <summary>Where the last option's code stands, counted from the start of what is read.</summary>
    public int Offset { get; private set; }

    /// <summary>Why the walk ended early; None when it reached the end.</summary>
    public WireError Error { get; private set; }

    /// <summary>Takes the next option. False at the end and at an error.</summary>
    public bool TryRead(out byte code, out ReadOnlySpan<byte> value)
    {
        code = 0;
        value = default;
        while (Error.Kind == WireErrorKind.None)
        {
            if (position >= end || octets[position] == OptionCode4.End)
            {
                if (!TryNextField()) return false;
                continue;
            }

            if (octets[position] == OptionCode4.Pad)
            {
                position++;
                continue;
            }

            Offset = position;
            bool cut = position + 1 >= end || octets[position + 1] > end - position - 2;
            if (cut && lenient)
            {
                position = end;
                continue;
            }

            if (position + 1 >= end)
            {
                Error = new(WireErrorKind.OptionLengthMissing, position);
                return false;
            }

            int length = octets[position + 1];
            if (cut)
            {
                Error = new(WireErrorKind.OptionTooLong, position);
                return false;
            }

            code = octets[position];
            value = octets.Slice(position + 2, length);
            position += 2 + length;
            return true;
        }

        return false;
    }

    // RFC 3396 §5: the options field first, then file, then sname.
    private bool TryNextField()
    {
        if ((pending & OptionOverload.File) != OptionOverload.None)
        {
            pending &= ~OptionOverload.File;
            (position, end) = (SnameEnd, FileEnd);
            return true;
        }

        if ((pending & OptionOverload.Sname) != OptionOverload.None)
        {
            pending &= ~OptionOverload.Sname;
            (position, end) = (SnameStart, SnameEnd);
            return true;
        }

        position = end;
        return false;
    }
}
