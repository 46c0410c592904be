using System.Buffers.Binary;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.Decode;

/// <summary>Prints a DHCPv4 message: every field and option with its offset, well-formed or not.</summary>
internal static class MessageText4
{
    private const int FileStart = 108;
    private const int CookieEnd = Dhcp4Message.FixedLength + 4;

    /// <summary>Prints a message.</summary>
    /// <param name="octets">A UDP payload.</param>
    /// <param name="output">Lines end with '\n' on every system, so that expected output can be kept.</param>
    /// <returns>False when the message is malformed; what can be read of it is printed, and the error last.</returns>
    public static bool Write(ReadOnlySpan<byte> octets, TextWriter output)
    {
        bool isWellFormed = Dhcp4Message.TryParse(octets, out Dhcp4Message message, out WireError error);
        string kind = !isWellFormed ? "malformed DHCPv4 message" : message.IsBootp ? "BOOTP message" : "DHCPv4 message";
        output.Write($"{kind}, {PlainText4.Count(octets.Length)}\n");
        if (octets.Length >= Dhcp4Message.FixedLength)
        {
            OptionOverload overload = isWellFormed ? message.Overload : FindOverload(octets);
            WriteFields(octets, overload, output);
            WriteOptions(octets, overload, output);
        }
        else if (!octets.IsEmpty)
        {
            output.Write($"{0,5}  octets  {OptionText.Hex(octets)}\n");
        }

        if (!isWellFormed) output.Write($"error: {error}\n");
        return isWellFormed;
    }

    private static OptionOverload FindOverload(ReadOnlySpan<byte> octets)
    {
        if (!HasCookie(octets)) return OptionOverload.None;
        OptionReader4 options = OptionReader4.OfMessage(octets, OptionOverload.None);
        while (options.TryRead(out byte code, out ReadOnlySpan<byte> value))
        {
            if (code == OptionCode4.Overload && value.Length == 1 && value[0] is > 0 and <= 3) return (OptionOverload)value[0];
        }

        return OptionOverload.None;
    }

    private static void WriteFields(ReadOnlySpan<byte> octets, OptionOverload overload, TextWriter output)
    {
        string op = octets[0] == 1 ? "BOOTREQUEST" : octets[0] == 2 ? "BOOTREPLY" : "unknown";
        Field(output, 0, "op", $"{octets[0]} {op}");
        Field(output, 1, "htype", $"{octets[1]} {Names4.OfHardware(octets[1])}");
        Field(output, 2, "hlen", octets[2] > HardwareAddress.MaxLength ? $"{octets[2]} (malformed: above {HardwareAddress.MaxLength})" : $"{octets[2]}");
        Field(output, 3, "hops", $"{octets[3]}");
        Field(output, 4, "xid", $"0x{BinaryPrimitives.ReadUInt32BigEndian(octets[4..]):x8}");
        Field(output, 8, "secs", $"{BinaryPrimitives.ReadUInt16BigEndian(octets[8..])}");
        ushort flags = BinaryPrimitives.ReadUInt16BigEndian(octets[10..]);
        Field(output, 10, "flags", $"0x{flags:x4}{((flags & 0x8000) == 0 ? "" : " broadcast")}{((flags & 0x7FFF) == 0 ? "" : " reserved bits set")}");
        Field(output, 12, "ciaddr", $"{Ipv4.Read(octets[12..])}");
        Field(output, 16, "yiaddr", $"{Ipv4.Read(octets[16..])}");
        Field(output, 20, "siaddr", $"{Ipv4.Read(octets[20..])}");
        Field(output, 24, "giaddr", $"{Ipv4.Read(octets[24..])}");

        int hlen = Math.Min(octets[2], (byte)HardwareAddress.MaxLength);
        string chaddr = hlen == 0 ? "(empty)" : HexText.Format(octets.Slice(28, hlen), ':');
        ReadOnlySpan<byte> padding = octets[(28 + hlen)..44];
        bool isPadded = padding.IndexOfAnyExcept((byte)0) < 0;
        Field(output, 28, "chaddr", isPadded ? chaddr : $"{chaddr}, then {OptionText.Hex(padding)}");
        Field(output, 44, "sname", NameOf(octets.Slice(44, 64), (overload & OptionOverload.Sname) != OptionOverload.None));
        Field(output, 108, "file", NameOf(octets.Slice(108, 128), (overload & OptionOverload.File) != OptionOverload.None));
    }

    private static string NameOf(ReadOnlySpan<byte> field, bool isOverloaded)
    {
        if (isOverloaded) return "(options)";
        int end = field.IndexOf((byte)0);
        ReadOnlySpan<byte> name = end < 0 ? field : field[..end];
        ReadOnlySpan<byte> rest = field[name.Length..].TrimEnd((byte)0);
        string text = name.IsEmpty ? "(empty)" : OptionText.Quote(name);
        return rest.IsEmpty ? text : $"{text}, then {OptionText.Hex(rest)}";
    }

