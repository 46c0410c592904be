namespace Leasehold.Demo;

/// <summary>A DHCP server in a namespace: started, killed, started again, always with the same files.</summary>
public sealed class ServerProcess
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private static readonly string[] FolderVariables =
    [
        "LEASEHOLD_DHCP_DATA_DIR", "LEASEHOLD_DATA_DIR", "LEASEHOLD_PIDFILE_DIR", "LEASEHOLD_LOCKFILE_DIR",
        "KEA_DHCP_DATA_DIR", "KEA_PIDFILE_DIR", "KEA_LOCKFILE_DIR",
    ];

    private readonly NamespaceHost place;
    private readonly string folder;
    private readonly IReadOnlyList<string> program;
    private readonly string service;
    private int starts;

    /// <param name="folder">Where its configuration, log and lease file are.</param>
    /// <param name="program">The program and what goes before its own arguments; <see cref="ThisProgram"/> is the usual one.</param>
    /// <param name="service">The sub-command: "dhcp4", "dhcp6", or "serve" for both in one process.</param>
    public ServerProcess(NamespaceHost place, string folder, IReadOnlyList<string> program, string service = "dhcp4")
    {
        this.service = service;
        this.place = place;
        this.folder = folder;
        this.program = program;
    }

    public string ConfigurationFile => Path.Combine(folder, $"{service}.json");

    public string LeaseFile => Path.Combine(folder, "leases.csv");

    /// <summary>The lease file of DHCPv6 beside it, for a server of both families.</summary>
    public string LeaseFile6 => Path.Combine(folder, "leases6.csv");

    /// <summary>The process that was started last; null before the first start.</summary>
    public RunningProgram? Running { get; private set; }

    /// <summary>What the process that was started last has written.</summary>
    public string Log => Running?.Output() ?? "";

    /// <summary>How to start the program that runs now: its own file, or the runtime and the assembly.</summary>
    public static IReadOnlyList<string> ThisProgram()
    {
        string self = Environment.ProcessPath ?? throw new InvalidOperationException("this process has no file");
        return Path.GetFileNameWithoutExtension(self) == "dotnet" ? [self, Path.Combine(AppContext.BaseDirectory, "leasehold.dll")] : [self];
    }

    /// <summary>Where a server keeps its files, in the variables that it honours.</summary>
    public IReadOnlyDictionary<string, string> Environs() => FolderVariables.ToDictionary(name => name, _ => folder, StringComparer.Ordinal);

    /// <summary>Starts the server and waits until it says that it serves.</summary>
    /// <exception cref="DemoException">It ended, or never said so; with the end of its log.</exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        var started = Launch();
        try
        {
            await Wait.UntilAsync(() => Serves(started) || started.HasExited, StartLimit, "the server starts", cancel);
        }
        catch (DemoException failure)
        {
            throw new DemoException($"{failure.Message}; its log ends:\n{LogTail()}");
        }

        if (!Serves(started)) throw new DemoException($"the server ended with exit status {started.ExitStatus}; its log ends:\n{LogTail()}");
    }

    /// <summary>Starts the server without waiting.</summary>
    public RunningProgram Launch()
    {
        // A file of its own for every start, so that what an earlier one wrote is not taken for this one's.
        string log;
        do log = Path.Combine(folder, $"server-{++starts}.log");
        while (File.Exists(log));
        Running = place.Start(log, [.. program, service, "-c", ConfigurationFile], Environs());
        return Running;
    }

    /// <summary>SIGKILL: no chance to write anything more.</summary>
    public void Kill() => Running?.Kill();

    /// <summary>The last lines that it wrote.</summary>
    public string LogTail(int lines = 12) => string.Join('\n', Log.TrimEnd().Split('\n').TakeLast(lines));

    private bool Serves(RunningProgram started)
    {
        string output = started.Output();
        string[] families = service == "serve" ? ["dhcp4", "dhcp6"] : [service];
        return families.All(family => output.Contains($"{family.ToUpperInvariant()}_STARTED", StringComparison.Ordinal));
    }
}
