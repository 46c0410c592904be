using System.Text;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Expressions;

internal enum ExpressionTokenKind
{
    Word,
    Number,
    Literal,
    Symbol,
    End,
}

/// <summary>A token: its text as written, and its octets where it is a literal.</summary>
internal readonly record struct ExpressionToken(ExpressionTokenKind Kind, int Offset, string Text, byte[]? Octets = null);

/// <summary>Cuts an expression into tokens.</summary>
internal static class ExpressionLexer
{
    /// <summary>The tokens, an End as the last.</summary>
    /// <returns>False at the first character that begins no token.</returns>
    public static bool TrySplit(string text, out List<ExpressionToken> tokens, out ExpressionError error)
    {
        tokens = [];
        error = default;
        int at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            if (at == text.Length) break;
            if (!TryTake(text, at, out ExpressionToken token, out int length, out error)) return false;
            tokens.Add(token);
            at += length;
        }

        tokens.Add(new(ExpressionTokenKind.End, text.Length, ""));
        return true;
    }

    private static bool TryTake(string text, int at, out ExpressionToken token, out int length, out ExpressionError error)
    {
        error = default;
        char first = text[at];
        if (first == '\'') return TryTakeText(text, at, out token, out length, out error);
        if (text.AsSpan(at).StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return TryTakeHex(text, at, out token, out length, out error);

        length = 1;
        if (char.IsAsciiLetter(first))
        {
            while (at + length < text.Length && (char.IsAsciiLetterOrDigit(text[at + length]) || text[at + length] is '-' or '_')) length++;
            token = new(ExpressionTokenKind.Word, at, text.Substring(at, length));
            return true;
        }

        if (char.IsAsciiDigit(first) || (first == '-' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
        {
            while (at + length < text.Length && (char.IsAsciiDigit(text[at + length]) || text[at + length] == '.')) length++;
            string number = text.Substring(at, length);
            byte[] octets = new byte[4];
            bool isAddress = Ipv4.TryParse(number, out Ipv4 address);
            if (isAddress) address.Write(octets);
            token = isAddress ? new(ExpressionTokenKind.Literal, at, number, octets) : new(ExpressionTokenKind.Number, at, number);
            return true;
        }

        if (first == '=' && at + 1 < text.Length && text[at + 1] == '=') length = 2;
        token = new(ExpressionTokenKind.Symbol, at, text.Substring(at, length));
        if (token.Text is "==" or "(" or ")" or "[" or "]" or "." or "," or "+") return true;
        error = new(at, $"'{first}' has no meaning in an expression", first == '=' ? "write ==" : first == '"' ? "write texts in single quotes" : "remove it");
        return false;
    }

    private static bool TryTakeText(string text, int at, out ExpressionToken token, out int length, out ExpressionError error)
    {
        error = default;
        int end = text.IndexOf('\'', at + 1);
        length = end + 1 - at;
        token = end < 0
            ? default
            : new(ExpressionTokenKind.Literal, at, text.Substring(at, length), Encoding.UTF8.GetBytes(text[(at + 1)..end]));
        if (end >= 0) return true;
        error = new(at, "the text that begins here is not closed", "close it with '");
        return false;
    }

    private static bool TryTakeHex(string text, int at, out ExpressionToken token, out int length, out ExpressionError error)
    {
        error = default;
        length = 2;
        while (at + length < text.Length && char.IsAsciiLetterOrDigit(text[at + length])) length++;
        string digits = text.Substring(at + 2, length - 2);
        if (digits.Length % 2 == 1) digits = "0" + digits;
        byte[] octets = new byte[digits.Length / 2];
        bool valid = digits.Length > 0 && HexText.TryParse(digits, octets, out _);
        token = valid ? new(ExpressionTokenKind.Literal, at, text.Substring(at, length), octets) : default;
        if (!valid) error = new(at, $"{text.Substring(at, length)} is not hexadecimal", "write pairs of the digits 0 to 9 and a to f after 0x");
        return valid;
    }
}
