using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Leasehold.Protocol;

/// <summary>Shows an option's value to a person.</summary>
public static partial class OptionText
{
    /// <summary>The value as text; where it does not have the format, its octets and a remark.</summary>
    /// <remarks>Text stands in double quotes, octets in hexadecimal after 0x; values of a list and fields of a record have ", " between. Never throws.</remarks>
    public static string Format(OptionFormat format, ReadOnlySpan<byte> octets)
    {
        if (!TryFormat(format, octets, out string text, out int length)) return Malformed(octets, format.ToString());
        if (length == octets.Length) return text;
        string rest = Hex(octets[length..]);
        if (format.Encapsulates is not null) return text.Length == 0 ? rest : $"{text}, {rest}";
        return text.Length == 0 ? $"{rest} (malformed: expected no value)" : $"{text} (malformed: then {rest})";
    }

    /// <summary>The value as text, as far as the format goes.</summary>
    /// <param name="format">The shape.</param>
    /// <param name="octets">The value, joined by RFC 3396.</param>
    /// <param name="text">Empty when the result is false, and for a format without a value.</param>
    /// <param name="length">The octets that the text shows. Sub-options follow where the format encapsulates a space.</param>
    /// <returns>False when the octets end inside a value or a value is not of its type.</returns>
    public static bool TryFormat(OptionFormat format, ReadOnlySpan<byte> octets, out string text, out int length)
    {
        StringBuilder shown = new();
        length = 0;
        bool formatted = format.Type switch
        {
            OptionType.Empty => true,
            OptionType.ClasslessRoutes => TryAppendRoutes(octets, ref length, shown),
            OptionType.EncryptedDns4 or OptionType.EncryptedDns6 => TryAppendResolvers(format.Type, octets, ref length, shown),
            OptionType.Record => TryAppendRecord(format, octets, ref length, shown),
            _ => TryAppendValues(format, octets, ref length, shown),
        };
        text = formatted ? shown.ToString() : "";
        if (!formatted) length = 0;
        return formatted;
    }

    /// <summary>Octets in lower-case hexadecimal after 0x; "(empty)" for none.</summary>
    public static string Hex(ReadOnlySpan<byte> octets) => octets.IsEmpty ? "(empty)" : $"0x{Convert.ToHexStringLower(octets)}";

    /// <summary>Characters in double quotes: printable ones as they are, '"' and '\' after '\', others as \x and two digits.</summary>
    public static string Quote(ReadOnlySpan<byte> octets)
    {
        StringBuilder text = new(octets.Length + 2);
        AppendQuoted(octets, text);
        return text.ToString();
    }

    internal static string Malformed(ReadOnlySpan<byte> octets, string expected) => $"{Hex(octets)} (malformed: expected {expected})";

    private static bool TryAppendRecord(OptionFormat format, ReadOnlySpan<byte> octets, ref int at, StringBuilder text)
    {
        foreach (OptionType field in format.Fields)
        {
            if (!TryAppend(field, format, octets, ref at, text)) return false;
        }

        while (format.IsArray && at < octets.Length)
        {
            if (!TryAppend(format.Fields[^1], format, octets, ref at, text)) return false;
        }

        return true;
    }

    private static bool TryAppendValues(OptionFormat format, ReadOnlySpan<byte> octets, ref int at, StringBuilder text)
    {
        do
        {
            if (!TryAppend(format.Type, format, octets, ref at, text)) return false;
        }
        while (format.IsArray && at < octets.Length);
        return true;
    }

    private static bool TryAppend(OptionType type, OptionFormat format, ReadOnlySpan<byte> octets, ref int at, StringBuilder text)
    {
        if (text.Length > 0) text.Append(", ");
        ReadOnlySpan<byte> rest = octets[at..];
        switch (type)
        {
            case OptionType.Binary:
                text.Append(Hex(rest));
                at = octets.Length;
                return true;
            case OptionType.String:
                AppendQuoted(rest, text);
                at = octets.Length;
                return true;
            case OptionType.Tuple:
                return TryAppendTuple(format.TupleLengthOctets, octets, ref at, text);
            case OptionType.Fqdn or OptionType.PartialFqdn:
                return TryAppendName(type == OptionType.PartialFqdn, octets, ref at, text);
            case OptionType.Ipv6Prefix:
                return TryAppendPrefix(octets, ref at, text);
            case OptionType.Psid:
                return TryAppendPsid(octets, ref at, text);
            default:
                int size = SizeOf(type);
                if (size == 0 || rest.Length < size) return false;
                at += size;
                return TryAppendFixed(type, rest, text);
        }
    }

    private static int SizeOf(OptionType type) => type switch
    {
        OptionType.Boolean or OptionType.Int8 or OptionType.UInt8 => 1,
        OptionType.Int16 or OptionType.UInt16 => 2,
        OptionType.Int32 or OptionType.UInt32 or OptionType.Ipv4Address => 4,
        OptionType.Ipv6Address => 16,
        _ => 0,
    };

    private static bool TryAppendFixed(OptionType type, ReadOnlySpan<byte> octets, StringBuilder text)
    {
        switch (type)
        {
            case OptionType.Boolean:
                text.Append(octets[0] == 0 ? "false" : "true");
                return octets[0] <= 1;
            case OptionType.Int8:
                text.Append((sbyte)octets[0]);
                return true;
            case OptionType.UInt8:
                text.Append(octets[0]);
                return true;
            case OptionType.Int16:
                text.Append(BinaryPrimitives.ReadInt16BigEndian(octets));
                return true;
            case OptionType.UInt16:
                text.Append(BinaryPrimitives.ReadUInt16BigEndian(octets));
                return true;
            case OptionType.Int32:
                text.Append(BinaryPrimitives.ReadInt32BigEndian(octets));
                return true;
            case OptionType.UInt32:
                text.Append(BinaryPrimitives.ReadUInt32BigEndian(octets));
                return true;
            case OptionType.Ipv4Address:
                text.Append(Ipv4.Read(octets));
                return true;
            default:
                text.Append(Ipv6.Read(octets));
                return true;
        }
    }

    private static void AppendQuoted(ReadOnlySpan<byte> octets, StringBuilder text)
    {
        text.Append('"');
        while (!octets.IsEmpty)
        {
            // Valid UTF-8 above ASCII is shown as it is; a lone octet is not, nor what would move a terminal's cursor or turn its direction.
            bool valid = Rune.DecodeFromUtf8(octets, out Rune rune, out int used) == System.Buffers.OperationStatus.Done;
            if (valid && rune.Value is '"' or '\\') text.Append('\\').Append((char)rune.Value);
            else if (valid && IsShown(rune)) text.Append(rune.ToString());
            else foreach (byte octet in octets[..used]) text.Append($"\\x{octet:x2}");
            octets = octets[used..];
        }

        text.Append('"');
    }

    private static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
