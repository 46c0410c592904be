namespace Leasehold.Protocol.V4.Options;

/* RFC 3046 §2.0, RFC 3925 §4
    SubOpt  Len     Sub-option Value
   +------+------+------+------+------+--...-+------+
   |  1   |   N  |  s1  |  s2  |  s3  |      |  sN  |
   +------+------+------+------+------+--...-+------+   */

/// <summary>Walks sub-options of options 82 and 125, which have neither PAD nor END: 0 and 255 are codes like others.</summary>
/// <param name="field">The container's value, joined by RFC 3396.</param>
/// <remarks>Sub-options of option 43 may have both (RFC 2132 §8.4): use <see cref="OptionReader4"/>.</remarks>
public ref struct SubOptionReader4(ReadOnlySpan<byte> field)
{
    private readonly ReadOnlySpan<byte> octets = field;
    private int position;

    /// <summary>Where the last sub-option's code stands in the field.</summary>
    public int Offset { get; private set; }

    /// <summary>Why the walk ended early; None when it reached the end.</summary>
    public WireError Error { get; private set; }

    /// <summary>Takes the next sub-option. False at the end and at an error.</summary>
    public bool TryRead(out byte code, out ReadOnlySpan<byte> value)
    {
        code = 0;
        value = default;
        if (position >= octets.Length || Error.Kind != WireErrorKind.None) return false;
        Offset = position;
        if (position + 1 == octets.Length)
        {
            Error = new(WireErrorKind.OptionLengthMissing, position);
            return false;
        }

        int length = octets[position + 1];
        if (length > octets.Length - position - 2)
        {
            Error = new(WireErrorKind.OptionTooLong, position);
            return false;
        }

        code = octets[position];
        value = octets.Slice(position + 2, length);
        position += 2 + length;
        return true;
    }
}
