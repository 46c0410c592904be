using System.Diagnostics;
using System.Globalization;

namespace Leasehold.Demo;

/// <summary>A program that runs beside this one and writes to a file. Disposing kills it.</summary>
public sealed class RunningProgram : IDisposable
{
    // The shell opens the file and becomes the program: same process id, and no pipe that could fill or break.
    private const string Redirected = "out=$1; shift; exec \"$@\" >>\"$out\" 2>&1 </dev/null";

    private readonly Process process;

    private RunningProgram(Process process, string outputFile)
    {
        this.process = process;
        OutputFile = outputFile;
    }

    /// <summary>Where its standard output and standard error go. It may not exist yet.</summary>
    public string OutputFile { get; }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>128 and the signal's number when a signal ended it.</summary>
    public int ExitStatus => process.ExitCode;

    /// <summary>Starts <paramref name="command"/>, its output appended to <paramref name="outputFile"/>.</summary>
    /// <param name="prefix">What goes before the command and becomes it, such as <c>ip netns exec NAME</c>; may be empty.</param>
    public static RunningProgram Start(
        string outputFile, IReadOnlyList<string> prefix, IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment = null)
    {
        string[] line = [.. prefix, "sh", "-c", Redirected, "sh", outputFile, .. command];
        var start = ExternalProgram.StartInfo(line[0], line.AsSpan(1));
        if (environment is not null)
        {
            foreach (var (name, value) in environment) start.Environment[name] = value;
        }

        return new RunningProgram(Process.Start(start) ?? throw new InvalidOperationException("no process"), outputFile);
    }

    /// <summary>What it has written so far.</summary>
    public string Output()
    {
        try
        {
            return File.ReadAllText(OutputFile);
        }
        catch (FileNotFoundException)
        {
            return "";
        }
    }

    /// <summary>Sends a signal by its short name, such as <c>USR1</c>. Nothing when it has ended.</summary>
    public void Signal(string name)
    {
        if (!process.HasExited) ExternalProgram.TryRun("sh", "-c", $"kill -{name} {process.Id.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>SIGKILL; returns when the process is gone.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>SIGTERM, and waits for the end.</summary>
    /// <exception cref="DemoException">It still runs after ten seconds; it is killed then.</exception>
    public async Task TerminateAsync(CancellationToken cancel)
    {
        Signal("TERM");
        await Wait.UntilAsync(() => process.HasExited, TimeSpan.FromSeconds(10), $"process {Id} ends after SIGTERM", cancel);
    }

    public void Dispose()
    {
        if (!process.HasExited) Kill();
        process.Dispose();
    }
}
