using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Leasehold.Configuration.Model;

/// <summary>The characters that must not be in a client's name: an extended regular expression of POSIX, matched in linear time.</summary>
/// <remarks>Names are octets here, each the character of its number. A bracket expression alone, the usual form, is a table of 256 answers.</remarks>
public sealed class HostnameCharSet
{
    /// <summary>Takes out all that is no letter, digit, hyphen or dot (RFC 952, RFC 1123 §2.1).</summary>
    public static readonly HostnameCharSet Default =
        TryCreate("[^A-Za-z0-9.-]", out HostnameCharSet? usual, out _, out _) ? usual : throw new InvalidOperationException("the default is a bracket expression");

    /// <summary>Takes nothing out.</summary>
    public static readonly HostnameCharSet Nothing = new("", regex: null, table: []);

    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private readonly Regex? regex;
    private readonly ImmutableArray<bool> table;

    private HostnameCharSet(string pattern, Regex? regex, ImmutableArray<bool> table)
    {
        Pattern = pattern;
        this.regex = regex;
        this.table = table;
    }

    /// <summary>As configured.</summary>
    public string Pattern { get; }

    /// <summary>Compiles a pattern.</summary>
    /// <param name="offset">Where in the pattern it is wrong; 0 when the result is true.</param>
    /// <param name="problem">What is wrong with it, for a person; null when the result is true.</param>
    public static bool TryCreate(string pattern, [NotNullWhen(true)] out HostnameCharSet? set, out int offset, [NotNullWhen(false)] out string? problem)
    {
        set = null;
        offset = 0;
        problem = null;
        if (pattern.Length == 0)
        {
            set = Nothing;
            return true;
        }

        PosixPattern translated = PosixPattern.Translate(pattern);
        try
        {
            Regex compiled = new(translated.Text, Options);
            set = translated.IsOneBracket
                ? new(pattern, regex: null, [.. Enumerable.Range(0, 256).Select(octet => compiled.IsMatch(((char)octet).ToString()))])
                : new(pattern, compiled, table: []);
            return true;
        }
        catch (RegexParseException error)
        {
            offset = translated.OffsetOf(error.Offset);
            problem = "the regular expression is wrong here";
        }
        catch (NotSupportedException)
        {
            problem = "the regular expression cannot be matched in linear time: it looks ahead or behind, refers back, or repeats too much";
        }

        return false;
    }

    /// <summary>Writes a name without what the pattern matches.</summary>
    /// <param name="name">At most 255 octets.</param>
    /// <param name="replacement">Put in for each match.</param>
    /// <returns>How many octets were written; what does not fit is left out.</returns>
    public int Clean(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> replacement, Span<byte> destination)
    {
        int length = 0;
        if (regex is not null) return CleanByMatches(regex, name, replacement, destination);
        foreach (byte octet in name)
        {
            if (table.IsEmpty || !table[octet]) Append([octet], destination, ref length);
            else Append(replacement, destination, ref length);
        }

        return length;
    }

    private static int CleanByMatches(Regex pattern, scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> replacement, Span<byte> destination)
    {
        Span<char> text = stackalloc char[255];
        int count = System.Text.Encoding.Latin1.GetChars(name[..Math.Min(name.Length, text.Length)], text);
        int length = 0;
        int copied = 0;
        foreach (ValueMatch match in pattern.EnumerateMatches(text[..count]))
        {
            // A match of no octets takes nothing out.
            if (match.Length == 0) continue;
            Append(name[copied..match.Index], destination, ref length);
            Append(replacement, destination, ref length);
            copied = match.Index + match.Length;
        }

        Append(name[copied..count], destination, ref length);
        return length;
    }

    private static void Append(scoped ReadOnlySpan<byte> octets, Span<byte> destination, ref int length)
    {
        int room = Math.Min(octets.Length, destination.Length - length);
        octets[..room].CopyTo(destination[length..]);
        length += room;
    }
}
