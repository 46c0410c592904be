using System.Text;

namespace Leasehold.Fuzz.Mutation;

/// <summary>Changes of a text by its words: one that goes, comes twice, changes places, becomes another text's; numbers at their limits; brackets.</summary>
internal static class TextChanges
{
    private static readonly byte[][] Words =
    [
        .. ((string[])
        [
            "0", "1", "-1", "31", "32", "33", "127", "128", "255", "256", "65535", "65536", "4294967295", "4294967296", "9223372036854775807", "9223372036854775808",
            "-9223372036854775808", "1e9", "0.5", "0x", "0xff", "true", "false", "null", "\"\"", "''", "'a'", "\"a\"", "{", "}", "[", "]", "(", ")", ",", ":", ".", "\\", "\\u0000", "\\ud800", "#", "/*", "*/", "//",
            "0.0.0.0/0", "192.0.2.0/24", "192.0.2.1", "255.255.255.255", "192.0.2.1-192.0.2.9", "2001:db8::/32", "::", "ff:ff:ff:ff:ff:ff",
            "option[", "].hex", "].exists", ".text", ".option[", "relay4[", "relay6[", "pkt4.mac", "vendor[*]", "substring(", "concat(", "ifelse(", "hexstring(", "split(", "match(", "member('", "not ", " and ", " or ", " in (", " == ", " + ", "%", "/", "*", "-",
            "\n", "\t", " ", "\r\n", "\u00e9", "\ud83d\ude00",
        ]).Select(Encoding.UTF8.GetBytes),
    ];

    public static byte[] Change(byte[] input, byte[] other, Random random)
    {
        List<Range> words = Split(input);
        if (words.Count == 0) return other;
        int chosen = random.Next(words.Count);
        (int at, int length) = words[chosen].GetOffsetAndLength(input.Length);
        ReadOnlySpan<byte> before = input.AsSpan(0, at);
        ReadOnlySpan<byte> word = input.AsSpan(at, length);
        ReadOnlySpan<byte> after = input.AsSpan(at + length);
        List<Range> theirs = Split(other);
        switch (random.Next(10))
        {
            case 0:
                return [.. before, .. after];
            case 1:
                return [.. before, .. word, .. word, .. after];
            case 2 or 3:
                return [.. before, .. Words[random.Next(Words.Length)], .. after];
            case 4:
                return [.. before, .. Words[random.Next(Words.Length)], .. word, .. after];
            case 5 when theirs.Count > 0:
                return [.. before, .. other[theirs[random.Next(theirs.Count)]], .. after];
            case 6 when theirs.Count > 0:
                // Words that belong together: up to a whole part of the other text.
                int first = random.Next(theirs.Count);
                int last = Math.Min(theirs.Count - 1, first + random.Next(24));
                return [.. before, .. other.AsSpan(theirs[first].Start.Value..theirs[last].End.Value), .. random.Next(2) == 0 ? after : input.AsSpan(at)];
            case 7:
                last = Math.Min(words.Count - 1, chosen + random.Next(24));
                return [.. before, .. input.AsSpan(words[last].End.Value)];
            case 8:
                last = Math.Min(words.Count - 1, chosen + random.Next(24));
                ReadOnlySpan<byte> part = input.AsSpan(at..words[last].End.Value);
                return [.. before, .. part, .. part, .. input.AsSpan(words[last].End.Value)];
            default:
                (int from, int size) = words[random.Next(words.Count)].GetOffsetAndLength(input.Length);
                return [.. before, .. input.AsSpan(from, size), .. after];
        }
    }

    // A word is a run of letters and digits, or one other octet.
    private static List<Range> Split(ReadOnlySpan<byte> text)
    {
        List<Range> words = [];
        for (int at = 0; at < text.Length;)
        {
            int end = at + 1;
            while (end < text.Length && char.IsAsciiLetterOrDigit((char)text[at]) && char.IsAsciiLetterOrDigit((char)text[end])) end++;
            words.Add(at..end);
            at = end;
        }

        return words;
    }
}
