namespace Leasehold.Leases.Memfile;

/// <summary>A lease file that was read and can be appended to.</summary>
/// <param name="End">Where the next line goes; everything before is on stable storage.</param>
internal readonly record struct OpenedLeaseFile(ILeaseFile File, long End)
{
    /// <summary>More than a batch writes: after one that failed nothing more is written, so only its lines can be missing on the disk.</summary>
    private const int TailLength = 1 << 22;

    /// <summary>Reads the lease files into a table and makes the file ready to be appended to.</summary>
    /// <param name="name">The lease file's name in the directory; it is made where there is none.</param>
    /// <param name="filling">Of an empty table; when the report says that it failed, what is in it means nothing.</param>
    /// <param name="result">Null when the leases must not be served.</param>
    /// <exception cref="IOException">A system call failed.</exception>
    public static LeaseLoadReport Open(ILeaseDirectory directory, string name, TableFilling filling, LeaseLogOptions options, out OpenedLeaseFile? result)
    {
        result = null;
        LeaseLoadReport report = new();
        LeaseFileLoader loader = new(filling, options, report);
        loader.Scan(directory, name);
        loader.LoadOlder(directory);
        if (!report.Succeeded) return report;
        ILeaseFile opened = directory.Open(name);
        try
        {
            LeaseFileState state = loader.Load(opened, name);
            if (!report.Succeeded)
            {
                opened.Dispose();
                return report;
            }

            filling.Complete();
            long end = state.End;
            if (state.NeedsRewrite)
            {
                opened = Rewrite(filling.Format, directory, name, opened, state, report);
                end = opened.Length;
            }
            else if (!state.HasHeader)
            {
                opened.SetLength(0);
                opened.Write(filling.Format.HeaderLine, 0);
                end = filling.Format.HeaderLine.Length;
            }
            else if (opened.Length != end)
            {
                opened.SetLength(end);
            }

            // What was read may still be on its way to the disk since the program was killed, or may never get there.
            WriteAgain(opened, end);
            opened.Sync();
            directory.Sync();
            result = new(opened, end);
            return report;
        }
        catch (IOException)
        {
            opened.Dispose();
            throw;
        }
    }

    private static ILeaseFile Rewrite(LeaseFormat format, ILeaseDirectory directory, string name, ILeaseFile old, LeaseFileState state, LeaseLoadReport report)
    {
        string anew = $"{name}.new";
        ILeaseFile rewritten = directory.Open(anew);
        try
        {
            LeaseFileLoader.Rewrite(format, old, rewritten);
            directory.Rename(anew, name);
            directory.Sync();
        }
        catch (IOException)
        {
            rewritten.Dispose();
            throw;
        }

        old.Dispose();
        report.Rewritten = true;
        if (!state.IsCurrent) report.Add(LeaseFileSeverity.Warning, name, 0, "the columns were not today's; the file was written anew with them");
        return rewritten;
    }

    /// <summary>Writes the end of the file again, as it was read.</summary>
    /// <remarks>
    /// When a sync fails, the kernel may keep in memory what it could not write and take it for written: it is read back, no later
    /// sync writes it, and the next power cut leaves zero octets where it was, with acknowledged lines behind them.
    /// </remarks>
    private static void WriteAgain(ILeaseFile file, long end)
    {
        byte[] tail = new byte[Math.Min(end, TailLength)];
        int read = file.Read(tail, end - tail.Length);
        file.Write(tail.AsSpan(0, read), end - tail.Length);
    }
}
