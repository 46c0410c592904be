namespace Leasehold.Protocol.V6;

/* RFC 8415 §21.1
    0                   1                   2                   3
    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
   +-------------------------------+-------------------------------+
   |          option-code          |           option-len          |
   +-------------------------------+-------------------------------+
   |                option-data (option-len octets)                |
   +---------------------------------------------------------------+   */

/// <summary>Walks a row of options: those of a message, or those inside another option.</summary>
/// <remarks>An option that goes past the end stops the walk with <see cref="Error"/>. There is no padding and no END.</remarks>
public ref struct OptionReader6(ReadOnlySpan<byte> octets)
{
    private const int HeadLength = 4;

    private readonly ReadOnlySpan<byte> all = octets;
    private WireReader reader = new(octets);

    /// <summary>Where the last option's code stands, counted from the start of what is read.</summary>
    public int Offset { get; private set; }

    /// <summary>Why the walk ended early, its offset counted like <see cref="Offset"/>; None when it reached the end.</summary>
    public WireError Error { get; private set; }

    /// <summary>Takes the next option. False at the end and at an error.</summary>
    public bool TryRead(out ushort code, out ReadOnlySpan<byte> value)
    {
        code = 0;
        value = default;
        if (reader.IsAtEnd || Error.Kind != WireErrorKind.None) return false;
        Offset = reader.Offset;
        if (reader.Rest.Length < HeadLength)
        {
            Error = new(WireErrorKind.OptionLengthMissing, Offset);
            return false;
        }

        reader.TryReadUInt16(out code);
        reader.TryReadUInt16(out ushort length);
        if (reader.TryReadOctets(length, out value)) return true;
        code = 0;
        Error = new(WireErrorKind.OptionTooLong, Offset);
        return false;
    }

    /// <summary>The first option of a code, from the start; what was read does not matter. False when there is none before the end or an error.</summary>
    public readonly bool TryFind(ushort wanted, out ReadOnlySpan<byte> value)
    {
        OptionReader6 fromStart = new(all);
        while (fromStart.TryRead(out ushort code, out value))
        {
            if (code == wanted) return true;
        }

        value = default;
        return false;
    }
}
