using System.CommandLine;

namespace Leasehold.Serve;

/// <summary>leasehold dhcp4: the DHCPv4 server, with the switches of the established one.</summary>
internal static class Dhcp4Command
{
    public static Command Create()
    {
        ServeOptions options = new();
        Command command = new("dhcp4", "Run the DHCPv4 server.");
        options.AddTo(command);
        command.SetAction(parsed => ServiceCommand.Run(options.Read(parsed), parsed.InvocationConfiguration, static _ => [ServiceCommand.Dhcp4]));
        return command.WithExample("leasehold dhcp4 -c /etc/kea/kea-dhcp4.conf\nleasehold dhcp4 -t /etc/kea/kea-dhcp4.conf");
    }
}
