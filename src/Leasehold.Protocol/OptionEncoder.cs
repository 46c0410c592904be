using System.Buffers;
using System.Collections.Immutable;

namespace Leasehold.Protocol;

/// <summary>Turns the text of a configuration into the octets of an option's value.</summary>
public static partial class OptionEncoder
{
    /// <summary>Octets of the longest value. RFC 3396 splits it over several DHCPv4 options; a message has room for less anyway.</summary>
    public const int MaxLength = 65535;

    /// <summary>Encodes values between commas.</summary>
    /// <remarks>
    /// Forms that the established server takes, taken here: "\," for a comma inside a value; blanks around values; numbers in decimal or
    /// hexadecimal; true, false, 1 and 0; hexadecimal with and without 0x, blanks or colons, and 'quoted' characters for binary values.
    /// The sub-options of <see cref="OptionFormat.Encapsulates"/> are not part of the text.
    /// </remarks>
    /// <param name="format">The shape of the value.</param>
    /// <param name="text">As configured.</param>
    /// <param name="octets">The value without code and length; empty when the result is false.</param>
    /// <param name="error">What is wrong; after a success None, or a remark of the kind Unused.</param>
    public static bool TryEncode(OptionFormat format, ReadOnlySpan<char> text, out ImmutableArray<byte> octets, out OptionTextError error)
    {
        ArrayBufferWriter<byte> value = new();
        bool encoded = format.Type switch
        {
            OptionType.ClasslessRoutes => TryEncodeRoutes(text, value, out error),
            OptionType.EncryptedDns4 or OptionType.EncryptedDns6 => TryEncodeResolvers(format.Type, text, value, out error),
            _ => TryEncodeValues(format, text, value, out error),
        };
        return Finish(encoded, value, out octets, ref error);
    }

    /// <summary>Encodes a value that is given in octets, whatever its format ("csv-format": false).</summary>
    /// <param name="text">Hexadecimal or 'quoted'; see <see cref="HexText.TryParseValue"/>. An empty text is an empty value.</param>
    /// <param name="octets">The value; empty when the result is false.</param>
    public static bool TryEncodeHex(ReadOnlySpan<char> text, out ImmutableArray<byte> octets, out OptionTextError error)
    {
        ArrayBufferWriter<byte> value = new();
        error = OptionTextError.None;
        bool encoded = TryWriteBinary(text, value);
        if (!encoded) error = new(OptionTextErrorKind.Value, 0, 0, text.ToString(), HexExpected);
        return Finish(encoded, value, out octets, ref error);
    }

    private static bool Finish(bool encoded, ArrayBufferWriter<byte> value, out ImmutableArray<byte> octets, ref OptionTextError error)
    {
        octets = [];
        if (!encoded) return false;
        if (value.WrittenCount > MaxLength)
        {
            error = new(OptionTextErrorKind.TooLong, 0, 0, $"{value.WrittenCount}", $"at most {MaxLength} are possible");
            return false;
        }

        octets = [.. value.WrittenSpan];
        return true;
    }

    private static bool TryEncodeValues(OptionFormat format, ReadOnlySpan<char> text, ArrayBufferWriter<byte> octets, out OptionTextError error)
    {
        OptionValues values = new(text, separator: ',');
        int last = format.Type == OptionType.Record ? format.Fields.Length : format.Type == OptionType.Empty ? 0 : 1;
        error = OptionTextError.None;
        while (values.TryTake(out string value))
        {
            if (values.Count > last && !format.IsArray)
            {
                if (format.Type == OptionType.Empty)
                {
                    error = new(OptionTextErrorKind.Value, 1, values.Position, value, "allowed: this option has no value of its own");
                    return false;
                }

                error = new(OptionTextErrorKind.Unused, values.Count, values.Position, value, last == 1
                    ? "the option has one value; a comma inside it is written \\\\,"
                    : $"the option has {last} values");
                return true;
            }

            OptionType type = TypeOf(format, values.Count);
            if (TryWrite(type, format, value, octets)) continue;
            error = new(OptionTextErrorKind.Value, values.Count, values.Position, value, Expected(type, format));
            return false;
        }

        if (values.Count >= last) return true;
        OptionType missing = TypeOf(format, values.Count + 1);
        error = new(OptionTextErrorKind.Missing, values.Count == 0 ? 0 : values.Count + 1, text.Length, "", Expected(missing, format));
        return false;
    }

    private static OptionType TypeOf(OptionFormat format, int field) =>
        format.Type == OptionType.Record ? format.Fields[Math.Min(field, format.Fields.Length) - 1] : format.Type;
}
