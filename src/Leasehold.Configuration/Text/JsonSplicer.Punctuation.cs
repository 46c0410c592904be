using System.Text;

namespace Leasehold.Configuration.Text;

// The tokens, and what is told about those that stand where they must not.
internal sealed partial class JsonSplicer
{
    private bool InMap => open.TryPeek(out Bracket bracket) && bracket.IsMap;

    /// <summary>A key comes next: the map was just opened, or a comma was read in it.</summary>
    private bool KeyIsDue => InMap && last is Token.Open or Token.Comma;

    private int Open(SourceFile file, int at, bool isMap)
    {
        if (!BeforeValue(file, at)) return 0;
        open.Push(new(isMap, new(file, at)));
        return Done(file, at, 1, Token.Open);
    }

    private int Close(SourceFile file, int at, bool isMap)
    {
        char bracket = isMap ? '}' : ']';
        if (!open.TryPeek(out Bracket opened) || opened.IsMap != isMap)
        {
            string why = open.Count == 0 ? "closes nothing" : $"does not close the {(opened.IsMap ? "map" : "list")} of {opened.At.Position}";
            diagnostics.Error(
                file.Locate(at),
                $"this '{bracket}' {why}",
                open.Count == 0 ? "remove it" : $"close that with '{(opened.IsMap ? '}' : ']')}' first");
            return 0;
        }

        if (last == Token.Comma)
            diagnostics.Warning(lastComma.Position, $"a ',' before '{bracket}' separates nothing", "remove it: not every program reads it");
        ValueForOpenKey(file, at);
        open.Pop();
        return Done(file, at, 1, Token.Value);
    }

    private int Comma(SourceFile file, int at)
    {
        ValueForOpenKey(file, at);
        if (last is Token.Open or Token.Comma)
        {
            diagnostics.Error(file.Locate(at), "there is nothing before this ','", "remove it");
            return 1;
        }

        lastComma = new(file, at);
        return Done(file, at, 1, Token.Comma);
    }

    private int Colon(SourceFile file, int at)
    {
        if (last != Token.Key)
        {
            // The first guides to this dialect leave the braces out in some examples.
            Bracket around = default;
            bool inList = last == Token.Value && open.TryPeek(out around) && !around.IsMap;
            diagnostics.Error(
                file.Locate(at),
                inList ? $"this ':' makes a key of what stands before it, and the list of {around.At.Position} has no keys: the '{{' before the key is missing" : "this ':' does not stand after a key",
                inList ? "write each element of the list as { \"key\": value }" : "write \"key\": value");
            return 0;
        }

        return Done(file, at, 1, Token.Colon);
    }

    private int Text(SourceFile file, int at, ReadOnlySpan<byte> rest)
    {
        int end = 1;
        while (end < rest.Length && rest[end] is not (byte)'"' and not (byte)'\n') end += rest[end] == '\\' ? 2 : 1;
        if (end >= rest.Length || rest[end] != '"')
        {
            diagnostics.Error(
                file.Locate(at),
                "the text that begins here has no closing '\"' in its line",
                "close it; a line break in a text is written \\n");
            return 0;
        }

        if (!BeforeValue(file, at, isText: true)) return 0;
        Token kind = KeyIsDue ? Token.Key : Token.Value;
        if (TextIsSound(file, at, rest[..(end + 1)])) return Done(file, at, end + 1, kind);

        // The mistake is told; an empty text keeps the place.
        target.Insert(file, at, " "u8);
        target.Broken.Add(target.Length);
        target.Insert(file, at, "\"\""u8);
        last = kind;
        lastEnd = new(file, at + end + 1);
        return end + 1;
    }

    /// <summary>Tells about escapes and characters that RFC 8259 §7 does not allow in a text.</summary>
    private bool TextIsSound(SourceFile file, int at, ReadOnlySpan<byte> text)
    {
        for (int i = 1; i < text.Length - 1; i++)
        {
            if (text[i] < ' ')
            {
                diagnostics.Error(
                    file.Locate(at + i),
                    "a text cannot hold a control character",
                    text[i] == '\t' ? @"write \t for a tab" : @"write \u00 and two hexadecimal digits");
                return false;
            }

            if (text[i] != '\\') continue;
            bool known = "\"\\/bfnrt"u8.Contains(text[i + 1]) || (text[i + 1] == 'u' && i + 6 < text.Length && IsHex(text.Slice(i + 2, 4)));
            if (!known)
            {
                diagnostics.Error(file.Locate(at + i), $@"\{(char)text[i + 1]} is not an escape of JSON", @"write \\ for a backslash");
                return false;
            }

            i++;
        }

        return true;
    }

    private static bool IsHex(ReadOnlySpan<byte> digits)
    {
        foreach (byte digit in digits)
        {
            if (!char.IsAsciiHexDigit((char)digit)) return false;
        }

        return true;
    }

