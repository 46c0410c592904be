using System.Collections.Immutable;
using System.Text;

namespace Leasehold.Configuration.Model;

/// <summary>An extended regular expression of POSIX, in the notation of this platform: what differs is inside bracket expressions.</summary>
/// <param name="Text">The translated pattern.</param>
/// <param name="IsOneBracket">The whole pattern is one bracket expression: it matches single characters.</param>
/// <param name="Origins">For each character of <paramref name="Text"/>, where it comes from.</param>
internal sealed record PosixPattern(string Text, bool IsOneBracket, ImmutableArray<int> Origins)
{
    private static readonly (string Name, string Characters)[] Classes =
    [
        ("alnum", "A-Za-z0-9"), ("alpha", "A-Za-z"), ("digit", "0-9"), ("lower", "a-z"), ("upper", "A-Z"), ("xdigit", "A-Fa-f0-9"),
        ("blank", " \\t"), ("space", "\\t-\\r "), ("cntrl", "\\x00-\\x1F\\x7F"), ("graph", "!-~"), ("print", " -~"),
        ("punct", "!-/:-@\\[-`{-~"),
    ];

    /// <summary>The place in the pattern for one in its translation.</summary>
    public int OffsetOf(int place) => Origins.IsEmpty ? 0 : Origins[Math.Clamp(place, 0, Origins.Length - 1)];

    public static PosixPattern Translate(string pattern)
    {
        StringBuilder text = new();
        List<int> origins = [];
        int at = 0;
        bool oneBracket = false;
        while (at < pattern.Length)
        {
            int start = at;
            if (pattern[at] == '\\' && at + 1 < pattern.Length)
            {
                Copy(pattern.Substring(at, 2));
                at += 2;
            }
            else if (pattern[at] == '[')
            {
                at = Bracket(pattern, at, Copy);
                oneBracket = start == 0 && at == pattern.Length;
            }
            else
            {
                Copy(pattern[at++].ToString());
            }

            void Copy(string part)
            {
                text.Append(part);
                while (origins.Count < text.Length) origins.Add(start);
            }
        }

        return new(text.ToString(), oneBracket, [.. origins]);
    }

    /// <summary>Inside brackets a backslash is itself, "]" first is itself, and [:digit:] is a class.</summary>
    /// <returns>The place after the bracket expression.</returns>
    private static int Bracket(string pattern, int at, Action<string> copy)
    {
        copy("[");
        at++;
        if (at < pattern.Length && pattern[at] == '^') copy(pattern[at++].ToString());
        bool first = true;
        while (at < pattern.Length)
        {
            char c = pattern[at];
            if (c == ']' && !first)
            {
                copy("]");
                return at + 1;
            }

            first = false;
            int end = c == '[' && at + 1 < pattern.Length && pattern[at + 1] == ':' ? pattern.IndexOf(":]", at + 2, StringComparison.Ordinal) : -1;
            string? characters = end < 0 ? null : Array.Find(Classes, known => known.Name == pattern[(at + 2)..end]).Characters;
            if (characters is not null)
            {
                copy(characters);
                at = end + 2;
                continue;
            }

            copy(c is '\\' or '[' or ']' ? $"\\{c}" : c.ToString());
            at++;
        }

        return at;
    }
}
