using System.Runtime.InteropServices;

namespace Leasehold.Net.Interop;

// Network namespaces: setns(2). A network namespace belongs to a thread.
internal static partial class Libc
{
    public const int CLONE_NEWNET = 0x40000000;

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    public static partial int SetNs(Descriptor ns, int type);
}
