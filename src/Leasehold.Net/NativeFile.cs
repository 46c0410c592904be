using Leasehold.Net.Interop;

namespace Leasehold.Net;

/// <summary>A file whose octets must be on stable storage before somebody is told so.</summary>
/// <remarks>
/// Reads and writes at offsets only, so there is no position to share. Every failure is a <see cref="LinuxException"/>
/// with the path. Used by one thread at a time.
/// </remarks>
public sealed unsafe partial class NativeFile : IDisposable
{
    /// <summary>Lease files tell who is where: owner writes, group reads, nobody else (0640).</summary>
    public const UnixFileMode DefaultMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    private readonly Descriptor descriptor;

    private NativeFile(Descriptor descriptor, string path)
    {
        this.descriptor = descriptor;
        Path = path;
    }

    public string Path { get; }

    /// <summary>In octets.</summary>
    public long Length
    {
        get
        {
            long length = Libc.LSeek(descriptor, 0, Libc.SEEK_END);
            return length >= 0 ? length : throw LinuxException.Last("lseek", Path);
        }
    }

    /// <summary>Opens a file to read and write.</summary>
    /// <param name="path">Its directory must exist.</param>
    /// <param name="opening">What when it is there, and what when it is not.</param>
    /// <param name="mode">The mode of a file that is made; the process's mask applies.</param>
    /// <exception cref="LinuxException">ENOENT, EEXIST, EACCES, EROFS …</exception>
    public static NativeFile Open(string path, FileOpening opening = FileOpening.OpenOrCreate, UnixFileMode mode = DefaultMode)
    {
        int flags = opening switch
        {
            FileOpening.OpenForReading => Libc.O_RDONLY,
            FileOpening.OpenExisting => Libc.O_RDWR,
            FileOpening.CreateNew => Libc.O_RDWR | Libc.O_CREAT | Libc.O_EXCL,
            _ => Libc.O_RDWR | Libc.O_CREAT,
        };
        return new(OpenDescriptor(path, flags, (uint)mode), path);
    }

    /// <summary>Reads at an offset; fewer octets than asked only at the end of the file.</summary>
    public int Read(Span<byte> destination, long offset)
    {
        int done = 0;
        fixed (byte* start = destination)
        {
            while (done < destination.Length)
            {
                nint now = Libc.PRead(descriptor, start + done, (nuint)(destination.Length - done), offset + done);
                if (now == 0) break;
                if (now > 0) done += (int)now;
                else ThrowUnlessInterrupted("pread");
            }
        }

        return done;
    }

    /// <summary>Writes all octets at an offset, or throws; after a throw any part may have been written.</summary>
    public void Write(ReadOnlySpan<byte> octets, long offset)
    {
        int done = 0;
        fixed (byte* start = octets)
        {
            while (done < octets.Length)
            {
                nint now = Libc.PWrite(descriptor, start + done, (nuint)(octets.Length - done), offset + done);
                if (now > 0) done += (int)now;
                else if (now == 0) throw new LinuxException("pwrite", Errno.EIO, Path);
                else ThrowUnlessInterrupted("pwrite");
            }
        }
    }

    /// <summary>Returns when all that was written, and the length, are on stable storage.</summary>
    /// <remarks>
    /// After a failure the kernel may have given up on octets that are still read back well, and tell nobody again: what was
    /// written since the last success must be written again.
    /// </remarks>
    public void Sync()
    {
        while (Libc.FDataSync(descriptor) != 0) ThrowUnlessInterrupted("fdatasync");
    }

    /// <summary>Cuts the file, or prolongs it with zero octets that take no room on the disk.</summary>
    public void SetLength(long length)
    {
        while (Libc.FTruncate(descriptor, length) != 0) ThrowUnlessInterrupted("ftruncate");
    }

    /// <summary>Takes room on the disk for octets to come, so that writing them cannot fail for lack of it.</summary>
    /// <param name="length">Octets from the offset on; octets there already are kept.</param>
    /// <param name="keepLength">True leaves the file's length as it is; false prolongs it with zero octets.</param>
    /// <returns>False when this file system cannot.</returns>
    /// <exception cref="LinuxException">ENOSPC: there is not that much room.</exception>
    public bool TryReserve(long offset, long length, bool keepLength)
    {
        while (Libc.FAllocate(descriptor, keepLength ? Libc.FALLOC_FL_KEEP_SIZE : 0, offset, length) != 0)
        {
            if (LinuxException.LastErrno is Errno.EOPNOTSUPP or Errno.ENOSYS) return false;
            ThrowUnlessInterrupted("fallocate");
        }

        return true;
    }

    /// <summary>Takes the file for this process, until it is closed or the process ends, however it ends.</summary>
    /// <remarks>
    /// flock(2): the lock belongs to the opening, so a second opening in this process is refused too; a child process does
    /// not inherit it (O_CLOEXEC); flock(1) lets a script see it. It belongs to the file, not to its name: lock a file that
    /// is never replaced by another.
    /// </remarks>
    /// <returns>False when another opening of the file has it.</returns>
    public bool TryLock()
    {
        while (Libc.FLock(descriptor, Libc.LOCK_EX | Libc.LOCK_NB) != 0)
        {
            if (LinuxException.LastErrno == Errno.EAGAIN) return false;
            ThrowUnlessInterrupted("flock");
        }

        return true;
    }

    /// <summary>Gives a file another name in one step, in place of the file that had it.</summary>
    /// <remarks>Stable only after <see cref="SyncDirectory"/> of the directory.</remarks>
    public static void Rename(string from, string to)
    {
        if (Libc.Rename(from, to) != 0) throw LinuxException.Last("rename", $"{from} to {to}");
    }

    /// <summary>Returns when the names in a directory (files made, renamed, removed) are on stable storage.</summary>
    public static void SyncDirectory(string path)
    {
        using Descriptor directory = OpenDescriptor(path, Libc.O_RDONLY | Libc.O_DIRECTORY, mode: 0);
        if (Libc.FSync(directory) != 0) throw LinuxException.Last("fsync", path);
    }

    public void Dispose() => descriptor.Dispose();

    private static Descriptor OpenDescriptor(string path, int flags, uint mode)
    {
        int opened = Libc.Open(path, flags | Libc.O_CLOEXEC, mode);
        while (opened < 0 && LinuxException.LastErrno == Errno.EINTR) opened = Libc.Open(path, flags | Libc.O_CLOEXEC, mode);
        return new(opened, "open", path);
    }

    private void ThrowUnlessInterrupted(string call)
    {
        Errno errno = LinuxException.LastErrno;
        if (errno != Errno.EINTR) throw new LinuxException(call, errno, Path);
    }
}

/// <summary>How a file is opened.</summary>
public enum FileOpening
{
    /// <summary>Made when it is not there.</summary>
    OpenOrCreate,

    /// <summary>It must be there.</summary>
    OpenExisting,

    /// <summary>It must not be there.</summary>
    CreateNew,

    /// <summary>It must be there, and is not written to.</summary>
    OpenForReading,
}
