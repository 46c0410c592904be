using System.Runtime.InteropServices;

namespace Leasehold.Net.Interop;

// Waiting for several descriptors: epoll(7), and eventfd(2) to end a wait from another thread.
internal static unsafe partial class Libc
{
    public const int EPOLL_CLOEXEC = 0x80000;
    public const int EPOLL_CTL_ADD = 1;
    public const int EPOLL_CTL_DEL = 2;
    public const uint EPOLLIN = 1;
    public const int EFD_CLOEXEC = 0x80000;
    public const int EFD_NONBLOCK = 0x800;

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(Descriptor epoll, int operation, Descriptor target, byte* ev);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWait(Descriptor epoll, byte* events, int max, int milliseconds);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventFd(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(Descriptor descriptor, void* octets, nuint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(Descriptor descriptor, void* octets, nuint length);
}

/// <summary>struct epoll_event, which the kernel packs on x86-64 and nowhere else; so it is read by offset.</summary>
internal static unsafe class EpollEvent
{
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;

    /// <summary>sizeof(struct epoll_event).</summary>
    public static readonly int Size = DataOffset + sizeof(ulong);

    public static void Write(byte* ev, uint events, int data)
    {
        *(uint*)ev = events;
        *(ulong*)(ev + DataOffset) = (ulong)data;
    }

    public static int Data(byte* ev) => (int)*(ulong*)(ev + DataOffset);
}
