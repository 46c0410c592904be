using System.Runtime.InteropServices;

namespace Leasehold.Net.Interop;

/// <summary>An open file descriptor, closed once.</summary>
/// <remarks>Calls return int, not this type: a handle is as wide as a pointer, and -1 from the kernel is only 32 bits wide.</remarks>
internal sealed class Descriptor : SafeHandle
{
    /// <summary>Takes what a call returned.</summary>
    /// <exception cref="LinuxException">The call returned -1.</exception>
    public Descriptor(int value, string call, string? subject = null)
        : base(-1, ownsHandle: true)
    {
        if (value < 0) throw LinuxException.Last(call, subject);
        SetHandle(value);
    }

    public override bool IsInvalid => handle == -1;

    protected override bool ReleaseHandle() => Libc.Close((int)handle) == 0;
}
