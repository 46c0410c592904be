using System.CommandLine;
using System.Runtime.InteropServices;
using Leasehold.Demo;

namespace Leasehold;

/// <summary><c>leasehold demo</c>: a whole network on this machine, to see the server at work with real clients.</summary>
internal static class DemoCommand
{
    private static readonly Dictionary<string, string> NeededPackages = new(StringComparer.Ordinal)
    {
        ["ip"] = "iproute2",
        ["udhcpc"] = "udhcpc",
        ["dhclient"] = "isc-dhcp-client",
        ["dhcpcd"] = "dhcpcd-base",
    };

    /// <summary>The sub-command, ready for the table of sub-commands.</summary>
    public static Command Create()
    {
        var keep = new Option<bool>("--keep") { Description = "Keep the folder with the configuration, the lease file and the logs." };
        var command = new Command(
            "demo",
            """
            Show the server at work with real clients, on a network made for it.

            Makes network namespaces, starts the server in one and udhcpc, dhclient and dhcpcd in others; they obtain,
            renew and release leases, one of them an IPv6 address and a delegated prefix, while the server is killed in
            between. Touches no real interface, needs root, and removes all it made. Missing clients are installed from Debian's packages.
            """) { keep };
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(keep), cancel));
        return command;
    }

    private static async Task<int> RunAsync(bool keep, CancellationToken cancel)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            await Console.Error.WriteLineAsync("leasehold demo: needs root, to make network namespaces; try: sudo leasehold demo");
            return ExitStatus.Failed;
        }

        using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        return await TellAsync(keep, new DemoAccount(), interrupted.Token);

        void Interrupt(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interrupted.Cancel();
        }
    }

    private static async Task<int> TellAsync(bool keep, DemoAccount account, CancellationToken cancel)
    {
        string folder = Directory.CreateTempSubdirectory("leasehold-demo-").FullName;
        DemoNetwork? network = null;
        bool succeeded = false;
        try
        {
            if (DebianPackages.Missing(NeededPackages) is { Count: > 0 } missing)
            {
                await account.StepAsync(
                    $"apt-get installs {string.Join(", ", missing)}",
                    () => Task.Run(() => DebianPackages.InstallMissing(NeededPackages), CancellationToken.None),
                    () => $"installed {string.Join(", ", missing)} (their services were kept from starting)");
            }

            cancel.ThrowIfCancellationRequested();
            await account.StepAsync(
                "the network is made",
                () => Task.Run(() => { network = new DemoNetwork(folder, ServerProcess.ThisProgram()); }, CancellationToken.None),
                () => "a network of five namespaces: a server and four hosts on a bridge");
            if (network is null) throw new InvalidOperationException("the step made no network");
            var results = await new DemoStory(network, account).RunAsync(cancel);
            account.Summary(results, network.Server.LeaseFile, network.Server.LeaseFile6);
            succeeded = true;
        }
        catch (OperationCanceledException)
        {
            account.Failure("interrupted", logTail: null);
        }
        catch (DemoException failure)
        {
            account.Failure(failure.Message, network?.Server.LogTail());
        }
        finally
        {
            network?.Dispose();
            if (!keep) Directory.Delete(folder, recursive: true);
        }

        account.End(keep ? folder : null);
        return succeeded ? ExitStatus.Done : ExitStatus.Failed;
    }
}
