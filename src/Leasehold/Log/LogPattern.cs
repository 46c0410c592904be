using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Leasehold.Configuration.Model;

namespace Leasehold.Log;

/// <summary>The form of a line, as the configuration's "pattern" gives it.</summary>
/// <remarks>
/// %D{…} local time and %d{…} UTC in strftime's letters with %q for milliseconds and %Q for milliseconds with three decimals;
/// %p severity, %c logger, %i process, %t thread, %m message, %n end of line, %% itself.
/// A number before the letter pads ("%-5p": to five characters, text first). An unknown letter stays as it stands.
/// A pattern without an end of line gets one.
/// </remarks>
internal sealed class LogPattern
{
    /// <summary>2026-11-21 18:44:57.123 INFO  [kea-dhcp4.dhcp4/4711] ID text</summary>
    public const string Default = "%D{%Y-%m-%d %H:%M:%S.%q} %-5p [%c/%i] %m\n";

    /// <summary>The system's log writes time and process by itself.</summary>
    public const string Syslog = "%-5p [%c] %m\n";

    private readonly ImmutableArray<Piece> pieces;

    private LogPattern(ImmutableArray<Piece> pieces) => this.pieces = pieces;

    private enum PieceKind : byte
    {
        Text,
        LocalTime,
        UtcTime,
        Severity,
        Logger,
        Thread,
        Message,
    }

    /// <summary>Reads a pattern; every text is one.</summary>
    /// <param name="processId">What %i writes.</param>
    public static LogPattern Parse(string pattern, int processId)
    {
        ImmutableArray<Piece>.Builder parsed = ImmutableArray.CreateBuilder<Piece>();
        StringBuilder text = new();
        int position = 0;
        while (position < pattern.Length)
        {
            char c = pattern[position++];
            if (c == '\\' && position < pattern.Length && pattern[position] == 'n')
            {
                text.Append('\n');
                position++;
                continue;
            }

            if (c != '%')
            {
                text.Append(c);
                continue;
            }

            int start = position;
            bool left = position < pattern.Length && pattern[position] == '-';
            if (left) position++;
            int width = 0;
            while (position < pattern.Length && char.IsAsciiDigit(pattern[position])) width = Math.Min(64, (width * 10) + (pattern[position++] - '0'));
            char letter = position < pattern.Length ? pattern[position++] : '%';
            string? argument = null;
            if (letter is 'D' or 'd' && position < pattern.Length && pattern[position] == '{' && pattern.IndexOf('}', position) is var end and >= 0)
            {
                argument = pattern[(position + 1)..end];
                position = end + 1;
            }

            PieceKind? kind = letter switch
            {
                'D' => PieceKind.LocalTime,
                'd' => PieceKind.UtcTime,
                'p' => PieceKind.Severity,
                'c' => PieceKind.Logger,
                't' => PieceKind.Thread,
                'm' => PieceKind.Message,
                _ => null,
            };
            if (kind is { } known)
            {
                Flush(text, parsed);
                parsed.Add(new(known, default, kind is PieceKind.LocalTime or PieceKind.UtcTime ? new TimeFormat(argument) : null, width, left));
                continue;
            }

            text.Append(letter switch
            {
                'i' => processId.ToString(CultureInfo.InvariantCulture),
                'n' => "\n",
                '%' => "%",
                _ => pattern[(start - 1)..position],
            });
        }

        if (text.Length == 0 || text[^1] != '\n') text.Append('\n');
        Flush(text, parsed);
        return new(parsed.ToImmutable());
    }

    /// <summary>Writes one line.</summary>
    /// <param name="logger">The logger's full name.</param>
    /// <param name="id">The message's id; empty for none.</param>
    /// <param name="text">What happened, in UTF-8.</param>
    public void Write(ref LogLine line, DateTimeOffset utc, LogSeverity severity, ReadOnlySpan<byte> logger, ReadOnlySpan<byte> id, ReadOnlySpan<byte> text)
    {
        foreach (Piece piece in pieces)
        {
            int start = line.Length;
            switch (piece.Kind)
            {
                case PieceKind.Text:
                    line.Append(piece.Utf8.AsSpan());
                    continue;
                case PieceKind.LocalTime:
                    piece.Time?.Write(ref line, utc, local: true);
                    break;
                case PieceKind.UtcTime:
                    piece.Time?.Write(ref line, utc, local: false);
                    break;
                case PieceKind.Severity:
                    line.Append(NameOf(severity));
                    break;
                case PieceKind.Logger:
                    line.Append(logger);
                    break;
                case PieceKind.Thread:
                    line.Append(Environment.CurrentManagedThreadId);
                    break;
                default:
                    line.Append(id);
                    if (!id.IsEmpty) line.Append(' ');
                    line.AppendForeign(text);
                    break;
            }

            if (piece.Width > 0) line.Pad(start, piece.Width, piece.Left);
        }
    }

    public static ReadOnlySpan<byte> NameOf(LogSeverity severity) => severity switch
    {
        LogSeverity.Debug => "DEBUG"u8,
        LogSeverity.Info => "INFO"u8,
        LogSeverity.Warn => "WARN"u8,
        LogSeverity.Error => "ERROR"u8,
        _ => "FATAL"u8,
    };

    private static void Flush(StringBuilder text, ImmutableArray<Piece>.Builder parsed)
    {
        if (text.Length > 0) parsed.Add(new(PieceKind.Text, [.. Encoding.UTF8.GetBytes(text.ToString())], null, 0, Left: false));
        text.Clear();
    }

    private sealed record Piece(PieceKind Kind, ImmutableArray<byte> Utf8, TimeFormat? Time, int Width, bool Left);
}
