using System.Runtime.InteropServices;

namespace Leasehold.Net.Interop;

/// <summary>struct timespec on 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Timespec
{
    public long Seconds;
    public long Nanoseconds;
}

internal static unsafe partial class Libc
{
    /// <summary>nanosleep(2); a signal ends it early.</summary>
    [LibraryImport("libc", EntryPoint = "nanosleep")]
    public static partial int NanoSleep(Timespec* length, Timespec* remaining);
}
