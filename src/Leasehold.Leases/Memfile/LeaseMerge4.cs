namespace Leasehold.Leases.Memfile;

/// <summary>Several lease files in short: of each address the last line, unless that says that the lease is no more.</summary>
/// <remarks>
/// The files are read twice and never held in memory. First backwards: the first line met of an address is its last, and a bit
/// for each line notes whether it stays. Then forwards: what stays is copied, in its order. So ten million lines take some
/// megabytes, and the table of a running server is not asked.
/// </remarks>
internal sealed class LeaseMerge4 : IDisposable
{
    /// <summary>A sync for so many octets: the disk is never busy with this file for long when somebody else's lease is to be synced.</summary>
    private const int SyncEvery = 1 << 22;

    private const int LinesBetweenLooks = 0xffff;

    private readonly LeaseCleanupOptions options;
    private readonly LeaseCleanupReport report;
    private readonly List<Source> sources = [];
    private readonly LastLines4 last;
    private readonly byte[] scratch = new byte[LeaseLine4.ScratchLength];
    private readonly long toPass;
    private long passed;

    /// <summary>Opens the files.</summary>
    /// <param name="names">Oldest first; all of them are there.</param>
    /// <exception cref="IOException">A system call failed.</exception>
    public LeaseMerge4(ILeaseDirectory directory, IEnumerable<string> names, LeaseCleanupOptions options, LeaseCleanupReport report)
    {
        this.options = options;
        this.report = report;
        last = new(options.ForgetBefore);
        foreach (string name in names) sources.Add(new(name, directory.Open(name)));
        // Backwards and forwards.
        toPass = sources.Sum(source => source.File.Length) * 2;
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
        report.OctetsAfter = LeaseColumns4.HeaderLine.Length + last.StayingOctets;
        return true;
    }

    /// <summary>Writes what stays. After <see cref="TryScan(CancellationToken)"/>.</summary>
    public void Write(ILeaseFile to, CancellationToken cancellation)
    {
        Output output = new(to);
        output.Add(LeaseColumns4.HeaderLine);
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
        LeaseFileReader4 reader = new(source.File);
        report.OctetsBefore += reader.DataEnd;
        source.End = reader.DataEnd;
        if (!reader.TryReadLine(out ReadOnlySpan<byte> header))
        {
            if (LeaseFileReader4.IsUnborn(source.File, reader.DataEnd)) return true;
            report.Problem = $"{source.Name}: no line with the names of the columns";
            return false;
        }

        source.Columns = LeaseColumns4.Parse(header, out string? problem);
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
        if (line.Contains((byte)0) && source.End - offset - line.Length - 1 <= LeaseFileReader4.MaxBatch) return true;
        if (++report.DamagedLines <= options.MaxRowErrors) return true;
        report.Problem = $"{source.Name}, octet {offset}: {problem}; correct or remove the line, or allow damaged lines to be skipped with max-row-errors";
        return false;
    }

    private void Copy(Source source, Output output, CancellationToken cancellation)
    {
        if (source.Columns is not { } columns || source.Marks is not { } marks) return;
        LeaseFileReader4 reader = new(source.File, source.End);
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
                if (!LeaseLine4.TryRead(line, columns, scratch, out Lease4 lease, out long expire, out string? problem)) throw new IOException($"{source.Name} changed while it was read: {problem}");
                output.Add(lease, expire);
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
        public LeaseColumns4? Columns { get; set; }

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

        public void Add(in Lease4 lease, long expire) =>
            length += LeaseLine4.Write(lease, lease.ValidLifetime.Seconds, expire, Room(LeaseLine4.Bound(lease)));

        public void End()
        {
            Flush();
            file.Sync();
        }

        private Span<byte> Room(int needed)
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
