using Leasehold.Leases;

namespace Leasehold.Fuzz.Targets;

/// <summary>A directory of lease files in memory.</summary>
internal sealed class MemoryDirectory : ILeaseDirectory
{
    private const long Unlimited = 1L << 40;

    private readonly Dictionary<string, MemoryFile> files = new(StringComparer.Ordinal);

    public long Available => Unlimited;

    /// <summary>A directory with one file.</summary>
    public static MemoryDirectory With(string name, ReadOnlySpan<byte> octets)
    {
        MemoryDirectory directory = new();
        directory.Open(name).Write(octets, 0);
        return directory;
    }

    public bool Exists(string name) => files.ContainsKey(name);

    public ILeaseFile Open(string name)
    {
        if (!files.TryGetValue(name, out MemoryFile? file)) files[name] = file = new();
        return file;
    }

    public void Rename(string from, string to)
    {
        files[to] = files[from];
        files.Remove(from);
    }

    public void Link(string from, string to)
    {
        if (!files.TryAdd(to, files[from])) throw new IOException("File exists");
    }

    public bool AreSame(string one, string other) =>
        files.TryGetValue(one, out MemoryFile? first) && files.TryGetValue(other, out MemoryFile? second) && ReferenceEquals(first, second);

    public void Delete(string name) => files.Remove(name);

    public void Sync()
    {
    }

    private sealed class MemoryFile : ILeaseFile
    {
        private byte[] octets = [];

        public long Length => octets.Length;

        public int Read(Span<byte> destination, long offset)
        {
            if (offset >= octets.Length) return 0;
            int length = Math.Min(destination.Length, octets.Length - (int)offset);
            octets.AsSpan((int)offset, length).CopyTo(destination);
            return length;
        }

        public void Write(ReadOnlySpan<byte> written, long offset)
        {
            if (offset + written.Length > octets.Length) Array.Resize(ref octets, (int)offset + written.Length);
            written.CopyTo(octets.AsSpan((int)offset));
        }

        public void SetLength(long length) => Array.Resize(ref octets, (int)length);

        public void Sync()
        {
        }

        public void Dispose()
        {
        }
    }
}
