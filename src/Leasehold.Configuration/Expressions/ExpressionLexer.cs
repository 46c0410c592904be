using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Expressions;

/// <summary>Cuts an expression into tokens.</summary>
internal ref struct ExpressionLexer(string text)
{
    private static readonly string[] Symbols = ["==", "!=", "<=", ">=", "<", ">", "(", ")", "[", "]", ".", ",", "+", "-", "*", "/", "%"];

    private readonly string text = text;
    private int at;
    private ExpressionError? failure;

    /// <summary>The tokens, an End as the last.</summary>
    /// <returns>False at the first character that begins no token.</returns>
    public static bool TrySplit(string text, out List<ExpressionToken> tokens, out ExpressionError error)
    {
        tokens = [];
        ExpressionLexer lexer = new(text);
        while (lexer.TryTake(out ExpressionToken token)) tokens.Add(token);
        tokens.Add(new(ExpressionTokenKind.End, new(text.Length, 0), ""));
        error = lexer.failure ?? default;
        return lexer.failure is null;
    }

    private bool TryTake(out ExpressionToken token)
    {
        token = default;
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        if (at == text.Length) return false;
        char first = text[at];
        if (first == '\'') token = TakeText();
        else if (RestStartsWith("0x") || RestStartsWith("0X")) token = TakeHex();
        else if (RunOf("0123456789abcdefABCDEF:.") is { } address && address.Count(':') > 1) token = TakeIpv6(address.Length);
        else if (char.IsAsciiDigit(first)) token = TakeNumber();
        else if (char.IsAsciiLetter(first)) token = TakeWord();
        else token = TakeSymbol();
        if (failure is not null) return false;
        at += token.Span.Length;
        return true;
    }

    private readonly bool RestStartsWith(string start) => text.AsSpan(at).StartsWith(start);

    private readonly ReadOnlySpan<char> RunOf(string characters)
    {
        ReadOnlySpan<char> rest = text.AsSpan(at);
        int length = rest.IndexOfAnyExcept(characters);
        return length < 0 ? rest : rest[..length];
    }

    private ExpressionToken Token(ExpressionTokenKind kind, int length, ImmutableArray<byte> octets = default, long number = 0) =>
        new(kind, new(at, length), text.Substring(at, length), octets, number);

    private ExpressionToken TakeText()
    {
        int end = text.IndexOf('\'', at + 1);
        if (end < 0) return Fail("the text that begins here is not closed", "close it with '");
        return Token(ExpressionTokenKind.Text, end + 1 - at, [.. Encoding.UTF8.GetBytes(text[(at + 1)..end])]);
    }

    private ExpressionToken TakeHex()
    {
        int length = 2;
        while (at + length < text.Length && char.IsAsciiLetterOrDigit(text[at + length])) length++;
        string digits = text.Substring(at + 2, length - 2);
        if (digits.Length % 2 == 1) digits = "0" + digits;
        byte[] octets = new byte[digits.Length / 2];
        if (digits.Length == 0 || !HexText.TryParse(digits, octets, out _))
            return Fail($"{text.Substring(at, length)} is not hexadecimal", "write pairs of the digits 0 to 9 and a to f after 0x");
        return Token(ExpressionTokenKind.Octets, length, [.. octets]);
    }

    private ExpressionToken TakeIpv6(int length)
    {
        if (!Ipv6.TryParse(text.AsSpan(at, length), out Ipv6 address))
            return Fail($"{text.Substring(at, length)} is not an IPv6 address", "write it as in 2001:db8::1, and texts in single quotes");
        byte[] octets = new byte[16];
        address.Write(octets);
        return WithPrefix(length, octets);
    }

    private ExpressionToken TakeNumber()
    {
        ReadOnlySpan<char> run = RunOf("0123456789.");
        if (run.Count('.') == 3)
        {
            if (!Ipv4.TryParse(run, out Ipv4 address))
                return Fail($"{run} is not an IPv4 address", "write four numbers from 0 to 255, such as 192.0.2.1");
            byte[] octets = new byte[4];
            address.Write(octets);
            return WithPrefix(run.Length, octets);
        }

        run = RunOf("0123456789");
        int end = at + run.Length;
        if (end < text.Length && char.IsAsciiLetter(text[end])) return TakeWord();
        if (!long.TryParse(run, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            return Fail($"{run} is more than a number can be", $"the greatest is {long.MaxValue}");
        return Token(ExpressionTokenKind.Number, run.Length, number: number);
    }

    /// <summary>An address, or a prefix where a length follows without a blank.</summary>
    private ExpressionToken WithPrefix(int length, byte[] octets)
    {
        int digits = 0;
        int from = at + length + 1;
        if (from <= text.Length && text[from - 1] == '/')
        {
            while (from + digits < text.Length && char.IsAsciiDigit(text[from + digits])) digits++;
        }

        if (digits == 0) return Token(ExpressionTokenKind.Octets, length, [.. octets]);
        int whole = length + 1 + digits;
        int bits = octets.Length * 8;
        if (!int.TryParse(text.AsSpan(from, digits), NumberStyles.None, CultureInfo.InvariantCulture, out int prefix) || prefix > bits)
            return Fail($"{text.Substring(at, whole)} is no prefix: its length is more than {bits}", $"write a length from 0 to {bits}");
        for (int bit = prefix; bit < bits; bit++)
        {
            if ((octets[bit / 8] & (128 >> (bit % 8))) != 0)
                return Fail($"{text.Substring(at, whole)} has bits after its length", "write the network's first address, or a greater length");
        }

        return Token(ExpressionTokenKind.Prefix, whole, [.. octets], prefix);
    }

    private ExpressionToken TakeWord()
    {
        int length = 1;
        while (at + length < text.Length && (char.IsAsciiLetterOrDigit(text[at + length]) || text[at + length] is '-' or '_')) length++;
        return Token(ExpressionTokenKind.Word, length);
    }

    private ExpressionToken TakeSymbol()
    {
        foreach (string symbol in Symbols)
        {
            if (RestStartsWith(symbol)) return Token(ExpressionTokenKind.Symbol, symbol.Length);
        }

        string shown = char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? text.Substring(at, 2) : text.Substring(at, 1);
        return Fail($"'{shown}' has no meaning in an expression", text[at] switch
        {
            '=' => "write ==",
            '"' or '`' => "write texts in single quotes",
            '!' => "write not",
            '&' => "write and",
            '|' => "write or",
            '{' or '}' => "write sets in round brackets",
            _ => "remove it",
        });
    }

    private ExpressionToken Fail(string message, string remedy)
    {
        failure = new(at, message, remedy);
        return default;
    }
}
