using System.CommandLine;
using Leasehold.Configuration;
using Leasehold.Configuration.Kea;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;

namespace Leasehold;

/// <summary>leasehold check: all that is wrong with configurations, without starting anything.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        Argument<string[]> files = new("FILE")
        {
            Description = "Configurations, each of a DHCPv4 server, a DHCPv6 server, or both.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<bool> expand = new("--expand")
        {
            Description = "Print a good configuration in its long form: includes put in, client classes in the place of boot sections.",
        };
        Command command = new("check", "Print every error and warning of configurations, each as FILE:LINE:COLUMN: what, why; remedy.") { files, expand };
        command.SetAction(parsed =>
        {
            string[] names = parsed.GetValue(files) ?? [];
            InvocationConfiguration streams = parsed.InvocationConfiguration;
            return parsed.GetValue(expand) ? Expand(names, streams.Output, streams.Error, DiskFiles.Read) : Run(names, streams.Output, DiskFiles.Read);
        });
        return command;
    }

    /// <summary>Writes each file in its long form, and what is to say about it to the other stream, so that the form can go into a file.</summary>
    /// <returns>0, or 2 when a file has an error.</returns>
    public static int Expand(IEnumerable<string> files, TextWriter output, TextWriter remarks, FileReader readFile)
    {
        bool refused = false;
        foreach (string file in files)
        {
            ConfigResult<string> result = ConfigFileReader.Expand(file, readFile);
            foreach (ConfigDiagnostic diagnostic in result.Diagnostics) remarks.WriteLine(diagnostic);
            output.Write(result.Config);
            refused |= result.Config is null;
        }

        return refused ? ExitStatus.BadUsage : ExitStatus.Done;
    }

    /// <summary>Checks each file, every server that it configures, and writes what is to say about it, then a verdict in one line.</summary>
    /// <returns>0, or 2 when a file has an error.</returns>
    public static int Run(IEnumerable<string> files, TextWriter output, FileReader readFile) =>
        Run(files, output, file => ConfigFileReader.ReadFile(file, readFile));

    /// <summary>Checks what a file has for a DHCPv4 server, and leaves the rest of it alone.</summary>
    public static int RunDhcp4(string file, TextWriter output, FileReader readFile) =>
        Run([file], output, path =>
        {
            ConfigResult<Dhcp4Config> result = Dhcp4ConfigReader.ReadFile(path, readFile);
            return new(result, null, result.Diagnostics);
        });

    /// <summary>Checks what a file has for a DHCPv6 server, and leaves the rest of it alone.</summary>
    public static int RunDhcp6(string file, TextWriter output, FileReader readFile) =>
        Run([file], output, path =>
        {
            ConfigResult<Dhcp6Config> result = Dhcp6ConfigReader.ReadFile(path, readFile);
            return new(null, result, result.Diagnostics);
        });

    private static int Run(IEnumerable<string> files, TextWriter output, Func<string, ConfigFile> read)
    {
        bool refused = false;
        foreach (string file in files)
        {
            ConfigFile found = read(file);
            foreach (ConfigDiagnostic diagnostic in found.Diagnostics) output.WriteLine(diagnostic);
            output.WriteLine($"{file}: {Verdict(found)}");
            refused |= !found.IsUsable;
        }

        return refused ? ExitStatus.BadUsage : ExitStatus.Done;
    }

    private static string Verdict(ConfigFile file)
    {
        int warnings = file.Diagnostics.Count(d => d.IsWarning);
        int errors = file.Diagnostics.Length - warnings;
        string counts = string.Join(" and ", ((string[])[Count(errors, "error"), Count(warnings, "warning")]).Where(c => c.Length > 0));
        if (!file.IsUsable) return $"refused, {counts}";
        return counts.Length == 0 ? $"good ({Content(file)})" : $"usable, {counts} ({Content(file)})";
    }

    /// <summary>What there is; of which server, where the file has two.</summary>
    private static string Content(ConfigFile file)
    {
        string? dhcp4 = file.Dhcp4?.Config is { } config4
            ? Content(config4.AllSubnets.Count(), config4.Reservations.Length + config4.AllSubnets.Sum(s => s.Reservations.Length))
            : null;
        string? dhcp6 = file.Dhcp6?.Config is { } config6
            ? Content(config6.AllSubnets.Count(), config6.Reservations.Length + config6.AllSubnets.Sum(s => s.Reservations.Length))
            : null;
        return dhcp4 is not null && dhcp6 is not null ? $"DHCPv4: {dhcp4}; DHCPv6: {dhcp6}" : $"{dhcp4}{dhcp6}";
    }

    private static string Content(int subnets, int reservations) =>
        $"{Count(subnets, "subnet", always: true)}, {Count(reservations, "reservation", always: true)}";

    private static string Count(int number, string of, bool always = false) =>
        number == 0 && !always ? "" : $"{number} {of}{(number == 1 ? "" : "s")}";
}
