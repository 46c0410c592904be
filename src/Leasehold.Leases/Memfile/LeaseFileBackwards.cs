namespace Leasehold.Leases.Memfile;

/// <summary>Reads the whole lines of a lease file from the last one to the first.</summary>
internal sealed class LeaseFileBackwards
{
    private readonly ILeaseFile file;
    private readonly long first;
    private readonly long end;
    private byte[] buffer = new byte[1 << 18];

    /// <summary>What was read and not yet given: buffer[from..to], which are the octets of the file from <see cref="position"/> on.</summary>
    private int from = 1 << 18;
    private int to = 1 << 18;
    private long position;
    private bool trimmed;

    /// <param name="first">The offset behind the header line, where the backward way ends.</param>
    /// <param name="end">The offset behind the last octet that counts; what stands behind the last end of a line is no line.</param>
    public LeaseFileBackwards(ILeaseFile file, long first, long end)
    {
        this.file = file;
        this.first = first;
        this.end = end;
        position = end;
    }

    /// <summary>Octets between the last end of a line and the end, after the first line was read.</summary>
    public long TornLength { get; private set; }

    /// <summary>Where the line that was read last begins.</summary>
    public long LineStart => position + (to - from);

    /// <summary>The line before, without its end; valid until the next call.</summary>
    /// <returns>False at the header.</returns>
    /// <exception cref="IOException">A system call failed, or the file became shorter.</exception>
    public bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        if (!trimmed) Trim();
        while (true)
        {
            // The octet before `to` is the end of the line looked for.
            ReadOnlySpan<byte> rest = buffer.AsSpan(from, Math.Max(0, to - from - 1));
            int before = rest.LastIndexOf((byte)'\n');
            if (before >= 0 || (position == first && to > from))
            {
                line = rest[(before + 1)..];
                to = from + before + 1;
                return true;
            }

            if (!Fill())
            {
                line = default;
                return false;
            }
        }
    }

    /// <summary>Passes over what a crash left behind the last whole line.</summary>
    private void Trim()
    {
        trimmed = true;
        while (true)
        {
            int last = buffer.AsSpan(from, to - from).LastIndexOf((byte)'\n');
            if (last >= 0)
            {
                to = from + last + 1;
                break;
            }

            to = from;
            if (!Fill()) break;
        }

        TornLength = end - LineStart;
    }

    private bool Fill()
    {
        if (position == first) return false;
        int kept = to - from;
        if (kept == buffer.Length)
        {
            byte[] larger = new byte[buffer.Length * 2];
            buffer.AsSpan(from, kept).CopyTo(larger.AsSpan(larger.Length - kept));
            buffer = larger;
        }
        else
        {
            buffer.AsSpan(from, kept).CopyTo(buffer.AsSpan(buffer.Length - kept));
        }

        to = buffer.Length;
        int wanted = (int)Math.Min(buffer.Length - kept, position - first);
        from = to - kept - wanted;
        position -= wanted;
        if (file.Read(buffer.AsSpan(from, wanted), position) != wanted) throw new IOException("the file became shorter while it was read");
        return true;
    }
}
