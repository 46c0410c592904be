using Leasehold.Protocol;

namespace Leasehold.Leases.Memfile;

/// <summary>Finds in lease files the last line of each address, reading backwards from the newest file's end: the first line met is the last.</summary>
/// <remarks>It keeps the addresses and a bit for each line, however long the files are.</remarks>
/// <param name="seed">Not to be foreseen by clients, who have a say in which addresses there are.</param>
/// <param name="forgetBefore">Leases that were over before this moment do not stay; null for none.</param>
internal sealed class LastLines(LeaseFormat format, ulong seed, Instant? forgetBefore)
{
    private const int LinesBetweenLooks = 0xffff;

    private readonly ILeaseKeySet seen = format.NewSet(seed);
    private readonly byte[] scratch = new byte[format.ScratchLength];

    /// <summary>A line that cannot be read.</summary>
    /// <param name="offset">Where it begins.</param>
    /// <returns>False ends the reading.</returns>
    public delegate bool DamagedLine(ReadOnlySpan<byte> line, long offset, string? problem);

    /// <summary>Lines that stay: one a lease.</summary>
    public long Staying { get; private set; }

    /// <summary>Octets that the lines which stay take in today's schema, at most.</summary>
    public long StayingOctets { get; private set; }

    /// <summary>Lines that were read, empty ones not counted.</summary>
    public long Lines { get; private set; }

    /// <summary>Reads a file that is older than those read before.</summary>
    /// <param name="first">The offset behind the header.</param>
    /// <param name="end">The offset behind the last octet that counts.</param>
    /// <param name="look">Called now and then with how many octets were passed.</param>
    /// <returns>A mark for each line; null when the reading was ended.</returns>
    public LineMarks? Read(ILeaseFile file, LeaseColumns columns, long first, long end, DamagedLine damaged, Action<long> look)
    {
        LineMarks marks = new();
        LeaseFileBackwards lines = new(file, first, end);
        while (lines.TryReadLine(out ReadOnlySpan<byte> line))
        {
            if ((marks.Count & LinesBetweenLooks) == 0) look(end - lines.LineStart);
            bool stays = false;
            if (!line.IsEmpty)
            {
                Lines++;
                if (format.TryRead(line, columns, scratch, out LeaseLineFacts facts, out string? problem)) stays = Stays(facts);
                else if (!damaged(line, lines.LineStart, problem)) return null;
                if (stays)
                {
                    Staying++;
                    StayingOctets += columns.IsCurrent ? line.Length + 1 : facts.Bound;
                }
            }

            marks.Add(stays);
        }

        return marks;
    }

    private bool Stays(in LeaseLineFacts line) =>
        seen.Add(line) && line.ValidLifetime.Seconds != 0 && !(forgetBefore is { } moment && line.Expire < moment);
}

/// <summary>For each line of a file, empty ones included and the header not, whether it stays.</summary>
internal sealed class LineMarks
{
    private ulong[] bits = new ulong[64];

    public long Count { get; private set; }

    /// <summary>Adds the mark of the line before.</summary>
    public void Add(bool stays)
    {
        if (Count >> 6 == bits.Length) Array.Resize(ref bits, bits.Length * 2);
        if (stays) bits[Count >> 6] |= 1UL << (int)(Count & 63);
        Count++;
    }

    /// <summary>The mark of a line by its number from the file's beginning, the first is 0.</summary>
    public bool Stays(long line)
    {
        long fromEnd = Count - 1 - line;
        return (bits[fromEnd >> 6] >> (int)(fromEnd & 63) & 1) != 0;
    }
}
