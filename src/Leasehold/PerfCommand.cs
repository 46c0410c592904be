using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Leasehold.Engine.Load;
using Leasehold.Net;
using Leasehold.Perf;

namespace Leasehold;

/// <summary><c>leasehold perf</c>: asks a server for leases as fast as it is told, measures, and checks what it gets.</summary>
internal static class PerfCommand
{
    private const string Description =
        """
        Load a DHCP server with simulated clients, measure it and check its answers.

        The switches are perfdhcp's, written as there (-r100, -r 100, -xei), and the report has its figures and more:
          leasehold perf [-4|-6] [-r RATE] [-R CLIENTS] [-n COUNT] [-p SECONDS] [-l ADDRESS|INTERFACE] … [SERVER]

        Load:      -r RATE exchanges a second (without: as many as are answered, --window N at a time, 256)
                   -R CLIENTS different clients   -P N at the start at once   -f RATE renewals   -F RATE releases
                   -i DISCOVER-OFFER (SOLICIT-ADVERTISE) only   -c rapid commit (-6)   -s SEED
                   -e address-only|prefix-only|address-and-prefix   -y SECONDS -Y SECONDS say that clients wait
                   --scenario avalanche: all clients at once, and nobody gives up
        End:       -n COUNT exchanges (again: requests)   -p SECONDS   -D N[%] drops (again: of requests)
                   -d SECONDS until an answer is lost (again: of requests)   -W MICROSECONDS to wait at the end
        Way:       -l ADDRESS|INTERFACE   -L PORT   -N PORT   -B   -A 1 as a relay (-6)   -J FILE of relays
                   --direct clients on the link of -l, without a relay (-4)
        Messages:  -b mac=ADDRESS|duid=HEX   -M FILE of MAC addresses   -o CODE,HEX option   -1 first server only
                   -T FILE template, with -X -O -E -S -I offsets of xid, client, time, server, address
        Report:    -t SECONDS   -C SEPARATOR   -u non unique addresses   -x aeilstT   -w SCRIPT   --json
        Accepted for old scripts and without effect: -a N, -g single|multi.

        Exit status: 0 all exchanges were completed, 1 failed, 2 bad usage, 3 an exchange was not completed,
        4 the server broke a rule (gave an address twice, contradicted its offer …).

        Not for a network that others use: every exchange takes a lease.
        """;

    public static Command Create()
    {
        Command command = new("perf", Description)
        {
            // System.CommandLine has no switches that are written twice, or -D 5%, or -4 beside -r100; they are read here.
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction(static parsed => Run(parsed.UnmatchedTokens, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command.WithExample("leasehold perf -4 -r 2000 -R 100000 -p 10 -l eth1 192.0.2.1\nleasehold perf -6 -r 100 -R 1000 -n 1000 -l eth1 all");
    }

    /// <summary>Runs a load to its end.</summary>
    /// <param name="arguments">What stands behind <c>perf</c>.</param>
    /// <returns>The exit status.</returns>
    internal static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors)
    {
        if (!PerfArguments.TryParse(arguments, out PerfOptions options, out string? error))
        {
            errors.WriteLine($"leasehold perf: {error}; 'leasehold perf --help' shows how it is used.");
            return ExitStatus.BadUsage;
        }

        if (options.ShowsVersion)
        {
            output.WriteLine(VersionCommand.Short);
            return ExitStatus.Done;
        }

        try
        {
            return Load(options, string.Join(' ', arguments), output);
        }
        catch (Exception failure) when (failure is PerfException or LinuxException or Win32Exception)
        {
            errors.WriteLine($"leasehold perf: {failure.Message}");
            return ExitStatus.Failed;
        }
    }

    private static int Load(PerfOptions options, string commandLine, TextWriter output)
    {
        int seed = options.Seed == 0 ? Random.Shared.Next() : options.Seed;
        using PerfEndpoint endpoint = PerfEndpoint.Open(options);
        PerfDetails details = new(options);
        LoadCrowd crowd = new(details.Observe(options.Crowd(seed, endpoint.Clients)), endpoint.Dialogue);
        bool isForPeople = !options.Json && options.Separator is null;
        if (isForPeople) output.WriteLine($"Running: leasehold perf {commandLine}");
        if (isForPeople && options.Shows('a')) details.WriteArguments(output, seed, endpoint);

        bool isTerminal = !Console.IsErrorRedirected && options.Separator is null;
        PerfProgress progress = new(options, crowd.Counters, options.Json ? TextWriter.Null : output, isTerminal ? Console.Error : null);
        using PerfRun run = new(options, endpoint, crowd);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        RunScript(options, "start");
        run.Run(progress.Tick);
        progress.Clear();
        RunScript(options, "stop");

        PerfReport report = new(options, crowd.Counters, TimeSpan.FromTicks(run.Elapsed / TimeSpan.NanosecondsPerTick), run.End);
        if (options.Json)
        {
            using MemoryStream json = new();
            report.WriteJson(json);
            output.WriteLine(System.Text.Encoding.UTF8.GetString(json.ToArray()));
            return report.ExitStatus;
        }

        if (options.Shows('e')) output.WriteLine($"{PerfNames.Of(run.End)}.");
        report.WriteText(output);
        details.Write(output, run, endpoint);
        return report.ExitStatus;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            run.Interrupt();
        }
    }

    /// <summary>-w: a program that is told of the start and the end.</summary>
    private static void RunScript(PerfOptions options, string argument)
    {
        if (options.Script is not { } script) return;
        using Process process = Process.Start(script, [argument]);
        process.WaitForExit();
        if (process.ExitCode != 0) throw new PerfException($"-w {script} {argument}: exit status {process.ExitCode}");
    }
}
