using Leasehold.Net.Interop;

namespace Leasehold.Net;

/// <summary>Runs code in a named network namespace (ip-netns(8)).</summary>
/// <remarks>
/// A namespace belongs to a thread, so the code runs on one of its own, to its end; sockets that it opens stay in the
/// namespace and may be used by any thread. Needs CAP_SYS_ADMIN.
/// </remarks>
public static class NetworkNamespace
{
    /// <summary>Where ip-netns(8) keeps its names.</summary>
    public const string Directory = "/run/netns";

    /// <summary>Runs a function and returns its result, or throws what it threw.</summary>
    /// <exception cref="LinuxException">open: ENOENT, no such namespace. setns: EPERM, not allowed.</exception>
    public static T Run<T>(string name, Func<T> function)
    {
        string path = Path.Combine(Directory, name);
        using Descriptor target = new(Libc.Open(path, Libc.O_RDONLY | Libc.O_CLOEXEC, 0), "open", path);
        Task<T> task = new(() =>
        {
            if (Libc.SetNs(target, Libc.CLONE_NEWNET) != 0) throw LinuxException.Last("setns", name);
            return function();
        });
        // The thread ends in the other namespace instead of coming back, so no failure can leave it half-way.
        Thread thread = new(() => task.RunSynchronously(TaskScheduler.Default)) { Name = $"netns {name}", IsBackground = true };
        thread.Start();
        thread.Join();
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Runs an action, or throws what it threw.</summary>
    /// <exception cref="LinuxException">open: ENOENT, no such namespace. setns: EPERM, not allowed.</exception>
    public static void Run(string name, Action action) => Run<object?>(name, () =>
    {
        action();
        return null;
    });
}
