using System.Diagnostics;
using System.Text;

namespace Leasehold.Demo;

/// <summary>Runs a tool of the system to its end.</summary>
public static class ExternalProgram
{
    /// <summary>Where Debian keeps what root runs; a root shell made by <c>su</c> may lack the sbin folders.</summary>
    private const string SystemFolders = "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin";

    /// <summary>Runs a program and waits for it.</summary>
    /// <returns>Standard output and standard error, in the order they came.</returns>
    /// <exception cref="DemoException">It is not there, or its exit status is not 0.</exception>
    public static string Run(string program, params ReadOnlySpan<string> arguments)
    {
        var (status, output) = TryRun(program, arguments);
        return status == 0 ? output : throw new DemoException($"{program} {string.Join(' ', arguments)}: exit status {status}: {output.Trim()}");
    }

    /// <summary>Runs a program and waits for it, whatever its exit status is.</summary>
    /// <exception cref="DemoException">It is not there.</exception>
    public static (int Status, string Output) TryRun(string program, params ReadOnlySpan<string> arguments)
    {
        using var process = new Process { StartInfo = StartInfo(program, arguments) };
        process.StartInfo.RedirectStandardInput = true;
        process.StartInfo.RedirectStandardOutput = true;
        process.StartInfo.RedirectStandardError = true;
        var output = new StringBuilder();
        process.OutputDataReceived += Collect;
        process.ErrorDataReceived += Collect;
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new DemoException($"{program} cannot be started: {missing.Message}");
        }

        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return (process.ExitCode, output.ToString());

        void Collect(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is not { } text) return;
            lock (output) output.Append(text).Append('\n');
        }
    }

    /// <summary>The full path of a program in the system's folders; null when it is not installed.</summary>
    public static string? Find(string program) =>
        SystemFolders.Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    internal static ProcessStartInfo StartInfo(string program, ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(Find(program) ?? program, [.. arguments]) { UseShellExecute = false };
        start.Environment["PATH"] = $"{SystemFolders}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["LC_ALL"] = "C";
        return start;
    }
}
