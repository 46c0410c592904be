using Leasehold.Leases;
using Leasehold.Net;

namespace Leasehold.Serve;

/// <summary>A directory of the operating system, for the lease log.</summary>
/// <param name="path">The directory.</param>
/// <param name="owner">Whose the files are that are made; null for the process's own.</param>
internal sealed class LeaseDirectory(string path, FileIdentity? owner = null) : ILeaseDirectory
{
    public long Available
    {
        get
        {
            try
            {
                return new DriveInfo(path).AvailableFreeSpace;
            }
            catch (UnauthorizedAccessException exception)
            {
                throw new IOException(exception.Message, exception);
            }
        }
    }

    public bool Exists(string name) => File.Exists(At(name));

    public ILeaseFile Open(string name)
    {
        bool isNew = owner is not null && !Exists(name);
        NativeFile opened = NativeFile.Open(At(name));
        try
        {
            if (isNew && owner is { } like) NativeFile.SetOwner(At(name), like);
            return new LeaseFile(opened);
        }
        catch (IOException)
        {
            opened.Dispose();
            throw;
        }
    }

    public void Rename(string from, string to) => NativeFile.Rename(At(from), At(to));

    public void Link(string from, string to) => NativeFile.Link(At(from), At(to));

    public bool AreSame(string one, string other) =>
        NativeFile.Identify(At(one)) is { } first && NativeFile.Identify(At(other)) is { } second
        && (first.Device, first.Inode) == (second.Device, second.Inode);

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