    private static bool HasCookie(ReadOnlySpan<byte> octets) =>
        octets.Length >= CookieEnd && BinaryPrimitives.ReadUInt32BigEndian(octets[Dhcp4Message.FixedLength..]) == Dhcp4Message.MagicCookie;

    private static void WriteOptions(ReadOnlySpan<byte> octets, OptionOverload overload, TextWriter output)
    {
        ReadOnlySpan<byte> vendorArea = octets[Dhcp4Message.FixedLength..];
        if (!HasCookie(octets))
        {
            if (vendorArea.IndexOfAnyExcept((byte)0) >= 0) Field(output, Dhcp4Message.FixedLength, "vendor", OptionText.Hex(vendorArea.TrimEnd((byte)0)));
            else if (!vendorArea.IsEmpty) Field(output, Dhcp4Message.FixedLength, "vendor", $"{PlainText4.Count(vendorArea.Length)} of zero, no cookie");
            return;
        }

        Field(output, Dhcp4Message.FixedLength, "cookie", "99.130.83.99");
        byte[] scratch = new byte[octets.Length];
        OptionReader4 options = OptionReader4.OfMessage(octets, overload);
        HashSet<byte> shown = [];
        while (options.TryRead(out byte code, out ReadOnlySpan<byte> part))
        {
            string title = $"{options.Offset,5}  option  {code,3} {Names4.OfOption(code)}";
            bool isFirst = shown.Add(code);
            if (code is OptionCode4.MessageType or OptionCode4.Overload)
            {
                // Never joined: the first of them counts, and option 52 only in the options field.
                string ignored = isFirst && (code == OptionCode4.MessageType || options.Offset >= CookieEnd) ? "" : " (not looked at)";
                output.Write($"{title}: {PlainText4.Of(code, part)}{ignored}\n");
                continue;
            }

            if (!isFirst)
            {
                output.Write($"{title}, {PlainText4.Count(part.Length)} more\n");
                continue;
            }

            ReadOnlySpan<byte> value = Join(octets, overload, code, part, scratch, out int parts);
            OptionLines4 lines = new(output, parts == 1 ? options.Offset + 2 : null);
            output.Write(parts == 1 ? $"{title}: " : $"{title}, {parts} parts: ");
            lines.Write(code, value);
        }

        WriteEnd(octets, overload, options.Error, output);
    }

    // RFC 3396 §7: instances are joined in the order in which they are read.
    private static ReadOnlySpan<byte> Join(
        ReadOnlySpan<byte> octets, OptionOverload overload, byte code, ReadOnlySpan<byte> first, Span<byte> scratch, out int parts)
    {
        parts = 0;
        int length = 0;
        OptionReader4 options = OptionReader4.OfMessage(octets, overload);
        while (options.TryRead(out byte found, out ReadOnlySpan<byte> part))
        {
            if (found != code) continue;
            parts++;
            part.CopyTo(scratch[length..]);
            length += part.Length;
        }

        return parts == 1 ? first : scratch[..length];
    }

    // What stands after the last option of the options field: END and PAD, or something that no client reads.
    private static void WriteEnd(ReadOnlySpan<byte> octets, OptionOverload overload, WireError error, TextWriter output)
    {
        if (error.Kind != WireErrorKind.None)
        {
            int fieldEnd = error.Offset >= CookieEnd ? octets.Length : error.Offset < FileStart ? FileStart : Dhcp4Message.FixedLength;
            output.Write($"{error.Offset,5}  rest    {OptionText.Hex(octets[error.Offset..fieldEnd])}\n");
            return;
        }

        OptionReader4 options = OptionReader4.OfMessage(octets, OptionOverload.None);
        int end = CookieEnd;
        while (options.TryRead(out _, out ReadOnlySpan<byte> value)) end = options.Offset + 2 + value.Length;
        while (end < octets.Length && octets[end] == OptionCode4.Pad) end++;
        if (end == octets.Length)
        {
            Field(output, end, "end", "missing");
            return;
        }

        Field(output, end, "end", overload == OptionOverload.None ? "" : "of the options field");
        ReadOnlySpan<byte> rest = octets[(end + 1)..];
        if (rest.IsEmpty) return;
        bool isPadding = rest.IndexOfAnyExcept((byte)0) < 0;
        Field(output, end + 1, isPadding ? "pad" : "rest", isPadding ? PlainText4.Count(rest.Length) : OptionText.Hex(rest));
    }

    private static void Field(TextWriter output, int offset, string name, string value) =>
        output.Write($"{$"{offset,5}  {name,-6}  {value}".TrimEnd()}\n");
}
