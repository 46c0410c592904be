using System.CommandLine;

namespace Leasehold.Serve;

/// <summary>leasehold serve: every service that the configuration names, in one process.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        ServeOptions options = new();
        Command command = new("serve", "Run every service that the configuration file names, in one process.");
        options.AddTo(command);
        command.SetAction(parsed => ServiceCommand.Run(options.Read(parsed), parsed.InvocationConfiguration, ServiceCommand.AllOf));
        return command.WithExample($"leasehold serve -c {ServeOptions.DefaultConfigFile}");
    }
}
