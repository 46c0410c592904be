using System.Text;
using System.Text.RegularExpressions;

namespace Leasehold.Configuration.Expressions;

/// <summary>Regular expressions over octets: each octet is the character of its number, so that octets that are no text are matched too.</summary>
internal static class OctetsPattern
{
    // Linear in the length of what is matched, whatever the pattern.
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <summary>A pattern, or what is wrong with it.</summary>
    /// <param name="Offset">In the pattern's text.</param>
    public readonly record struct Result(Regex Pattern, int Offset, string Problem, string Remedy);

    /// <summary>Compiles a pattern that must fit all of a value.</summary>
    public static bool TryCompile(string pattern, out Result result)
    {
        int posix = pattern.IndexOf("[:", StringComparison.Ordinal);
        if (posix >= 0 && pattern.IndexOf(":]", posix, StringComparison.Ordinal) > posix)
        {
            result = Failed(posix, "named sets such as [:alpha:] are not known to patterns", "write the characters, as in [a-zA-Z]");
            return false;
        }

        string octets = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(pattern));
        try
        {
            // By itself first: with the brackets around it "a)(b" would be one.
            _ = new Regex(octets, Options);
            result = new(new Regex($@"\A(?:{octets})\z", Options), 0, "", "");
            return true;
        }
        catch (RegexParseException error)
        {
            result = Failed(OffsetIn(pattern, error.Offset), $"the pattern is wrong here: {What(error)}", "correct it");
        }
        catch (NotSupportedException)
        {
            result = Failed(
                0,
                "the pattern cannot be matched in linear time: it looks ahead or behind, refers back, or repeats too much",
                "write it without (?=…), (?<=…), (?>…), \\1 and large {N}");
        }

        return false;

        static Result Failed(int offset, string problem, string remedy) => new(Nothing, offset, problem, remedy);
    }

    private static Regex Nothing { get; } = new("", Options);

    /// <summary>The octet's place in the text.</summary>
    private static int OffsetIn(string pattern, int octets)
    {
        int at = 0;
        foreach (Rune rune in pattern.EnumerateRunes())
        {
            octets -= rune.Utf8SequenceLength;
            if (octets < 0) break;
            at += rune.Utf16SequenceLength;
        }

        return at;
    }

    /// <summary>The kind of mistake in words: InsufficientClosingParentheses is "insufficient closing parentheses".</summary>
    private static string What(RegexParseException error)
    {
        StringBuilder words = new();
        foreach (char c in error.Error.ToString())
        {
            if (char.IsAsciiLetterUpper(c) && words.Length > 0) words.Append(' ');
            words.Append(char.ToLowerInvariant(c));
        }

        return words.ToString();
    }
}
