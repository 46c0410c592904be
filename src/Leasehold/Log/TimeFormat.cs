using System.Globalization;
using System.Text;

namespace Leasehold.Log;

/// <summary>A moment in strftime's letters. Remembers the text of the last second: at thousands of lines a second it hardly changes.</summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class TimeFormat
{
    private readonly List<(string Text, char Letter)> parts = [];
    private readonly byte[] cached = new byte[256];
    private readonly List<(int Start, int Length, char Letter)> cachedParts = [];
    private int cachedLength;
    private long cachedSecond = long.MinValue;

    /// <summary>A format; null stands for ISO's order with blanks: 2026-11-21 18:44:57.</summary>
    public TimeFormat(string? format)
    {
        format ??= "%Y-%m-%d %H:%M:%S";
        StringBuilder text = new();
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                text.Append(format[i]);
                continue;
            }

            parts.Add((text.ToString(), format[++i]));
            text.Clear();
        }

        parts.Add((text.ToString(), '\0'));
    }

    public void Write(ref LogLine line, DateTimeOffset utc, bool local)
    {
        long second = utc.UtcTicks / TimeSpan.TicksPerSecond;
        if (second != cachedSecond)
        {
            Prepare(local ? utc.ToLocalTime() : utc);
            cachedSecond = second;
        }

        int position = 0;
        foreach ((int start, int length, char letter) in cachedParts)
        {
            line.Append(cached.AsSpan(position, start + length - position));
            position = start + length;
            AppendFraction(ref line, utc, letter);
        }

        line.Append(cached.AsSpan(position, cachedLength - position));
    }

    // Everything but the fraction of a second is written once a second; cachedParts says where fractions go between.
    private void Prepare(DateTimeOffset time)
    {
        LogLine line = new(cached);
        cachedParts.Clear();
        int start = 0;
        foreach ((string text, char letter) in parts)
        {
            line.Append(text);
            if (letter is 'q' or 'Q')
            {
                cachedParts.Add((start, line.Length - start, letter));
                start = line.Length;
            }
            else if (letter != '\0')
            {
                line.Append(Text(time, letter));
            }
        }

        cachedLength = line.Length;
    }

    private static void AppendFraction(ref LogLine line, DateTimeOffset time, char letter)
    {
        int milliseconds = (int)(time.UtcTicks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMillisecond);
        AppendThree(ref line, milliseconds);
        if (letter != 'Q') return;
        line.Append('.');
        AppendThree(ref line, (int)(time.UtcTicks % TimeSpan.TicksPerMillisecond / TimeSpan.TicksPerMicrosecond));
    }

    private static void AppendThree(ref LogLine line, int value)
    {
        line.Append((char)('0' + (value / 100)));
        line.Append((char)('0' + (value / 10 % 10)));
        line.Append((char)('0' + (value % 10)));
    }

    private static string Text(DateTimeOffset time, char letter) => letter switch
    {
        's' => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        'e' => time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
        'j' => time.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
        'z' => time.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal),
        _ => Standard(letter) is { } format ? time.ToString(format, CultureInfo.InvariantCulture) : letter == '%' ? "%" : $"%{letter}",
    };

    private static string? Standard(char letter) => letter switch
    {
        'Y' => "yyyy",
        'y' => "yy",
        'm' => "MM",
        'd' => "dd",
        'H' => "HH",
        'I' => "hh",
        'M' => "mm",
        'S' => "ss",
        'p' => "tt",
        'b' or 'h' => "MMM",
        'B' => "MMMM",
        'a' => "ddd",
        'A' => "dddd",
        'F' => "yyyy-MM-dd",
        'T' => "HH:mm:ss",
        'D' => "MM/dd/yy",
        'c' => "ddd MMM d HH:mm:ss yyyy",
        _ => null,
    };
}
