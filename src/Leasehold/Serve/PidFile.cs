using System.Globalization;
using System.Text;
using Leasehold.Net;

namespace Leasehold.Serve;

/// <summary>A file that holds the process id and a lock for as long as the process lives.</summary>
/// <remarks>The lock is the kernel's (flock): after a crash it is gone by itself, whatever the file says.</remarks>
internal sealed class PidFile : IDisposable
{
    private readonly NativeFile file;
    private readonly string path;
    private readonly bool remove;

    private PidFile(NativeFile file, string path, bool remove)
    {
        this.file = file;
        this.path = path;
        this.remove = remove;
    }

    /// <summary>Takes the lock and writes the process id.</summary>
    /// <param name="remove">The file goes when the process ends. A file that only locks stays: removing it would race with the next process.</param>
    /// <param name="holder">Who has the lock, when the result is null; 0 when the file does not say.</param>
    /// <returns>Null when another process has the lock.</returns>
    /// <exception cref="IOException">The file cannot be opened or written.</exception>
    public static PidFile? TryTake(string path, UnixFileMode mode, bool remove, out int holder)
    {
        holder = 0;
        NativeFile opened = NativeFile.Open(path, FileOpening.OpenOrCreate, mode);
        try
        {
            if (!opened.TryLock())
            {
                holder = ReadHolder(opened);
                opened.Dispose();
                return null;
            }

            byte[] text = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n"));
            opened.SetLength(0);
            opened.Write(text, 0);
            return new(opened, path, remove);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (remove)
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // A file that stays says nothing: its lock goes with the process.
            }
        }

        file.Dispose();
    }

    private static int ReadHolder(NativeFile file)
    {
        Span<byte> text = stackalloc byte[16];
        int length = file.Read(text, 0);
        return int.TryParse(Encoding.ASCII.GetString(text[..length]).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : 0;
    }
}
