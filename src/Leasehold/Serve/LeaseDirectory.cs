using Leasehold.Leases;
using Leasehold.Net;

namespace Leasehold.Serve;

/// <summary>A directory of the operating system, for the lease log.</summary>
internal sealed class LeaseDirectory(string path) : ILeaseDirectory
{
    public bool Exists(string name) => File.Exists(At(name));

    public ILeaseFile Open(string name) => new LeaseFile(NativeFile.Open(At(name)));

    public void Rename(string from, string to) => NativeFile.Rename(At(from), At(to));

    public void Delete(string name)
    {
        try
        {
            File.Delete(At(name));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    public void Sync() => NativeFile.SyncDirectory(path);

    private string At(string name) => Path.Combine(path, name);

    private sealed class LeaseFile(NativeFile file) : ILeaseFile
    {
        public long Length => file.Length;

        public int Read(Span<byte> destination, long offset) => file.Read(destination, offset);

        public void Write(ReadOnlySpan<byte> octets, long offset) => file.Write(octets, offset);

        public void SetLength(long length) => file.SetLength(length);

        public void Sync() => file.Sync();

        public void Dispose() => file.Dispose();
    }
}
