using Leasehold.Net.Interop;

namespace Leasehold.Net;

/// <summary>How willingly a thread lets others go first (nice(2)); on Linux each thread has a niceness of its own.</summary>
public static class ThreadNiceness
{
    private const int Nicest = 19;

    /// <summary>The calling thread gets the processor only when no ordinary thread wants it, or nearly so. It cannot be taken back without rights.</summary>
    public static void LetOthersFirst()
    {
        // Being less nice is all that can be refused, and a thread that stays as it was does its work all the same.
        _ = Libc.SetPriority(Libc.PRIO_PROCESS, 0, Nicest);
    }
}
