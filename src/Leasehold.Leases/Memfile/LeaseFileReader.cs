namespace Leasehold.Leases.Memfile;

/// <summary>Reads a lease file line by line, with little memory however long it is.</summary>
/// <remarks>
/// What a crash leaves at the end is told apart from damage. The end proper is the last octet that is not zero: space may have
/// been prepared behind it. Behind the last end of a line stands what was being written. And a line with zero octets in it is
/// one of a batch of which some sectors had reached the disk and others had not.
/// </remarks>
internal sealed class LeaseFileReader
{
    /// <summary>More than one batch can be long: a line with zero octets before that is damage, not a crash.</summary>
    public const int MaxBatch = 4 << 20;

    private const int FirstBuffer = 1 << 18;

    private readonly ILeaseFile file;
    private byte[] buffer = new byte[FirstBuffer];
    private int start;
    private int end;
    private long offset;

    /// <summary>A reader from a file's beginning.</summary>
    /// <exception cref="IOException">A system call failed.</exception>
    public LeaseFileReader(ILeaseFile file)
    {
        this.file = file;
        Length = file.Length;
        DataEnd = FindDataEnd();
    }

    /// <summary>A reader up to an end that is known, of a file to which somebody may append meanwhile.</summary>
    public LeaseFileReader(ILeaseFile file, long dataEnd)
    {
        this.file = file;
        Length = dataEnd;
        DataEnd = dataEnd;
    }

    public long Length { get; }

    /// <summary>The offset behind the last octet that is not zero.</summary>
    public long DataEnd { get; }

    /// <summary>The line that was read last; the first is 1.</summary>
    public long LineNumber { get; private set; }

    /// <summary>The offset behind the last whole line that was read.</summary>
    public long Offset => offset;

    /// <summary>Octets behind the last end of a line, after the end was met.</summary>
    public long TornLength => DataEnd - offset;

    /// <summary>True when a line that was read last lies where a crash can have left a batch in parts.</summary>
    public bool IsNearEnd => DataEnd - offset <= MaxBatch;

    /// <summary>Whether a file without one whole line is one that was never written to: empty, zero octets, or a part of the header.</summary>
    public static bool IsUnborn(ILeaseFile file, long dataEnd, LeaseFormat format)
    {
        ReadOnlySpan<byte> header = format.HeaderLine;
        byte[] begun = new byte[Math.Min(dataEnd, header.Length)];
        int got = file.Read(begun, 0);
        bool isBegun = dataEnd < header.Length && header.StartsWith(begun.AsSpan(0, got));
        return isBegun || begun.AsSpan(0, got).IndexOfAnyExcept((byte)0) < 0;
    }

    /// <summary>The next line without its end. It is valid until the next call.</summary>
    /// <returns>False at the end; what is torn there is no line.</returns>
    public bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        while (true)
        {
            int length = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                length += searched;
                line = buffer.AsSpan(start, length);
                start += length + 1;
                offset += length + 1;
                LineNumber++;
                return true;
            }

            searched = end - start;
            if (!Fill())
            {
                line = default;
                return false;
            }
        }
    }

    private bool Fill()
    {
        long position = offset + (end - start);
        if (position >= DataEnd) return false;
        if (start != 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }

        // A line that is longer than any lease's is read whole all the same: it is to be reported.
        if (end == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        int wanted = (int)Math.Min(buffer.Length - end, DataEnd - position);
        int got = file.Read(buffer.AsSpan(end, wanted), position);
        end += got;
        return got != 0;
    }

    private long FindDataEnd()
    {
        long position = Length;
        while (position > 0)
        {
            int wanted = (int)Math.Min(buffer.Length, position);
            int got = file.Read(buffer.AsSpan(0, wanted), position - wanted);
            int last = buffer.AsSpan(0, got).LastIndexOfAnyExcept((byte)0);
            if (last >= 0) return position - wanted + last + 1;
            position -= wanted;
        }

        return 0;
    }
}
