using System.Globalization;

namespace Leasehold.Log;

/// <summary>A file that is renamed to NAME.1 when it has grown to its limit, NAME.1 to NAME.2 and so on.</summary>
/// <remarks>Opened at the first line and again after a failure, so that a full disk or a missing folder heals without a restart.</remarks>
/// <param name="path">The file; appended to when it exists.</param>
/// <param name="maxSize">Octets; below <see cref="SmallestMaxSize"/> the file is never renamed.</param>
/// <param name="maxVersions">How many renamed files are kept; 0 empties the file instead.</param>
internal sealed class FileSink(string path, long maxSize, int maxVersions) : ILogSink
{
    /// <summary>Smaller limits count as none, as with the established server.</summary>
    public const long SmallestMaxSize = 204_800;

    // Leases and client names are in there: the owner and the group of administrators may read, nobody else.
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    private FileStream? stream;
    private long size;

    public bool MarksSeverity => false;

    public void Write(ReadOnlySpan<byte> lines)
    {
        try
        {
            FileStream file = stream ?? Open();
            while (!lines.IsEmpty)
            {
                int part = Fitting(lines);
                if (part == 0)
                {
                    Rotate();
                    file = Open();
                    continue;
                }

                file.Write(lines[..part]);
                size += part;
                lines = lines[part..];
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Close();
            throw exception as IOException ?? new IOException(exception.Message, exception);
        }
    }

    public void Dispose() => Close();

    /// <summary>How many octets of whole lines go in before the limit; at least one line into an empty file.</summary>
    private int Fitting(ReadOnlySpan<byte> lines)
    {
        if (maxSize < SmallestMaxSize || size + lines.Length <= maxSize) return lines.Length;
        long room = maxSize - size;
        int fitting = room > 0 ? lines[..(int)Math.Min(room, lines.Length)].LastIndexOf((byte)'\n') + 1 : 0;
        return fitting > 0 || size > 0 ? fitting : lines.IndexOf((byte)'\n') + 1;
    }

    private FileStream Open()
    {
        stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            UnixCreateMode = Mode,
        });
        size = stream.Length;
        return stream;
    }

    private void Rotate()
    {
        Close();
        if (maxVersions == 0)
        {
            File.Delete(path);
            return;
        }

        for (int version = maxVersions - 1; version >= 1; version--)
        {
            if (File.Exists(Versioned(version))) File.Move(Versioned(version), Versioned(version + 1), overwrite: true);
        }

        File.Move(path, Versioned(1), overwrite: true);
    }

    private string Versioned(int version) => string.Create(CultureInfo.InvariantCulture, $"{path}.{version}");

    private void Close()
    {
        stream?.Dispose();
        stream = null;
    }
}
