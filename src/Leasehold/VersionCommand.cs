using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Leasehold;

/// <summary>leasehold version: what this program is.</summary>
internal static class VersionCommand
{
    /// <summary>"0.1.0".</summary>
    public static string Short { get; } =
        typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>The version, and what it was built from and runs on: for bug reports.</summary>
    public static string Long
    {
        get
        {
            string full = typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? Short;
            string source = full.Contains('+', StringComparison.Ordinal) ? full[(full.IndexOf('+', StringComparison.Ordinal) + 1)..] : "unknown";
            return $"""
                {Short}
                source: {source}
                runtime: {RuntimeInformation.FrameworkDescription} on {RuntimeInformation.RuntimeIdentifier}
                lease file: DHCPv4 schema 3.0
                """;
        }
    }

    public static Command Create()
    {
        Command command = new("version", "Print the version, and what it was built from and runs on.");
        command.SetAction(static parsed =>
        {
            parsed.InvocationConfiguration.Output.WriteLine($"Leasehold {Long}");
            return ExitStatus.Done;
        });
        return command.WithExample("leasehold version");
    }
}
