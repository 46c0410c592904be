using System.Security;

namespace Leasehold.Configuration.Text;

/// <summary>Gives a file's content. The readers take all their files through one of these, so that they can be given texts.</summary>
/// <param name="path">As the person wrote it, or next to the including file where that was relative.</param>
public delegate FileContent FileReader(string path);

/// <summary>A file's octets, or the reason why there are none.</summary>
/// <param name="Octets">Null exactly when there is an error.</param>
/// <param name="Error">Why the file cannot be read: "permission denied".</param>
public readonly record struct FileContent(ReadOnlyMemory<byte>? Octets, string? Error)
{
    public static FileContent Of(ReadOnlyMemory<byte> octets) => new(octets, null);

    public static FileContent Failed(string why) => new(null, why);
}

/// <summary>The files of this machine.</summary>
public static class DiskFiles
{
    /// <summary>A configuration of 100,000 reservations has about 20 MiB; what is far above is no configuration.</summary>
    public const long MaxOctets = 512L * 1024 * 1024;

    /// <summary>Reads the file at once. What the system refuses is an error value, not an exception.</summary>
    public static FileContent Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (Directory.Exists(path)) return FileContent.Failed("it is a directory");
            if (file.Exists && file.Length > MaxOctets) return FileContent.Failed($"it is larger than {MaxOctets / 1024 / 1024} MiB");
            return FileContent.Of(File.ReadAllBytes(path));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return FileContent.Failed("there is no such file");
        }
        catch (UnauthorizedAccessException)
        {
            return FileContent.Failed("permission denied");
        }
        catch (Exception error) when (error is IOException or SecurityException or ArgumentException or NotSupportedException)
        {
            return FileContent.Failed(error.Message);
        }
    }
}
