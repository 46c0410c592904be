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
                value = (value << 4) | (char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
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

    private static char Digit(int value) => (char)(value < 10 ? '0' + value : 'a' + value - 10);
}
