using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Leasehold.SystemTests.Namespaces;

/// <summary>A program that runs beside the test, with what it has printed so far.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();
    private readonly Lock gate = new();
    private TaskCompletionSource printed = NewSignal();

    public HostProcess(string program, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        process = new() { StartInfo = start };
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(errors, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;
    public bool HasExited => process.HasExited;

    /// <summary>Standard output so far.</summary>
    public string Output => Text(output);

    /// <summary>Standard error so far.</summary>
    public string Errors => Text(errors);

    /// <summary>Waits until the program has printed something, on either stream.</summary>
    /// <exception cref="TimeoutException">It did not, or it ended first; the message has all that it said.</exception>
    public async Task WaitForText(string text, TimeSpan patience)
    {
        DateTime end = DateTime.UtcNow + patience;
        while (true)
        {
            Task more;
            lock (gate) more = printed.Task;
            bool ended = process.HasExited;
            if (Output.Contains(text, StringComparison.Ordinal) || Errors.Contains(text, StringComparison.Ordinal)) return;
            TimeSpan left = end - DateTime.UtcNow;
            if (ended || left <= TimeSpan.Zero) throw new TimeoutException($"'{text}' was not printed, but:\n{Output}\n{Errors}");
            await Task.WhenAny(more, process.WaitForExitAsync(), Task.Delay(left));
        }
    }

    /// <summary>Waits for the end and returns the exit status.</summary>
    /// <exception cref="TimeoutException">It runs on.</exception>
    public async Task<int> WaitForExit(TimeSpan patience)
    {
        using CancellationTokenSource limit = new(patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException exception)
        {
            throw new TimeoutException($"{process.StartInfo.FileName} still runs, having said:\n{Output}\n{Errors}", exception);
        }
    }

    /// <summary>SIGKILL, and waits for the end.</summary>
    public async Task Kill()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>Sends a signal by name: "TERM", "HUP".</summary>
    public Task Signal(string name) => Command.Run("kill", "-s", name, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Kill();
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It ended between the question and the signal.
        }

        process.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private string Text(StringBuilder text)
    {
        lock (gate) return text.ToString();
    }

    private void Append(StringBuilder text, string? line)
    {
        if (line is null) return;
        TaskCompletionSource signal;
        lock (gate)
        {
            text.AppendLine(line);
            signal = printed;
            printed = NewSignal();
        }

        signal.SetResult();
    }
}
