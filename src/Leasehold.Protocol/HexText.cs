namespace Leasehold.Protocol;

/// <summary>Octets as hexadecimal text, in the forms that configurations, lease files and packets on paper use.</summary>
public static class HexText
{
    /// <summary>Reads pairs of hexadecimal digits, with one ':', '-' or ' ' between pairs or with nothing between them.</summary>
    /// <remarks>Between separators one digit stands for an octet as well ("1:2:f"), as administrators write MAC addresses.</remarks>
    /// <param name="text">No prefix such as 0x.</param>
    /// <param name="destination">Where the octets go.</param>
    /// <param name="length">How many were written; 0 for an empty text.</param>
    /// <returns>False when a character is no hexadecimal digit, a digit stands alone, or the destination is too short.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, Span<byte> destination, out int length)
    {
        length = 0;
        bool separated = text.IndexOfAny(':', '-', ' ') >= 0;
        while (!text.IsEmpty)
        {
            int end = separated ? text.IndexOfAny(':', '-', ' ') : 2;
            if (end < 0) end = text.Length;
            if (end > text.Length || end is < 1 or > 2 || length == destination.Length) return false;
            int value = 0;
            foreach (char c in text[..end])
            {
                if (!char.IsAsciiHexDigit(c)) return false;
                value = (value << 4) | ValueOf(c);
            }

            destination[length++] = (byte)value;
            if (separated && end < text.Length && end + 1 == text.Length) return false;
            text = text[Math.Min(text.Length, separated ? end + 1 : end)..];
        }

        return true;
    }

    /// <summary>Lower-case hexadecimal, the separator between octets.</summary>
    public static string Format(ReadOnlySpan<byte> octets, char separator)
    {
        if (octets.IsEmpty) return "";
        Span<char> text = octets.Length <= 256 ? stackalloc char[octets.Length * 3] : new char[octets.Length * 3];
        for (int i = 0; i < octets.Length; i++)
        {
            text[i * 3] = Digit(octets[i] >> 4);
            text[(i * 3) + 1] = Digit(octets[i] & 15);
            text[(i * 3) + 2] = separator;
        }

        return new string(text[..^1]);
    }

    /// <summary>Reads an option's value as configurations write it: 'quoted' characters, or hexadecimal.</summary>
    /// <remarks>
    /// Hexadecimal is with or without 0x before it, and one ':', '-' or any blanks between octets or nothing. Blanks may stand
    /// between groups of several octets ("2001 0db8"). An odd number of digits gets a zero in front, as does a digit alone.
    /// Quoted characters become UTF-8, blanks inside the quotes trimmed.
    /// </remarks>
    /// <param name="text">The text; blanks around it do not count. An empty text is an empty value.</param>
    /// <param name="destination">Where the octets go: as many as the text has characters, and as its UTF-8 has octets, always suffice.</param>
    /// <param name="length">How many octets were written.</param>
    /// <returns>False when a character is no hexadecimal digit, a group between ':' has not one or two digits, or the destination is too short.</returns>
    public static bool TryParseValue(ReadOnlySpan<char> text, Span<byte> destination, out int length)
    {
        length = 0;
        text = text.Trim();
        if (text.Length > 1 && text[0] == '\'' && text[^1] == '\'')
        {
            return System.Text.Encoding.UTF8.TryGetBytes(text[1..^1].Trim(), destination, out length);
        }

        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)) text = text[2..];
        if (text.ContainsAny(':', '-')) return TryParse(text, destination, out length);
        foreach (Range group in text.SplitAny(" \t\n\r"))
        {
            ReadOnlySpan<char> digits = text[group];
            if (digits.Length % 2 == 1)
            {
                if (length == destination.Length || !char.IsAsciiHexDigit(digits[0])) return false;
                destination[length++] = (byte)ValueOf(digits[0]);
                digits = digits[1..];
            }

            if (!TryParse(digits, destination[length..], out int octets)) return false;
            length += octets;
        }

        return true;
    }

    /// <summary>The value of a hexadecimal digit; the caller has checked that it is one.</summary>
    internal static int ValueOf(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static char Digit(int value) => (char)(value < 10 ? '0' + value : 'a' + value - 10);
}
