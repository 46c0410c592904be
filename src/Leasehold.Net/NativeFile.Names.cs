using Leasehold.Net.Interop;

namespace Leasehold.Net;

public sealed unsafe partial class NativeFile
{
    /// <summary>Gives a file a second name; it fails where that name is taken.</summary>
    /// <remarks>Stable only after <see cref="SyncDirectory"/> of the directory.</remarks>
    /// <exception cref="LinuxException">EEXIST; EPERM or EOPNOTSUPP: this file system gives a file one name only …</exception>
    public static void Link(string from, string to)
    {
        if (Libc.Link(from, to) != 0) throw LinuxException.Last("link", $"{from} to {to}");
    }

    /// <summary>Which file a name stands for, and whose it is; null where there is none.</summary>
    /// <exception cref="LinuxException">EACCES, EIO …</exception>
    public static FileIdentity? Identify(string path)
    {
        byte* stat = stackalloc byte[StatXFields.Size];
        if (Libc.StatX(Libc.AT_FDCWD, path, 0, StatXFields.Mask, stat) != 0)
            return LinuxException.LastErrno == Errno.ENOENT ? null : throw LinuxException.Last("statx", path);
        ReadOnlySpan<byte> fields = new(stat, StatXFields.Size);
        return new(StatXFields.Device(fields), StatXFields.Inode(fields), StatXFields.Owner(fields), StatXFields.Group(fields));
    }

    /// <summary>Gives a file to an owner and a group.</summary>
    /// <exception cref="LinuxException">EPERM: only root gives files away …</exception>
    public static void SetOwner(string path, FileIdentity like)
    {
        if (Libc.ChOwn(path, like.Owner, like.Group) != 0) throw LinuxException.Last("chown", path);
    }
}

/// <summary>A file, whatever its names.</summary>
/// <param name="Device">With Inode, what tells it from every other file of this machine.</param>
/// <param name="Owner">The user's number.</param>
/// <param name="Group">The group's number.</param>
public readonly record struct FileIdentity(ulong Device, ulong Inode, uint Owner, uint Group);
