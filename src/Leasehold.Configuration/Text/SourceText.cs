using System.Text;

namespace Leasehold.Configuration.Text;

/// <summary>One file of a configuration: its name, its octets and where its lines begin.</summary>
internal sealed class SourceFile
{
    private readonly List<int> lineStarts = [0];
    private (int Offset, int Column) counted = (0, 1);

    public SourceFile(string? name, ReadOnlyMemory<byte> octets)
    {
        Name = name;
        Octets = octets;
        ReadOnlySpan<byte> text = octets.Span;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n') lineStarts.Add(i + 1);
        }
    }

    public string? Name { get; }

    public ReadOnlyMemory<byte> Octets { get; }

    /// <summary>Line and column of an octet; the column counts characters, not octets.</summary>
    public TextPosition Locate(int offset)
    {
        int line = lineStarts.BinarySearch(offset);
        if (line < 0) line = ~line - 1;

        // Places are asked for in rising order, so a line is counted through once, however long it is.
        (int from, int column) = counted.Offset >= lineStarts[line] && counted.Offset <= offset ? counted : (lineStarts[line], 1);
        foreach (byte octet in Octets.Span[from..Math.Min(offset, Octets.Length)])
        {
            // Octets 10xxxxxx continue a character (RFC 3629 §3).
            if ((octet & 0xC0) != 0x80) column++;
        }

        counted = (offset, column);
        return new(Name, line + 1, column);
    }

    /// <summary>Where the text stops being UTF-8; null when it never does.</summary>
    public int? FirstInvalidOctet()
    {
        ReadOnlySpan<byte> text = Octets.Span;
        if (System.Text.Unicode.Utf8.IsValid(text)) return null;
        int offset = 0;
        while (Rune.DecodeFromUtf8(text[offset..], out _, out int length) == System.Buffers.OperationStatus.Done) offset += length;
        return offset;
    }
}

/// <summary>Plain JSON made of one or more files, and the way back from each octet of it to where it came from.</summary>
internal sealed class SourceText
{
    private readonly List<Segment> segments = [];
    private byte[] octets = new byte[4096];
    private int length;

    public ReadOnlySpan<byte> Octets => octets.AsSpan(0, length);

    /// <summary>Where words that are no JSON values were replaced by null: offsets in <see cref="Octets"/>.</summary>
    public HashSet<int> Broken { get; } = [];

    public int Length => length;

    /// <summary>Appends octets of a file, from the given offset in it.</summary>
    public void Append(SourceFile file, int offset, ReadOnlySpan<byte> text)
    {
        bool continues = segments is [.., var last] && last.File == file && last.Offset + (length - last.Start) == offset;
        if (!continues) segments.Add(new(length, file, offset));
        if (length + text.Length > octets.Length) Array.Resize(ref octets, Math.Max(octets.Length * 2, length + text.Length));
        text.CopyTo(octets.AsSpan(length));
        length += text.Length;
    }

    /// <summary>Appends octets that stand in no file, as if they stood at the given place.</summary>
    public void Insert(SourceFile file, int offset, ReadOnlySpan<byte> text)
    {
        Append(file, offset, text);
        segments.Add(new(length, file, offset));
    }

    /// <summary>The place in the files that an octet of the joined text came from.</summary>
    public TextPosition Locate(int offset)
    {
        int low = 0;
        int high = segments.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (segments[middle].Start <= offset) low = middle;
            else high = middle - 1;
        }

        return segments.Count == 0 ? default : segments[low].File.Locate(segments[low].Offset + (offset - segments[low].Start));
    }

    private readonly record struct Segment(int Start, SourceFile File, int Offset);
}
