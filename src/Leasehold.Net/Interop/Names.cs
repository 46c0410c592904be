using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Leasehold.Net.Interop;

// Names of files and whose they are: link(2), statx(2), chown(2). And the calling thread's niceness: setpriority(2).
internal static unsafe partial class Libc
{
    public const int AT_FDCWD = -100;
    public const int PRIO_PROCESS = 0;

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Link(string from, string to);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int StatX(int directory, string path, int flags, uint mask, byte* result);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChOwn(string path, uint owner, uint group);

    [LibraryImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    public static partial int SetPriority(int which, uint who, int priority);
}

/// <summary>struct statx of linux/stat.h, the same on every architecture.</summary>
internal static class StatXFields
{
    public const int Size = 256;

    /// <summary>STATX_UID | STATX_GID | STATX_INO.</summary>
    public const uint Mask = 0x8 | 0x10 | 0x100;

    private static readonly bool Little = BitConverter.IsLittleEndian;

    public static uint Owner(ReadOnlySpan<byte> stat) => UInt32(stat[20..]);

    public static uint Group(ReadOnlySpan<byte> stat) => UInt32(stat[24..]);

    public static ulong Inode(ReadOnlySpan<byte> stat) =>
        Little ? BinaryPrimitives.ReadUInt64LittleEndian(stat[32..]) : BinaryPrimitives.ReadUInt64BigEndian(stat[32..]);

    public static ulong Device(ReadOnlySpan<byte> stat) => ((ulong)UInt32(stat[136..]) << 32) | UInt32(stat[140..]);

    private static uint UInt32(ReadOnlySpan<byte> octets) =>
        Little ? BinaryPrimitives.ReadUInt32LittleEndian(octets) : BinaryPrimitives.ReadUInt32BigEndian(octets);
}
