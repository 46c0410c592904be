using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Leasehold.Serve;

/// <summary>A server of the process, from its start to its end.</summary>
internal interface IService
{
    /// <summary>Builds everything top-down and begins to serve on a thread of its own.</summary>
    /// <param name="ended">Called by that thread when it ends, whyever.</param>
    /// <returns>Null when it serves; otherwise the exit status, and nothing is left open.</returns>
    int? Start(Action ended);

    /// <summary>Reads the configuration again; goes on with the old one when there is an error.</summary>
    void Reload();

    /// <summary>Ends after the batch that is being served.</summary>
    /// <param name="cause">For the log.</param>
    void Stop(string cause);

    /// <summary>Waits for the end, and closes everything.</summary>
    /// <returns>The exit status.</returns>
    int Finish();
}

/// <summary>The main thread: starts the services of a process, and hears signals while their threads serve.</summary>
internal static class ServiceHost
{
    private const string Ended = "";

    /// <returns>The exit status: the worst of all.</returns>
    public static int Run(IReadOnlyList<IService> services)
    {
        using BlockingCollection<string> signals = [];
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Take);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Take);

        List<IService> started = [];
        int status = ExitStatus.Done;
        foreach (IService service in services)
        {
            if (service.Start(() => signals.Add(Ended)) is { } failed)
            {
                // All or none: who asked for both families must not find out later that one is missing.
                status = failed;
                signals.Add("the failure of another service");
                break;
            }

            started.Add(service);
        }

        int running = started.Count;
        while (running > 0)
        {
            string signal = signals.Take();
            if (signal == nameof(PosixSignal.SIGHUP))
            {
                foreach (IService service in started) service.Reload();
                continue;
            }

            // One that ends by itself has failed, and takes the others with it.
            if (signal == Ended) running--;
            foreach (IService service in started) service.Stop(signal == Ended ? "the end of another service" : signal);
        }

        return started.Select(static service => service.Finish()).Append(status).Max();

        void Take(PosixSignalContext signal)
        {
            signal.Cancel = true;
            signals.Add(signal.Signal.ToString());
        }
    }
}
