using System.Runtime.CompilerServices;
using Leasehold.Protocol;

namespace Leasehold.Leases.Memfile;

/// <summary>The texts inside a line of a lease file: numbers, addresses, octets with colons, escaped characters.</summary>
internal static class LeaseText
{
    private const byte Escape = (byte)'&';

    /// <summary>Reads dotted decimal: four numbers 0..255 without leading zeros.</summary>
    public static bool TryParseAddress(ReadOnlySpan<byte> text, out Ipv4 address)
    {
        uint value = 0;
        uint number = 0;
        int digits = 0;
        int dots = 0;
        address = default;
        foreach (byte c in text)
        {
            uint digit = (uint)(c - '0');
            if (digit <= 9)
            {
                if (digits == 1 && number == 0) return false;
                number = (number * 10) + digit;
                if (++digits > 3 || number > 255) return false;
            }
            else if (c == '.' && digits != 0 && dots < 3)
            {
                value = (value << 8) | number;
                number = 0;
                digits = 0;
                dots++;
            }
            else
            {
                return false;
            }
        }

        address = new((value << 8) | number);
        return dots == 3 && digits != 0;
    }

    /// <summary>Reads the text forms of RFC 4291 §2.2.</summary>
    public static bool TryParseAddress(ReadOnlySpan<byte> text, out Ipv6 address)
    {
        address = default;
        if (text.Contains((byte)'.')) return TryParseMixed(text, out address);
        UInt128 beforeGap = 0;
        UInt128 groups = 0;
        int count = 0;
        int gap = -1;
        if (text.StartsWith("::"u8))
        {
            gap = 0;
            text = text[2..];
        }

        while (!text.IsEmpty)
        {
            int group = 0;
            int digits = 0;
            for (; digits < text.Length && HexDigit(text[digits]) is >= 0 and var digit; digits++) group = (group << 4) | digit;
            if (digits is 0 or > 4 || ++count > 8) return false;
            groups = (groups << 16) | (uint)group;
            text = text[digits..];
            if (text.IsEmpty) break;
            if (text[0] != ':' || text.Length == 1) return false;
            text = text[1..];
            if (text[0] != ':') continue;
            if (gap >= 0) return false;
            gap = count;
            beforeGap = groups;
            groups = 0;
            text = text[1..];
        }

        // "::" stands for one group or more.
        if (gap < 0 ? count != 8 : count > 7) return false;
        address = new(gap > 0 ? (beforeGap << (16 * (8 - gap))) | groups : groups);
        return true;
    }

    /// <summary>Reads a decimal number up to a limit; digits only.</summary>
    public static bool TryParseNumber(ReadOnlySpan<byte> text, long limit, out long number)
    {
        number = 0;
        foreach (byte c in text)
        {
            uint digit = (uint)(c - '0');
            if (digit > 9 || digit > limit || number > (limit - digit) / 10) return false;
            number = (number * 10) + digit;
        }

        return !text.IsEmpty;
    }

    /// <summary>Reads pairs of hexadecimal digits with colons between them; a single digit is an octet as well.</summary>
    /// <returns>False, too, when there are more octets than the destination takes.</returns>
    public static bool TryParseOctets(ReadOnlySpan<byte> text, Span<byte> destination, out int length)
    {
        length = 0;
        int digits = 0;
        int value = 0;
        if (text.IsEmpty) return true;
        foreach (byte c in text)
        {
            if (c == ':')
            {
                if (digits == 0 || length == destination.Length) return false;
                destination[length++] = (byte)value;
                digits = 0;
                value = 0;
            }
            else
            {
                int digit = HexDigit(c);
                if (digit < 0 || ++digits > 2) return false;
                value = (value << 4) | digit;
            }
        }

        if (digits == 0 || length == destination.Length) return false;
        destination[length++] = (byte)value;
        return true;
    }

    /// <summary>Puts the octets that <c>&amp;#x2c</c> and its like stand for in their place; what is no escape stays as it is.</summary>
    /// <returns>The text itself when it has none.</returns>
    public static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        if (!text.Contains(Escape)) return text;
        int length = 0;
        while (!text.IsEmpty)
        {
            if (text.Length >= 5 && text[0] == Escape && text[1] == '#' && text[2] == 'x' && HexDigit(text[3]) >= 0 && HexDigit(text[4]) >= 0)
            {
                destination[length++] = (byte)((HexDigit(text[3]) << 4) | HexDigit(text[4]));
                text = text[5..];
            }
            else
            {
                destination[length++] = text[0];
                text = text[1..];
            }
        }

        return destination[..length];
    }

    /// <summary>Writes a text with commas, ampersands and what is not printable ASCII escaped: at most five octets for one.</summary>
    /// <returns>How many octets were written.</returns>
    public static int WriteEscaped(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        int length = 0;
        foreach (byte c in text)
        {
            if (c is < 0x20 or > 0x7e or (byte)',' or Escape)
            {
                "&#x"u8.CopyTo(destination[length..]);
                destination[length + 3] = HexDigitOf(c >> 4);
                destination[length + 4] = HexDigitOf(c & 15);
                length += 5;
            }
            else
            {
                destination[length++] = c;
            }
        }

        return length;
    }

    /// <summary>Writes dotted decimal, 7 to 15 octets.</summary>
    public static int WriteAddress(Ipv4 address, Span<byte> destination)
    {
        int length = 0;
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            uint number = (address.Value >> shift) & 255;
            if (number >= 100) destination[length++] = (byte)('0' + (number / 100));
            if (number >= 10) destination[length++] = (byte)('0' + (number / 10 % 10));
            destination[length++] = (byte)('0' + (number % 10));
            if (shift != 0) destination[length++] = (byte)'.';
        }

        return length;
    }

    /// <summary>Writes the canonical text of RFC 5952 §4, 2 to 39 octets.</summary>
    public static int WriteAddress(Ipv6 address, Span<byte> destination)
    {
        Span<char> characters = stackalloc char[Ipv6.MaxTextLength];
        _ = address.TryFormat(characters, out int length, default, provider: null);
        for (int i = 0; i < length; i++) destination[i] = (byte)characters[i];
        return length;
    }

    /// <summary>Writes lower-case hexadecimal with colons.</summary>
    public static int WriteOctets(ReadOnlySpan<byte> octets, Span<byte> destination)
    {
        int length = 0;
        foreach (byte octet in octets)
        {
            if (length != 0) destination[length++] = (byte)':';
            destination[length++] = HexDigitOf(octet >> 4);
            destination[length++] = HexDigitOf(octet & 15);
        }

        return length;
    }

    /// <summary>An address that ends in dotted decimal.</summary>
    private static bool TryParseMixed(ReadOnlySpan<byte> text, out Ipv6 address)
    {
        address = default;
        if (text.Length > Ipv6.MaxTextLength + 6) return false;
        Span<char> characters = stackalloc char[text.Length];
        for (int i = 0; i < text.Length; i++) characters[i] = (char)text[i];
        return Ipv6.TryParse(characters, out address);
    }

    // Inlined by order: half of a lease file is hexadecimal digits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int HexDigit(byte c)
    {
        int digit = c - '0';
        if ((uint)digit <= 9) return digit;
        int letter = (c | 0x20) - 'a';
        return (uint)letter <= 5 ? letter + 10 : -1;
    }

    private static byte HexDigitOf(int value) => (byte)(value < 10 ? '0' + value : 'a' + value - 10);
}
