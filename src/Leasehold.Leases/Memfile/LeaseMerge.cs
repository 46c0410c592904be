namespace Leasehold.Leases.Memfile;

/// <summary>Several lease files in short: of each address the last line, unless that says that the lease is no more.</summary>
/// <remarks>
/// The files are read twice and never held in memory. First backwards: the first line met of an address is its last, and a bit
/// for each line notes whether it stays. Then forwards: what stays is copied, in its order. So ten million lines take some
/// megabytes, and the table of a running server is not asked.
/// </remarks>
internal sealed class LeaseMerge : IDisposable
{
    /// <summary>A sync for so many octets: the disk is never busy with this file for long when somebody else's lease is to be synced.</summary>
    private const int SyncEvery = 1 << 22;

    private const int LinesBetweenLooks = 0xffff;

    private readonly LeaseFormat format;
    private readonly LeaseCleanupOptions options;
    private readonly LeaseCleanupReport report;
    private readonly List<Source> sources = [];
    private readonly LastLines last;
    private readonly byte[] scratch;
    private readonly long toPass;
    private long passed;

    /// <summary>Opens the files.</summary>
    /// <param name="names">Oldest first; all of them are there.</param>
    /// <exception cref="IOException">A system call failed.</exception>
    public LeaseMerge(LeaseFormat format, ILeaseDirectory directory, IEnumerable<string> names, LeaseCleanupOptions options, LeaseCleanupReport report)
    {
        this.format = format;
        this.options = options;
        this.report = report;
        scratch = new byte[format.ScratchLength];
        foreach (string name in names) sources.Add(new(name, directory.Open(name)));
        // Backwards and forwards.
        toPass = sources.Sum(source => source.File.Length) * 2;
        last = new(format, (ulong)toPass, options.ForgetBefore);
    }

    /// <summary>Reads all files backwards and tells in the report what would stay.</summary>
    /// <returns>False when a line cannot be read; the report says which.</returns>
    public bool TryScan(CancellationToken cancellation)
    {
        for (int i = sources.Count - 1; i >= 0; i--)
        {
            if (!TryScan(sources[i], cancellation)) return false;
        }

        report.LinesBefore = last.Lines;
        report.LeasesAfter = last.Staying;
        report.OctetsAfter = format.HeaderLine.Length + last.StayingOctets;
        return true;
    }

    /// <summary>Writes what stays. After <see cref="TryScan(CancellationToken)"/>.</summary>
    public void Write(ILeaseFile to, CancellationToken cancellation)
    {
        Output output = new(to);
        output.Add(format.HeaderLine);
        foreach (Source source in sources) Copy(source, output, cancellation);
        output.End();
        report.OctetsAfter = output.Written;
    }

    public void Dispose()
    {
        foreach (Source source in sources) source.File.Dispose();
    }

    private bool TryScan(Source source, CancellationToken cancellation)
    {
        LeaseFileReader reader = new(source.File);
        report.OctetsBefore += reader.DataEnd;
        source.End = reader.DataEnd;
        if (!reader.TryReadLine(out ReadOnlySpan<byte> header))
        {
            if (LeaseFileReader.IsUnborn(source.File, reader.DataEnd, format)) return true;
            report.Problem = $"{source.Name}: no line with the names of the columns";
            return false;
        }

        source.Columns = format.Schema.Parse(header, out string? problem);
        if (source.Columns is not { } columns)
        {
            report.Problem = $"{source.Name}: {problem}";
            return false;
        }

        source.Marks = last.Read(
            source.File,
            columns,
            reader.Offset,
            source.End,
            (line, offset, problem) => MayPass(source, line, offset, problem),
            octets => Look(octets, cancellation));
        passed += source.End;
        return source.Marks is not null;
    }

    /// <returns>False when the clean-up must not go on.</returns>
    private bool MayPass(Source source, ReadOnlySpan<byte> line, long offset, string? problem)
    {
        // What a crash left of a batch that was not acknowledged is no lease; the same rule as at start.
        if (line.Contains((byte)0) && source.End - offset - line.Length - 1 <= LeaseFileReader.MaxBatch) return true;
        if (++report.DamagedLines <= options.MaxRowErrors) return true;
        report.Problem = $"{source.Name}, octet {offset}: {problem}; correct or remove the line, or allow damaged lines to be skipped with max-row-errors";
        return false;
    }

    private void Copy(Source source, Output output, CancellationToken cancellation)
    {
        if (source.Columns is not { } columns || source.Marks is not { } marks) return;
        LeaseFileReader reader = new(source.File, source.End);
        _ = reader.TryReadLine(out _);
        for (long number = 0; number < marks.Count; number++)
        {
            if (!reader.TryReadLine(out ReadOnlySpan<byte> line)) throw new IOException($"{source.Name} became shorter while it was read");
            if ((number & LinesBetweenLooks) == 0) Look(reader.Offset, cancellation);
            if (!marks.Stays(number)) continue;
            if (columns.IsCurrent)
            {
                output.AddLine(line);
            }
            else
            {
                if (!format.TryRead(line, columns, scratch, out LeaseLineFacts facts, out string? problem)) throw new IOException($"{source.Name} changed while it was read: {problem}");
                output.Add(format.Rewrite(line, columns, scratch, output.Room(facts.Bound)));
            }
        }

        passed += source.End;
    }

    private void Look(long inFile, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        options.Progress?.Invoke(passed + inFile, toPass);
    }

    private sealed class Source(string name, ILeaseFile file)
    {
        public string Name => name;

        public ILeaseFile File => file;

        public long End { get; set; }

        /// <summary>Null for a file in which nothing was written yet.</summary>
        public LeaseColumns? Columns { get; set; }

        /// <summary>Null before it was scanned.</summary>
        public LineMarks? Marks { get; set; }
    }

    /// <summary>A file that is written from its beginning, in large pieces.</summary>
    private sealed class Output(ILeaseFile file)
    {
        private byte[] buffer = new byte[1 << 18];
        private int length;
        private long synced;

        public long Written { get; private set; }

        public void Add(ReadOnlySpan<byte> octets)
        {
            octets.CopyTo(Room(octets.Length));
            length += octets.Length;
        }

        public void AddLine(ReadOnlySpan<byte> line)
        {
            Span<byte> room = Room(line.Length + 1);
            line.CopyTo(room);
            room[line.Length] = (byte)'\n';
            length += line.Length + 1;
        }

        /// <summary>Adds so many octets that were written into <see cref="Room"/>.</summary>
        public void Add(int octets) => length += octets;

        public void End()
        {
            Flush();
            file.Sync();
        }

        public Span<byte> Room(int needed)
        {
            if (length + needed > buffer.Length) Flush();
            if (needed > buffer.Length) buffer = new byte[needed];
            return buffer.AsSpan(length);
        }

        private void Flush()
        {
            file.Write(buffer.AsSpan(0, length), Written);
            Written += length;
            length = 0;
            if (Written - synced < SyncEvery) return;
            file.Sync();
            synced = Written;
        }
    }
}
