using System.Text;

namespace Leasehold.Configuration.Text;

/// <summary>Makes plain JSON of a configuration text: leaves comments out and puts included files in.</summary>
/// <remarks>
/// Comments are <c>#</c> and <c>//</c> to the end of the line and <c>/* */</c>; <c>&lt;?include "file"?&gt;</c> may stand wherever a
/// token may. Mistakes of punctuation are told here, where the text of the person is still at hand, and read over, so that one
/// run finds the mistakes behind them too. Values are read by System.Text.Json afterwards.
/// </remarks>
internal sealed partial class JsonSplicer(SourceText target, FileReader readFile, Diagnostics diagnostics)
{
    /// <summary>Files inside files; deeper than this is taken for a mistake.</summary>
    public const int MaxIncludeDepth = 10;

    private static readonly System.Buffers.SearchValues<byte> WordEnds = System.Buffers.SearchValues.Create(" \t\r\n{}[],:\"#"u8);

    private readonly Stack<Bracket> open = [];
    private readonly List<string> including = [];
    private Token last = Token.Start;
    private Place lastEnd;
    private Place lastComma;

    private enum Token
    {
        Start,
        Open,
        Comma,
        Colon,
        Key,
        Value,
    }

    /// <summary>Appends the file and what it includes to the target.</summary>
    /// <returns>False when the text cannot be read on; an error tells why.</returns>
    public bool Splice(SourceFile file)
    {
        diagnostics.Entered(file.Name);
        including.Add(file.Name ?? "");
        if (!Scan(file)) return false;
        if (open.TryPeek(out Bracket bracket))
        {
            string kind = bracket.IsMap ? "map" : "list";
            diagnostics.Error(
                bracket.At.Position,
                $"the {kind} that begins here is not closed before the end of the file",
                $"close it with '{(bracket.IsMap ? '}' : ']')}'");
            return false;
        }

        if (last != Token.Start) return true;
        diagnostics.Error(new(file.Name, 1, 1), "there is no configuration in this file", "write { \"Dhcp4\": { … } }");
        return false;
    }

    private bool Scan(SourceFile file)
    {
        if (file.FirstInvalidOctet() is { } bad)
        {
            diagnostics.Error(file.Locate(bad), "the file is not UTF-8 text from here on", "save it in UTF-8");
            return false;
        }

        ReadOnlySpan<byte> text = file.Octets.Span;
        int at = text.StartsWith("\uFEFF"u8) ? 3 : 0;
        while (at < text.Length)
        {
            ReadOnlySpan<byte> rest = text[at..];
            int taken = rest[0] switch
            {
                (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' => Copy(file, at, 1),
                (byte)'#' => LineLength(rest),
                (byte)'/' when rest.StartsWith("//"u8) => LineLength(rest),
                (byte)'/' when rest.StartsWith("/*"u8) => Comment(file, at, rest),
                (byte)'<' when rest.StartsWith("<?include"u8) => Include(file, at, rest),
                (byte)'{' or (byte)'[' => Open(file, at, rest[0] == '{'),
                (byte)'}' or (byte)']' => Close(file, at, rest[0] == '}'),
                (byte)',' => Comma(file, at),
                (byte)':' => Colon(file, at),
                (byte)'"' => Text(file, at, rest),
                _ => Word(file, at, rest),
            };
            if (taken == 0) return false;
            at += taken;
        }

        return true;
    }

    private static int LineLength(ReadOnlySpan<byte> rest) => rest.IndexOf((byte)'\n') is >= 0 and var end ? end : rest.Length;

    private int Comment(SourceFile file, int at, ReadOnlySpan<byte> rest)
    {
        int end = rest[2..].IndexOf("*/"u8);
        if (end < 0)
        {
            diagnostics.Error(file.Locate(at), "the comment that begins here has no end", "close it with '*/'");
            return 0;
        }

        target.Insert(file, at, " "u8);
        return end + 4;
    }

    private int Include(SourceFile file, int at, ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOf("?>"u8);
        string inner = end < 0 ? "" : Encoding.UTF8.GetString(rest["<?include".Length..end]).Trim();
        if (inner.Length < 3 || inner[0] != '"' || inner[^1] != '"')
        {
            diagnostics.Error(file.Locate(at), "this include is not complete", "write <?include \"FILE\"?>");
            return 0;
        }

        string name = inner[1..^1];
        string path = Path.IsPathRooted(name) || file.Name is null ? name : Path.Combine(Path.GetDirectoryName(file.Name) ?? "", name);
        if (including.IndexOf(path) is >= 0 and var first)
        {
            string circle = string.Join(" includes ", including.Skip(first).Append(path));
            diagnostics.Error(file.Locate(at), $"the files include each other in a circle: {circle}", "remove one of the includes");
            return 0;
        }

        if (including.Count > MaxIncludeDepth)
        {
            diagnostics.Error(file.Locate(at), $"files include each other more than {MaxIncludeDepth} deep", "join some of them");
            return 0;
        }

        FileContent content = readFile(path);
        if (content.Octets is not { } octets)
        {
            diagnostics.Error(
                file.Locate(at),
                $"the included file {path} cannot be read: {content.Error}",
                "correct its name or its rights");
            return 0;
        }

        diagnostics.Entered(path);
        including.Add(path);
        bool done = Scan(new SourceFile(path, octets));
        including.RemoveAt(including.Count - 1);
        target.Insert(file, at, " "u8);
        return done ? end + 2 : 0;
    }

    private int Copy(SourceFile file, int at, int count)
    {
        target.Append(file, at, file.Octets.Span.Slice(at, count));
        return count;
    }

    private readonly record struct Place(SourceFile? File, int Offset)
    {
        public TextPosition Position => File?.Locate(Offset) ?? default;
    }

    private readonly record struct Bracket(bool IsMap, Place At);
}