    /// <summary>A number, true, false, null, or something that should have been one of these or stood in quotes.</summary>
    private int Word(SourceFile file, int at, ReadOnlySpan<byte> rest)
    {
        int end = rest[0] == '\'' && rest[1..].IndexOfAny((byte)'\'', (byte)'\n') is >= 0 and var quote && rest[quote + 1] == '\''
            ? quote + 2
            : rest.IndexOfAny(WordEnds) is >= 0 and var stop ? Math.Max(stop, 1) : rest.Length;
        string word = Encoding.UTF8.GetString(rest[..end]);
        if (last == Token.Value && open.Count > 0 && rest[0] is (byte)'.' or (byte)';')
        {
            diagnostics.Error(file.Locate(at), $"this '{(char)rest[0]}' stands where a ',' should", "write ','");
            target.Insert(file, at, ","u8);
            last = Token.Comma;
            lastComma = new(file, at);
            return 1;
        }

        if (KeyIsDue)
        {
            diagnostics.Error(file.Locate(at), $"a key was expected, and {word} is not in double quotes", $"write \"{word.Trim('\'')}\"");
            target.Insert(file, at, Encoding.UTF8.GetBytes($"\"{InText(word)}\""));
            last = Token.Key;
            lastEnd = new(file, at + end);
            return end;
        }

        if (!BeforeValue(file, at)) return 0;
        if (word is "true" or "false" or "null" || IsNumber(rest[..end])) return Done(file, at, end, Token.Value);

        (string why, string remedy) = word.ToLowerInvariant() switch
        {
            "true" or "false" or "null" => ($"{word} is not written so", $"write {word.ToLowerInvariant()}"),
            _ when word[0] == '\'' => ("a text stands in double quotes", $"write \"{word.Trim('\'')}\""),
            _ when char.IsAsciiDigit(word[0]) || word[0] is '+' or '-' or '.' =>
                ($"{word} is not a number", "write decimal digits without leading zeros, and anything else in double quotes"),
            _ => ($"{word} is not a value", "a text stands in double quotes"),
        };
        diagnostics.Error(file.Locate(at), why, remedy);
        target.Insert(file, at, " "u8);
        target.Broken.Add(target.Length);
        target.Insert(file, at, "null"u8);
        last = Token.Value;
        lastEnd = new(file, at + end);
        return end;
    }

    /// <summary>The word as the inside of a JSON text.</summary>
    private static string InText(string word) => word.Trim('\'').Replace("\\", "\\\\", StringComparison.Ordinal);

    /// <summary>Tells and repairs a missing ',' or ':' before a value.</summary>
    private bool BeforeValue(SourceFile file, int at, bool isText = false)
    {
        if (last == Token.Key)
        {
            diagnostics.Error(lastEnd.Position, "a ':' is missing between the key and its value", "put one here");
            target.Insert(file, at, ":"u8);
            last = Token.Colon;
        }
        else if (last == Token.Value)
        {
            if (open.Count == 0)
            {
                diagnostics.Error(file.Locate(at), "the configuration has ended before this", "a file holds one map { }");
                return false;
            }

            diagnostics.Error(lastEnd.Position, "a ',' is missing after this value", "put one here");
            target.Insert(file, at, ","u8);
            last = Token.Comma;
        }

        if (isText || !KeyIsDue) return true;
        bool swapped = last == Token.Open && file.Octets.Span[at] == '[';
        diagnostics.Error(
            file.Locate(at),
            swapped ? "a list begins where the map's first key should stand: '{' and '[' may have changed places" : "a key was expected here",
            swapped ? "write [ { \"key\": value } ] for a list of maps" : "write \"key\": value");
        return false;
    }

    private void ValueForOpenKey(SourceFile file, int at)
    {
        if (last is not (Token.Key or Token.Colon)) return;
        diagnostics.Error(lastEnd.Position, "the key has no value", "write \"key\": value");
        if (last == Token.Key) target.Insert(file, at, ":"u8);
        target.Insert(file, at, " "u8);
        target.Broken.Add(target.Length);
        target.Insert(file, at, "null"u8);
        last = Token.Value;
    }

    private int Done(SourceFile file, int at, int count, Token token)
    {
        Copy(file, at, count);
        last = token;
        lastEnd = new(file, at + count);
        return count;
    }

    /// <summary>The grammar of RFC 8259 §6.</summary>
    private static bool IsNumber(ReadOnlySpan<byte> word)
    {
        int at = word is [(byte)'-', ..] ? 1 : 0;
        int whole = Digits(word, at);
        if (whole == 0 || (whole > 1 && word[at] == '0')) return false;
        at += whole;
        if (at < word.Length && word[at] == '.')
        {
            int part = Digits(word, at + 1);
            if (part == 0) return false;
            at += part + 1;
        }

        if (at < word.Length && (word[at] | 0x20) == 'e')
        {
            at++;
            if (at < word.Length && word[at] is (byte)'+' or (byte)'-') at++;
            int exponent = Digits(word, at);
            if (exponent == 0) return false;
            at += exponent;
        }

        return at == word.Length;
    }

    private static int Digits(ReadOnlySpan<byte> word, int from)
    {
        int at = from;
        while (at < word.Length && char.IsAsciiDigit((char)word[at])) at++;
        return at - from;
    }
}
