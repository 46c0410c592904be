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
            Description = "Configurations, each of a server.",
            Arity = ArgumentArity.OneOrMore,
        };
        Command command = new("check", "Print every error and warning of configurations, each as FILE:LINE:COLUMN: what, why; remedy.") { files };
        command.SetAction(parsed => Run(parsed.GetValue(files) ?? [], parsed.InvocationConfiguration.Output, DiskFiles.Read));
        return command;
    }

    /// <summary>Checks each file and writes what is to say about it, then a verdict in one line.</summary>
    /// <returns>0, or 2 when a file has an error.</returns>
    public static int Run(IEnumerable<string> files, TextWriter output, FileReader readFile)
    {
        bool refused = false;
        foreach (string file in files)
        {
            ConfigResult<Dhcp4Config> result = Dhcp4ConfigReader.ReadFile(file, readFile);
            foreach (ConfigDiagnostic diagnostic in result.Diagnostics) output.WriteLine(diagnostic);
            output.WriteLine($"{file}: {Verdict(result)}");
            refused |= result.Config is null;
        }

        return refused ? 2 : 0;
    }

    private static string Verdict(ConfigResult<Dhcp4Config> result)
    {
        int warnings = result.Diagnostics.Count(d => d.IsWarning);
        int errors = result.Diagnostics.Length - warnings;
        string counts = string.Join(" and ", ((string[])[Count(errors, "error"), Count(warnings, "warning")]).Where(c => c.Length > 0));
        if (result.Config is not { } config) return $"refused, {counts}";
        string content = $"{Count(config.AllSubnets.Count(), "subnet", always: true)}, {Count(Reservations(config), "reservation", always: true)}";
        return counts.Length == 0 ? $"good ({content})" : $"usable, {counts} ({content})";
    }

    private static int Reservations(Dhcp4Config config) => config.Reservations.Length + config.AllSubnets.Sum(s => s.Reservations.Length);

    private static string Count(int number, string of, bool always = false) =>
        number == 0 && !always ? "" : $"{number} {of}{(number == 1 ? "" : "s")}";
}
