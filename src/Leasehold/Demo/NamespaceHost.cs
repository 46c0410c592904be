namespace Leasehold.Demo;

/// <summary>A host that is a network namespace: a machine without hardware. Disposing ends what was started in it and removes it.</summary>
public sealed class NamespaceHost : IDisposable
{
    private readonly List<RunningProgram> programs = [];

    private NamespaceHost(string name) => Name = name;

    public string Name { get; }

    /// <summary>Makes a namespace with its loopback interface up.</summary>
    /// <exception cref="DemoException">The name is taken, or this program is not root.</exception>
    public static NamespaceHost Create(string name)
    {
        ExternalProgram.Run("ip", "netns", "add", name);
        var made = new NamespaceHost(name);
        try
        {
            made.Ip("link", "set", "dev", "lo", "up");
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    /// <summary>A namespace that somebody else made and removes; it must not be disposed.</summary>
    public static NamespaceHost Of(string name) => new(name);

    /// <summary>Removes namespaces called PREFIX-PROCESS-… whose process is gone: a run that was killed could not remove its own.</summary>
    public static void RemoveLeftovers(string prefix)
    {
        if (!Directory.Exists("/run/netns")) return;
        foreach (string path in Directory.EnumerateFiles("/run/netns", $"{prefix}-*"))
        {
            string name = Path.GetFileName(path);
            string process = name[(prefix.Length + 1)..].Split('-')[0];
            if (!int.TryParse(process, out _) || Directory.Exists($"/proc/{process}")) continue;
            EndProcesses(name);
            ExternalProgram.TryRun("ip", "netns", "delete", name);
        }
    }

    /// <summary>Runs <c>ip</c> for this namespace.</summary>
    /// <exception cref="DemoException">It failed.</exception>
    public string Ip(params ReadOnlySpan<string> arguments) => ExternalProgram.Run("ip", ["-n", Name, .. arguments]);

    /// <summary>Runs a program in this namespace to its end.</summary>
    /// <exception cref="DemoException">Its exit status is not 0.</exception>
    public string Run(params ReadOnlySpan<string> command) => ExternalProgram.Run("ip", ["netns", "exec", Name, .. command]);

    /// <summary>Starts a program in this namespace; it ends, at the latest, with the namespace.</summary>
    /// <remarks><c>ip netns exec</c> gives it a mount namespace of its own, too: what it mounts, nobody else sees.</remarks>
    public RunningProgram Start(string outputFile, IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment = null)
    {
        var program = RunningProgram.Start(outputFile, ["ip", "netns", "exec", Name], command, environment);
        lock (programs) programs.Add(program);
        return program;
    }

    /// <summary>Joins this namespace to another by a veth pair, both ends up.</summary>
    public void Connect(string link, NamespaceHost other, string otherLink)
    {
        Ip("link", "add", link, "type", "veth", "peer", "name", otherLink, "netns", other.Name);
        Ip("link", "set", "dev", link, "up");
        other.Ip("link", "set", "dev", otherLink, "up");
    }

    public void Dispose()
    {
        lock (programs)
        {
            foreach (var program in programs) program.Dispose();
        }

        EndProcesses(Name);
        ExternalProgram.TryRun("ip", "netns", "delete", Name);
    }

    /// <summary>Ends what the programs left behind in the namespace, such as a client's own children: all of it is ours.</summary>
    private static void EndProcesses(string name)
    {
        var (status, output) = ExternalProgram.TryRun("ip", "netns", "pids", name);
        string[] left = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (status == 0 && left.Length > 0) ExternalProgram.TryRun("sh", "-c", $"kill -KILL {string.Join(' ', left)}");
    }
}
