using System.Collections.Immutable;
using Leasehold.Configuration.Kea;
using Leasehold.Configuration.Text;
using Leasehold.Net;
using Leasehold.Net.Netlink;

namespace Leasehold.Serve;

/// <summary>The switch -T: whether this machine has what a configuration needs. Changes nothing and disturbs no server that runs.</summary>
internal static class MachineCheck
{
    /// <param name="file">A configuration without errors.</param>
    /// <param name="services">Those that are to run.</param>
    /// <returns>The exit status: 0; 1 when the machine lacks something.</returns>
    public static int Run(string file, string[] services, Places places, TextWriter output)
    {
        var links = LinkTable.Read();
        List<string> problems = [];
        if (services.Contains(ServiceCommand.Dhcp4) && Dhcp4ConfigReader.ReadFile(file, DiskFiles.Read).Config is { } config4)
        {
            (ImmutableArray<WantedInterface> wanted, ImmutableArray<(string, string)> unusable) = WantedInterfaces.Of(config4.Interfaces, links);
            problems.AddRange(Interfaces(wanted.IsEmpty, unusable, "IPv4 address"));
            problems.AddRange(Files(LeaseStore4.FileOf(config4.LeaseDatabase, places)));
        }

        if (services.Contains(ServiceCommand.Dhcp6) && Dhcp6ConfigReader.ReadFile(file, DiskFiles.Read).Config is { } config6)
        {
            (ImmutableArray<WantedInterface6> wanted, ImmutableArray<(string, string)> unusable) = WantedInterfaces6.Of(config6.Interfaces, links);
            problems.AddRange(Interfaces(wanted.IsEmpty, unusable, "link-local IPv6 address"));
            problems.AddRange(Files(LeaseStore6.FileOf(config6, places)));
        }

        foreach (string problem in problems) output.WriteLine($"{file}: on this machine: {problem}");
        if (problems.Count == 0) output.WriteLine($"{file}: this machine has the interfaces and the lease file for it");
        return problems.Count == 0 ? ExitStatus.Done : ExitStatus.Failed;
    }

    private static IEnumerable<string> Interfaces(bool none, ImmutableArray<(string Name, string Reason)> unusable, string address)
    {
        foreach ((string name, string reason) in unusable) yield return $"interface {name} cannot be served now: {reason}";
        if (none && unusable.IsEmpty) yield return $"no interface can be served: none is up with an {address}, or none is configured";
    }

    private static IEnumerable<string> Files(string? path)
    {
        if (path is null) yield break;
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
