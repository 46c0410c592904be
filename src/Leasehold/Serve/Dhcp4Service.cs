using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Leasehold.Configuration;
using Leasehold.Configuration.Kea;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Leasehold.Log;
using Microsoft.Extensions.Logging;

namespace Leasehold.Serve;

/// <summary>A DHCPv4 server from start to end: builds it top-down, then waits for signals while its thread serves.</summary>
internal sealed class Dhcp4Service(ServeArguments arguments, Places places, LogTree logTree)
{
    // Everybody may read who runs; nobody else may write it.
    private const UnixFileMode PidFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly ILogger log = logTree.Get("dhcp4");
    private readonly ILogger leaseLog = logTree.Get("dhcpsrv");
    private readonly BlockingCollection<string> signals = [];
    private Exception? failure;

    /// <summary>Serves until a signal ends it.</summary>
    /// <returns>The exit status.</returns>
    public int Run()
    {
        Dhcp4Messages.Starting(log, VersionCommand.Short);
        Dhcp4Messages.StartInfo(log, Environment.ProcessId, arguments.ServerPort, arguments.ReplyPorts.Client);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Take);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Take);

        if (ReadConfig(Dhcp4Messages.ConfigLoadFail) is not { } config) return ExitStatus.BadUsage;
        logTree.Use(config.Loggers);
        using PidFile? pidFile = TakePidFile();
        string? leaseFile = LeaseStore4.FileOf(config.LeaseDatabase, places);
        using LeaseStore4? store = LeaseStore4.TryOpen(leaseFile, config.LeaseDatabase, leaseLog, Console.IsErrorRedirected ? null : Console.Error);
        if (store is null) return ExitStatus.Failed;

        Dhcp4Statistics statistics = new();
        try
        {
            using Dhcp4Loop loop = new(config, store, arguments.ServerPort, arguments.ReplyPorts, new PacketLog(logTree), statistics, TimeProvider.System, log);
            if (!CanServe(config.Interfaces, loop.Listeners)) return ExitStatus.Failed;
            CheckLeases(loop, config);
            Complete(config);
            using LeaseCleaner4? cleaner = LeaseCleaner4.Start(store, config, loop.Post, TimeProvider.System, leaseLog);
            Serve(loop, cleaner, leaseFile);
            if (loop.GaveUp is { } reason)
            {
                Dhcp4Messages.InitFail(log, reason);
                return ExitStatus.Failed;
            }
        }
        catch (IOException exception)
        {
            Dhcp4Messages.InitFail(log, exception.Message);
            return ExitStatus.Failed;
        }

        Dhcp4Messages.Statistics(log, statistics.ToString());
        if (failure is null)
        {
            Dhcp4Messages.Shutdown(log);
            return ExitStatus.Done;
        }

        Dhcp4Messages.ServerFailed(log, failure.Message, failure);
        return ExitStatus.Failed;
    }

    private void Take(PosixSignalContext signal)
    {
        signal.Cancel = true;
        signals.Add(signal.Signal.ToString());
    }

    private void Serve(Dhcp4Loop loop, LeaseCleaner4? cleaner, string? leaseFile)
    {
        const string Ended = "";
        Thread thread = new(() =>
        {
            try
            {
                loop.Run();
            }
            catch (Exception exception)
            {
                // A broken invariant: this thread must not go on, and the main thread ends the process with a line about it.
                failure = exception;
            }

            signals.Add(Ended);
        })
        {
            Name = "dhcp4",
        };
        thread.Start();
        Dhcp4Messages.Started(log, VersionCommand.Short);
        foreach (string signal in signals.GetConsumingEnumerable())
        {
            if (signal == Ended) break;
            if (signal == nameof(PosixSignal.SIGHUP))
            {
                Reload(loop, cleaner, leaseFile);
                continue;
            }

            Dhcp4Messages.ShutdownRequest(log, signal);
            loop.Stop();
        }

        thread.Join();
    }

    /// <summary>Reads the configuration again; the packet thread goes on meanwhile, and with the old one when there is an error.</summary>
    private void Reload(Dhcp4Loop loop, LeaseCleaner4? cleaner, string? leaseFile)
    {
        Dhcp4Messages.Reconfiguration(log, arguments.ConfigFile, nameof(PosixSignal.SIGHUP));
        if (ReadConfig(Dhcp4Messages.ReconfigurationFail) is not { } config) return;
        string? nextLeaseFile = LeaseStore4.FileOf(config.LeaseDatabase, places);
        if (nextLeaseFile != leaseFile)
        {
            string reason = $"lease-database: the lease file of a running server cannot change (from {leaseFile ?? "memory only"} to {nextLeaseFile ?? "memory only"}); restart the server for that";
            Dhcp4Messages.ReconfigurationFail(log, arguments.ConfigFile, reason);
            return;
        }

        logTree.Use(config.Loggers);
        loop.Post(() =>
        {
            loop.Use(config);
            cleaner?.Use(config);
            Complete(config);
            Dhcp4Messages.ReconfigurationSuccess(log, arguments.ConfigFile);
        });
    }

    private Dhcp4Config? ReadConfig(Action<ILogger, string, string> refuse)
    {
        Dhcp4Messages.ConfigStart(log, arguments.ConfigFile);
        ConfigResult<Dhcp4Config> result = Dhcp4ConfigReader.ReadFile(arguments.ConfigFile, DiskFiles.Read);
        foreach (ConfigDiagnostic diagnostic in result.Diagnostics)
        {
            if (diagnostic.IsWarning) Dhcp4Messages.ConfigWarning(log, diagnostic.ToString());
            else Dhcp4Messages.ConfigError(log, diagnostic.ToString());
        }

        if (result.Config is not null) return result.Config;
        int errors = result.Diagnostics.Count(static d => !d.IsWarning);
        refuse(log, arguments.ConfigFile, $"{errors} {(errors == 1 ? "error" : "errors")}, see above");
        return null;
    }

    private PidFile? TakePidFile()
    {
        string path = places.PidFile(arguments.ConfigFile);
        try
        {
            if (Path.GetDirectoryName(path) is { } directory) Directory.CreateDirectory(directory);
            PidFile? file = PidFile.TryTake(path, PidFileMode, remove: true, out int holder);
            if (file is null) Dhcp4Messages.PidFileError(log, path, $"process {holder} uses it; this server goes on without one (LEASEHOLD_PIDFILE_DIR names another folder)");
            return file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Dhcp4Messages.PidFileError(log, path, $"{exception.Message}; this server goes on without one (LEASEHOLD_PIDFILE_DIR names another folder)");
            return null;
        }
    }

    private bool CanServe(InterfacesConfig config, Listeners listeners)
    {
        // An interface may come later, but a port that is taken or forbidden on all of them is a mistake to be told at once.
        // Where tries are configured the loop goes on with them, and ends when they are used up.
        if (!listeners.Lacks || config.MaxRetries > 0) return true;
        Dhcp4Messages.InitFail(log, string.Join("; ", listeners.Problems));
        return false;
    }

    private void CheckLeases(Dhcp4Loop loop, Dhcp4Config config)
    {
        LeaseSanityLog findings = new(leaseLog);
        loop.CheckLeases(config.SanityChecks, findings.Report);
        findings.End();
    }

    private void Complete(Dhcp4Config config)
    {
        long addresses = config.AllSubnets.Sum(static s => s.Pools.Sum(static p => p.Range.Count));
        int reservations = config.Reservations.Length + config.AllSubnets.Sum(static s => s.Reservations.Length);
        Dhcp4Messages.ConfigComplete(log, arguments.ConfigFile, config.AllSubnets.Count(), config.AllSubnets.Sum(static s => s.Pools.Length), addresses, reservations);
    }
}
