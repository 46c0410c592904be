using System.CommandLine;
using Leasehold.Configuration.Kea;
using Leasehold.Configuration.Text;
using Leasehold.Log;

namespace Leasehold.Serve;

/// <summary>What the commands that run servers do with the switches.</summary>
internal static class ServiceCommand
{
    public const string Dhcp4 = "dhcp4";
    public const string Dhcp6 = "dhcp6";

    /// <param name="servicesOf">The services to run, by name, for a configuration file.</param>
    /// <returns>The exit status.</returns>
    public static int Run(ServeArguments arguments, InvocationConfiguration console, Func<string, string[]> servicesOf)
    {
        switch (arguments.Mode)
        {
            case ServeMode.Version:
                console.Output.WriteLine(VersionCommand.Short);
                return ExitStatus.Done;
            case ServeMode.LongVersion:
                console.Output.WriteLine(VersionCommand.Long);
                return ExitStatus.Done;
            case ServeMode.CheckSyntax:
                return Check(arguments.ConfigFile, servicesOf(arguments.ConfigFile), console.Output);
            case ServeMode.CheckMachine:
                string[] services = servicesOf(arguments.ConfigFile);
                int status = Check(arguments.ConfigFile, services, console.Output);
                return status != ExitStatus.Done ? status : MachineCheck.Run(arguments.ConfigFile, services, Places.OfThisProcess, console.Output);
            default:
                return Serve(arguments, servicesOf(arguments.ConfigFile));
        }
    }

    /// <summary>Every service that a file configures; the DHCPv4 server for a file without any, which says what is wrong with it.</summary>
    public static string[] AllOf(string file)
    {
        ConfigFile read = ConfigFileReader.ReadFile(file, DiskFiles.Read);
        string[] named = [.. read.Dhcp4 is null ? (string[])[] : [Dhcp4], .. read.Dhcp6 is null ? (string[])[] : [Dhcp6]];
        return named.Length == 0 ? [Dhcp4] : named;
    }

    private static int Check(string file, string[] services, TextWriter output) => services switch
    {
        [Dhcp4] => CheckCommand.RunDhcp4(file, output, DiskFiles.Read),
        [Dhcp6] => CheckCommand.RunDhcp6(file, output, DiskFiles.Read),
        _ => CheckCommand.Run([file], output, DiskFiles.Read),
    };

    private static int Serve(ServeArguments arguments, string[] services)
    {
        List<LogTree> logs = [];
        try
        {
            List<IService> built = [];
            foreach (string service in services)
            {
                LogTree log = new(LogTree.DestinationFromEnvironment(), arguments.Verbose, TimeProvider.System, service);
                logs.Add(log);
                built.Add(service == Dhcp6 ? new Dhcp6Service(arguments, Places.OfThisProcess, log) : new Dhcp4Service(arguments, Places.OfThisProcess, log));
            }

            return ServiceHost.Run(built);
        }
        finally
        {
            foreach (LogTree log in logs) log.Dispose();
        }
    }
}
