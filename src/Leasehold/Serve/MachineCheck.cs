using System.Collections.Immutable;
using Leasehold.Configuration;
using Leasehold.Configuration.Kea;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Leasehold.Net;
using Leasehold.Net.Netlink;

namespace Leasehold.Serve;

/// <summary>The switch -T: whether this machine has what a configuration needs. Changes nothing and disturbs no server that runs.</summary>
internal static class MachineCheck
{
    /// <returns>The exit status: 0; 1 when the machine lacks something; 2 when the configuration is refused.</returns>
    public static int Run(string file, Places places, TextWriter output)
    {
        int status = CheckCommand.Run([file], output, DiskFiles.Read);
        ConfigResult<Dhcp4Config> result = Dhcp4ConfigReader.ReadFile(file, DiskFiles.Read);
        if (status != ExitStatus.Done || result.Config is not { } config) return ExitStatus.BadUsage;
        string[] problems = [.. Interfaces(config.Interfaces, LinkTable.Read()), .. Files(config, places)];
        foreach (string problem in problems) output.WriteLine($"{file}: on this machine: {problem}");
        if (problems.Length == 0) output.WriteLine($"{file}: this machine has the interfaces and the lease file for it");
        return problems.Length == 0 ? ExitStatus.Done : ExitStatus.Failed;
    }

    private static IEnumerable<string> Interfaces(InterfacesConfig config, LinkTable links)
    {
        (ImmutableArray<WantedInterface> wanted, ImmutableArray<(string Name, string Reason)> unusable) = WantedInterfaces.Of(config, links);
        foreach ((string name, string reason) in unusable) yield return $"interface {name} cannot be served now: {reason}";
        if (wanted.IsEmpty && unusable.IsEmpty) yield return "no interface can be served: none is up with an IPv4 address, or none is configured";
    }

    private static IEnumerable<string> Files(Dhcp4Config config, Places places)
    {
        if (LeaseStore4.FileOf(config.LeaseDatabase, places) is not { } path) yield break;
        if (File.Exists(path))
        {
            if (TryOpen(path) is { } problem) yield return $"lease file {path}: {problem}";
        }
        else if (Path.GetDirectoryName(path) is { } directory && !Directory.Exists(directory))
        {
            yield return $"lease file {path}: there is no folder {directory}; it is made at the start if the rights allow it";
        }
    }

    private static string? TryOpen(string path)
    {
        try
        {
            NativeFile.Open(path, FileOpening.OpenExisting).Dispose();
            return null;
        }
        catch (IOException exception)
        {
            return exception.Message;
        }
    }
}
