using System.Collections.Immutable;
using Leasehold.Configuration;
using Leasehold.Configuration.Model;
using Leasehold.Log;
using Microsoft.Extensions.Logging;

namespace Leasehold.Serve;

/// <summary>A DHCP server of one address family: what is the same for both.</summary>
/// <param name="component">The logger's name and the thread's: "dhcp4".</param>
/// <param name="messages">What it says about itself, under the ids of its family.</param>
internal abstract class DhcpService<TConfig>(string component, ServiceMessages messages, ServeArguments arguments, Places places, LogTree logTree) : IService
    where TConfig : class
{
    // Everybody may read who runs; nobody else may write it.
    private const UnixFileMode PidFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly List<IDisposable> opened = [];
    private Thread? thread;
    private ServerLoop? loop;
    private string? leaseFile;
    private Exception? failure;
    private bool stopping;

    protected ServeArguments Arguments { get; } = arguments;
    protected Places Places { get; } = places;
    protected LogTree LogTree { get; } = logTree;
    protected ILogger Log { get; } = logTree.Get(component);

    /// <summary>For what is told of lease files.</summary>
    protected ILogger LeaseLog { get; } = logTree.Get("dhcpsrv");

    public int? Start(Action ended)
    {
        messages.Starting(Log, VersionCommand.Short);
        messages.StartInfo(Log, Environment.ProcessId, ServerPort, ClientPort);
        int? failed;
        try
        {
            failed = Open();
        }
        catch (IOException exception)
        {
            messages.InitFail(Log, exception.Message);
            failed = ExitStatus.Failed;
        }

        if (failed is not null || loop is null)
        {
            Close();
            return failed ?? ExitStatus.Failed;
        }

        ServerLoop running = loop;
        thread = new(() => Run(running, ended)) { Name = component };
        thread.Start();
        messages.Started(Log, VersionCommand.Short);
        return null;
    }

    public void Reload()
    {
        messages.Reconfiguration(Log, Arguments.ConfigFile, "SIGHUP");
        if (loop is null || ReadConfig(messages.ReconfigurationFail) is not { } config) return;
        string? next = LeaseFileOf(config);
        if (next != leaseFile)
        {
            string reason = $"lease-database: the lease file of a running server cannot change (from {leaseFile ?? "memory only"} to {next ?? "memory only"}); restart the server for that";
            messages.ReconfigurationFail(Log, Arguments.ConfigFile, reason);
            return;
        }

        LogTree.Use(LoggersOf(config));
        loop.Post(() =>
        {
            Use(config);
            Complete(config);
            messages.ReconfigurationSuccess(Log, Arguments.ConfigFile);
        });
    }

    public void Stop(string cause)
    {
        if (stopping) return;
        stopping = true;
        messages.ShutdownRequest(Log, cause);
        loop?.Stop();
    }

    public int Finish()
    {
        thread?.Join();
        string? gaveUp = loop?.GaveUp;
        Close();
        if (gaveUp is not null)
        {
            messages.InitFail(Log, gaveUp);
            return ExitStatus.Failed;
        }

        messages.Statistics(Log, StatisticsText);
        if (failure is null)
        {
            messages.Shutdown(Log);
            return ExitStatus.Done;
        }

        messages.ServerFailed(Log, failure.Message, failure);
        return ExitStatus.Failed;
    }

    protected abstract int ServerPort { get; }

    protected abstract int ClientPort { get; }

    /// <summary>The counters that are not zero, in a line.</summary>
    protected abstract string StatisticsText { get; }

    protected abstract ConfigResult<TConfig> Read();

    protected abstract ImmutableArray<LoggerConfig> LoggersOf(TConfig config);

    /// <summary>Null for leases in memory only.</summary>
    protected abstract string? LeaseFileOf(TConfig config);

    /// <summary>Opens leases and sockets, and gives the loop its family.</summary>
    /// <returns>Null when all is well; otherwise the exit status, and the log says why.</returns>
    protected abstract int? Open(TConfig config, string? leaseFile, ServerLoop serving);

    /// <summary>Begins what works beside the packets, once it is sure that there will be some.</summary>
    protected abstract void StartBeside(TConfig config, ServerLoop serving);

    /// <summary>Goes over to another configuration. On the loop's thread.</summary>
    protected abstract void Use(TConfig config);

    /// <summary>Says that a configuration is in force.</summary>
    protected abstract void Complete(TConfig config);

    /// <summary>Keeps what is to be disposed of at the end, the last first.</summary>
    protected T Keep<T>(T resource)
        where T : IDisposable
    {
        opened.Add(resource);
        return resource;
    }

    /// <summary>False, and told, when nothing can be served now and waiting will not help, or when all interfaces must be there and one is not.</summary>
    /// <param name="mayRetry">Tries are configured.</param>
    protected bool CanServe(IListeners listeners, bool mayRetry)
    {
        // An interface may come later, but a port that is taken or forbidden on all of them is a mistake to be told at once.
        // Where tries are configured the loop goes on with them, and ends when they are used up.
        if (!listeners.Lacks || mayRetry) return true;
        messages.InitFail(Log, string.Join("; ", listeners.Problems));
        return false;
    }

    private int? Open()
    {
        if (ReadConfig(messages.ConfigLoadFail) is not { } config) return ExitStatus.BadUsage;
        LogTree.Use(LoggersOf(config));
        if (TakePidFile() is { } pidFile) Keep(pidFile);
        leaseFile = LeaseFileOf(config);
        ServerLoop serving = new(TimeProvider.System);
        int? failed = Open(config, leaseFile, serving);
        Keep(serving);
        if (failed is not null) return failed;
        Complete(config);
        StartBeside(config, serving);
        loop = serving;
        return null;
    }

    private void Run(ServerLoop running, Action ended)
    {
        try
        {
            running.Run();
        }
        catch (Exception exception)
        {
            // A broken invariant: this thread must not go on, and the main thread ends the process with a line about it.
            failure = exception;
        }

        ended();
    }

    private void Close()
    {
        for (int i = opened.Count - 1; i >= 0; i--) opened[i].Dispose();
        opened.Clear();
    }

    private TConfig? ReadConfig(Action<ILogger, string, string> refuse)
    {
        messages.ConfigStart(Log, Arguments.ConfigFile);
        ConfigResult<TConfig> result = Read();
        foreach (ConfigDiagnostic diagnostic in result.Diagnostics)
        {
            if (diagnostic.IsWarning) messages.ConfigWarning(Log, diagnostic.ToString());
            else messages.ConfigError(Log, diagnostic.ToString());
        }

        if (result.Config is not null) return result.Config;
        int errors = result.Diagnostics.Count(static d => !d.IsWarning);
        refuse(Log, Arguments.ConfigFile, $"{errors} {(errors == 1 ? "error" : "errors")}, see above");
        return null;
    }

    private PidFile? TakePidFile()
    {
        string path = Places.PidFile(component, Arguments.ConfigFile);
        try
        {
            if (Path.GetDirectoryName(path) is { } directory) Directory.CreateDirectory(directory);
            PidFile? file = PidFile.TryTake(path, PidFileMode, remove: true, out int holder);
            if (file is null) ServerMessages.PidFileError(Log, path, $"process {holder} uses it; this server goes on without one (LEASEHOLD_PIDFILE_DIR names another folder)");
            return file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ServerMessages.PidFileError(Log, path, $"{exception.Message}; this server goes on without one (LEASEHOLD_PIDFILE_DIR names another folder)");
            return null;
        }
    }
}
