using System.CommandLine;
using Leasehold.Configuration.Text;
using Leasehold.Log;

namespace Leasehold.Serve;

/// <summary>leasehold dhcp4: the DHCPv4 server, with the switches of the established one.</summary>
internal static class Dhcp4Command
{
    public static Command Create()
    {
        ServeOptions options = new();
        Command command = new("dhcp4", "Run the DHCPv4 server.");
        options.AddTo(command);
        command.SetAction(parsed => Run(options.Read(parsed), parsed.InvocationConfiguration));
        return command.WithExample("leasehold dhcp4 -c /etc/kea/kea-dhcp4.conf\nleasehold dhcp4 -t /etc/kea/kea-dhcp4.conf");
    }

    public static int Run(ServeArguments arguments, InvocationConfiguration console)
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
                return CheckCommand.RunDhcp4(arguments.ConfigFile, console.Output, DiskFiles.Read);
            case ServeMode.CheckMachine:
                return MachineCheck.Run(arguments.ConfigFile, Places.OfThisProcess, console.Output);
            default:
                using (LogTree log = new(LogTree.DestinationFromEnvironment(), arguments.Verbose, TimeProvider.System))
                {
                    return new Dhcp4Service(arguments, Places.OfThisProcess, log).Run();
                }
        }
    }
}
