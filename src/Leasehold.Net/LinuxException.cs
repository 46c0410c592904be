using System.Runtime.InteropServices;

namespace Leasehold.Net;

/// <summary>A system call failed.</summary>
/// <remarks>The message reads "bind 0.0.0.0:67 on eth0: EADDRINUSE (Address already in use)".</remarks>
public sealed class LinuxException : IOException
{
    /// <summary>Names a failure.</summary>
    /// <param name="call">The system call: "bind".</param>
    /// <param name="errno">What the kernel said.</param>
    /// <param name="subject">What it was about: a path, an address, an option; null when the call says it all.</param>
    public LinuxException(string call, Errno errno, string? subject = null)
        : base($"{call}{(subject is null ? "" : " ")}{subject}: {NameOf(errno)} ({Marshal.GetPInvokeErrorMessage((int)errno)})")
    {
        Call = call;
        Errno = errno;
        Subject = subject;
    }

    public string Call { get; }
    public Errno Errno { get; }
    public string? Subject { get; }

    /// <summary>"EADDRINUSE", or "errno 133" for a number without a name here.</summary>
    public static string NameOf(Errno errno) => Enum.IsDefined(errno) ? errno.ToString() : $"errno {(int)errno}";

    /// <summary>The failure of the call that this thread made last.</summary>
    internal static LinuxException Last(string call, string? subject = null) => new(call, LastErrno, subject);

    internal static Errno LastErrno => (Errno)Marshal.GetLastPInvokeError();
}
