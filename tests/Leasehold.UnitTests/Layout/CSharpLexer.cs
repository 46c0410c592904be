namespace Leasehold.UnitTests.Layout;

internal enum TokenKind
{
    /// <summary>An identifier, a keyword or a number.</summary>
    Word,

    /// <summary>An operator or a bracket; "!=" is one token, every other operator comes character by character.</summary>
    Symbol,

    /// <summary>A string or character literal, without the code in its holes, which comes as tokens of its own.</summary>
    Literal,

    Comment,
}

internal readonly record struct Token(TokenKind Kind, string Text, int Line);

/// <summary>Cuts C# into words, symbols, literals and comments: enough to ask where a word stands in code and not in a string.</summary>
internal sealed class CSharpLexer
{
    private readonly string text;
    private readonly List<Token> tokens = [];
    private int position;
    private int line = 1;

    private CSharpLexer(string text) => this.text = text;

    /// <summary>All tokens, comments included.</summary>
    public static IReadOnlyList<Token> Read(string text)
    {
        CSharpLexer lexer = new(text);
        lexer.Code(closing: 0);
        return lexer.tokens;
    }

    /// <summary>Words, symbols and literals only.</summary>
    public static IReadOnlyList<Token> ReadCode(string text) => [.. Read(text).Where(token => token.Kind != TokenKind.Comment)];

    private char Ahead(int by = 0) => position + by < text.Length ? text[position + by] : '\0';

    // closing 0: to the end of the text; above: to that many '}' in a row, the end of a string's hole.
    private void Code(int closing)
    {
        int depth = 0;
        while (position < text.Length)
        {
            char c = Ahead();
            if (closing > 0 && depth == 0 && c == '}' && Run('}') >= closing)
            {
                position += closing;
                return;
            }

            if (c == '{') depth++;
            if (c == '}') depth--;
            if (char.IsWhiteSpace(c)) Advance(1);
            else if (c == '/' && Ahead(1) == '/') Take(TokenKind.Comment, ToEndOfLine());
            else if (c == '/' && Ahead(1) == '*') Take(TokenKind.Comment, To("*/", position + 2));
            else if (c == '#' && closing == 0) Advance(ToEndOfLine());
            else if (c == '\'') Take(TokenKind.Literal, Character());
            else if (StringPrefix(out int prefix)) String(prefix);
            else if (char.IsLetterOrDigit(c) || c is '_' or '@') Take(TokenKind.Word, Word());
            else Take(TokenKind.Symbol, c == '!' && Ahead(1) == '=' ? 2 : 1);
        }
    }

    private void Take(TokenKind kind, int length)
    {
        tokens.Add(new(kind, text.Substring(position, length), line));
        Advance(length);
    }

    private void Advance(int by)
    {
        for (int end = Math.Min(text.Length, position + by); position < end; position++)
        {
            if (text[position] == '\n') line++;
        }
    }

    private int Run(char c)
    {
        int length = 0;
        while (Ahead(length) == c) length++;
        return length;
    }

    private int ToEndOfLine()
    {
        int end = text.IndexOf('\n', position);
        return (end < 0 ? text.Length : end) - position;
    }

    private int To(string what, int from)
    {
        int end = text.IndexOf(what, Math.Min(from, text.Length), StringComparison.Ordinal);
        return (end < 0 ? text.Length : end + what.Length) - position;
    }

    private int Character()
    {
        int length = 1;
        while (Ahead(length) is not ('\'' or '\n' or '\0')) length += Ahead(length) == '\\' ? 2 : 1;
        return Math.Min(length + 1, text.Length - position);
    }

    private int Word()
    {
        int length = 1;
        while (char.IsLetterOrDigit(Ahead(length)) || Ahead(length) == '_') length++;
        return length;
    }

    private bool StringPrefix(out int length)
    {
        length = 0;
        while (Ahead(length) is '$' or '@') length++;
        return Ahead(length) == '"';
    }

    private void String(int prefix)
    {
        int start = position;
        int startLine = line;
        int dollars = text.AsSpan(position, prefix).Count('$');
        bool verbatim = text.AsSpan(position, prefix).Contains('@');
        position += prefix;
        int quotes = Run('"');
        bool raw = quotes >= 3;
        if (quotes == 2)
        {
            position += 2;
        }
        else
        {
            position += raw ? quotes : 1;
            Body(dollars, verbatim, raw ? quotes : 0);
        }

        tokens.Add(new(TokenKind.Literal, text[start..Math.Min(position, text.Length)], startLine));
    }

    private void Body(int dollars, bool verbatim, int rawQuotes)
    {
        while (position < text.Length)
        {
            char c = Ahead();
            if (c == '"' && rawQuotes > 0 && Run('"') >= rawQuotes)
            {
                position += Run('"');
                return;
            }

            if (c == '"' && rawQuotes == 0)
            {
                position++;
                if (!verbatim || Ahead() != '"') return;
                position++;
            }
            else if (c == '\\' && !verbatim && rawQuotes == 0)
            {
                Advance(2);
            }
            else if (c == '{' && dollars > 0)
            {
                Brace(dollars, rawQuotes > 0);
            }
            else
            {
                Advance(1);
            }
        }
    }

    // $"{{" is a brace and $"{" a hole; in a raw string as many braces as dollars open a hole, fewer are text.
    private void Brace(int dollars, bool raw)
    {
        int braces = Run('{');
        bool hole = raw ? braces >= dollars : braces % 2 == 1;
        position += braces;
        if (hole) Code(closing: raw ? dollars : 1);
    }
}
