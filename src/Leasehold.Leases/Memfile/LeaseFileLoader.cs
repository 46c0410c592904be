namespace Leasehold.Leases.Memfile;

/// <summary>Reads the lease files into a table.</summary>
/// <remarks>
/// A clean-up leaves several files, of which a crash can leave any: see <see cref="LeaseFileSet"/>.
/// </remarks>
internal sealed class LeaseFileLoader(TableFilling filling, LeaseLogOptions options, LeaseLoadReport report)
{
    private const int ProgressLines = 0xffff;

    private readonly LeaseFormat format = filling.Format;
    private readonly Dictionary<string, LineMarks> marks = new(StringComparer.Ordinal);
    private string[] older = [];
    private long passed;
    private long toPass;

    /// <summary>Looks which line of which file is the last of its address, and how many leases there are.</summary>
    public void Scan(ILeaseDirectory directory, string name)
    {
        LeaseFileSet set = new(name);
        // A clean-up stopped between giving the file its second name and the switch to another file.
        if (directory.AreSame(name, set.Copy)) directory.Delete(set.Copy);
        older = [.. set.Older(directory)];
        List<(string Name, ILeaseFile File)> files = [];
        try
        {
            foreach (string each in older.Append(name))
            {
                if (directory.Exists(each)) files.Add((each, directory.Open(each)));
            }

            // Backwards and forwards.
            toPass = files.Sum(each => each.File.Length) * 2;
            LastLines last = new(format, (ulong)toPass, forgetBefore: null);
            for (int i = files.Count - 1; i >= 0; i--) Scan(files[i].Name, files[i].File, last);
            filling.Start(checked((int)last.Staying));
        }
        finally
        {
            foreach ((_, ILeaseFile file) in files) file.Dispose();
        }
    }

    /// <summary>Reads what a clean-up has left beside a file. After <see cref="Scan(ILeaseDirectory, string)"/>.</summary>
    public void LoadOlder(ILeaseDirectory directory)
    {
        foreach (string each in older)
        {
            if (!report.Succeeded) continue;
            using ILeaseFile file = directory.Open(each);
            _ = Load(file, each);
        }
    }

    /// <summary>Reads one file. Errors go to the report.</summary>
    public LeaseFileState Load(ILeaseFile file, string name)
    {
        LeaseFileReader reader = new(file);
        report.AddFile(name);
        report.Octets += reader.DataEnd;
        if (!reader.TryReadLine(out ReadOnlySpan<byte> header)) return Headerless(reader, file, name);

        if (format.Schema.Parse(header, out string? problem) is not { } columns)
        {
            Fail(name, 1, $"{problem}; the first line must be {format.Header}");
            return default;
        }

        foreach (string unknown in columns.Unknown)
            report.Add(LeaseFileSeverity.Warning, name, 1, $"the column '{unknown}' is not known; its values are not kept");
        LineMarks marked = marks[name];
        long number = 0;
        long torn = 0;
        while (report.Succeeded && reader.TryReadLine(out ReadOnlySpan<byte> line))
        {
            if (number == marked.Count) throw new IOException($"{name} changed while it was read");
            bool stays = marked.Stays(number++);
            if (line.IsEmpty) continue;
            report.Lines++;
            if ((report.Lines & ProgressLines) == 0) options.Progress?.Invoke(passed + reader.Offset, toPass);
            // Every line is read, so that what is wrong with any is told; only the last one of an address is a lease.
            if (filling.TryAdd(line, columns, stays, out problem)) continue;
            if (line.Contains((byte)0) && reader.IsNearEnd)
            {
                torn++;
                report.Add(LeaseFileSeverity.Warning, name, reader.LineNumber, "zero octets: a crash stopped the writing of a batch that was not acknowledged; dropped");
            }
            else
            {
                Damaged(name, reader.LineNumber, problem);
            }
        }

        if (report.Succeeded && reader.TornLength != 0)
            report.Add(LeaseFileSeverity.Warning, name, reader.LineNumber + 1, $"{reader.TornLength} octets without an end of line: a crash stopped the writing of a line that was not acknowledged; dropped");
        passed += reader.DataEnd;
        return new(reader.Offset, HasHeader: true, NeedsRewrite: torn != 0 || !columns.IsCurrent, columns.IsCurrent);
    }

    /// <summary>Copies a file line by line into today's schema, without what cannot be read.</summary>
    public static void Rewrite(LeaseFormat format, ILeaseFile from, ILeaseFile to)
    {
        LeaseFileReader reader = new(from);
        _ = reader.TryReadLine(out ReadOnlySpan<byte> header);
        if (format.Schema.Parse(header, out string? problem) is not { } columns) throw new InvalidOperationException(problem);
        byte[] scratch = new byte[format.ScratchLength];
        byte[] buffer = new byte[format.MaxLength + (1 << 18)];
        format.HeaderLine.CopyTo(buffer);
        int length = format.HeaderLine.Length;
        long written = 0;
        to.SetLength(0);
        while (reader.TryReadLine(out ReadOnlySpan<byte> line))
        {
            if (!format.TryRead(line, columns, scratch, out LeaseLineFacts facts, out _)) continue;
            if (length + facts.Bound > buffer.Length)
            {
                to.Write(buffer.AsSpan(0, length), written);
                written += length;
                length = 0;
            }

            length += format.Rewrite(line, columns, scratch, buffer.AsSpan(length));
        }

        to.Write(buffer.AsSpan(0, length), written);
        to.Sync();
    }

    // What is wrong with a file or a line is told when it is read forwards, with the line's number.
    private void Scan(string name, ILeaseFile file, LastLines last)
    {
        LeaseFileReader reader = new(file);
        if (!reader.TryReadLine(out ReadOnlySpan<byte> header) || format.Schema.Parse(header, out _) is not { } columns) return;
        LineMarks? found = last.Read(
            file, columns, reader.Offset, reader.DataEnd, static (_, _, _) => true, octets => options.Progress?.Invoke(passed + octets, toPass));
        if (found is not null) marks[name] = found;
        passed += reader.DataEnd;
    }

    /// <summary>A file without one whole line: new, or a crash came before its header was stored.</summary>
    private LeaseFileState Headerless(LeaseFileReader reader, ILeaseFile file, string name)
    {
        if (!LeaseFileReader.IsUnborn(file, reader.DataEnd, format))
            Fail(name, 1, $"no line with the names of the columns; the first line must be {format.Header}");
        return new(End: 0, HasHeader: false, NeedsRewrite: false, IsCurrent: true);
    }

    private void Damaged(string name, long line, string? problem)
    {
        report.DamagedLines++;
        bool skipped = report.DamagedLines <= options.MaxRowErrors;
        report.Add(
            LeaseFileSeverity.Error,
            name,
            line,
            skipped ? $"{problem}; skipped" : $"{problem}; correct or remove the line, or allow damaged lines to be skipped with max-row-errors");
        if (!skipped) report.Succeeded = false;
    }

    private void Fail(string name, long line, string text)
    {
        report.Add(LeaseFileSeverity.Error, name, line, text);
        report.Succeeded = false;
    }
}

/// <summary>What a file's reading tells about its writing.</summary>
/// <param name="End">The offset at which the next line goes.</param>
/// <param name="HasHeader">False for a file that is new.</param>
/// <param name="NeedsRewrite">True when lines may be appended only after it was written anew.</param>
/// <param name="IsCurrent">True when the columns are today's.</param>
internal readonly record struct LeaseFileState(long End, bool HasHeader, bool NeedsRewrite, bool IsCurrent);
